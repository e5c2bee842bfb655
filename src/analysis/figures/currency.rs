//! Money: symbols, codes and words to ISO 4217.

use super::view::{View, folded};
use crate::analysis::lexicon::Class;
use crate::analysis::token::Shape;

/// A currency: its ISO 4217 code, and what one of the named coins is worth in it (a cent: 0.01).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Currency {
    pub(super) code: &'static str,
    pub(super) worth: f64,
}

/// What the article's own money says about words that several countries use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    /// Whose cents are meant.
    cent: &'static str,
    /// Prices stand in pounds: a bare "pounds" is money, not weight.
    pub(super) pounds: bool,
}

impl Habits {
    /// Reads the signs of currency in the text. Without any, a cent is American.
    pub(super) fn of(text: &str) -> Self {
        let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
        let dollars = has("$");
        let cent = match () {
            () if !dollars && (has("€") || has(" euro")) => "EUR",
            () if dollars && has("A$") && !has("US$") => "AUD",
            () if dollars && has("C$") && !has("US$") => "CAD",
            () => "USD",
        };
        Self { cent, pounds: has("£") }
    }
}

const fn whole(code: &'static str) -> Currency {
    Currency { code, worth: 1.0 }
}

const fn hundredth(code: &'static str) -> Currency {
    Currency { code, worth: 0.01 }
}

/// The currency of a symbol.
fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '$' | '＄' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        '¥' | '￥' => "JPY",
        '₹' | '₨' => "INR",
        '₩' => "KRW",
        '₽' => "RUB",
        '₺' => "TRY",
        '₪' => "ILS",
        '₦' => "NGN",
        '₱' => "PHP",
        '₫' => "VND",
        '฿' => "THB",
        '₴' => "UAH",
        '₸' => "KZT",
        '₾' => "GEL",
        '₡' => "CRC",
        '₭' => "LAK",
        '₲' => "PYG",
        '₵' => "GHS",
        '₮' => "MNT",
        '₿' => "BTC",
        _ => return None,
    })
}

/// What letters before a dollar sign make of it.
fn dollar(prefix: &str) -> Option<&'static str> {
    folded(prefix, |p| {
        Some(match p {
            "us" | "u.s" | "usd" => "USD",
            "a" | "au" | "aud" => "AUD",
            "c" | "ca" | "can" | "cad" => "CAD",
            "hk" | "hkd" => "HKD",
            "nz" | "nzd" => "NZD",
            "s" | "sg" | "sgd" => "SGD",
            "nt" | "twd" => "TWD",
            "r" | "brl" => "BRL",
            "mx" | "mex" | "mxn" => "MXN",
            "j" => "JMD",
            "tt" => "TTD",
            "ar" => "ARS",
            "cl" => "CLP",
            "col" => "COP",
            _ => return None,
        })
    })
}

/// An ISO code that stands in the text in capitals.
fn code(word: &str) -> Option<&'static str> {
    const CODES: &[&str] = &[
        "USD", "EUR", "GBP", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "HKD", "SGD", "CHF", "SEK", "NOK", "DKK", "KRW", "BRL", "MXN",
        "ZAR", "TRY", "RUB", "PLN", "HUF", "CZK", "THB", "MYR", "IDR", "PHP", "VND", "TWD", "AED", "SAR", "QAR", "KWD", "BHD", "OMR",
        "IQD", "IRR", "ILS", "EGP", "NGN", "KES", "GHS", "UGX", "TZS", "ETB", "ZMW", "UAH", "RON", "BGN", "MNT", "KZT", "MMK", "BDT",
        "PKR", "LKR", "NPR", "COP", "CLP", "ARS", "PEN", "LBP", "JOD", "MAD", "TND", "DZD", "XOF", "XAF", "ISK", "GEL", "AMD", "BTC",
        "ETH", "FIM", "ESP",
    ];
    match word {
        "RMB" => Some("CNY"),
        "Rs" | "RS" => Some("INR"),
        "SFr" | "Sfr" => Some("CHF"),
        "KSh" | "Ksh" => Some("KES"),
        "Tk" => Some("BDT"),
        "RM" => Some("MYR"),
        _ => CODES.iter().find(|c| word.eq_ignore_ascii_case(c)).copied(),
    }
}

/// The currency that a word names by itself.
fn named(word: &str) -> Option<Currency> {
    folded(word, |w| {
        Some(match w {
            "dollar" | "dollars" | "buck" | "bucks" => whole("USD"),
            "pound" | "pounds" | "quid" | "sterling" => whole("GBP"),
            "pence" | "penny" | "pennies" => hundredth("GBP"),
            "euro" | "euros" => whole("EUR"),
            "yen" => whole("JPY"),
            "yuan" | "renminbi" | "rmb" => whole("CNY"),
            "rupee" | "rupees" => whole("INR"),
            "franc" | "francs" => whole("CHF"),
            "krona" | "kronor" => whole("SEK"),
            "krone" | "kroner" => whole("NOK"),
            "peso" | "pesos" => whole("MXN"),
            "reais" => whole("BRL"),
            "won" => whole("KRW"),
            "baht" => whole("THB"),
            "ringgit" | "ringgits" => whole("MYR"),
            "rupiah" => whole("IDR"),
            "dong" => whole("VND"),
            "lira" | "liras" => whole("TRY"),
            "rial" | "rials" => whole("IRR"),
            "riyal" | "riyals" => whole("SAR"),
            "dirham" | "dirhams" => whole("AED"),
            "dinar" | "dinars" => whole("KWD"),
            "shekel" | "shekels" => whole("ILS"),
            "zloty" | "zlotys" => whole("PLN"),
            "forint" | "forints" => whole("HUF"),
            "koruna" | "korunas" => whole("CZK"),
            "rouble" | "roubles" | "ruble" | "rubles" => whole("RUB"),
            "hryvnia" | "hryvnias" => whole("UAH"),
            "rand" | "rands" => whole("ZAR"),
            "naira" => whole("NGN"),
            "cedi" | "cedis" => whole("GHS"),
            "shilling" | "shillings" => whole("KES"),
            "taka" => whole("BDT"),
            "leu" | "lei" => whole("RON"),
            "lev" | "leva" => whole("BGN"),
            "tugrik" | "tugriks" => whole("MNT"),
            "tenge" => whole("KZT"),
            "kyat" | "kyats" => whole("MMK"),
            "birr" => whole("ETB"),
            "kwacha" => whole("ZMW"),
            "markka" => whole("FIM"),
            "peseta" | "pesetas" => whole("ESP"),
            "soles" => whole("PEN"),
            "lari" => whole("GEL"),
            "drams" => whole("AMD"),
            "bitcoin" | "bitcoins" => whole("BTC"),
            "ether" => whole("ETH"),
            "meur" => Currency { code: "EUR", worth: 1e6 },
            _ => return None,
        })
    })
}

/// What an adjective makes of a currency word that several countries use: "Canadian dollars".
fn national(adjective: &str, code: &'static str) -> Option<&'static str> {
    folded(adjective, |a| {
        Some(match (a, code) {
            ("us" | "american" | "greenback", "USD") => "USD",
            ("australian" | "aussie", "USD") => "AUD",
            ("canadian", "USD") => "CAD",
            ("kong", "USD") => "HKD",
            ("singapore" | "singaporean", "USD") => "SGD",
            ("zealand", "USD") => "NZD",
            ("taiwan" | "taiwanese", "USD") => "TWD",
            ("jamaican", "USD") => "JMD",
            ("british" | "uk", "GBP") => "GBP",
            ("egyptian", "GBP") => "EGP",
            ("lebanese", "GBP") => "LBP",
            ("lebanese", "TRY") => "LBP",
            ("syrian", "GBP") => "SYP",
            ("sudanese", "GBP") => "SDG",
            ("turkish", "TRY") => "TRY",
            ("italian", "TRY") => "ITL",
            ("indian", "INR") => "INR",
            ("pakistani" | "pakistan", "INR") => "PKR",
            ("lankan" | "lanka", "INR") => "LKR",
            ("nepalese" | "nepali", "INR") => "NPR",
            ("swiss", "CHF") => "CHF",
            ("french", "CHF") => "FRF",
            ("belgian", "CHF") => "BEF",
            ("cfa", "CHF") => "XOF",
            ("swedish", "SEK") => "SEK",
            ("icelandic", "SEK" | "NOK") => "ISK",
            ("danish", "NOK" | "SEK") => "DKK",
            ("norwegian", "NOK" | "SEK") => "NOK",
            ("czech", "CZK") => "CZK",
            ("mexican", "MXN") => "MXN",
            ("philippine" | "filipino", "MXN") => "PHP",
            ("argentine" | "argentinian", "MXN") => "ARS",
            ("chilean", "MXN") => "CLP",
            ("colombian", "MXN") => "COP",
            ("cuban", "MXN") => "CUP",
            ("kuwaiti", "KWD") => "KWD",
            ("bahraini", "KWD") => "BHD",
            ("jordanian", "KWD") => "JOD",
            ("iraqi", "KWD") => "IQD",
            ("serbian", "KWD") => "RSD",
            ("algerian", "KWD") => "DZD",
            ("tunisian", "KWD") => "TND",
            ("libyan", "KWD") => "LYD",
            ("iranian", "IRR") => "IRR",
            ("omani", "IRR") => "OMR",
            ("qatari", "SAR" | "IRR") => "QAR",
            ("yemeni", "IRR") => "YER",
            ("saudi", "SAR") => "SAR",
            ("emirati" | "uae", "AED") => "AED",
            ("moroccan", "AED") => "MAD",
            ("kenyan", "KES") => "KES",
            ("ugandan", "KES") => "UGX",
            ("tanzanian", "KES") => "TZS",
            ("korean", "KRW") => "KRW",
            ("chinese", "CNY") => "CNY",
            ("japanese", "JPY") => "JPY",
            ("brazilian", "BRL") => "BRL",
            ("malaysian" | "malaysia", "MYR") => "MYR",
            ("russian", "RUB") => "RUB",
            ("african", "ZAR") => "ZAR",
            _ => return None,
        })
    })
}

/// The currency written before a number at token `at` ("US$", "£", "Rs", "EUR "), and the first token of it.
pub(super) fn before(v: View<'_>, at: usize) -> Option<(Currency, usize)> {
    let i = at.checked_sub(1)?;
    let t = v.get(i)?;
    if let Some(plain) = symbol(t.first).filter(|_| !t.is_word()) {
        let letters = i.wrapping_sub(1);
        if t.first == '$'
            && v.word(letters)
            && (v.glued(i) || v.text(letters).len() == 1 || matches!(v.text(letters), "NZ" | "HK" | "NT" | "AU"))
            && v.text(letters).len() <= 3
        {
            let alone = v.text(letters).len() > 1 || v.glued(i) || v.text(letters) == "C" || v.text(letters) == "c";
            if let Some(code) = dollar(v.text(letters)).filter(|_| alone) {
                return Some((whole(code), letters));
            }
        }
        return Some((whole(plain), i));
    }
    if !t.has(Class::CURRENCY) || !t.is_word() {
        return None;
    }
    if v.is(i + 1, '.') {
        return None;
    }
    let written = v.text(i);
    let coded =
        t.shape == Shape::Upper || matches!(written, "Rs" | "SFr" | "Sfr" | "KSh" | "Ksh" | "Tk") || (v.glued(at) && written.len() <= 3);
    coded.then(|| code(written)).flatten().map(|c| (whole(c), i))
}

/// The currency written behind a number, from token `i` on, and the last token of it.
pub(super) fn after(v: View<'_>, i: usize) -> Option<(Currency, usize)> {
    let t = v.get(i)?;
    if !t.is_word() {
        if t.first == '¢' {
            return Some((hundredth(v.habits.cent), i));
        }
        // "10 $" and "20€"; but the "$" of "5 $10 notes" belongs to the ten.
        let free = !v.number(i + 1) || !v.glued(i + 1) || v.glued(i);
        return symbol(t.first).filter(|_| free).map(|c| (whole(c), i));
    }
    if v.glued(i) {
        match v.text(i) {
            "p" => return Some((hundredth("GBP"), i)),
            "c" => return Some((hundredth(v.habits.cent), i)),
            "US" if v.is(i + 1, '$') => return Some((whole("USD"), i + 1)),
            _ => {}
        }
    }
    if t.has(Class::CURRENCY) {
        let word = v.text(i);
        let upper = t.shape == Shape::Upper || (word.len() == 3 && t.shape == Shape::Lower && matches!(word, "usd" | "eur" | "gbp"));
        if let Some(c) = upper.then(|| code(word)).flatten() {
            return Some((whole(c), i));
        }
        if v.any(i, &["cent", "cents"]) {
            return Some((hundredth(v.habits.cent), i));
        }
        let last = if v.eq(i, "pounds") && v.eq(i + 1, "sterling") { i + 1 } else { i };
        return named(word).map(|c| (c, last));
    }
    adjective(v, i)
}

/// "Canadian dollars", "US dollars", "U.S. dollars", "Hong Kong dollars".
fn adjective(v: View<'_>, i: usize) -> Option<(Currency, usize)> {
    if v.eq(i, "U") && v.is(i + 1, '.') && v.eq(i + 2, "S") && v.is(i + 3, '.') && v.any(i + 4, &["dollar", "dollars"]) {
        return Some((whole("USD"), i + 4));
    }
    let two = v.any(i, &["hong", "new", "sri", "south", "saudi"]) && v.has(i + 2, Class::CURRENCY);
    let noun = if two { i + 2 } else { i + 1 };
    let c = v.has(noun, Class::CURRENCY).then(|| named(v.text(noun))).flatten()?;
    let country = v.text(noun - 1);
    let adjective = ["ish", "ian", "ese", "can"].iter().any(|end| country.to_ascii_lowercase().ends_with(end));
    let code = national(country, c.code).or(adjective.then_some(c.code))?;
    Some((Currency { code, ..c }, noun))
}

/// True for words of money that may also be a weight, a verb or a coin of any country.
pub(super) fn is_pound(v: View<'_>, i: usize) -> bool {
    v.any(i, &["pound", "pounds"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_known() {
        for word in include_str!("../lexicon/currencies.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
            let known = matches!(word, "cent" | "cents" | "sfr" | "ksh" | "tk");
            assert!(
                known || named(word).is_some() || code(word).is_some() || code(&word.to_uppercase()).is_some(),
                "{word} has no currency"
            );
        }
    }
}
