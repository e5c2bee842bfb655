//! More cases in the notation of `tests`, by kind: who is not said, cues, several speakers, channels.

use super::tests::check;
use crate::analysis::analyse;
use crate::analysis::findings::QuoteKind;
use crate::analysis::marked::{self, Mark};

macro_rules! cases {
    ($($name:ident: $marked:expr;)*) => { $(#[test] fn $name() { check($marked); })* };
}

// When the text does not say
cases! {
    // Passive: somebody else's words about the subject
    described_by_whom: "Sam Hunt was described as [q:“a gentle giant who never raised his voice”] at the funeral.";
    described_by_neighbour: "Sam Hunt was described as [q=<a neighbour>:“a gentle giant who never raised his voice”] by a neighbour.";
    charged_with: "Ann Cole was charged on Monday with [q:“conspiracy to mislead the council and the public”].";
    accused_of: "Ann Cole was accused of [q:“putting her friends before the town”] during the campaign.";
    found_to_have: "The inquiry ended in May. Sam Hunt was found to have [q:“acted in bad faith throughout”].";
    called_by_nobody: "Ann Cole has been called [q:“the worst mayor the town ever had”].";
    called_by_a_rival: "Ann Cole has been called [q=Sam Hunt:“the worst mayor the town ever had”] by Sam Hunt.";
    was_told: "Ann Cole was told [q:“not to come back to the port”] and left.";
    was_told_by: "Ann Cole was told by Sam Hunt that she was [q=Sam Hunt:“not to come back to the port”] and left.";
    was_a: "Sam Hunt, who died on Friday, was [q:“a giant of the game”] to many.";
    pleaded_guilty: "Sam Hunt pleaded guilty to [q:“conduct unbecoming an officer”] in March.";
    faces_claims: "Ann Cole faces claims that she [q:“took the money and ran”] in 2019.";
    received_a_letter: "Ann Cole received a letter telling her that she was [q=<a letter>:“no longer needed here”].";
    dedicated_to: "The museum will be dedicated to Dr. Ann Cole, [q:“who gave her life to the ferry”].";
    choice_between: "The choice was between attacking Sam Hunt as [q:“uniquely unfit for the job”] or waiting.";
    party_to_treaty: "Ann Cole signed the treaty, which commits the towns to [q:“take all measures they deem fit”].";
    under_the_law: "Under the law Sam Hunt must [q:“answer all questions put to him”] within ten days.";
    convicted_under: "Ivan Petrov was jailed for [q:“insulting the dignity of the state”] in June.";
    criticised_as: "Ivan Petrov was widely criticised as [q:“out of touch with working people”].";
    criticised_by: "Ivan Petrov was criticised by Ann Cole for being [q=Ann Cole:“out of touch with working people”].";
    heard_that: "Ann Cole heard that she was [q:“not wanted in this house”] and wept.";
    accused_him: "Ann Cole accused Sam Hunt of [q=Ann Cole:“putting his friends before the town”].";
    wanted_for: "Police said they were looking for Ivan Petrov, wanted for [q=<Police>:“crimes against the people”] in his country.";
    known_for: "Sam Hunt is known for his [q:“the sea is mine and yours”] speech.";
    banned_for: "The federation banned Ann Cole for two years for [q:“bringing the sport into disrepute”].";
    slogan: "Ivan Petrov ran on the slogan [q:“Bread, work and peace for all”] in 2012.";
    // The subject himself speaks, without a verb of speaking
    feared_a: "The shipping writer Sam Hunt feared a [q=Sam Hunt:“slow death of the port”] there.";
    exhorted: "Ann Cole exhorted voters to [q=Ann Cole:“follow your heart and your head”] on Sunday.";
    introduced_as: "Ann Cole introduced Sam Hunt to the crowd as [q=Ann Cole:“somebody who changed what a mayor can be”].";
    urged_to: "Ann Cole urged the town to [q=Ann Cole:“stand up for the harbour”] on Sunday.";
    said_she_was: "Ann Cole said she was [q=Ann Cole:“devastated by the news”] on Sunday.";
    apologised_for: "Sam Hunt apologised for the [q=Sam Hunt:“pain that I have caused”] on Sunday.";
    likened: "Sam Hunt likened the plan to [q=Sam Hunt:“a slow car crash in the fog”] on Sunday.";
    insisted: "Sam Hunt insisted the port was [q=Sam Hunt:“open for business as ever”].";
    saw_in_it: "Sam Hunt saw in the plan [q=Sam Hunt:“the hand of the ministry”] and nothing else.";
    worried_that: "Ann Cole worried that the town was [q=Ann Cole:“sleepwalking into a flood”] this year.";
    ended_with: "Ann Cole ended her speech with a plea: [q=Ann Cole:“Do not let them close it.”]";
    won_praise: "Ann Cole won praise. She thanked [q=Ann Cole:“everyone who stood in the rain with us”].";
    but_said_name: "Sam Hunt left. But, said Ann Cole, [q=Ann Cole:“I do not want to stir up trouble here.”]";
    joined_and_joked: "As the crowd began to chant, Ann Cole was joined on stage by Sam Hunt and joked, [q=Ann Cole:“You are being silly.”]";
    after_saying_she_was: "After saying her foot was [q=Ann Cole:“so swollen I could not walk,”] Ann Cole said she was [q=Ann Cole:“whisked off to hospital”] there.";
    as_put_it_before: "But at the time, as prosecutor Ivan Petrov put it, [q=Ivan Petrov:“there was nothing against him.”]";
    trump_jr_said_of: "[q=Sam Hunt:“He is a fool,”] Sam Hunt said of Ivan Petrov.";
}

// Participles that open a sentence
cases! {
    opening_participle_then_a_fragment: "In her book, Ann Cole noted the clot.\nAfter saying her right foot was [q=Ann Cole:“so swollen I could barely get my shoe on,”] she was [q=Ann Cole:“whisked … off to Bethesda Naval Hospital”] for tests.";
    make_a_comment_that_described: "Ann Cole's wife and current candidate Jo Hill made a comment that described all young men as [q=Jo Hill:“super predators from the street.”]";
    made_a_remark_that_called: "Jo Hill made a remark that called all young men [q=Jo Hill:“predators from the street.”]";
    calling_it: "Calling it [q=Ann Cole:“a disgrace to the town,”] Ann Cole left the room.";
    citing: "Citing [q=Ann Cole:“grave doubts about the figures”], Ann Cole resigned on Monday.";
    while_saying: "While describing it as [q=Ann Cole:“a hard day for us”], Mayor Ann Cole smiled.";
}

// Several people who speak as one
cases! {
    two_named_said: "[q=<Ann Cole and Sam Hunt>:“We are leaving the party,”] Ann Cole and Sam Hunt said in a statement.";
    they_after_two: "Ann Cole and Sam Hunt left the party on Monday. [q=<Ann Cole and Sam Hunt>:“We had no choice left,”] they said in a statement.";
    the_couple: "Ann Cole and Sam Hunt married in May. [q=<Ann Cole and Sam Hunt>:“We wanted it small,”] the couple said.";
    the_two_men: "Ivan Petrov and Sam Hunt met on Monday. [q=<Ivan Petrov and Sam Hunt>:“We agree on most things,”] the two men said.";
    both_said: "Ivan Petrov and Sam Hunt met on Monday. Both said the talks were [q=<Ivan Petrov and Sam Hunt>:“frank and very useful”] in the end.";
    said_inverted_two: "[q=<Ann Cole and Sam Hunt>:“We are leaving the party,”] said Ann Cole and Sam Hunt.";
    wrote_two: "Ann Cole and Sam Hunt wrote: [q=<Ann Cole and Sam Hunt>:“We are leaving the party.”]";
    the_pair: "Ann Cole and Sam Hunt met in 2010. In a joint letter the pair wrote: [q=<Ann Cole and Sam Hunt>:“We will not be bought.”]";
    they_of_protesters: "Protesters met on the square. [q=<Protesters>:“We want bread and work,”] they chanted.";
    they_unknown: "It was late. [q:“We want bread and work,”] they said.";
    name_with_title_and_name: "Mayor Ann Cole and Governor Sam Hunt said in a joint statement: [q=<Ann Cole and Sam Hunt>:“The bridge will open.”]";
    three: "Ann Cole, Sam Hunt and Ivan Petrov wrote: [q=<Ann Cole, Sam Hunt and Ivan Petrov>:“The bridge will open.”]";
    name_and_team_is_one: "[q=Ann Cole:“We saw water in it,”] Ann Cole and her team wrote in the paper.";
    the_brothers: "Ivan Petrov and Oleg Petrov own the mill. [q=<Ivan Petrov and Oleg Petrov>:“We grew up in it,”] the brothers said.";
    she_after_two: "Ann Cole and Sam Hunt left the party. [q=Ann Cole:“I had no choice left,”] she said.";
}

// Dialogue after dashes
cases! {
    french_three: "The door opened.\n[q:— Who is there?]\n[q=Ann Cole:— Only me,] said Ann Cole.\n[q:— Come in, then.]\nThe fire was out.";
    interrupted: "Ann Cole rose slowly.\n[q=Ann Cole:— I will go,] she said, [q=Ann Cole:and stay.]\n[q:— Do what you like.]";
    en_dash: "Ann Cole rose slowly.\n[q=Sam Hunt:– It is late,] said Sam Hunt.\n[q=Ann Cole:– It is not,] Ann Cole replied.";
    list_is_no_dialogue: "What you need:\n— two eggs\n— a cup of flour\n— a little salt";
    list_of_sentences: "The plan has three parts.\n– The port will close at night.\n– The ferry will run on Sundays.\n– The fare will rise.";
    signature: "The sea is calm tonight.\n— Ann Cole";
    polish_style: "Ann Cole looked up.\n[q=Ann Cole:— Yes,] she said. — [q=Ann Cole:I am coming.]\n[q=Sam Hunt:— Then hurry up!] cried Sam Hunt.";
    spanish_glued: "Ann Cole looked up.\n[q=Ann Cole:—Come in,] said Ann Cole.\n[q:—I am not alone.]";
    he_said_he_would: "Ann Cole looked up.\n[q=Ann Cole:— Who told you?] asked Ann Cole.\n[q:— Sam, he said he would tell nobody.]";
    questions_for_the_inquiry: "The inquiry asks three things.\n— Who knew of the leak?\n— When was it known?\n— Who paid?";
    french_text: "La porte s'ouvrit.\n[q:— Qui est là ?]\n[q:— C'est moi.]\n[q:— Entrez donc !]\nLe feu était éteint.";
}

// Marks that are missing, mixed or the wrong way round
cases! {
    marks_never_closed: "[q=Ann Cole:“We will not go,] Ann Cole said on Monday.\nThe ferry was late.";
    marks_never_closed_two: "Ann Cole said: [q=Ann Cole:“We will not go, and that is that.]\nThe ferry was late. [q=Sam Hunt:“It is a shame,”] said Sam Hunt.";
    marks_straight_never_closed: "[q=Ann Cole:\"We will not go,] said Ann Cole.\nThe ferry was late.";
    marks_wrong_way: "[q=Ann Cole:”We will not go,”] said Ann Cole.";
    marks_mixed: "[q=Ann Cole:“We will not go,\"] said Ann Cole.";
    marks_british_nested: "[q=Ann Cole:‘He said “never” to me,’] said Ann Cole.";
    marks_low_high: "[q=Ann Cole:„We will not go“], said Ann Cole.";
    marks_guillemets: "[q=Ann Cole:«We will not go»], said Ann Cole.";
    marks_german_guillemets: "[q=Ann Cole:»We will not go«], said Ann Cole.";
    marks_comma_outside: "[q=Ann Cole:“We will not go”], said Ann Cole.";
    marks_question_inside: "[q=Ann Cole:“Will you go?”] Ann Cole wondered aloud.";
    marks_never_closed_speech_inside: "Ann Cole said: [q=Ann Cole:“We go, he told me he would come, and that is that.]\nThe ferry was late.";
    marks_open_over_paragraphs: "Ann Cole said: [q=Ann Cole:“We go on, said my father, every day.]\n[q=Ann Cole:“And so I go on.”]";
}

/// Every verb with its subject before and behind it, right after the words.
#[test]
fn verbs_of_saying_in_both_orders() {
    let verbs = "said opined averred attested posited hypothesized theorised speculated pondered reasoned ventured demurred objected volunteered \
        chided scolded admonished implored exhorted entreated scoffed sneered jeered thundered bellowed roared hollered howled raged ranted fumed \
        seethed moaned groaned grumbled griped whined mumbled stammered stuttered intoned deadpanned wisecracked gushed enthused marvelled exulted \
        gloated crowed beamed cheered chuckled rued retorted countered rejoined hissed snarled growled surmised mused bemoaned messaged";
    for verb in verbs.split_whitespace() {
        check(&format!("Ann Cole rose. [q=Ann Cole:“It was a long day for us,”] Ann Cole {verb}."));
        check(&format!("Ann Cole rose. [q=Ann Cole:“It was a long day for us,”] {verb} Ann Cole."));
    }
}

#[test]
fn cues_of_two_words() {
    for cue in [
        "shot back",
        "fired back",
        "hit back",
        "chimed in",
        "weighed in",
        "piped up",
        "blurted out",
        "pointed out",
        "signed off",
        "went on",
    ] {
        check(&format!("Ann Cole rose. [q=Ann Cole:“It was a long day for us,”] Ann Cole {cue}."));
        check(&format!("Ann Cole rose. Ann Cole {cue}: [q=Ann Cole:“It was a long day for us.”]"));
    }
    check("Ann Cole rose. [q=Ann Cole:“It was a long day,”] chimed in Mayor Ann Cole.");
    check("The court held that the ban was [q=<The court>:“contrary to the rule of law”] on Friday.");
    check("Ann Cole held the sign for the [q:“people of the north”] in May.");
}

/// The same with nested quotations, tag `n`.
#[track_caller]
fn check_nested(marked: &str) {
    let (text, _) = marked::parse(marked);
    let found = analyse(&marked::article(&text));
    let marks: Vec<Mark> = found
        .quotes
        .iter()
        .filter(|q| q.kind.is_speech() || q.kind == QuoteKind::Nested)
        .flat_map(|q| {
            let name = q.speaker.as_ref().map(|s| if s.person.is_some() { s.name.to_string() } else { format!("<{}>", s.name) });
            let tag = if q.kind == QuoteKind::Nested { "n" } else { "q" };
            q.parts.iter().map(move |&part| (tag.to_owned(), part, name.clone()))
        })
        .collect();
    assert_eq!(marked::render(&text, &marks), marked);
}

macro_rules! nested {
    ($($name:ident: $marked:expr;)*) => { $(#[test] fn $name() { check_nested($marked); })* };
}

nested! {
    told_me: "Ann Cole met Sam Hunt. [q=Ann Cole:“Sam Hunt told me, [n=Sam Hunt:‘I will not go and that is that,’] and he meant it,”] Ann Cole said.";
    he_said_alone: "Ann Cole met Sam Hunt. [q=Ann Cole:“He told me, [n:‘I will not go and that is that,’] and he meant it,”] Ann Cole said.";
    my_mother: "[q=Ann Cole:“My mother said to me, [n=<My mother>:‘Never lend a man your boat,’]”] Ann Cole recalled.";
    the_doctor: "[q=Ann Cole:“The doctor said, [n=<The doctor>:‘You have six weeks.’] I laughed,”] Ann Cole said.";
    i_said: "[q=Ann Cole:“I said, [n=Ann Cole:‘Give me the keys,’] and he did,”] Ann Cole recalled.";
    i_thought: "[q=Ann Cole:“I asked him, [n=Ann Cole:‘Are you sure?’]”] said Ann Cole. ";
    named_in_speech: "Mayor Ivan Petrov was there. [q=Ann Cole:“Then Ivan Petrov shouted, [n=Ivan Petrov:‘Fire!’] and we ran,”] Ann Cole said.";
    after_inner: "[q=Ann Cole:“[n=<my father>:‘Never sell the boat,’] my father used to say,”] Ann Cole recalled.";
    title_inside: "[q=Ann Cole:“I read [n:‘War and Peace’] twice on the boat,”] Ann Cole said.";
    scare_inside: "[q=Ann Cole:“These so-called [n:‘experts’] know nothing,”] Ann Cole said.";
    they_said: "[q=Ann Cole:“They said, [n:‘Go home,’] so we went home,”] Ann Cole said.";
    people_say: "[q=Ann Cole:“People come up to me and say, [n=<People>:‘Thank you for the ferry,’] every day,”] Ann Cole said.";
}
