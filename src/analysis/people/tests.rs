//! Marked cases: `[p=Fullest Name:words]` is a mention by name, `[r=Fullest Name:he]` by a pronoun. People here are invented, or public with public facts.

use proptest::prelude::*;

use super::find;
use crate::analysis::findings::{MentionForm, Person};
use crate::analysis::marked;
use crate::analysis::{quotations, sentences, token::Tokens};
use crate::ingest;
use crate::text::grapheme;

fn people(text: &str) -> Vec<Person> {
    let article = ingest::from_text(text);
    let tokens = Tokens::of(&article);
    let sentences = sentences::split(&tokens);
    let quotes = quotations::find(&article, &tokens, &sentences);
    find(&tokens, &sentences, &quotes)
}

#[track_caller]
fn check_forms(marked: &str, pronouns: bool) {
    let (text, _) = marked::parse(marked);
    let mut marks = Vec::new();
    for person in people(&text) {
        for m in &person.mentions {
            match m.form {
                MentionForm::Name => marks.push(("p".to_owned(), m.range, Some(person.name.clone()))),
                MentionForm::Pronoun if pronouns => marks.push(("r".to_owned(), m.range, Some(person.name.clone()))),
                _ => {}
            }
        }
    }
    assert_eq!(marked::render(&text, &marks), marked);
}

/// Names, without pronouns.
#[track_caller]
pub(super) fn check(marked: &str) {
    check_forms(marked, false);
}

/// Names and pronouns.
#[track_caller]
fn check_all(marked: &str) {
    check_forms(marked, true);
}

/// The roles and the affiliation of the person called `name`.
#[track_caller]
fn check_role(text: &str, name: &str, roles: &[&str], affiliation: Option<&str>) {
    let people = people(text);
    let person = people.iter().find(|p| p.name == name).unwrap_or_else(|| panic!("{name} is not among {people:?}"));
    assert_eq!((&person.roles.iter().map(String::as_str).collect::<Vec<_>>()[..], person.affiliation.as_deref()), (roles, affiliation));
}

macro_rules! cases {
    ($check:ident: $($name:ident $marked:literal)*) => { $(#[test] fn $name() { $check($marked); })* };
}

cases! { check:
    // build of names
    initial_in_the_middle "[p=Harold J. Brenner:Harold J. Brenner] said the plan was dead."
    two_initials_in_front "[p=J.K. Alderton:J.K. Alderton] wrote the book in a year."
    spaced_initials "The judge, [p=P. V. Raghavan:P. V. Raghavan], adjourned the case."
    apostrophe_o "“No,” said [p=Maeve O’Rourke:Maeve O’Rourke], a teacher."
    apostrophe_straight "[p=Tony D'Angelo:Tony D'Angelo] told police he was asleep."
    hyphenated_given_name "[p=Jean-Luc Morandeau:Jean-Luc Morandeau] resigned on Monday."
    hyphenated_surname "[p=Priya Nair-Collins:Priya Nair-Collins], 34, lives in Leeds."
    scottish_mc "[p=Fiona McAllister:Fiona McAllister] told reporters she would appeal."
    dutch_particles "[p=Pieter van der Hoek:Pieter van der Hoek] said prices would fall."
    spanish_de_la "[p=María de la Fuente:María de la Fuente] said the mayor lied."
    arabic_bin "Crown Prince [p=Khalid bin Rashid:Khalid bin Rashid] met the delegation."
    arabic_al "[p=Omar al-Hamdani:Omar al-Hamdani] told the newspaper that the bridge was open."
    arabic_al_capital "[p=Layla Al Mansouri:Layla Al Mansouri] said on Sunday that schools would reopen."
    german_von "[p=Katrin von Aschbach:Katrin von Aschbach] said Berlin would pay."
    suffix_jr "[p=Walter Pruitt Jr.:Walter Pruitt Jr.] said he would run again."
    suffix_third "[p=Edmund Hale III:Edmund Hale III] inherited the company."
    nickname_in_marks "[p=Luis “Buba” Lopez:Luis “Buba” Lopez] was released. [p=Luis “Buba” Lopez:Lopez] thanked her."
    firm_called_after_its_owner "[p=Ratan Tata:Ratan Tata] retired. The Tata Group said [p=Ratan Tata:Tata] would advise it."
    rank_in_capitals "Police said ASI [p=Masud Rana:Masud Rana] found the body."
    accents "[p=Željko Marušić:Željko Marušić] said the strike would go on."
    // where family names stand first
    chinese_order "[p=Guo Meiling:Guo Meiling] said exports rose. [p=Guo Meiling:Guo] spoke in Shanghai."
    korean_hyphen "[p=Park Ji-won:Park Ji-won] said the talks failed. [p=Park Ji-won:Park] left early."
    korean_in_ending "President [p=Moon Jae-in:Moon Jae-in] visited Busan."
    korean_three_words "[p=Kim Dae Sung:Kim Dae Sung] was named coach on Friday."
    vietnamese "[p=Nguyen Van Hau:Nguyen Van Hau], a farmer, said the river rose."
    hong_kong_two_names "Barrister [p=Joyce Lam Ka-yan:Joyce Lam Ka-yan] told the court it was false."
    hungarian "Prime Minister [p=Viktor Orbán:Viktor Orbán] met the president. [p=Viktor Orbán:Orbán] said little."
    // titles stay outside
    mr "Mr [p=Delaney:Delaney] declined to comment."
    dr_with_stop "Dr. [p=Amara Nwosu:Amara Nwosu] said the trial worked."
    office_before "Treasury Secretary [p=Scott Bessent:Scott Bessent] will lead the talks."
    nationality_before "Chinese President [p=Xi Jinping:Xi Jinping] spoke first."
    us_with_stops_before "U.S. President [p=Joe Biden:Joe Biden] landed in Rome."
    military_rank "Lt Gen [p=Peter Mwangi:Peter Mwangi] was sworn in."
    state_and_party "Sen. [p=Laura Whitcombe:Laura Whitcombe], R-Idaho, voted no."
    possessive_stays_outside "[p=Ingrid Solheim:Ingrid Solheim]’s lawyer asked for time."
    plural_possessive "[p=Daniel Rhodes:Daniel Rhodes] won. [p=Daniel Rhodes:Rhodes]’ brother cheered."
    // short forms and people with one surname
    later_surname "[p=Craig Singleton:Craig Singleton] said yes. [p=Craig Singleton:Singleton] then left."
    earlier_surname_in_headline "[p=Beatrix Holloway:Holloway] quits as party leader\n\n[p=Beatrix Holloway:Beatrix Holloway] resigned on Tuesday."
    capitals_headline "[p=Marcus Ellery:ELLERY] LEAVES CLUB AFTER DEFEAT\n\nCoach [p=Marcus Ellery:Marcus Ellery] left the club on Friday."
    two_with_one_surname "[p=Donald Trump:Donald Trump] and [p=Melania Trump:Melania Trump] flew to Rome. [p=Trump:Trump] said the trip went well."
    the_one_the_article_is_about "[p=Donald Trump:Donald Trump] flew to Rome. [p=Melania Trump:Melania Trump] met [p=Donald Trump:Donald Trump]. [p=Donald Trump:Trump] said the trip went well."
    a_headline_means_whom_the_article_is_about "[p=Omar Delgado:Delgado] wins vote\n\n[p=Rosa Delgado:Rosa Delgado] clapped. [p=Omar Delgado:Omar Delgado] won. Mr [p=Omar Delgado:Delgado] smiled. Mr [p=Omar Delgado:Delgado] spoke for an hour."
    the_one_named_last "[p=Emma Reidle:Emma Reidle] sued in May. The judge, [p=Ann Cole:Ann Cole], and the clerk, [p=Jo Hill:Jo Hill], agreed. [p=Paul Reidle:Paul Reidle] came later. [p=Paul Reidle:Reidle] paid."
    mrs_is_the_woman "[p=Grace Okafor:Grace Okafor] spoke. [p=Daniel Okafor:Daniel Okafor] sat down. Mrs. [p=Grace Okafor:Okafor] left, and Mr. [p=Daniel Okafor:Okafor] stayed."
    ships_towers_and_firms "The ferry Anna Maria and the yacht Mary Ellen left. Visitors to Dolan Tower waited. [p=Boris Dolan:Boris Dolan] sold it. Dolan & Price sued."
    letters_for_given_names "[p=Keshav Baliram Hegde:KB Hegde] spoke first. [p=Keshav Baliram Hegde:Keshav Baliram Hegde] was born in Nagpur."
    first_name_later "[p=Rosa Delgado:Rosa Delgado] lost her home. “We had nothing,” [p=Rosa Delgado:Rosa] said."
    mrs_means_her "[p=Tom Barlow:Tom Barlow] and his wife, [p=Anne Barlow:Anne Barlow], came. Mrs [p=Anne Barlow:Barlow] spoke."
    middle_initial_joins "[p=Susan B. Hartley:Susan Hartley] spoke. [p=Susan B. Hartley:Susan B. Hartley] is a judge."
    same_surname_two_full_names "[p=Ahmed Khalil:Ahmed Khalil] scored. [p=Yusuf Khalil:Yusuf Khalil] saved a penalty."
    // places to find names
    list_of_names "The winners were [p=Ana Prieto:Ana Prieto], [p=Hugo Lindqvist:Hugo Lindqvist] and [p=Chidi Okafor:Chidi Okafor]."
    age_after "[p=Mojibur Rahman:Mojibur Rahman], 45, was found dead near the canal."
    said_before "“It is over,” said [p=Tunde Afolabi:Tunde Afolabi]."
    caption_by "By [p=Clara Winslow:Clara Winslow]\n\nThe council met on Monday."
    dash_dateline "NAIROBI – Police chief [p=Joseph Kiprono:Joseph Kiprono] said two men were held."
    score_sheet "[p=R. Kettering:R. Kettering] not out 54"
    cup_scorers "Sweden – [p=Jonas Bergqvist:Jonas Bergqvist] (12), [p=Marchetti:Marchetti] (56 pen)"
    twitter_post "[p=Nadia Farouk:Nadia Farouk] tweeted: “Thank you all.”"
    apposition "The minister, [p=Olena Kovalchuk:Olena Kovalchuk], refused."
    names_of_africa "[p=Ngozi Adeyemi:Ngozi Adeyemi] and [p=Kwabena Mensah:Kwabena Mensah] signed the letter."
    names_of_india "[p=Suresh Chandran:Suresh Chandran] said the monsoon was late."
    names_of_iran "[p=Hossein Karimi:Hossein Karimi] said sanctions hurt."
    names_of_indonesia "[p=Agus Setiawan:Agus Setiawan] told the court he was innocent."
    // what is no person
    countries "China and Japan said Germany would join France in Brussels."
    company "Goldman Sachs and Wells Fargo raised their forecasts."
    university "Harvard University and the Massachusetts Institute of Technology agreed."
    foundation "He works for the Foundation for Defense of Democracies in Washington."
    months_and_days "On Monday, March 3, and again in April, the court met."
    offices_alone "The Prime Minister met the President and the Foreign Secretary."
    prize "The Nobel Prize and the Pulitzer Prize were announced in October."
    lake "Water levels at Lake Victoria rose again in May."
    ship "The aircraft carrier USS Gerald R. Ford left Norfolk."
    law "The Dodd-Frank Act and the Affordable Care Act were upheld."
    parties "Democrats and Republicans blamed the Labour Party and the Tories."
    city_named_like_people "Flights from San Francisco to San Diego and Santa Cruz were late."
    newspaper "The Washington Post and the Daily Telegraph reported it."
    sentence_starts "However, nobody came. Still, the doors opened. Meanwhile, it rained."
    title_case_headline "Trade War Fears Grow As Markets Fall And Oil Prices Rise"
    acronyms "NATO, the EU and UNICEF warned the WHO."
    storm "Hurricane Katrina flooded New Orleans."
    ampersand_firm "Johnson & Johnson recalled the powder."
    hospital "She died at St Mary’s Hospital in London."
    furniture_of_a_page "Share this article\n\nSign up for our newsletter\n\nAll rights reserved"
}

cases! { check_all:
    he_is_the_subject "[p=Martin Leclerc:Martin Leclerc] spoke on Monday. “We lost,” [r=Martin Leclerc:he] said."
    she_not_him "[p=Paul Harker:Paul Harker] met [p=Linda Moss:Linda Moss] on Friday. Later [r=Linda Moss:she] resigned."
    his_own "[p=Victor Salas:Victor Salas] sold [r=Victor Salas:his] shares."
    unknown_name_takes_the_pronoun "[p=Jordan Whitfield:Jordan Whitfield] said no. [r=Jordan Whitfield:She] told police that [r=Jordan Whitfield:she] was asleep."
    he_is_not_the_one_he_tells "[p=Anton Reyes:Anton Reyes] met [p=Victor Salas:Victor Salas]. [p=Victor Salas:Salas] was late. “Go home,” [r=Anton Reyes:he] told [p=Victor Salas:Salas]."
    him_is_not_the_one_who_tells "[p=Anton Reyes:Anton Reyes] met [p=Victor Salas:Victor Salas]. [p=Victor Salas:Salas] was late. [p=Anton Reyes:Reyes] told [r=Victor Salas:him] to go."
    speech_has_pronouns_of_its_own "[p=Emma Clarke:Emma Clarke] said: “He hit me and he ran.”"
    nobody_before "He came early and left late."
    too_far_back "[p=John Mercer:John Mercer] left.\n\nIt rained.\n\nIt snowed.\n\nIt froze.\n\nIt thawed.\n\nIt rained.\n\nIt snowed.\n\nThen he came."
}

#[test]
fn office_before_the_name_is_a_role() {
    check_role("Treasury Secretary Scott Bessent will lead.", "Scott Bessent", &["Treasury Secretary"], None);
}

#[test]
fn nationality_belongs_to_the_role() {
    check_role("He met Chinese President Xi Jinping.", "Xi Jinping", &["Chinese President"], None);
}

#[test]
fn first_lady_is_a_role() {
    check_role("He and First Lady Melania Trump came.", "Melania Trump", &["First Lady"], None);
}

#[test]
fn mister_is_no_role() {
    check_role("Mr Henry Tolland said no.", "Henry Tolland", &[], None);
}

#[test]
fn apposition_gives_role_and_organisation() {
    let text = "Nora Feld, an economist at the Institute for Fair Trade, said prices rose.";
    check_role(text, "Nora Feld", &["economist"], Some("Institute for Fair Trade"));
}

#[test]
fn of_gives_the_organisation() {
    let text = "Craig Singleton of the Foundation for Defense of Democracies said no.";
    check_role(text, "Craig Singleton", &[], Some("Foundation for Defense of Democracies"));
}

#[test]
fn of_a_kind_of_company() {
    check_role("Gabriel Wildau of consultancy Teneo agreed.", "Gabriel Wildau", &[], Some("consultancy Teneo"));
}

#[test]
fn home_town_is_no_organisation() {
    check_role("Maria Keller of Ohio was hurt.", "Maria Keller", &[], None);
}

#[test]
fn in_a_list_an_office_belongs_to_the_next_name() {
    let text = "Treasury Secretary Scott Bessent, Commerce Secretary Howard Lutnick, and US Trade Representative Jamieson Greer came.";
    check_role(text, "Scott Bessent", &["Treasury Secretary"], None);
    check_role(text, "Jamieson Greer", &["US Trade Representative"], None);
}

#[test]
fn lower_case_office_before_the_name() {
    check_role("The vote was lost by former governor Dana Whitlock.", "Dana Whitlock", &["former governor"], None);
}

#[test]
fn linear_in_capitals() {
    let time = |n: usize| {
        let text = "Alba Smith Jones Berlin X. Marto ".repeat(n);
        let begun = std::time::Instant::now();
        people(&text);
        begun.elapsed()
    };
    time(100);
    let (short, long) = (time(1_000), time(8_000));
    assert!(long < short * 40, "{short:?}, then {long:?} for eight times the text");
}

proptest! {
    #[test]
    fn any_text_gives_sound_people(text in "(\\PC|[A-Z][a-z]{1,6}|[’'“” .,-]| said | van | al-|Mr\\. |\n|é|\u{1F1E9}\u{1F1EA}|\u{301}){0,120}") {
        let article = ingest::from_text(&text);
        for person in people(&text) {
            prop_assert!(!person.name.is_empty() && !person.mentions.is_empty());
            prop_assert!(person.mentions.is_sorted_by(|a, b| a.range.end() <= b.range.start()));
            for m in &person.mentions {
                prop_assert!(!m.range.is_empty() && m.range.end() <= article.text.len());
                for at in [m.range.start(), m.range.end()] {
                    prop_assert_eq!(grapheme::floor(&article.text, at), at, "{:?} in {:?}", m.range.of(&article.text), article.text);
                }
            }
        }
    }
}

cases! { check:
    forms_of_address_are_certain "Police stopped Ms. [p=Tran:Tran] wrote one paper. “No,” said Dame [p=Olive Strand:Olive Strand]."
    kin_by_a_given_name "“He was kind,” said his widow, [p=Grace:Grace]."
    another_name_that_the_text_gives "[p=Joko Widodo:Joko Widodo], known as [p=Joko Widodo:Jokowi], left. [p=Joko Widodo:Jokowi] smiled."
    a_surname_without_its_particle "[p=Bashar al-Assad:Bashar al-Assad] ruled Syria. [p=Bashar al-Assad:Assad] fled."
    spellings_of_a_slavic_surname "[p=Volodymyr Zelenskyy:Volodymyr Zelenskyy] spoke. [p=Volodymyr Zelenskyy:Zelensky] left."
    short_given_names "[p=Elizabeth Warren:Elizabeth Warren] spoke. [p=Elizabeth Warren:Liz Warren] left."
    firms_by_what_they_are_called "Baker Lane, a law firm, sued the town. Baker Lane won."
    what_firms_own "Vodatel's chief executive, [p=Nina Holst:Nina Holst], resigned. Holtec's shares fell."
    parties_of_a_case "The judges struck down Roe v. Wade."
    airports_in_small_letters "Charles de Gaulle airport shut for a day."
    ships_with_a_title "The ferry Lady Constance sank. The Lady Constance had carried 40 people. [p=Ruth Poe:Ruth Poe] wept."
    an_office_in_capitals "[p=Howard Lane:Howard Lane] and US Trade Representative [p=Jamie Grier:Jamie Grier] are to speak."
}

cases! { check_all:
    a_sons_name_is_no_womans "[p=Maria Conti:Maria Conti] died on Sunday. [r=Maria Conti:Her] son [p=Marco:Marco] survives [r=Maria Conti:her]. [r=Maria Conti:Her] house stands in Rome."
    a_description_tells_the_gender "[p=Robin Shaw:Robin Shaw], a spokeswoman, met [p=Taylor Quinn:Taylor Quinn], a spokesman. [r=Robin Shaw:She] smiled."
}

#[test]
fn roles_from_descriptions_before_and_behind_the_name() {
    check_role("Vodatel's chief executive, Nina Holst, resigned.", "Nina Holst", &["chief executive"], Some("Vodatel"));
    check_role("The prime minister, Anthony Brand, left.", "Anthony Brand", &["prime minister"], None);
    check_role("They met the mayor, Anthony Brand, and the clerk.", "Anthony Brand", &[], None);
    check_role("Wang Yi, China's foreign minister, spoke.", "Wang Yi", &["foreign minister"], None);
    check_role("Maria Silva, a nurse at St. Mary's Hospital, left.", "Maria Silva", &["nurse"], Some("St. Mary's Hospital"));
    let text = "Marcus Thorne, the chief executive of the Anglo-Welsh mining group Cambria Resources, spoke.";
    check_role(text, "Marcus Thorne", &["chief executive"], Some("Cambria Resources"));
    check_role("Beatrice Okafor, the widow of Daniel Okafor, came.", "Beatrice Okafor", &["widow"], None);
    check_role("“This is new,” he wrote on X. Senator Amy Boone posted a reply.", "Amy Boone", &["Senator"], None);
}
