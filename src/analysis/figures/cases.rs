//! Marked cases: `[kind=value unit:words]`, with `low..high` for ranges and `>`, `<`, `>=`, `<=`, `~` for bounds. What stands
//! unmarked must not be found. All sentences are invented.

use super::{find, iso_date};
use crate::analysis::findings::{Bound, Change, Figure, FigureKind, Value};
use crate::analysis::marked;
use crate::analysis::sentences;
use crate::analysis::token::Tokens;
use crate::text::TextRange;

pub(super) fn found(text: &str) -> (Vec<Figure>, Vec<Change>) {
    let tokens = Tokens::of_range(text, TextRange::new(0, text.len()));
    find(&tokens, &sentences::split(&tokens))
}

fn label(f: &Figure, text: &str) -> Option<String> {
    let bound = match f.bound {
        Some(Bound::MoreThan) => ">",
        Some(Bound::LessThan) => "<",
        Some(Bound::AtLeast) => ">=",
        Some(Bound::AtMost) => "<=",
        Some(Bound::About) => "~",
        None => "",
    };
    let round = |x: f64| (x * 1e6).round() / 1e6;
    let value = match f.value {
        Value::Exact(v) => format!("{}", round(v)),
        Value::Range { low, high } => format!("{}..{}", round(low), round(high)),
        Value::Unknown => iso_date(f.range.of(text))?,
    };
    let unit = f.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
    Some(format!("{bound}{value}{unit}"))
}

/// Every figure of the text is marked in `cases`, with its value, and nothing else is.
#[track_caller]
fn check(cases: &[&str]) {
    for case in cases {
        let (text, _) = marked::parse(case);
        let marks: Vec<marked::Mark> = found(&text)
            .0
            .iter()
            .map(|f| {
                let tag = if f.kind == FigureKind::PercentagePoints { "points" } else { f.kind.name() };
                (tag.to_owned(), f.range, label(f, &text))
            })
            .collect();
        assert_eq!(&marked::render(&text, &marks), case);
    }
}

#[test]
fn percentages() {
    check(&[
        "Duties rose to [percent=145 percent:145 per cent] overnight.",
        "Sales fell [percent=30 percent:30%] in the region.",
        "Output shrank [percent=2.4 percent:2.4pc] in the quarter.",
        "It gained [percent=0.5 percent:0.5 percent] on the day.",
        "Support stood at [percent=61 percent:61 pct].",
        "[percent=78 percent:Seventy-eight percent] of respondents agreed.",
        "The index closed [percent=3.5 percent:3½ per cent] lower.",
        "About [percent=~110 percent:one hundred and ten per cent] of the target was met.",
        "The rate slipped to [percent=-0.1 percent:-0.1%] in winter.",
        "It was [percent=-2.5 percent:minus 2.5%] after costs.",
        "A [percent=15 percent:15-percent] share went to the fund.",
        "Turnout was [percent=3.5 percent:3,5 per cent] below the forecast.",
        "[percent=50 percent:Half] of the seats stayed empty.",
        "A [percent=20 percent:20 per cent] levy and a [percent=5 percent:5%] surcharge apply.",
        "Costs fell by [percent=33.333333 percent:a third] in a year.",
        "[percent=66.666667 percent:Two-thirds] of the managers left.",
        "[percent=25 percent:A quarter] of the staff stayed.",
        "[percent=60 percent:Three in five] said they knew.",
        "[percent=25 percent:One in four] lives alone.",
        "[percent=70 percent:7 out of 10] shops closed.",
    ]);
}

#[test]
fn points() {
    check(&[
        "The bank cut its rate by [points=0.25 percentage_point:a quarter of a percentage point].",
        "The bank cut rates by [points=0.5 percentage_point:half a percentage point].",
        "Support fell [points=4 percentage_point:4 percentage points].",
        "They agreed a [points=10 percentage_point:10-percentage-point] cut.",
        "Yields rose [points=12 basis_point:12 basis points] after the sale.",
        "The spread widened by [points=25 basis_point:25bp] on the news.",
        "Spreads were [points=7 basis_point:7 bps] tighter.",
        "The gap is [points=3 percentage_point:3pp] wide.",
        "The index lost [quantity=500 point:500 points] in early trade.",
    ]);
}

#[test]
fn money() {
    check(&[
        "The gap was [money=295000000000 USD:$295 billion] last year.",
        "A [money=1200000000000 USD:US$1.2tn] plan was passed.",
        "It cost [money=3000000 EUR:€3m] to build.",
        "The firm paid [money=2600000000 GBP:£2.6bn] for it.",
        "India set aside [money=1500000000000 INR:1.5 lakh crore rupees] for roads.",
        "India set aside [money=1500000000000 INR:Rs 1.5 lakh crore] for roads.",
        "A ticket is [money=0.5 GBP:50 pence] dearer.",
        "Shares closed at [money=4.125 GBP:412.5p] in London.",
        "Entry is [money=20 CAD:C$20] a head.",
        "The flag cost [money=26000000 NZD:NZ $26 million].",
        "They lost [money=2300000 AUD:A$2.3 million] and [money=12000000 HKD:HK$12 million].",
        "It is a [money=2000000 USD:$2m]-a-year deal.",
        "They raised [money=500000000 USD:half a billion dollars] in June.",
        "The package is worth [money=50000000000000 JPY:¥50 trillion].",
        "He owes [money=420000000 SEK:420 million Swedish kronor].",
        "She earned [money=10000 CHF:10,000 Swiss francs].",
        "The price rose to [money=42 MYR:RM42] a box.",
        "It sold for [money=5 USD:USD 5].",
        "It sold for [money=115.5 USD:USD115.5].",
        "The fee is [money=20 EUR:20 euros].",
        "The fee is [money=10 EUR:10 €] each.",
        "A stamp costs [money=0.14 USD:14 cents].",
        "He found [money=5.35 USD:five dollars and thirty-five cents].",
        "They paid [money=12000 GBP:12 thousand pounds] as a reward.",
        "The club paid [money=361000000 GBP:361 million pounds].",
        "The state took [money=100000000000 CNY:100 billion yuan] in tax.",
        "It was fined [money=-15 EUR:-15€] by mistake.",
        "Bitcoin miners get [money=6.25 BTC:6.25 BTC] a block.",
        "Rent is [money=900 USD:900 US dollars] now.",
        "Rent is [money=900 USD:900 U.S. dollars] now.",
        "Rent is [money=900 HKD:900 Hong Kong dollars] now.",
        "It is worth [money=250000 USD:a quarter of a million dollars].",
        "Prices start at [money=39014 USD:$39,014].",
        "The state spent [money=1500000 INR:₹15 lakh] on it.",
        "It cost about [money=~98 USD:$98] a share.",
        "A coffee is worth [money=1 USD:a dollar].",
        "Revenue was [money=1234567.5 EUR:€1.234.567,5] in March.",
    ]);
}

#[test]
fn pounds_are_weight_unless_something_is_paid() {
    check(&[
        "The tank held [quantity=5200 pound:5,200 pounds] of water.",
        "He weighed in at [quantity=243 pound:243 pounds].",
        "She paid [money=243 GBP:243 pounds] for it.",
    ]);
}

#[test]
fn durations() {
    check(&[
        "Tariffs fall for a [duration=90 day:90-day period].",
        "The [duration=1.5 hour:hour-and-a-half-long] call ended early.",
        "Talks took [duration=2.5 year:two-and-a-half years].",
        "He waited [duration=1.5 hour:an hour and a half].",
        "The strike lasted [duration=20 minute:20 minutes].",
        "It is a [duration=25 minute:25-minute] ride.",
        "They spoke for [duration=1 hour:an hour].",
        "It ran for [duration=40 year:40 years].",
        "The war is in its [duration=18 year:18-year] course.",
        "It took [duration=2 decade:two decades] to build.",
        "She served [duration=2.493151 year:two years and six months].",
        "The pause lasts less than [duration=<5 month:five months].",
        "It was over within [duration=0.5 hour:half an hour].",
        "The flight takes [duration=48 hour:48 hours].",
        "They were away for [duration=2 week:a couple of weeks].",
        "It rained for [duration=3 fortnight:three fortnights].",
    ]);
}

#[test]
fn counts_with_their_noun() {
    check(&[
        "The plant employs some [count=~5200:5,200 workers].",
        "It killed [count=346:346 people] in all.",
        "He ordered [count=30:30 Boeing jets] on [date:Monday].",
        "The firm has [count=23400:twenty-three thousand four hundred people] in [count=14:14 countries].",
        "It has [count=2:two younger human siblings].",
        "Dealers sold nearly [count=~17300000:17.3 million new vehicles] last year.",
        "The state handed out [count=5000000:50 lakh masks].",
        "There were [count=10000000:1 crore boxes] in the store.",
        "She made [count=35:35 saves], [count=15:15] of them late.",
        "They need [count=144:twelve dozen eggs].",
        "Over [count=>100000:100,000 people] came.",
        "At least [count=>=12:a dozen people] were hurt.",
        "The town has [count=40000:40 000 inhabitants].",
        "A crowd of [count=1000:a thousand] waited.",
        "We counted [count=500:500] in the square.",
        "Some [count=~2000:2,000 homes] lost power.",
        "The camp holds [count=>=500:500]+ people.",
        "We need [count=>=20:20 volunteers] or more.",
    ]);
}

#[test]
fn quantities() {
    check(&[
        "The engine makes [quantity=176 horsepower:176 hp] from [quantity=2.5 litre:2.5-liter] cylinders.",
        "It carries up to [quantity=<=100 tonne:100 metric tons] of cargo.",
        "The flat has [quantity=1000 square foot:1,000 square feet] of space.",
        "They walked [quantity=200 kilometre:200 kilometres] north.",
        "A [quantity=27 kilometre:27-kilometer] ring circles the town.",
        "It reached [quantity=188 mile per hour:188 miles an hour].",
        "Top speed is [quantity=320 kilometre per hour:320 km/h].",
        "It was [quantity=40 celsius:40°C] in the shade.",
        "It was [quantity=40 celsius:40 degrees Celsius] at noon.",
        "It cooled to [quantity=-18 celsius:-18 °C] at night.",
        "He is [quantity=94 inch:7 feet 10 inches] tall.",
        "The farm covers [quantity=12 hectare:12 hectares].",
        "Crude output is [quantity=500000 barrel:500,000 barrels] a day.",
        "It makes [quantity=7.3 megawatt hour:7.3 MWh] a year.",
        "The plant yields [quantity=900 megawatt:900 MW].",
        "The lake holds [quantity=1500000000 gallon:1.5 billion gallons].",
        "They added [quantity=0.75 cup:3/4 cup] of oil.",
        "The file has [quantity=8 gigabyte:8GB].",
        "He won the [quantity=100 metre:100m] final.",
        "The site is [quantity=301338 square kilometre:301,338 km2] wide.",
        "They found [quantity=20 kilogram:20kg] of salt.",
    ]);
}

#[test]
fn multiples_ordinals_dates() {
    check(&[
        "There was a [multiple=2:twofold] increase.",
        "It is [multiple=3:three times] as large.",
        "It is [multiple=2:twice] as large.",
        "A [multiple=10:10-fold] rise followed.",
        "He won [count=3:three times] in Rome.",
        "It was her [ordinal=8:eighth] win.",
        "It is the [ordinal=31:31st] such case.",
        "The [ordinal=21:twenty-first] edition opens.",
        "They met on [date=2025-06-05:June 5, 2025].",
        "They met on [date=2025-06-05:5 June 2025].",
        "They met on [date=XXXX-09-01:Sept. 1].",
        "They met in [date=2015-10:October 2015].",
        "It is dated [date=2025-06-05:2025-06-05].",
        "Growth slowed in the [date:first quarter of 2024].",
        "They met on [date:Thursday].",
        "They agreed [date:Monday] to wait.",
    ]);
}

#[test]
fn ranges() {
    check(&[
        "Growth of [percent=3..5 percent:3 to 5 per cent] is likely.",
        "It may reach [money=40000000000..50000000000 USD:$40-50 billion].",
        "Between [count=10..15:10 and 15 people] came.",
        "Between [percent=20..25 percent:20 and 25 percent] agree.",
        "Rates range from [percent=4.25..4.5 percent:4.25 per cent to 4.5 per cent].",
        "Fees range from [money=200..450 USD:$200 to $450] a month.",
        "It takes [duration=3..5 year:3-5 years].",
        "It takes [duration=3..5 minute:3–5 minutes] to boil.",
        "Some [count=~2300000..2700000:2.3–2.7 million people] voted.",
        "Goods worth [money=50000000000..60000000000 USD:$50bn-$60bn] are hit.",
        "It seats [count=242..330:242 to 330 passengers].",
        "Drink [quantity=3..4 cup:three or four cups] a day.",
        "A dose has [quantity=300..400 milligram:300 to 400 milligrams].",
        "An [quantity=8..16 metre:8- to 16-meter] mirror is planned.",
        "It will cost [money=500000..1000000 GBP:£500,000 to £1 million].",
        "Plots cost [money=700000..900000 INR:7-9 lakh rupees].",
        "Stamps cost [money=0.2..0.3 GBP:20 to 30 pence].",
        "It needs [duration=5..6 hour:5 to 6 hours] of light.",
        "Those with more than [count=10..40:10 and less than 40] were counted.",
        "About [count=~10..15:10 to 15 boats] sank.",
    ]);
}

#[test]
fn bounds_beside_the_value() {
    check(&[
        "More than [count=>60:60 people] left.",
        "Fewer than [count=<60:60 people] left.",
        "No fewer than [count=>=60:60 people] left.",
        "No more than [count=<=60:60 people] left.",
        "At most [money=<=5 USD:$5] is due.",
        "Up to [money=<=50000000000 USD:$50 billion] was asked.",
        "As much as [percent=<=7 percent:7pc] was lost.",
        "Nearly [duration=~50 year:50 years] passed.",
        "Roughly [money=~449000 USD:$449,000] was spent.",
        "An estimated [count=~900:900 birds] died.",
        "It is over [money=>4000000000 USD:$4 billion].",
        "It is under [duration=<3 minute:three minutes] long.",
        "Pay [money=>=5 USD:$5] or more.",
        "Wait [duration=<=5 minute:5 minutes] or less.",
    ]);
}

#[test]
fn names_laws_and_codes_are_no_figures() {
    check(&[
        "It ordered [count=50:50 Airbus A350-900 jets] in May.",
        "The 737 Max jet is grounded.",
        "Roughly [count=~400:400] 737 Max jets are parked.",
        "It bought [count=30:30] of the 787-9 jets.",
        "They drove down Route 66 at dawn.",
        "Windows 10 and the iPhone 17 were tested.",
        "The Nikkei 225 slid.",
        "The S&P 500 rose.",
        "Section 301 duties remain.",
        "Article 5 and Resolution 2334 were cited.",
        "It breaks Rule 10 of the code.",
        "The G7 met over 5G and COVID-19.",
        "Bill HR-1234 passed.",
        "The flaw is CVE-2025-36911.",
        "An E61 group and an RAV4 were shown.",
        "Model 777x is late.",
        "See ISBN 978-3-16-148410-0 for more.",
        "No. 1 on the list is tea.",
        "She ranked number six.",
        "The Big Three make cars.",
        "The F-35 landed.",
        "Catch-22 is a novel.",
        "Apollo 11 landed first.",
        "Falcon 9 lifted off.",
        "Visit Room 12 upstairs.",
    ]);
}

#[test]
fn marks_of_notes_and_powers_are_no_figures() {
    check(&[
        "It cost [money=5 USD:$5][2] in June[3], they said.[4]",
        "It holds 10³ ships, or 10^3 of them, or 10⁻³.",
        "The pier is [quantity=40 metre:40 metres] long and has an area of m².",
    ]);
}

#[test]
fn flights_versions_phones_scores_and_clocks_are_no_figures() {
    check(&[
        "Flight 370 vanished.",
        "Malaysia flight 17 was shot down.",
        "Version 2.1.3 is out.",
        "Call 09158211119 today.",
        "Call +1 (202) 555-0147 today.",
        "Phone 555-0147 now.",
        "They won 5-2 at home.",
        "The team is 8-8-4 so far.",
        "They were outshot 16-3 there.",
        "It ended in a 2-5 defeat.",
        "Doors open at 5:30 p.m. there.",
        "Doors open at 5.30 pm there.",
        "Doors open at 9 a.m. there.",
        "It begins at 6 o'clock sharp.",
        "The 24/7 shop is shut.",
        "They met on 9/11 there.",
        "Atlantis beat Lemuria 1 – 0.",
        "They lost 2 – 3 to the hosts.",
        "The second half was dull.",
    ]);
}

#[test]
fn years_ages_and_list_numbers_are_no_figures() {
    check(&[
        "It began in 2018 and ended in 2020.",
        "The 2024 vote was close.",
        "The 1990s were calm.",
        "The 2013-14 season was lost.",
        "Jane Roe, 45, said so.",
        "A 60-year-old man was hurt.",
        "He is 12 years old.",
        "A boy aged 9 was found.",
        "She left home when she was six.",
        "He fell ill at the age of four months.",
        "A child of 3 years of age was found.",
        "1. Wash the rice.",
        "2) Boil it.",
        "The reasons are 1) price and 2) taste.",
        "[count=2:Two] of the class of ’24 spoke.",
        "The 10-year note rallied.",
        "Yields on 30-year Treasuries fell.",
        "He returned in January.",
    ]);
}

#[test]
fn references_and_idioms_are_no_figures() {
    check(&[
        "The two leaders met.",
        "These three sides agree.",
        "The world’s two largest economies argue.",
        "One expert disagreed.",
        "We are one action away.",
        "No one knows.",
        "A four-cylinder engine hums.",
        "A two-class layout was chosen.",
        "Millions of people watched.",
        "Hundreds were there.",
        "Coffee has a long half-life.",
        "A [ordinal=3:third] buyer came forward.",
        "A third party watched.",
        "First Lady and first call.",
        "Thursday’s call helped.",
        "She came a second time.",
    ]);
}

#[test]
fn points_tied_to_a_percentage_are_percentage_points() {
    check(&["Support rose [points=3 percentage_point:3 points] to [percent=12 percent:12 %]."]);
}

#[test]
fn and_does_not_join_what_two_clauses_say() {
    check(&[
        "It costs [money=5000000000 USD:$5 billion] and [count=12:12 people] died.",
        "They spent [money=3000000 USD:$3m] and [count=30:30 workers] lost jobs.",
        "They owe [money=3000000 EUR:€3m] and [percent=40 percent:40 per cent] of it is late.",
        "They owe [money=3000000 EUR:€3m] and [money=30000000 PLN:30m zloty].",
        "It cost [money=20000000 SEK:SEK 20m] and [money=5000000 CHF:SFr 5 million].",
        "The roll has [count=321:3 hundred and 21 names].",
        "It has [count=2006:two thousand and six seats].",
        "They lost [money=3500000 USD:$3 million and a half].",
    ]);
}

#[test]
fn parts_of_a_thing_are_shares() {
    check(&[
        "Sales rose [percent=20 percent:a fifth].",
        "Volumes fell by nearly [percent=~33.333333 percent:a third].",
        "It holds [percent=33.333333 percent:a third] of its debt in dollars and [percent=50 percent:half] in euros.",
        "Prices are [percent=25 percent:a quarter] higher.",
        "More than [percent=>25 percent:1 in 4] children walk.",
        "Nearly [percent=~33.333333 percent:a third] said no.",
        "The bill comes at half past five.",
        "Rates rose by [points=0.5 percentage_point:half a point].",
        "Rates rose by [points=0.75 percentage_point:three-quarters of a point].",
        "It made [points=0.25 percentage_point:a quarter point] of difference.",
    ]);
}

#[test]
fn coins_and_pounds_follow_the_money_of_the_article() {
    check(&[
        "A loaf is [money=3 EUR:€3], power [money=0.32 EUR:32 cents].",
        "A loaf is [money=3 USD:$3], power [money=0.32 USD:32 cents].",
        "The bridge cost [money=3000000 GBP:£3m] and a pass is [money=4200 GBP:4,200 pounds].",
        "The bridge cost [money=3000000 GBP:£3m] and a beam weighs [quantity=4200 pound:4,200 pounds].",
        "It is [money=40000000000 KES:KSh 40 billion] in all.",
        "They gave [money=2000000 GBP:a couple of million pounds].",
    ]);
}

#[test]
fn spans_addresses_and_hours() {
    check(&[
        "The firm will hire staff over [duration=18 month:18 months].",
        "He was held for over [duration=>18 month:18 months].",
        "He moved from 10 Downing Street to 11 Downing Street.",
        "He died at 84.",
        "Lopez, who is 54, left.",
        "The show starts at 8.15 in the evening.",
        "Doors open at 7.30.",
        "A [quantity=3 metre:3m] wall was built.",
        "A [quantity=3 metre:3m]-wide hole was dug.",
        "A [count=2000000:2m] rise followed.",
        "The plant made [quantity=131 megawatt hour:131 megawatt-hours].",
        "It holds until [date=XXXX-03-01:1 March].",
        "A minimum of [count=>=400:400 lorries] waited.",
    ]);
}
