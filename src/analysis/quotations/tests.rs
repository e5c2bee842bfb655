//! Cases in the one-line notation: `[f:…]` full, `[g:…]` fragment, `[n:…]` nested, `[m=reason:…]` mention, `[b:…]` block.
//! A quotation of several parts is marked part by part. Each test is named for what it guards.
#![allow(clippy::expect_used)]

use proptest::prelude::*;

use super::find;
use crate::analysis::findings::QuoteKind;
use crate::analysis::marked::{self, Mark, article};
use crate::analysis::sentences;
use crate::analysis::token::Tokens;
use crate::article::{Article, BlockKind};
use crate::text::grapheme;

fn marks(article: &Article) -> Vec<Mark> {
    let tokens = Tokens::of(article);
    let sentences = sentences::split(&tokens);
    let quotes = find(article, &tokens, &sentences);
    let each = quotes.iter().flat_map(|q| {
        let (tag, label) = match q.kind {
            QuoteKind::Full => ("f", None),
            QuoteKind::Fragment => ("g", None),
            QuoteKind::Block => ("b", None),
            QuoteKind::Nested => ("n", None),
            QuoteKind::Mention(reason) => ("m", Some(reason.name().to_owned())),
        };
        q.parts.iter().map(move |&part| (tag.to_owned(), part, label.clone()))
    });
    each.collect()
}

#[track_caller]
fn check(marked: &str) {
    let (text, _) = marked::parse(marked);
    assert_eq!(marked::render(&text, &marks(&article(&text))), marked);
}

/// How many quotations the parts make up: parts of one quotation count once.
fn events(text: &str) -> usize {
    let article = article(text);
    let tokens = Tokens::of(&article);
    let sentences = sentences::split(&tokens);
    find(&article, &tokens, &sentences).iter().filter(|q| q.kind.is_speech()).count()
}

macro_rules! cases {
    ($($name:ident: $marked:expr;)*) => { $(#[test] fn $name() { check($marked); })* };
}

cases! {
    // Marks and their pairs
    curly_double: "[f:“We are ready to leave,”] Jo Hill said.";
    straight_double: r#"[f:"We are ready to leave,"] Jo Hill said."#;
    two_in_one_paragraph: "[f:“I came,”] Jo Hill said. [f:“I saw nothing.”]";
    no_space_before_or_after: "Jo Hill said:[f:“We are ready.”]The crowd cheered.";
    spaces_inside_the_marks: "[f:“ We are ready. ”] Jo Hill said.";
    british_single: "[f:‘We won’t be giving up,’] Jo Hill said. [f:‘Not this year.’]";
    british_single_straight: "[f:'We won't be giving up,'] Jo Hill said. [f:'Not this year.']";
    plural_possessives_inside_single_marks: "[f:'The workers' pay is the workers' business,'] Jo Hill said.";
    a_possessive_after_single_marks: "Jo Hill said the [g:'new order'] suits the workers' union.";
    decades_and_cut_words_are_no_marks: "The '90s were rock 'n' roll, and nobody told 'em so, Jo Hill said.";
    curly_decade: "Ann Cole grew up in the ’90s. [f:“It wasn’t easy,”] she said of the ’90s.";
    irish_names: "Conor O'Brien's son said the O’Rourke brothers' van was [g:'simply too small for them'].";
    inches_and_feet: r#"The 6'2" forward hit a 12" single, and Jo Hill said, [f:"He is the best I have coached."]"#;
    inches_inside_a_quotation: r#"[f:"It was a 12" single back then,"] Jo Hill said."#;
    minutes_and_seconds: r#"The fault lies at 41°24'12.2"N, the survey says."#;
    screens_are_no_quotation: r#"A 27" screen and a 32" screen cost the same, the shop said."#;
    nested_single_in_double: "[f:“He told me [n:‘never again’] and left,”] said Jo Hill.";
    nested_double_in_single: "[f:‘He told me [n:“never again”] and left,’] said Jo Hill.";
    nested_closing_together: "[f:“She said, [n:‘I quit.’]”] Jo Hill recalled.";
    nested_closing_with_a_space: "[f:“She said, [n:‘I quit.’] ”] Jo Hill recalled.";
    nested_three_deep: "[f:“She said, [n:‘He told me [n:“no”] twice,’] and went,”] said Jo Hill.";
    nested_doubles_in_doubles: "[f:“He said [n:“no”] to me,”] said Jo Hill.";
    double_of_two_singles: "Jo Hill said: [f:‘‘Two single marks make a double,’’] and left.";
    latex: "Jo Hill said: [f:``This came from a wire feed,''] and left.";
    guillemets: "Jo Hill said: [f:«This came from a translation»] and left.";
    guillemets_the_other_way_before_a_comma: "[g:»We are ready«], said Jo Hill. [f:»Nobody will stop us.«]";
    guillemets_with_spaces: "[g:« We are ready »], said Jo Hill. [f:« Nobody will stop us. »]";
    single_guillemets: "Jo Hill said: [f:‹This came from a translation›] and left.";
    low_and_high_single: "Jo Hill said: [f:‚This came from a German page‘] and left.";
    latex_with_a_nested_one: "[f:``It was [n:`our fault'] alone,''] Jo Hill said.";
    cut_words_with_a_capital: "'Tis the season, said Jo Hill. 'Twas rock 'n' roll, said Sam Hunt.";
    feet_and_inches_of_a_height: r#"[f:"It's 7'1" tall,"] said Jo Hill. [f:"I want it."]"#;
    a_full_stop_outside: "[f:“We won”]. [f:“We are happy”]. That was all Jo Hill said.";
    after_a_line_break: "Jo Hill said:\n\n[f:“We have no choice. It will close in May.”]\n\nThe board meets on Friday.";
    a_stage_direction_between_the_parts: "Jo Hill said: [f:“It rained for weeks.]\n\n“(CROSSTALK)\n\n[f:“And then it stopped.”]\n\nThe meeting closed.";
    guillemets_the_other_way: "Jo Hill said: [f:»This came from a translation«] and left.";
    low_and_high: "Jo Hill said: [f:„This came from a German page“] and left.";
    low_and_right: "Jo Hill said: [f:„This came from a Polish page”] and left.";
    corner_brackets: "Jo Hill said: [f:「This came from a Japanese page」] and left.";
    closing_mark_the_wrong_way: "Jo Hill said: [f:“The mark is the wrong way round.“] Then he left.";
    opening_mark_the_wrong_way: "Jo Hill said: [f:”The mark is the wrong way round.”] Then he left.";
    curly_closed_by_straight: "Jo Hill said: [f:“The marks do not match.\"] Then he left.";
    a_space_on_the_wrong_side: r#"Jo Hill spoke of schools,[f:" For example, a school can run its own vote now"]. People left."#;
    stray_closing_mark: "The next paragraph has a stray mark.” It is narration. Jo Hill left.";
    dash_after_the_mark: "Jo Hill said [f:“we are all ready now,”]—a claim that drew laughs.";
    brackets_and_dots_inside: "[f:“[We] are … ready,”] Jo Hill said.";
    question_inside: "[f:“Why now?”] asked Jo Hill.";
    mixed_single_styles: "[f:'The [n:‘moonrise’] bug is in all of our servers,'] he said.";
    empty_marks_are_nothing: r#"It printed "" and '' and “” twice."#;

    // Interviews without marks
    questions_and_answers: "Jo Hill runs the ferry.\n\nQ: [b:Why now?]\n\nA: [b:Because it rained.]\n\nThe ferry leaves at noon.";
    questions_and_answers_with_full_stops: "Q. [b:Why now?]\nA. [b:Because it rained.]\nQ. [b:And then?]\nA. [b:It stopped.]";
    turns_in_capitals: "Jo Hill met Sam Hunt.\nHILL: [b:Why now?]\nHUNT: [b:Because it rained.]\nHILL: [b:I see.]";
    turns_by_name: "Jo Hill met Sam Hunt.\nJo Hill: [b:Why now?]\nSam Hunt: [b:Because it rained.]\nJo Hill: [b:I see.]";
    turns_with_an_office: "JOHN SMITH, HOST: [b:Good morning. We have news.]\n\nMARY JONES, CITY REPORTER: [b:Yes, John. It is so.]\n\nUNIDENTIFIED MALE: [b:Shame!]\n\nSMITH: [b:Thank you.]";
    datelines_with_a_state_are_no_turns: "SALEM, OREGON: It rained in May.\nDERBY, KANSAS: It was dry in June.\nSALEM, OREGON: It rained again.";
    turns_by_initials: "Jo Hill met Sam Hunt.\nJH: [b:Why now, Mr. Hunt?]\nSH: [b:Because it rained.]\nJH: [b:I see.]";
    a_long_answer_goes_on: "Q: [b:Why now?]\nA: [b:Because it rained.]\n[b:It rained for weeks.]\nQ: [b:And then?]\nA: [b:It stopped.]\nThe ferry leaves at noon.";
    a_stage_direction_is_no_speech: "Q: [b:Why now?]\nA: [b:Because it rained.]\n(Laughter)\nQ: [b:And then?]";
    a_bracket_after_the_label: "Jo Hill met Sam Hunt.\nHILL: [b:Why now?]\nHUNT (laughing): [b:Because it rained.]\nHILL: [b:I see.]";
    marks_inside_a_turn_are_nested: "Q: [b:Why now?]\nA: [b:He told me [n:“never again”] and left, and so I left.]";
    words_in_marks_after_a_label: "Jo Hill met Sam Hunt.\nHill: [f:“Why now?”]\nHunt: [f:“Because it rained.”]\nHill: [f:“I see.”]";
    notes_are_no_turns: "Note: the ferry is late.\nIt rained.\nNote: bring a coat.\nUpdate: it stopped.\nNote: the coat can stay.";
    a_dateline_is_no_turn: "WASHINGTON: Jo Hill met Sam Hunt on Monday.\nIt rained.\nTOPICS: ferries, rain.";
    pros_and_cons_are_no_turns: "PROS: it is fast.\nCONS: it is loud.\nPROS: it is cheap.\nCONS: it is old.";
    a_list_of_facts_is_no_dialogue: "Price: 12 pounds.\nColour: blue.\nPrice: 14 pounds.\nColour: red.\nPrice: 2 pounds.";
    team_notes_are_no_dialogue: "The Salem Tigers met the Derby Bears.\nTigers: It rained twice.\nBears: Nobody scored.\nTigers: Host the Bears on Friday.\nBears: Visit the Tigers on Friday.";
    a_paper_and_a_guest: "The Herald met Jo Hill.\nHerald: [b:Why now?]\nHill: [b:Because it rained.]\nHerald: [b:And then?]\nHill: [b:It stopped.]";
    a_table_of_polls_is_no_dialogue: "Jo Hill met Sam Hunt.\nHill: 45 percent.\nHunt: 43 percent.\nHill: 44 percent.\nHunt: 41 percent.";
    one_turn_is_no_dialogue: "Jo Hill met Sam Hunt.\nHILL: the ferry town of the north.\nIt rained.";

    // Over paragraphs
    reopened_at_each_paragraph: "Jo Hill said: [f:“This is the first.]\n\n[f:“This is the second.]\n\n[f:“And this ends it.”]\n\nThe meeting closed.";
    reopened_straight: "Jo Hill said: [f:\"This is the first.]\n\n[f:\"This is the second.\"]\n\nThe meeting closed.";
    reopened_single: "Jo Hill said: [f:'This is the first, and it's long.]\n\n[f:'This is the second.']\n\nThe meeting closed.";
    never_closed_ends_with_the_paragraph: "Jo Hill said: [f:“This is never closed.]\n\nThe next paragraph is narration.";
    closed_two_lines_later_without_reopening: "Jo Hill said: [f:“The first line]\n[f:the second line]\n[f:and the last.”]\nThe meeting closed.";
    a_lost_closing_mark_before_another_quotation: "“It was wrong, said Jo Hill. [f:“And I think it was silly.”]";

    // Speech against mention
    title_after_its_kind: "The film [m=title:“Long Way Home”] opens in May.";
    title_after_a_possessive: "Jo Hill spoke on CNN’s [m=title:“State of the Union”] on Sunday.";
    title_after_a_preposition: "On [m=title:“Face the Day”] she praised the budget.";
    title_after_a_making_verb: "Jo Hill, the mayor, published [m=title:“The Long Goodbye”] on Monday.";
    title_that_is_played: "The band sang [m=title:“Shake It Off”] and played [m=title:“River Song”] twice.";
    titles_after_wrote: "Jo Hill wrote [m=title:“Silent Farm”] and [m=title:“Coming Up for Air”] in one year.";
    titles_in_a_list: "The band played hits including [m=title:“Black Rain,”] [m=title:“River Song”] and [m=title:“Long Train Home”] for an hour.";
    title_before_its_kind: "She hosts the [m=title:“Keeping It Real”] radio programme.";
    form_of_address: "When she asked [m=term:“Mr. Okafor”] about school fees, both began to speak.";
    titled: "The book, titled [m=title:“Arrogance”], sold well.";
    nickname_in_a_name: "Earvin [m=nickname:“Magic”] Johnson spoke.";
    nickname_after_an_initial: "Walter C. [m=nickname:\"Wally\"] Poe spoke.";
    so_called: "The so-called [m=term:“experts”] were silent.";
    known_as: "The rule, known as the [m=term:“Tobin rule”], failed.";
    dubbed: "The prison, dubbed the [m=term:“Iron House”] by prisoners, is a museum.";
    the_term: "Nobody had used the term [m=term:‘blue wave’] before.";
    code_name: "The operation was called [m=term:‘Northern Star’].";
    scare_before_a_noun: "Doctors dislike the [m=scare:“magic”] pills.";
    single_word_in_single_marks: "Attackers can [m=scare:'eavesdrop'] on the line.";
    definition: "[m=scare:‘Halal’] in Arabic means [m=term:‘permissible’].";
    attribute_of_a_tag: "See post_id=[m=term:\"100200300\"] for more.";
    a_sign_reads: "A sign on the door read [m=sign:“Closed until further notice.”] Nobody came.";
    banners_saying: "Protesters carried banners saying [m=sign:“No more lies”] through the town.";
    a_shirt_says: "The T-shirt said [m=sign:“I love rain”] in red.";
    graffiti: "Graffiti on the wall said [m=sign:“Traitor”] on Monday.";
    what_a_people_calls_it: "What Americans call [m=term:“soccer”] is football here.";
    stage_direction: "They stopped.\n[m=term:\"(CROSSTALK)\"]\nThey went on.";

    // Speech that is easily taken for a mention
    according_to_at_the_start: "According to Jo Hill, the ring was [g:“well organised”] on Monday.";
    in_the_words_of: "In the words of Jo Hill, the bill is [g:“a monster”] for the town.";
    a_man_with_a_sign_speaks: "A man with a sign said [f:“we want bread and we want it now”] to the mayor.";
    wrote_in_plain_words: "Jo Hill wrote [g:“burn this letter”] on Monday.";
    what_lawmakers_called: "It was what many lawmakers called [g:“fraud”] on Monday.";
    one_word_that_somebody_said: "The senator called it [g:“immaterial”] on Monday.";
    called_by_a_person: "Ivan Petrov called the talks [g:“very positive”] and left.";
    what_he_called: "He spoke of what he called [g:“a disgrace”] for the town.";
    described_as: "Jo Hill described the budget as [g:“fair”] on Friday.";
    list_of_insults: "Jo Hill called Sam Hunt a [g:“liar”], a [g:“bully”] and [g:“sad”].";
    was_angry_he_said: "Ivan Petrov was [g:“angry”] and [g:“sad”], he said.";
    headline_fragment: "# Mayor Hunt says city is [g:‘ready’] for storm";
    headline_in_capitals: "# Cole To Bank Chief: [g:‘You Should Resign’]";
    one_word_answer: "Asked why, Ivan Petrov was blunt: [f:“Money.”]";
    one_word_with_cue: "[f:“Amazing,”] Jo Hill said.";
    slogan_of_no_one: "[f:“Never again.”] That was on every wall.";
    a_named_act: "Opponents called the [m=term:“Fair Wage Act”] a [g:“job killer”] on Monday.";
    a_boat_gets_its_name: "He called his boat [m=term:“Ida”] and his dog a [g:“menace”] to the town.";
    who_said_it_behind_a_colon: "[g:“It’s over”]: Ida Lie on the strike.\n\nIt rained.";
    an_aside_between_dashes: "[g:“This bill”] — Senator Alba Quiroga paused — [f:“is an insult to us.”]";
    a_review_behind_a_colon: "[m=title:“The Long Night”]: a film by Ida Lie.\n\nIt rained.";
    clause_without_any_cue: "It would not give [f:“any kind of proof that would ever settle it”] to the court.";
}

#[test]
fn paragraphs_of_one_speech_are_one_quotation() {
    assert_eq!(events("Jo Hill said: “One.\n\n“Two.\n\n“Three.”\n\nDone."), 1);
    assert_eq!(events("“One day we go,” said Jo Hill.\n\n“Two days more,” said Sam Hunt."), 2);
}

/// Lines that start with `> ` in `marked` become block quotes, without the sign.
#[track_caller]
fn check_blocks(marked: &str) {
    let (text, _) = marked::parse(&marked.replace("> ", ""));
    let mut article = article(&text);
    let quoted = marked.lines().filter(|l| !l.is_empty()).map(|l| l.starts_with("> "));
    for (block, quoted) in article.blocks.iter_mut().zip(quoted) {
        block.kind = if quoted { BlockKind::Quote } else { block.kind };
    }
    assert_eq!(marked::render(&text, &marks(&article)), marked.replace("> ", ""));
}

#[test]
fn block_quotes_need_no_marks() {
    check_blocks("Jo Hill wrote:\n> [b:We go on.]\nThen she left.");
}

#[test]
fn a_block_quote_of_several_paragraphs_is_one_quotation() {
    let text = "Jo Hill wrote:\nWe go on.\nWe always do.\nThen she left.";
    let mut article = article(text);
    article.blocks[1].kind = BlockKind::Quote;
    article.blocks[2].kind = BlockKind::Quote;
    let tokens = Tokens::of(&article);
    let found = find(&article, &tokens, &sentences::split(&tokens));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].parts.iter().map(|p| p.of(text)).collect::<Vec<_>>(), ["We go on.", "We always do."]);
}

#[test]
fn marks_inside_a_block_quote_are_nested() {
    check_blocks("Jo Hill wrote:\n> [b:He said [n:“never again”] to me, and that was all he said.]\nThen she left.");
}

#[test]
fn a_block_quote_all_in_marks_is_the_quotation_in_marks() {
    check_blocks("Jo Hill wrote:\n> [f:“We go on, and we always did.”]\nThen she left.");
}

#[test]
fn a_signature_is_no_part_of_a_block_quote() {
    check_blocks("> [b:We go on.]\n> — Jo Hill\nThen she left.");
    check_blocks("> [b:We go on.] — Jo Hill, mayor\nThen she left.");
}

#[test]
fn ranges_keep_graphemes_whole() {
    let text = "Jo Hill said “we go”\u{301} and “stay”\u{200d} here.";
    for (_, range, _) in marks(&article(text)) {
        assert_eq!(grapheme::floor(text, range.start()), range.start());
        assert_eq!(grapheme::ceil(text, range.end()), range.end());
    }
}

/// Twice as much text takes about twice as long: nothing looks back or ahead without bound.
#[test]
fn a_megabyte_of_marks_is_linear() {
    for unit in ["“", "\"", "'", "‘a ", "“a ", "'s ' ", "«", "\"a\n", "“a\n\n", "„“", "a\" "] {
        let text = unit.repeat(200_000 / unit.len());
        let started = std::time::Instant::now();
        let found = marks(&article(&text));
        assert!(started.elapsed().as_secs() < 5, "{unit:?} took {:?}", started.elapsed());
        assert!(found.iter().all(|(_, r, _)| r.end() <= text.len()));
    }
}

proptest! {
    #[test]
    fn any_text_of_marks_and_words(pieces in prop::collection::vec(prop::sample::select(vec![
        "“", "”", "\"", "'", "‘", "’", "„", "«", "»", "`", "``", "''", " ", " ", "\n", "said", "Jo", "Hill", "the", "12", ".", ",", "?", "(", ")", "…", "—", "é\u{301}", "👩‍👩‍👧", "s", "\u{301}", "「", "」",
    ]), 0..120)) {
        let text = pieces.concat();
        let article = article(&text);
        let tokens = Tokens::of(&article);
        let sentences = sentences::split(&tokens);
        for q in find(&article, &tokens, &sentences) {
            prop_assert!(!q.parts.is_empty());
            for (k, part) in q.parts.iter().enumerate() {
                prop_assert!(q.range.covers(*part) && !part.is_empty());
                prop_assert_eq!(grapheme::floor(&text, part.start()), part.start());
                prop_assert_eq!(grapheme::ceil(&text, part.end()), part.end());
                prop_assert!(k == 0 || q.parts[k - 1].end() <= part.start(), "parts in order");
            }
        }
    }
}
