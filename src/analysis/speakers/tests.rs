//! Cases in the one-line notation: `[q=Speaker:…]` for speech, `[q:…]` when nobody is named; a name in `<…>` is a description as written.
//! Each test is named for what it guards. People come from people detection, as in the program.
#![allow(clippy::expect_used)]

use proptest::prelude::*;

use crate::analysis::findings::{Findings, Quotation, SpeakerForm};
use crate::analysis::marked::{self, Mark, article};
use crate::analysis::{analyse, findings::QuoteKind};
use crate::article::BlockKind;
use crate::text::grapheme;

fn found(text: &str) -> Findings {
    analyse(&article(text))
}

#[track_caller]
pub(super) fn check(marked: &str) {
    let (text, _) = marked::parse(marked);
    let found = found(&text);
    let speech = found.quotes.iter().filter(|q| q.kind.is_speech());
    let marks: Vec<Mark> = speech
        .flat_map(|q| {
            let name = q.speaker.as_ref().map(|s| if s.person.is_some() { s.name.to_string() } else { format!("<{}>", s.name) });
            q.parts.iter().map(move |&part| ("q".to_owned(), part, name.clone()))
        })
        .collect();
    assert_eq!(marked::render(&text, &marks), marked);
}

macro_rules! cases {
    ($($name:ident: $marked:expr;)*) => { $(#[test] fn $name() { check($marked); })* };
}

cases! {
    // Beside the quotation, in clauses of many shapes
    question_then_name_and_cue_before_a_title: "[q=Jo Hill:“Is the bridge open?”] Jo Hill remarked, thinking of the play “The Bridge.”";
    title_of_a_field_before_the_name: "[q=Asa Lind:“Welcome, all of you,”] said master of ceremonies Asa Lind, an engineer.";
    shout_then_title_name_and_state: "[q=Glenn Poe:“Perpetual motion!”] Rep. Glenn Poe, R-Pa., said of the week.";
    apposition_without_its_second_comma: "[q=Jo Hill:“The wells are dry,”] Jo Hill, a resident of the village told the Herald.";
    verb_of_no_list_before_a_name: "[q=Jo Hill:“This is fantastic!”] beamed Jo Hill of Madison, who had waited all night.";
    signature_in_the_next_paragraph: "[q=Jo Hill:“The fund pays no taxes at all.”]\n\n- Jo Hill.\n\nThis is a complex issue.";
    agent_of_a_passive: "The habit has been called [q=Asa Lind:“strategic ambiguity”] by Asa Lind, who teaches law.";
    vice_president_and_president: "President Ann Holt met Vice President Carl Ruud. [q=Ann Holt:“Yes,”] the president said. [q=Carl Ruud:“No,”] the vice president said. [q=<the former president>:“Maybe,”] said the former president.";
    chief_of_another_house: "Police Chief Bo Hall spoke. [q=<the fire chief>:“They shot,”] the fire chief said. [q=Bo Hall:“Come in,”] said the chief.";
    deputy_is_not_the_minister: "Minister Ida Voss left. [q=<the deputy minister>:“It did not help anybody,”] the deputy minister said.";
    office_before_a_name_and_another: "The prime minister, Ana Ruiz, and her finance minister, Leo Ruiz, spoke. [q=Ana Ruiz:“We agree,”] said the prime minister.";
    office_before_the_name_that_ends_a_sentence: "Vera Novik met the mayor, Sam Ito. [q=Sam Ito:“Hi,”] said the mayor.";
    quoted_him_as_saying: "Ivo Hall was there. Tass quoted him as saying [q=Ivo Hall:“we had no choice at all”] that night.";
    quoted_with_an_apposition: "Ivo Hall was there. The agency quoted Ivo Hall, the chief of police, as saying: [q=Ivo Hall:“We shot first.”]";
    quoted_as_having_said: "Anna Roe spoke. State television quoted Ms. Roe as having said the law was [q=Anna Roe:“cruel and useless”] to all.";
    firm_by_name_behind_its_description: "The chain, Belmora Hotels, said [q=<Belmora Hotels>:“no guest was ever in danger.”]";
    lawyer_by_name_behind_the_client: "A lawyer for Mr. Strand, Viola Kemp, said [q=Viola Kemp:“he will appeal the verdict.”]";
    post_on_a_blog: "Gustav Ruud wrote in a blog post on Tuesday, [q=Gustav Ruud:“I was wrong.”]";
    who_tells_goes_on: "[q=<her mother>:“Never sell the house,”] her mother told her, Beatrix Laurent recalled. [q=Beatrix Laurent:“So I never did.”]";
    refused_to_say: "Ida Lie refused to say [q:“I am truly sorry”] to the crowd.";
    what_others_do_is_nobody: "The rules are [q:“tougher than any that we have seen”], compared to what armed groups are doing.";
    // Right beside the quotation
    name_said: "[q=Jo Hill:“We are ready to leave,”] Jo Hill said.";
    said_name: "[q=Jo Hill:“We are ready to leave,”] said Jo Hill.";
    name_said_before: "Jo Hill said, [q=Jo Hill:“We are ready to leave.”]";
    name_said_that: "Jo Hill said that the town was [q=Jo Hill:“ready to leave”] on Monday.";
    said_with_an_office: "[q=Ivan Petrov:“No,”] said Prime Minister Ivan Petrov.";
    said_the_minister_name: "[q=Ivan Petrov:“No,”] said the minister, Ivan Petrov, who resigned.";
    apposition_between: "[q=Jo Hill:“We are ready,”] Jo Hill, a lawyer for the town, said.";
    apposition_before: "Jo Hill, a lawyer for the town, said, [q=Jo Hill:“We are ready.”]";
    apposition_with_another_name: "Jo Hill, a lawyer for Ann Cole, said, [q=Jo Hill:“We are ready.”]";
    name_alone_between_commas: "Another critic, Jo Hill, called it [q=Jo Hill:“a sad day for all of us”] on Monday.";
    apposition_without_its_last_comma: "Jo Hill, head of research at Northern Tech told reporters: [q=Jo Hill:“We are ready.”]";
    name_of_an_organisation_then_verb: "Jo Hill of consultancy Northern Tech echoed the view, stating it [q=Jo Hill:“prevented a far worse outcome”] here.";
    relative_clause: "[q=Jo Hill:“We are ready,”] said Jo Hill, who met Ann Cole on Monday.";
    adverbs_between: "[q=Jo Hill:“We are ready,”] Jo Hill also later told reporters.";
    day_between: "Jo Hill on Monday said, [q=Jo Hill:“We are ready.”]";
    negated_cue_is_no_cue: "Sam Hunt did not comment. [q=Jo Hill:“We are ready,”] Jo Hill said.";
    according_to_after: "It was [q=Ivan Petrov:“a mess,”] according to Ivan Petrov.";
    according_to_before: "According to Ivan Petrov, [q=Ivan Petrov:“it was a mess.”]";
    in_the_words_of: "It was, in the words of Ivan Petrov, [q=Ivan Petrov:“a mess beyond words.”]";
    as_name_put_it: "It was [q=Ivan Petrov:“a mess,”] as Ivan Petrov put it.";
    colon_after_cue: "Jo Hill told the paper: [q=Jo Hill:“We are ready.”]";
    colon_without_cue: "Asked why, Ivan Petrov was blunt: [q=Ivan Petrov:“Money.”]";
    dash_and_name: "[q=Sam Hunt:“We are ready.”] — Sam Hunt, mayor";
    dash_after_the_mark_is_no_attribution: "Sam Hunt said [q=Sam Hunt:“we are ready,”]—a claim that drew laughs.";
    question_and_answer: "[q=Sam Hunt:“Why now?”] asked Sam Hunt. [q=Ann Cole:“Because,”] Ann Cole replied.";
    full_stop_before_the_cue: "[q=Sam Hunt:“ We are ready. ”] Sam Hunt said.";
    cue_at_the_end_of_the_sentence: "Ivan Petrov was [q=Ivan Petrov:“angry”] and [q=Ivan Petrov:“sad”], he said.";
    participle_of_the_main_subject: "Jo Hill left the room, saying [q=Jo Hill:“we are ready to go.”]";
    participle_of_its_own_subject: "They spoke to Jo Hill, with Sam Hunt adding: [q=Sam Hunt:“We are ready.”]";
    second_verb_shares_the_subject: "Jo Hill praised the town but added that it was [q=Jo Hill:“not ready to leave”] yet.";
    went_on_to_say: "Jo Hill went on to say that it was [q=Jo Hill:“not ready to leave”] yet.";
    used_a_figure_to_describe: "Jo Hill used a sailing metaphor to describe the town: [q=Jo Hill:“We must hold the wheel.”]";
    what_he_described_as: "Jo Hill met Sam Hunt after what Hunt described as a [q=Sam Hunt:“very positive”] call with her.";
    called_a_thing: "Jo Hill called the plan [q=Jo Hill:“a disgrace”] on Monday.";
    modal_verb_is_no_cue: "Jo Hill said officials should release the films [q=Jo Hill:“without any more delay”] now.";
    inverted_before: "Warned Jo Hill: [q=Jo Hill:“We are ready.”]";
    two_speakers_in_a_paragraph: "[q=Jo Hill:“We are ready,”] Jo Hill said. [q=Sam Hunt:“We are not,”] said Sam Hunt.";
    interrupted_by_its_cue: "[q=Jo Hill:“I came,”] Jo Hill said, [q=Jo Hill:“because I had to.”]";
    name_and_team: "[q=Jo Hill:“We saw water in it,”] Jo Hill and his team wrote in the paper.";

    // The fullest name
    later_short_name: "Senator Ann Cole met Ivan Petrov. [q=Ivan Petrov:“It was short,”] Petrov said. [q=Ann Cole:“Too short,”] Cole said.";
    first_short_then_full: "Petrov arrived late. [q=Ivan Petrov:“It was short,”] said Ivan Petrov.";

    label_of_a_transcript: "Governor Jo Hill spoke.\n[q=Jo Hill:“HILL: Well, the question should be another one.”]";
    label_of_nobody_known: "They spoke.\n[q=<REPORTER>:“REPORTER: Well, the question should be another one.”]";

    // Turns of an interview
    turns_in_capitals: "Mayor Jo Hill met Sam Hunt.\nHILL: [q=Jo Hill:Why now?]\nHUNT: [q=Sam Hunt:Because it rained.]\nHILL: [q=Jo Hill:I see.]";
    turns_by_surname: "Mayor Jo Hill met Sam Hunt.\nHill: [q=Jo Hill:Why now?]\nHunt: [q=Sam Hunt:Because it rained.]\nHill: [q=Jo Hill:I see.]";
    turns_by_initials: "Mayor Jo Hill met Sam Hunt.\nJH: [q=Jo Hill:Why now?]\nSH: [q=Sam Hunt:Because it rained.]\nJH: [q=Jo Hill:I see.]";
    turns_of_somebody_unknown: "Mayor Jo Hill met the press.\nREPORTER: [q=<REPORTER>:Why now?]\nHILL: [q=Jo Hill:Because it rained.]\nREPORTER: [q=<REPORTER>:And then?]";
    who_answers_is_introduced: "Jo Hill runs the ferry.\nQ: [q:Why now?]\nA: [q=Jo Hill:Because it rained.]";
    who_answers_of_two_is_unknown: "Jo Hill runs the ferry with Sam Hunt.\nQ: [q:Why now?]\nA: [q:Because it rained.]";

    // Pronouns
    he_said: "Ivan Petrov arrived late. [q=Ivan Petrov:“It was short,”] he said.";
    she_among_two: "Ann Cole criticised Sam Hunt. [q=Ann Cole:“He lied,”] she said.";
    he_warned_in_the_next_paragraph: "Ivan Petrov of the town council said the call may have [q=Ivan Petrov:“paused the fight”] for now.\n[q=Ivan Petrov:“We are one step away from it,”] he warned.";
    she_laughed: "[q=Ann Cole:“I came,”] Ann Cole said. [q=Ann Cole:“I saw.”] Then she laughed: [q=Ann Cole:“I left.”]";

    // Descriptions of somebody named
    the_holder_of_an_office: "Senator Ann Cole met Ivan Petrov. [q=Ann Cole:“It was short,”] the senator said.";
    the_only_person_near: "[q=James Poe:“It was hard,”] James Poe said.\n[q=James Poe:“Nobody can say why,”] said the actor.";
    not_the_only_person_near: "Senator Ann Cole met James Poe on Monday.\n[q=<the actor>:“Nobody can say why,”] said the actor.";
    a_firm_that_looks_like_a_name: "James Poe, head of research at security firm Soporis told the paper: [q=James Poe:“This is not the first.”]";

    // Going on from before
    goes_on_in_the_paragraph: "[q=Jo Hill:“We are ready,”] Jo Hill said. [q=Jo Hill:“We have been for weeks.”]";
    goes_on_twice: "[q=Jo Hill:“We are ready,”] Jo Hill said. [q=Jo Hill:“We have been for weeks.”] [q=Jo Hill:“Come and see us.”]";
    goes_on_in_the_next_paragraph: "Jo Hill said the town was ready.\n[q=Jo Hill:“We have been for weeks, and nobody came to see us.”]";
    reported_sentence_then_speech: "Jo Hill told the paper that this was not the whole truth. [q=Jo Hill:“They want to turn us away.”]";
    over_paragraphs: "Jo Hill said: [q=Jo Hill:“This is the first.]\n[q=Jo Hill:“This is the second.”]\nThe meeting closed.";
    introduced_by_the_paragraph_before: "Jo Hill tweeted:\n[q=Jo Hill:“We are ready. Come and see us.”]";
    coordinated_fragments: "Jo Hill said the plan was [q=Jo Hill:“weak”] and [q=Jo Hill:“late”] on Monday.";
    same_words_in_the_headline: "# Talks go on after [q=Ann Cole:‘very positive’] call\nMayor Ann Cole spoke of what she described as a [q=Ann Cole:“very positive”] call with Sam Hunt.";

    // Somebody near who is not the speaker
    spokesman_for_mr: "Sam Hunt left. A spokesman for Mr. Hunt said the claims were [q=<A spokesman for Mr. Hunt>:“absurd”] on Monday.";
    spokeswoman_for_a_governor: "[q=<a spokeswoman for Gov. Ann Cole>:“We regret it,”] a spokeswoman for Gov. Ann Cole said.";
    aide_to_a_president: "An aide to President Petrov said [q=<An aide to President Petrov>:“we will never sign it”] on Monday.";
    the_minister_is_not_whoever_is_near: "Sam Hunt called the plan [q=Sam Hunt:“reckless”] on Monday. The minister said it was [q=<The minister>:“not clear”] who would pay.";
    two_men_and_one_he: "John Miller met David Clark on Monday. [q:“We should talk,”] he said.";
    subject_of_two_men_named_often: "John Miller rose. John Miller met David Clark on Monday. [q=John Miller:“We should talk,”] he said.";
    an_answer_is_not_by_the_asker: "[q=Ann Cole:“Are you coming?”] Ann Cole asked her husband.\n[q:“No.”]\n[q=Ann Cole:“Then stay,”] she said.";
    an_exchange_without_names: "[q=Sam Hunt:“No,”] said Sam Hunt.\n[q:“Why not?”] [q:“Because I am tired.”]";
    a_gesture_is_no_cue: "Sam Hunt shook his head. [q=Sam Hunt:“Not a chance.”] Ann Cole nodded.";
    a_sentence_with_its_own_subject: "Senator Ann Cole said the bill was [q=Ann Cole:“dead”] on Monday. The law guarantees [q:“freedom of assembly for all”] here.";
    words_that_are_a_subject: "Sam Hunt told the jury. [q:“No, and never again”] was the reply of the defence.";
    a_thing_does_not_speak: "They came down the back stairs, and must sign a sheet on which somebody, probably Sam Hunt, once wrote: [q:“Three points, always.”]";
    as_one_of_many_put_it: "Captain Ann Cole sat still, as one of the ushers put it, [q=<one of the ushers>:“like somebody listening for a sound”] there.";
    never_said: "Sam Hunt never said [q:“I quit and I go home now”] to the paper.";
    the_writer: "[q:“That is not what I asked,”] I said. Sam Hunt smiled.";
    counsel_by_name: "[q=Olive Strand:“What did he say?”] asked counsel to the inquiry, Dame Olive Strand. Olive Strand left.";
    long_title_before_the_name: "[q=Linda Petrov:“It is a mess,”] said former deputy assistant secretary of state for European affairs Linda Petrov.";
    the_widow_of_two_with_one_surname: "Grace Okafor won. Grace Okafor left. The widow of Ivan Petrov, Beatrice Okafor, wept. [q=Beatrice Okafor:“He was kind,”] Mrs. Okafor said.";
    mr_who_was_called_so_before: "Mr. Petrov, Ivan Petrov, rose. Mr. Petrov sat. Mr. Petrov slept. Oleg Petrov wept. [q=Ivan Petrov:“No,”] Mr. Petrov said.";
    said_it: "The door was red. [q=Ann Cole:“Nobody comes here any more.”] Ann Cole said it, and left for the harbour in the rain.";
    passive_quoted_by: "Ivan Petrov was quoted by the agency as saying: [q=Ivan Petrov:“The border is closed.”]";
    according_to_between_commas: "Mayor Ann Cole said, according to two officials, that the plan was [q=Ann Cole:“dead on arrival”] there.";
    on_x_ends_the_sentence: "[q=Sam Hunt:“See you in court!”] Sam Hunt wrote on X. Senator Ann Cole posted: [q=Ann Cole:“This is a scam.”]";
    unknown_she_in_two_parts: "[q:“I will not resign,”] she said, [q:“and nobody can make me.”]";
    president_named_later: "[q=Ivan Petrov:“I am tired,”] the president said. President Ivan Petrov left the town on Friday.";
    inverted_at_the_end: "They knew each other [q=Ann Cole:“casually at the very best”] from visits to the same mosque, said the bureau's director, Ann Cole.";
    asked_by_nobody: "Sam Hunt smiled. In an interview on Monday he was asked, [q:“What is the most dangerous place?”]";
    another_democrat: "[q=<another Northern Democrat>:“It was a mistake,”] said another Northern Democrat.";
    after_a_number: "[q=Ann Cole:“They are wrong,”] said 9/11 widow Ann Cole. Ann Cole left.";

    // Groups
    the_protesters: "[q=<the protesters>:“We want bread,”] the protesters chanted.";
    witnesses: "[q=<witnesses>:“It was dark,”] witnesses said.";
    said_critics: "[q=<critics>:“Bad idea,”] said critics.";
    they_go_on: "[q=<the protesters>:“We want bread,”] the protesters chanted. [q=<the protesters>:“We want it now,”] they said.";
    one_user: "[q=<one user>:“What a day,”] one user wrote.";

    // Descriptions and organisations
    // Descriptions and organisations
    company_spokesman: "[q=<a company spokesman>:“We regret it,”] a company spokesman said. Ann Cole did not comment.";
    ministry: "[q=<the ministry>:“We regret it,”] the ministry said in a statement.";
    spokesman_for: "[q=<a spokesman for the ministry>:“We regret it,”] said a spokesman for the ministry.";
    possessive_lawyer: "[q=<the company's lawyer>:“We regret it,”] the company's lawyer said.";
    insider: "[q=<an insider>:“He is angry,”] an insider told the paper on Monday.";
    plural: "[q=<prosecutors>:“The evidence is weak,”] prosecutors said.";
    organisation_by_name: "[q=<Northern Prosecution Authority>:“The evidence is weak,”] the Northern Prosecution Authority said.";
    firm_by_name: "[q=<Northern Analytics>:“The evidence is weak,”] analytics firm Northern Analytics said.";
    the_statement_read: "[q=<the statement>:“We regret it,”] the statement read.";
    it_goes_on: "[q=<Northern Prosecution Authority>:“The evidence is weak,”] the Northern Prosecution Authority said.\n[q=<Northern Prosecution Authority>:“Much time has gone by,”] it added.";
    lawyer_of_a_named_client: "[q=<a lawyer for Ann Cole>:“She is innocent,”] said a lawyer for Ann Cole.";

    // Nobody
    nobody: "[q:“Keep out, all of you.”] That was on every wall.";
    a_sign_has_no_speaker: "The town is quiet. [q:“We are closed until next week,”] and nothing more.";
}

/// The speaker of the one block quote, which is the lines after the first one up to an empty line.
#[track_caller]
fn of_block(text: &str, expected: Option<&str>) {
    let mut article = article(text);
    let end = text.find("\n\n").unwrap_or(text.len());
    for block in article.blocks.iter_mut().filter(|b| b.range.end() <= end).skip(1) {
        block.kind = BlockKind::Quote;
    }
    let found = analyse(&article);
    let quote = found.quotes.iter().find(|q| q.kind == QuoteKind::Block).expect("a block quote");
    assert_eq!(quote.speaker.as_ref().map(|s| &*s.name), expected);
}

#[test]
fn a_block_quote_is_by_whom_introduces_it() {
    of_block("Mayor Jo Hill wrote:\nWe go on.\n\nThen she left.", Some("Jo Hill"));
    of_block("Mayor Jo Hill was furious about the ferry. She sent this letter to Sam Hunt:\nWe go on.\n\nThen she left.", Some("Jo Hill"));
    of_block("The mood was grim.\nWe go on.\n\nJo Hill said this on Monday.", Some("Jo Hill"));
    of_block("Sam Hunt left. Mayor Jo Hill replied in a letter.\nWe go on.\n\nThen she left.", Some("Jo Hill"));
}

#[test]
fn a_block_quote_is_by_whom_signs_it() {
    of_block("The ferry of Sam Hunt was late.\nWe go on.\n— Jo Hill\n\nJo Hill is the mayor.", Some("Jo Hill"));
    of_block("The ferry of Sam Hunt was late.\nWe go on. — Jo Hill, mayor\n\nJo Hill is the mayor.", Some("Jo Hill"));
}

#[test]
fn a_block_quote_that_nobody_introduces_has_no_speaker() {
    of_block("The ferry was late when Sam Hunt arrived.\nWe go on.\n\nThen it left.", None);
}

/// Cases with the whole attribution: `[q=name/form/cue/channel:…]`, each part empty when it is not known.
#[track_caller]
fn check_how(marked: &str) {
    let (text, _) = marked::parse(marked);
    let found = found(&text);
    let marks: Vec<Mark> = found
        .quotes
        .iter()
        .filter(|q| q.kind.is_speech())
        .map(|q| {
            let words = |r: Option<crate::text::TextRange>| r.map_or("", |r| r.of(&text));
            let (name, form) = q.speaker.as_ref().map_or(("", ""), |s| (&*s.name, s.form.name()));
            ("q".to_owned(), q.range, Some(format!("{name}/{form}/{}/{}", words(q.cue), words(q.via))))
        })
        .collect();
    assert_eq!(marked::render(&text, &marks), marked);
}

macro_rules! how {
    ($($name:ident: $marked:expr;)*) => { $(#[test] fn $name() { check_how($marked); })* };
}

how! {
    via_a_transcript_released: "[q=Sam Hunt/named/told/a transcript released by the port:“I will not sign,”] Sam Hunt told the general, according to a transcript released by the port.";
    via_people_familiar: "[q=Sam Hunt/named/said/two people familiar with the talks:“He is a clown,”] Sam Hunt said, according to two people familiar with the talks.";
    via_a_memo_seen: "[q=Sam Hunt/named/wrote/an internal memo seen by the Herald:“We must cut costs,”] Sam Hunt wrote in an internal memo seen by the Herald.";
    via_the_ministry_at_the_start: "According to the foreign ministry, Ivan Petrov assured Ann Cole that [q=Ivan Petrov/named/assured/the foreign ministry:“the town will honour it”] then.";
    via_a_letter_at_the_start: "In a letter to staff, Ann Cole wrote: [q=Ann Cole/named/wrote/a letter to staff:“We will cut 300 jobs.”]";
    via_a_spokesman: "Sam Hunt said through a spokesman that the claims were [q=Sam Hunt/named/said/a spokesman:“absurd”] on Monday.";
    via_the_agency_in_the_passive: "Ivan Petrov was quoted by the agency as saying: [q=Ivan Petrov/named/quoted/the agency:“The border is closed.”]";
    via_two_officials_between_commas: "Mayor Ann Cole said, according to two officials, that the plan was [q=Ann Cole/named/said/two officials:“dead on arrival”] there.";
    via_x: "[q=Sam Hunt/named/wrote/X:“See you in court!”] Sam Hunt wrote on X. He left.";
    cue_of_somebody_unknown: "[q=//said/:“I will not resign,”] she said on Friday.";
    cue_behind_a_relative_clause: "A senior official, who asked not to be named, called it [q=A senior official/nominal/called/:“chaos”] then.";
    pronoun_and_cue: "Ann Cole came. [q=Ann Cole/pronoun/added/:“It is late,”] she added.";
    description_and_cue: "[q=the ministry/nominal/said/a statement:“We regret it,”] the ministry said in a statement.";
}

fn only(text: &str) -> (Findings, Quotation) {
    let found = found(text);
    let mut speech = found.quotes.iter().filter(|q| q.kind.is_speech()).cloned();
    let first = speech.next().expect("one quotation");
    (found.clone(), first)
}

#[test]
fn cue_channel_words_and_evidence_are_kept() {
    let text = "The ministry also quoted Ivan Petrov as saying, “the town loves to have visitors,” on Monday.";
    let (_, q) = only(text);
    let speaker = q.speaker.expect("a speaker");
    assert_eq!((&*speaker.name, speaker.form), ("Ivan Petrov", SpeakerForm::Named));
    assert_eq!(q.cue.map(|c| c.of(text)), Some("quoted"));
    assert_eq!(q.via.map(|v| v.of(text)), Some("The ministry"));
    let evidence = q.evidence.expect("evidence");
    assert!(evidence.covers(q.range) && evidence.covers(q.cue.expect("a cue")) && evidence.covers(speaker.words.expect("words")));
}

#[test]
fn according_to_between_subject_and_verb_is_the_channel() {
    let text = "Ivan Petrov, according to the foreign ministry, reassured Ann Cole that “the town will always honour its promise” then.";
    let (_, q) = only(text);
    assert_eq!(q.speaker.map(|s| s.name).as_deref(), Some("Ivan Petrov"));
    assert_eq!(q.via.map(|v| v.of(text)), Some("the foreign ministry"));
}

#[test]
fn a_platform_is_the_channel() {
    let text = "Ivan Petrov posted on his social media platform: “Our teams will be meeting shortly.”";
    let (_, q) = only(text);
    assert_eq!(q.cue.map(|c| c.of(text)), Some("posted"));
    assert_eq!(q.via.map(|v| v.of(text)), Some("his social media platform"));
}

#[test]
fn forms_of_naming() {
    let form = |text: &str| only(text).1.speaker.map(|s| s.form);
    assert_eq!(form("“We are ready,” Jo Hill said."), Some(SpeakerForm::Named));
    assert_eq!(form("Ivan Petrov came. “We are ready,” he said."), Some(SpeakerForm::Pronoun));
    assert_eq!(form("“We are ready,” the ministry said."), Some(SpeakerForm::Nominal));
}

#[test]
fn an_interrupted_speech_is_one_event_in_two_parts() {
    let text = "“I came,” Jo Hill said, “because I had to.” Then she left.";
    let (found, q) = only(text);
    assert_eq!(found.quotes.len(), 1);
    assert_eq!(q.parts.iter().map(|p| p.of(text)).collect::<Vec<_>>(), ["“I came,”", "“because I had to.”"]);
    assert_eq!(q.kind, QuoteKind::Full);
    let (found, _) = only("“I came,” Jo Hill said. “I had to.”");
    assert_eq!(found.quotes.len(), 2, "two sentences are two quotations");
}

#[test]
fn nested_and_mentioned_words_have_no_speaker() {
    let text = "“He told me ‘never again’ and left,” said Jo Hill of “The Long Road” film.";
    for q in found(text).quotes.iter().filter(|q| !q.kind.is_speech()) {
        assert_eq!(q.speaker, None, "{}", q.range.of(text));
    }
}

/// Every range of the findings lies on grapheme boundaries and every person is there.
fn sound(text: &str, found: &Findings) -> Result<(), TestCaseError> {
    for q in &found.quotes {
        prop_assert!(!q.parts.is_empty());
        prop_assert!(q.parts.iter().all(|p| q.range.covers(*p) && !p.is_empty()));
        prop_assert!(q.parts.windows(2).all(|w| w[0].end() <= w[1].start()), "parts in order");
        let attributed = [q.cue, q.via, q.evidence, q.speaker.as_ref().and_then(|s| s.words)];
        for r in attributed.into_iter().flatten().chain([q.range]).chain(q.parts.iter().copied()) {
            prop_assert!(r.end() <= text.len() && !r.is_empty());
            prop_assert_eq!((grapheme::floor(text, r.start()), grapheme::ceil(text, r.end())), (r.start(), r.end()));
        }
        prop_assert!(q.speaker.as_ref().and_then(|s| s.person).is_none_or(|p| p < found.people.len()));
        prop_assert!(q.speaker.is_none() || q.evidence.is_some_and(|e| e.covers(q.range)));
    }
    for m in found.people.iter().flat_map(|p| &p.mentions) {
        prop_assert_eq!((grapheme::floor(text, m.range.start()), grapheme::ceil(text, m.range.end())), (m.range.start(), m.range.end()));
    }
    Ok(())
}

/// Turns, labels and signatures: twice as many take about twice as long, not four times.
#[test]
fn a_long_interview_is_linear() {
    let best = |text: &str| {
        let article = article(text);
        let once = || {
            let started = std::time::Instant::now();
            let found = analyse(&article);
            assert!(found.quotes.iter().all(|q| q.range.end() <= text.len()));
            started.elapsed().as_secs_f64()
        };
        (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
    };
    for unit in [
        "Q: Why?\nA: Rain.\n",
        "HILL: Why?\nHUNT: Rain.\n",
        "Jo Hill: Why?\n",
        "“Why?” “No.” ",
        "“Why?”\n\n",
        "Ann Cole said, according to the ",
        "— Why? said Ann Cole.\n— Rain!\n",
        "Ann Cole, Sam Hunt and ",
        "“I said, ‘No, never,’ they said,” they said. ",
        "Sam Hunt was called “a fool” by ",
    ] {
        let (short, long) = (unit.repeat(20_000 / unit.len()), unit.repeat(160_000 / unit.len()));
        let ratio = best(&long) / best(&short);
        assert!(ratio < 40.0, "{unit:?}: eight times the text took {ratio:.0} times as long");
    }
}

proptest! {
    #[test]
    fn any_text_of_cues_and_marks(words in prop::collection::vec(prop::sample::select(vec![
        "“We go,”", "“a”", "‘b’", "“", "”", "said", "says", "according", "to", "as", "saying", "quoted", "Jo", "Hill", "Jo Hill", "he", "She", "it", "the ministry", "a spokesman for", "who",
        ",", ".", ":", "—", "(", ")", "and", "in", "of", "words", "on", "Twitter", "\n", "not", "’s", "was", "1.5", "é\u{301}", "\u{301}", "\u{200d}", "🇫🇷", "was quoted by", "according to", "released by", "the", "Mr.", "through",
        "they", "both", "the couple", "the two men", "I", "by", "as", "being", "called", "shot back", "—", "– Yes,", "Calling it", "citing", "Sam Hunt", "and Sam Hunt", "another",
    ]), 0..80)) {
        let text = words.join(" ");
        sound(&text, &found(&text))?;
    }

    #[test]
    fn any_article_of_turns_and_block_quotes(lines in prop::collection::vec((prop::sample::select(vec![
        "Q: ", "A: ", "Q. ", "HILL: ", "JH: ", "Jo Hill: ", "Note: ", "> ", "— ", "“", "", "SMITH (laughing): ", "Jo Hill wrote:",
    ]), prop::sample::select(vec![
        "Why now?", "“a” and ‘b’", "Jo Hill", "Jo Hill, mayor", "We go. — Jo Hill", "it rained.”", "\u{301}", "said Jo Hill.", "", "(Laughter)", "„x“", "Sam Hunt met Jo Hill.",
    ]), any::<bool>()), 0..30)) {
        let text: String = lines.iter().map(|(label, words, _)| format!("{label}{words}\n")).collect();
        let mut article = article(&text);
        for (block, (.., quoted)) in article.blocks.iter_mut().zip(&lines) {
            block.kind = if *quoted { BlockKind::Quote } else { block.kind };
        }
        sound(&text, &analyse(&article))?;
    }
}
