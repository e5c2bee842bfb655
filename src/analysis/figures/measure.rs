//! A number with its unit: what stands right before it and right behind it.

use std::borrow::Cow;

use super::currency;
use super::number::{self, Number, Style};
use super::physical;
use super::spelled::part_behind;
use super::view::View;
use crate::analysis::findings::Bound;
use crate::analysis::lexicon::Class;
use crate::text::TextRange;

/// What a number measures, as its unit says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unit {
    /// No unit: a count, or nothing.
    Bare,
    Percent,
    PercentagePoint,
    BasisPoint,
    /// "125 points": of an index, or of percentages when the text ties it to one.
    Point,
    Money(&'static str),
    Time(&'static str),
    Physical(Cow<'static, str>),
    Times,
    Ordinal,
    Date,
}

/// A number with its unit; later also a range, with its bound and its noun.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measure {
    /// First token, currency and sign included.
    pub(super) first: usize,
    /// Last token, unit included.
    pub(super) last: usize,
    /// The value in `unit`; the lower end of a range.
    pub(super) low: f64,
    /// The upper end of a range.
    pub(super) high: Option<f64>,
    pub(super) unit: Unit,
    /// See [`Number::magnitude`].
    pub(super) magnitude: f64,
    pub(super) style: Style,
    /// What the named coin is worth in the currency (a cent: 0.01), else 1.
    pub(super) coin: f64,
    /// The currency stands before the number.
    pub(super) prefixed: bool,
    pub(super) bound: Option<Bound>,
    /// The last token of the noun that a count counts, from `last + 1` on.
    pub(super) noun: Option<usize>,
}

impl Measure {
    /// One of something, over these tokens.
    pub(super) const fn one(first: usize, last: usize) -> Self {
        Self {
            first,
            last,
            low: 1.0,
            high: None,
            unit: Unit::Bare,
            magnitude: 1.0,
            style: Style::Words,
            coin: 1.0,
            prefixed: false,
            bound: None,
            noun: None,
        }
    }

    /// The words.
    pub(super) fn range(&self, v: View<'_>) -> TextRange {
        v.tokens.span(self.first, self.noun.unwrap_or(self.last))
    }

    /// The last token that belongs to it.
    pub(super) fn end(&self) -> usize {
        self.noun.unwrap_or(self.last)
    }
}

/// The number at token `at` with its unit.
pub(super) fn at(v: View<'_>, at: usize) -> Option<Measure> {
    let prefix = currency::before(v, at);
    let n = number::parse(v, at, prefix.is_some())?;
    let unit = if n.style == Style::Ordinal { Unit::Ordinal } else { Unit::Bare };
    let plain = Measure { low: n.value, unit, magnitude: n.magnitude, style: n.style, ..Measure::one(n.first, n.last) };
    if n.style == Style::Ordinal {
        return Some(plain);
    }
    let mut m = match prefix {
        Some((c, first)) => {
            // "$5 US", "€20 euros": the word behind belongs to it.
            let last = currency::after(v, n.last + 1)
                .filter(|(d, _)| v.word(n.last + 1) && d.worth == 1.0 && (d.code == c.code))
                .map_or(n.last, |(_, l)| l);
            Measure { first, last, unit: Unit::Money(c.code), prefixed: true, ..plain }
        }
        None => behind(v, plain, &n),
    };
    sign(v, &mut m);
    together(v, &mut m);
    Some(m)
}

/// Reads the unit behind the number.
fn behind(v: View<'_>, m: Measure, n: &Number) -> Measure {
    let next = m.last + 1;
    let mut i = v.past_hyphen(next);
    let hyphen = i != next;
    if n.style == Style::Fraction && !hyphen {
        // "a quarter of a percentage point", "half an hour"
        let of = if v.eq(i, "of") { i + 1 } else { i };
        let article = if v.any(of, &["a", "an", "one"]) { of + 1 } else { of };
        let whole_thing = v.any(
            article,
            &["point", "hour", "day", "year", "century", "mile", "minute", "second", "metre", "meter", "litre", "liter", "inch"],
        );
        if article > of && (v.has(article, Class::PERCENT) || whole_thing) {
            i = article;
        } else if of > i && v.any(of, &["hour", "liter", "litre"]) {
            i = of;
        }
    }
    if v.is(i, '%') || v.is(i, '％') {
        return Measure { last: i, unit: Unit::Percent, ..m };
    }
    if v.has(i, Class::PERCENT)
        && let Some((unit, last)) = percent(v, i, n.style)
    {
        return Measure { last, unit, ..m };
    }
    if let Some(money) = money_behind(v, &m, i) {
        return money;
    }
    if v.has(i, Class::DURATION)
        && let Some((name, _)) = physical::time(v.text(i))
    {
        return duration(v, m, i, name, hyphen);
    }
    if let Some((name, last)) = physical::unit(v, i, v.glued(i) && !hyphen) {
        return Measure { last, unit: Unit::Physical(name), ..m };
    }
    if v.eq(i, "metric") && v.any(i + 1, &["ton", "tons", "tonnes"]) {
        return Measure { last: i + 1, unit: Unit::Physical("tonne".into()), ..m };
    }
    if v.eq(i, "fold") && (hyphen || v.glued(i)) {
        return Measure { last: i, unit: Unit::Times, ..m };
    }
    if v.eq(i, "times")
        && v.any(
            i + 1,
            &["as", "more", "larger", "bigger", "higher", "the", "faster", "greater", "that", "its", "their", "less", "what", "longer"],
        )
    {
        return Measure { last: i, unit: Unit::Times, ..m };
    }
    if n.style == Style::Digits && v.glued(i) && v.any(i, &["st", "nd", "rd", "th"]) {
        return Measure { last: i, unit: Unit::Ordinal, style: Style::Ordinal, ..m };
    }
    m
}

/// "per cent", "pc", "percentage points", "basis points", "points" at token `i`.
fn percent(v: View<'_>, i: usize, style: Style) -> Option<(Unit, usize)> {
    if v.any(i, &["percent", "percents", "pc", "pct"]) {
        // "5 percent points"
        let points = v.any(v.past_hyphen(i + 1), &["point", "points"]);
        return Some(if points { (Unit::PercentagePoint, v.past_hyphen(i + 1)) } else { (Unit::Percent, i) });
    }
    if v.eq(i, "per") {
        return v.any(i + 1, &["cent", "cents"]).then_some((Unit::Percent, i + 1));
    }
    if v.eq(i, "percentage") {
        let point = v.past_hyphen(i + 1);
        let named = v.any(point, &["point", "points", "pt", "pts"]);
        return Some(if named { (Unit::PercentagePoint, point) } else { (Unit::Percent, i) });
    }
    if v.eq(i, "basis") {
        let point = v.past_hyphen(i + 1);
        return v.any(point, &["point", "points"]).then_some((Unit::BasisPoint, point));
    }
    if v.any(i, &["bp", "bps"]) {
        return Some((Unit::BasisPoint, i));
    }
    if v.any(i, &["pp", "ppt", "ppts"]) {
        return Some((Unit::PercentagePoint, i));
    }
    // nothing but percentages moves by "half a point"
    if style == Style::Fraction && v.eq(i, "point") {
        return Some((Unit::PercentagePoint, i));
    }
    // "two point five" is a decimal
    let counted = v.eq(i, "points") || (v.eq(i, "point") && v.past_hyphen(i - 1) == i);
    counted.then_some((Unit::Point, i))
}

/// An amount whose currency stands behind the number. "Pounds" are money only where nothing says weight.
fn money_behind(v: View<'_>, m: &Measure, i: usize) -> Option<Measure> {
    let (c, mut last) = currency::after(v, i)?;
    if currency::is_pound(v, i) && !pounds_are_money(v, m, i) {
        return None;
    }
    if v.eq(i, "won") && m.low < 1000.0 {
        return None;
    }
    let mut low = m.low * c.worth;
    // "five dollars and thirty-five cents"
    if c.worth == 1.0 {
        let k = if v.eq(last + 1, "and") || v.is(last + 1, ',') { last + 2 } else { last + 1 };
        if (v.number(k) || v.has(k, Class::NUMBER))
            && let Some(n) = number::parse(v, k, false).filter(|n| n.value < 100.0)
            && v.any(n.last + 1, &["cent", "cents", "pence", "p"])
        {
            low += n.value / 100.0;
            last = n.last + 1;
        } else if let Some(n) = cents_alone(v, k) {
            low += n.value / 100.0;
            last = n.last;
        }
    }
    Some(Measure { last, low, unit: Unit::Money(c.code), coin: c.worth, ..m.clone() })
}

/// "15 dollars 50", "thirteen dollars forty-five": two digits that nothing follows.
fn cents_alone(v: View<'_>, k: usize) -> Option<Number> {
    let n = (v.number(k) || v.has(k, Class::NUMBER)).then(|| number::parse(v, k, false)).flatten()?;
    let ends = v.get(n.last + 1).is_none_or(|t| matches!(t.first, '.' | ',' | ';' | '!' | '?' | ')'));
    (ends && (10.0..100.0).contains(&n.value) && n.value.fract() == 0.0).then_some(n)
}

/// "a dollar", "a penny", at the coin's token; not "a dollar store", nor the rate in "50 cents a pound".
pub(super) fn article_money(v: View<'_>, i: usize) -> Option<Measure> {
    let article = i.wrapping_sub(1);
    if !v.any(i, &["dollar", "euro", "penny", "cent", "buck"]) || !v.any(article, &["a", "one"]) || v.past_hyphen(i + 1) > i + 1 {
        return None;
    }
    let before = article.wrapping_sub(1);
    let rate = v.number(before) || v.has(before, Class::NUMBER.or(Class::CURRENCY).or(Class::PERCENT).or(Class::MULTIPLE));
    let alone = !v.word(i + 1) || v.has(i + 1, Class::STOP);
    let (c, last) = currency::after(v, i).filter(|_| alone && !rate)?;
    Some(Measure { first: article, last, low: c.worth, unit: Unit::Money(c.code), coin: c.worth, ..Measure::one(article, last) })
}

/// Money or weight: a magnitude, "sterling" or words of paying nearby say money; weight is the plain reading in news.
fn pounds_are_money(v: View<'_>, m: &Measure, i: usize) -> bool {
    const PAYING: &[&str] = &[
        "pay",
        "pays",
        "paid",
        "paying",
        "cost",
        "costs",
        "costing",
        "spend",
        "spent",
        "spending",
        "worth",
        "price",
        "priced",
        "fine",
        "fined",
        "raised",
        "earn",
        "earned",
        "earning",
        "earns",
        "owed",
        "owes",
        "loan",
        "salary",
        "wage",
        "wages",
        "bill",
        "debt",
        "donated",
        "offered",
        "reward",
        "charged",
        "won",
        "prize",
        "fee",
        "fees",
        "budget",
        "profit",
        "sold",
        "bought",
        "saved",
        "save",
        "claim",
        "compensation",
        "funding",
        "sterling",
        "bet",
        "tax",
        "rent",
        "cash",
        "grant",
    ];
    if m.magnitude >= 1e6 || v.eq(i + 1, "sterling") {
        return true;
    }
    let weighed = |k: usize| v.any(k, &["weigh", "weighs", "weighed", "weighing", "weight", "heavier", "lighter", "heavy", "per"]);
    if v.habits.pounds && !v.eq(i + 1, "of") {
        return !(1..=6).any(|d| weighed(m.first.wrapping_sub(d))) && !(1..=2).any(|d| weighed(i + d));
    }
    if v.eq(i + 1, "of") {
        return v.any(i + 2, &["debt", "debts", "funding", "public", "taxpayers", "investment", "damage", "savings", "cash", "money"]);
    }
    let near = |k: usize| v.word(k) && v.any(k, PAYING);
    (1..=8).any(|d| near(m.first.wrapping_sub(d))) || (1..=4).any(|d| near(i + d))
}

/// A length of time, with what belongs to it: "hour-and-a-half-long", "90-day period". Ages are told apart later.
fn duration(v: View<'_>, m: Measure, i: usize, name: &'static str, hyphen: bool) -> Measure {
    let word = v.text(i);
    // "two second chances" is no time, "one second" is; "three quarters" is a number.
    if name == "second" && word.eq_ignore_ascii_case("second") && !hyphen && m.low != 1.0 && m.style != Style::Digits {
        return m;
    }
    if word.len() == 1 && !v.glued(i) {
        return m;
    }
    // "the World Cup 2018 day five"
    if !hyphen && m.style == Style::Digits && super::traps::is_year(v.text(i - 1)) && !word.ends_with('s') {
        return m;
    }
    let mut m = Measure { last: i, unit: Unit::Time(name), ..m };
    if let Some((part, last)) = part_behind(v, i + 1) {
        m.low += part;
        m.last = last;
    }
    let long = v.past_hyphen(m.last + 1);
    if long > m.last + 1 && v.eq(long, "long") {
        m.last = long;
    }
    if hyphen && v.eq(m.last + 1, "period") {
        m.last += 1;
    }
    m
}

/// "an hour", "a year": a length of time without a number, at the unit's token `i`, where something says that it is a length.
pub(super) fn article_duration(v: View<'_>, i: usize) -> Option<Measure> {
    let (name, _) = physical::time(v.text(i))?;
    if v.text(i).len() < 3 || v.text(i).ends_with('s') {
        return None;
    }
    let tied = v.is(i.wrapping_sub(1), '-') && v.glued(i);
    let before = i.wrapping_sub(if tied { 2 } else { 1 });
    let whole = v.any(before, &["another", "full", "whole", "all"]);
    let article = whole || (!tied && v.any(before, &["a", "an", "one"]));
    let m = Measure { unit: Unit::Time(name), ..Measure::one(if article { before } else { i }, i) };
    let mut m = duration(v, m, i, name, false);
    together(v, &mut m);
    if m.low > 1.0 {
        // "hour-and-a-half-long"; without its article only where hyphens tie it
        return (article || v.past_hyphen(i + 1) > i + 1).then_some(m);
    }
    let length = v.any(
        m.first.wrapping_sub(1),
        &["for", "within", "than", "about", "nearly", "almost", "over", "under", "another", "lasted", "last", "takes", "took"],
    );
    let rate = v.any(i + 1, &["ago", "earlier", "later", "before", "after", "or", "old"]) || v.past_hyphen(i + 1) > i + 1;
    (article && (length || whole) && !rate && m.first > v.start).then_some(m)
}

/// A minus sign or the word, right before.
fn sign(v: View<'_>, m: &mut Measure) {
    let before = m.first.wrapping_sub(1);
    if m.style == Style::Fraction {
        return;
    }
    if v.number(before.wrapping_sub(1)) {
        return; // "2 -7 kg" is a range
    }
    let inner = m.prefixed && v.is(m.first + 1, '-') && v.glued(m.first + 1);
    let sign = v.is(before, '-') || v.is(before, '−');
    let free = !v.glued(before) || before == v.start || v.is(before.wrapping_sub(1), '(');
    let word = v.any(before, &["minus", "negative"]) && !v.number(before.wrapping_sub(1));
    if inner || (sign && free && v.glued(m.first)) || word {
        m.low = -m.low;
        if !inner {
            m.first = before;
        }
    }
}

/// "7 feet 10 inches" in the smaller unit, where the sum is exact; "2 years and 6 months" in the larger one.
fn together(v: View<'_>, m: &mut Measure) {
    for _ in 0..4 {
        let k = if v.is(m.last + 1, ',') && !v.eq(m.last + 2, "and") || v.eq(m.last + 1, "and") {
            m.last + 2
        } else if v.is(m.last + 1, ',') {
            m.last + 3
        } else {
            m.last + 1
        };
        if !(v.number(k) || v.has(k, Class::NUMBER)) {
            return;
        }
        let Some(n) = number::parse(v, k, false) else { return };
        let unit = v.past_hyphen(n.last + 1);
        let added = match &m.unit {
            Unit::Time(name) => {
                let (Some((_, large)), Some((small_name, small))) = (physical::time(name), physical::time(v.text(unit))) else { return };
                let fits = small < large && small_name != "weekend" && v.has(unit, Class::DURATION);
                fits.then(|| (m.low + n.value * small / large, unit, m.unit.clone()))
            }
            Unit::Physical(name) => {
                let inches = v.eq(unit, "in") && !v.word(unit + 1); // "5 ft 2 in"
                let small_unit = if inches { Some(("inch".into(), unit)) } else { physical::unit(v, unit, v.glued(unit)) };
                let Some((small_name, last)) = small_unit else { return };
                let (Some((family, large)), Some((same, small))) = (physical::size(name), physical::size(&small_name)) else { return };
                (family == same && small < large).then(|| (m.low * large / small + n.value, last, Unit::Physical(small_name)))
            }
            _ => None,
        };
        let Some((low, last, unit)) = added else { return };
        *m = Measure { low, last, unit, ..m.clone() };
    }
}
