//! Cases of what ties figures together and to the text: changes, topics, what they apply to, who set them. All sentences are invented.

use super::cases::found;
use crate::analysis::findings::{Change, Direction};
use crate::text::TextRange;

/// The changes of a text, one line each: from, to, direction, difference, factor, unit.
fn changes(text: &str) -> Vec<String> {
    let (figures, changes) = found(text);
    let words = |k: Option<usize>| k.map_or("?", |k| figures[k].range.of(text));
    let line = |c: &Change| {
        let arrow = match c.direction {
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::None => "none",
        };
        let number = |x: Option<f64>| x.map_or("?".to_owned(), |x| format!("{x}"));
        let unit = c.unit.as_deref().unwrap_or("?");
        format!("{} -> {} {arrow} {} x{} {unit}", words(c.from), words(c.to), number(c.difference), number(c.factor))
    };
    changes.iter().map(line).collect()
}

#[track_caller]
fn check_changes(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&changes(text), expected, "{text}");
    }
}

#[test]
fn changes_from_and_to() {
    check_changes(&[
        ("Ava cut tariffs on toys from 145 per cent to 30 per cent.", &["145 per cent -> 30 per cent down -115 x? percentage_point"]),
        ("The levy rose to 145 per cent from 20 per cent.", &["20 per cent -> 145 per cent up 125 x? percentage_point"]),
        ("They raised the rate from 5 to 10 per cent.", &["5 -> 10 per cent up 5 x? percentage_point"]),
        ("A new car was $39,014, up from $38,373 a year ago.", &["$38,373 -> $39,014 up 641 x? USD"]),
        ("Its fleet of 23 boats spent 14.5 days a month at sea, down from 17.", &["17 -> ? down ? x? ?"]),
        ("Unemployment was 4.2%, down from 4.5% in May.", &["4.5% -> 4.2% down -0.3 x? percentage_point"]),
        ("Sales were up from 13.2 percent in May.", &["13.2 percent -> ? up ? x? ?"]),
        ("The rate went from 3 per cent last year to 5 per cent this year.", &["3 per cent -> 5 per cent up 2 x? percentage_point"]),
        ("Staff fell from 1,200 workers to 900 workers.", &["1,200 workers -> 900 workers down -300 x? ?"]),
        ("The wait fell from two hours to one hour.", &["two hours -> one hour down -1 x? hour"]),
        ("Costs grew from €2m to €3m.", &["€2m -> €3m up 1000000 x? EUR"]),
    ]);
}

#[test]
fn changes_with_a_difference_or_a_factor() {
    check_changes(&[
        ("Support rose 3 points to 12 %.", &["? -> 12 % up 3 x? percentage_point"]),
        ("Yields rose 12 basis points to 4.37%.", &["? -> 4.37% up 12 x? basis_point"]),
        ("The order is down by 30 to 126.", &["? -> 126 down -30 x? ?"]),
        ("Profit rose 15% to $4 million.", &["? -> $4 million up ? x1.15 ?"]),
        ("Output halved in May.", &["? -> ? down ? x0.5 ?"]),
        ("The fee doubled to $4.", &["? -> $4 up ? x2 ?"]),
        ("The fee doubled from $2 to $4.", &["$2 -> $4 up 2 x2 USD"]),
    ]);
}

#[test]
fn ranges_are_no_changes() {
    check_changes(&[
        ("Prices range from $20 to $200 per person.", &[]),
        ("Between 10 and 15 people came.", &[]),
        ("It takes from 5 to 6 hours.", &[]),
        ("It lasts 3 to 5 years.", &[]),
    ]);
}

/// `words|topic|applies_to|set_by|period` of every figure.
#[track_caller]
fn check_about(text: &str, expected: &[&str]) {
    let words = |r: Option<TextRange>| r.map_or("", |r| r.of(text));
    let lines: Vec<String> = found(text)
        .0
        .iter()
        .map(|f| format!("{}|{}|{}|{}|{}", f.range.of(text), f.topic.unwrap_or(""), words(f.applies_to), words(f.set_by), words(f.period)))
        .collect();
    assert_eq!(lines, expected, "{text}");
}

#[test]
fn what_figures_are_about() {
    check_about(
        "Atlantis dropping tariffs on Lemurian goods from 145 per cent to 30 per cent for a 90-day period, and Lemuria cutting its tariffs on \
         island imports from 125 per cent to 10 per cent—nobody smiled.",
        &[
            "145 per cent|tariff|Lemurian goods|Atlantis|",
            "30 per cent|tariff|Lemurian goods|Atlantis|for a 90-day period",
            "90-day period||||",
            "125 per cent|tariff|island imports|Lemuria|",
            "10 per cent|tariff|island imports|Lemuria|",
        ],
    );
    check_about("With $295 billion in trade imbalance reported in 2024, they talk.", &["$295 billion|trade balance|trade imbalance||"]);
    check_about("Atlantis put a 25 per cent tariff on steel.", &["25 per cent|tariff|steel||"]);
    check_about("The US imposed a 25% duty on cars.", &["25%|duty|cars|US|"]);
    check_about("A 10% levy imposed by Lemuria hurts.", &["10%|levy||Lemuria|"]);
    check_about("Inflation was 3.1 per cent in May.", &["3.1 per cent|inflation|||"]);
    check_about("The plant employs 5,200 workers.", &["5,200 workers|employment|workers||"]);
    check_about("Some 40 people were killed.", &["40 people|casualties|people||"]);
    check_about("Plains cover 65 percent of the surface.", &["65 percent||surface||"]);
    check_about("The economy grew 2%; the boat has 3 masts.", &["2%|growth|||", "3 masts||masts||"]);
}

#[test]
fn changes_told_in_other_orders() {
    check_changes(&[
        ("Profit rose 18.5 per cent to €42.7m, from €36m a year earlier.", &["€36m -> €42.7m up 6700000 x? EUR"]),
        ("The rate was cut from 25% to between 10% and 15%.", &["25% -> 10% and 15% down ? x? ?"]),
        ("The trip was cut from three hours to 90 minutes.", &["three hours -> 90 minutes down -90 x? minute"]),
        ("Growth slowed to 1.2 per cent, against 2.1 per cent.", &["2.1 per cent -> 1.2 per cent down -0.9 x? percentage_point"]),
        ("The gap was $5bn, compared with $3bn a year earlier.", &["$3bn -> $5bn up 2000000000 x? USD"]),
        ("Exports jumped 12 per cent, compared with 4 per cent in May.", &[]),
        ("Debt was cut by half, to €75 million.", &["? -> €75 million down ? x0.5 ?"]),
        ("It fell from +3 per cent to -1 per cent.", &["3 per cent -> -1 per cent down -4 x? percentage_point"]),
        ("Support is 45 per cent, up two points.", &["? -> 45 per cent up 2 x? percentage_point"]),
        ("The rate was 5 per cent, unchanged from 5 per cent in May.", &["5 per cent -> 5 per cent none 0 x? percentage_point"]),
        ("Profit more than doubled to £3.1m.", &["? -> £3.1m up ? x? ?"]),
    ]);
}

#[test]
fn what_only_looks_like_a_change() {
    check_changes(&[
        ("He moved from 10 Downing Street to 11 Downing Street.", &[]),
        ("The train goes from 5 to 9 in the evening.", &[]),
        ("She won by 51 per cent to 49 per cent.", &[]),
        ("She won by six votes to four.", &[]),
        ("A rise of 3% to 5% is expected.", &[]),
    ]);
}

#[test]
fn who_bears_a_tariff_who_set_it_and_until_when() {
    check_about("Atlantis announced a tariff of 25 per cent on Norland steel.", &["25 per cent|tariff|Norland steel|Atlantis|"]);
    check_about("Lemurian goods face a tariff of 54 per cent.", &["54 per cent|tariff|Lemurian goods||"]);
    check_about("Steel from Norland is subject to a 50 per cent duty.", &["50 per cent|duty|Steel from Norland||"]);
    check_about("All Lemurian imports were hit with a 60 per cent tariff.", &["60 per cent|tariff|Lemurian imports||"]);
    check_about("Cars from Norland are taxed at 27.5 per cent.", &["27.5 per cent|tax|Cars from Norland||"]);
    check_about("Atlantis will tax Lemurian whiskey at 50 per cent.", &["50 per cent|tax|Lemurian whiskey|Atlantis|"]);
    check_about(
        "Atlantis charges 25 per cent on steel and 10 per cent on tin.",
        &["25 per cent||steel|Atlantis|", "10 per cent||tin|Atlantis|"],
    );
    check_about("Lemuria retaliated with 84 per cent tariffs.", &["84 per cent|tariff||Lemuria|"]);
    check_about("South Lemuria's duty is 8 per cent.", &["8 per cent|duty||South Lemuria|"]);
    check_about("The Bank of Norland cut interest rates to 4 per cent.", &["4 per cent|interest rate||Bank of Norland|"]);
    check_about("A tariff of 10 per cent holds until 12 August.", &["10 per cent|tariff|||until 12 August", "12 August||||"]);
    check_about("A levy of 5% on coal for six months is due.", &["5%|levy|coal||for six months", "six months||||"]);
}

#[test]
fn words_that_only_look_like_a_topic() {
    check_about("Debt is 120 per cent of GDP.", &["120 per cent|debt|GDP||"]);
    check_about("GDP per head is $12,400.", &["$12,400||||"]);
    check_about("Under the Inflation Reduction Act buyers get $7,500.", &["$7,500||||"]);
    check_about("They used to pay 5.75 per cent.", &["5.75 per cent||||"]);
    check_about("The rate of the levy is set at 5p.", &["5p|levy|||"]);
    check_about("It was a $295bn deficit with Lemuria.", &["$295bn|trade balance|||"]);
}
