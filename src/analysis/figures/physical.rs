//! Physical units and units of time: words and abbreviations to one name each.

use std::borrow::Cow;

use super::view::{View, folded};
use crate::analysis::lexicon::Class;

/// The unit of time that a word names, and its length in days (for "2 years and 6 months").
pub(super) fn time(word: &str) -> Option<(&'static str, f64)> {
    folded(word, |w| {
        Some(match w {
            "second" | "seconds" | "sec" | "secs" => ("second", 1.0 / 86400.0),
            "minute" | "minutes" | "min" | "mins" => ("minute", 1.0 / 1440.0),
            "hour" | "hours" | "hr" | "hrs" | "h" => ("hour", 1.0 / 24.0),
            "day" | "days" => ("day", 1.0),
            "week" | "weeks" => ("week", 7.0),
            "weekend" | "weekends" => ("weekend", 2.0),
            "fortnight" | "fortnights" => ("fortnight", 14.0),
            "month" | "months" => ("month", 30.0),
            "year" | "years" | "yr" | "yrs" => ("year", 365.0),
            "decade" | "decades" => ("decade", 3650.0),
            "century" | "centuries" => ("century", 36500.0),
            "millennium" | "millennia" => ("millennium", 365_000.0),
            _ => return None,
        })
    })
}

/// The physical unit that starts at token `i`, and its last token. `glued`: it follows the digits without a space.
pub(super) fn unit(v: View<'_>, i: usize, glued: bool) -> Option<(Cow<'static, str>, usize)> {
    if v.is(i, '°') || v.is(i, 'º') {
        let scale = i + 1;
        return Some(match v.text(scale) {
            "C" => ("celsius".into(), scale),
            "F" => ("fahrenheit".into(), scale),
            s if s.eq_ignore_ascii_case("celsius") => ("celsius".into(), scale),
            s if s.eq_ignore_ascii_case("fahrenheit") => ("fahrenheit".into(), scale),
            _ => ("degree".into(), i),
        });
    }
    if !v.has(i, Class::PHYSICAL) {
        return None;
    }
    let word = v.text(i);
    if word.eq_ignore_ascii_case("square") || word.eq_ignore_ascii_case("sq") || word.eq_ignore_ascii_case("cubic") {
        let noun = v.past_hyphen(i + 1);
        let power = if word.eq_ignore_ascii_case("cubic") { "cubic" } else { "square" };
        return simple(v.text(noun), false).map(|u| (format!("{power} {u}").into(), noun));
    }
    if word.eq_ignore_ascii_case("degree") || word.eq_ignore_ascii_case("degrees") {
        return Some(match v.text(i + 1) {
            "C" => ("celsius".into(), i + 1),
            "F" => ("fahrenheit".into(), i + 1),
            s if s.eq_ignore_ascii_case("celsius") => ("celsius".into(), i + 1),
            s if s.eq_ignore_ascii_case("fahrenheit") => ("fahrenheit".into(), i + 1),
            _ => ("degree".into(), i),
        });
    }
    let name = simple(word, glued)?;
    Some(per(v, name, i))
}

/// "miles per hour", "miles an hour", "km/h", "km2".
fn per(v: View<'_>, name: &'static str, i: usize) -> (Cow<'static, str>, usize) {
    // "megawatt-hours", "kilowatt hour"
    let hour = v.past_hyphen(i + 1);
    if name.ends_with("watt") && v.any(hour, &["hour", "hours"]) {
        return (format!("{name} hour").into(), hour);
    }
    let rated = matches!(name, "mile" | "kilometre" | "metre" | "foot");
    if rated
        && (v.any(i + 1, &["per", "an", "a"]) || (v.is(i + 1, '/') && v.glued(i + 1)))
        && v.any(i + 2, &["hour", "h", "hr", "second", "s"])
    {
        let time = if v.any(i + 2, &["second", "s"]) { "second" } else { "hour" };
        return (format!("{name} per {time}").into(), i + 2);
    }
    if v.is(i + 1, '^') && v.glued(i + 1) && v.glued(i + 2) && matches!(v.text(i + 2), "2" | "3") {
        let power = if v.text(i + 2) == "2" { "square" } else { "cubic" };
        return (format!("{power} {name}").into(), i + 2);
    }
    if v.glued(i + 1) && matches!(v.text(i + 1), "2" | "²") {
        return (format!("square {name}").into(), i + 1);
    }
    if v.glued(i + 1) && matches!(v.text(i + 1), "3" | "³") {
        return (format!("cubic {name}").into(), i + 1);
    }
    (Cow::Borrowed(name), i)
}

/// One word. Letters whose case matters are told apart; "in" and single letters count only behind the digits.
fn simple(word: &str, glued: bool) -> Option<&'static str> {
    match word {
        "G" | "L" | "M" | "T" => return None, // "5G" is a network
        "MW" => return Some("megawatt"),
        "W" => return Some("watt"),
        "V" => return Some("volt"),
        "Mb" | "MB" => return Some("megabyte"),
        _ => {}
    }
    folded(word, |w| {
        Some(match w {
            "gram" | "grams" | "gramme" | "grammes" | "g" | "gr" => "gram",
            "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" | "kg" | "kgs" | "kilo" | "kilos" => "kilogram",
            "milligram" | "milligrams" | "mg" => "milligram",
            "microgram" | "micrograms" | "mcg" => "microgram",
            "tonne" | "tonnes" => "tonne",
            "ton" | "tons" => "ton",
            "t" if glued => "tonne",
            "megaton" | "megatons" => "megaton",
            "kiloton" | "kilotons" => "kiloton",
            "pound" | "pounds" | "lb" | "lbs" => "pound",
            "ounce" | "ounces" | "oz" => "ounce",
            "stone" => "stone",
            "metre" | "metres" | "meter" | "meters" | "m" => "metre",
            "kilometre" | "kilometres" | "kilometer" | "kilometers" | "km" | "kms" => "kilometre",
            "centimetre" | "centimetres" | "centimeter" | "centimeters" | "cm" => "centimetre",
            "millimetre" | "millimetres" | "millimeter" | "millimeters" | "mm" => "millimetre",
            "nanometre" | "nanometres" | "nanometer" | "nanometers" | "nm" => "nanometre",
            "picometre" | "picometer" | "pm" => "picometre",
            "mile" | "miles" | "mi" => "mile",
            "yard" | "yards" | "yd" | "yds" => "yard",
            "foot" | "feet" | "ft" => "foot",
            "inch" | "inches" => "inch",
            "acre" | "acres" => "acre",
            "hectare" | "hectares" | "ha" => "hectare",
            "litre" | "litres" | "liter" | "liters" | "l" => "litre",
            "millilitre" | "millilitres" | "milliliter" | "milliliters" | "ml" | "mls" => "millilitre",
            "cl" => "centilitre",
            "hectolitre" | "hectolitres" | "hectoliter" | "hectoliters" => "hectolitre",
            "gallon" | "gallons" | "gal" | "gals" => "gallon",
            "barrel" | "barrels" | "bbl" => "barrel",
            "pint" | "pints" => "pint",
            "quart" | "quarts" => "quart",
            "cup" | "cups" => "cup",
            "tablespoon" | "tablespoons" | "tbsp" => "tablespoon",
            "teaspoon" | "teaspoons" | "tsp" => "teaspoon",
            "watt" | "watts" => "watt",
            "w" if glued => "watt",
            "kilowatt" | "kilowatts" | "kw" => "kilowatt",
            "megawatt" | "megawatts" => "megawatt",
            "gigawatt" | "gigawatts" | "gw" => "gigawatt",
            "terawatt" | "terawatts" => "terawatt",
            "kwh" => "kilowatt hour",
            "mwh" => "megawatt hour",
            "gwh" => "gigawatt hour",
            "twh" => "terawatt hour",
            "horsepower" | "hp" | "bhp" => "horsepower",
            "volt" | "volts" => "volt",
            "kv" => "kilovolt",
            "amp" | "amps" => "ampere",
            "joule" | "joules" => "joule",
            "celsius" => "celsius",
            "fahrenheit" => "fahrenheit",
            "kelvin" => "kelvin",
            "bit" | "bits" => "bit",
            "byte" | "bytes" => "byte",
            "kb" | "kilobyte" | "kilobytes" => "kilobyte",
            "mb" | "megabyte" | "megabytes" => "megabyte",
            "gb" | "gigabyte" | "gigabytes" => "gigabyte",
            "tb" | "terabyte" | "terabytes" => "terabyte",
            "exabyte" | "exabytes" => "exabyte",
            "kibibyte" => "kibibyte",
            "megapixel" | "megapixels" => "megapixel",
            "pixels" => "pixel",
            "mph" => "mile per hour",
            "kph" | "kmph" => "kilometre per hour",
            "knot" | "knots" => "knot",
            "hertz" | "hz" => "hertz",
            "khz" => "kilohertz",
            "mhz" => "megahertz",
            "ghz" => "gigahertz",
            "calorie" | "calories" => "calorie",
            "kcal" => "kilocalorie",
            "decibel" | "decibels" | "db" => "decibel",
            "carat" | "carats" => "carat",
            "ev" => "electronvolt",
            "gev" => "gigaelectronvolt",
            "mev" => "megaelectronvolt",
            "tev" => "teraelectronvolt",
            _ => return None,
        })
    })
}

/// What one of a unit is in the smallest of its family, for units that are said together ("7 feet 10 inches").
pub(super) fn size(name: &str) -> Option<(u8, f64)> {
    Some(match name {
        "mile" => (0, 63360.0),
        "yard" => (0, 36.0),
        "foot" => (0, 12.0),
        "inch" => (0, 1.0),
        "kilometre" => (1, 100_000.0),
        "metre" => (1, 100.0),
        "centimetre" => (1, 1.0),
        "stone" => (2, 224.0),
        "pound" => (2, 16.0),
        "ounce" => (2, 1.0),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_known() {
        let words = include_str!("../lexicon/physical.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace);
        for word in words.filter(|w| !["square", "sq", "cubic", "degree", "degrees"].contains(w)) {
            assert!(simple(word, true).or_else(|| simple(&word.to_uppercase(), true)).is_some(), "{word} has no unit");
        }
        for word in include_str!("../lexicon/durations.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
            assert!(time(word).is_some(), "{word} has no length");
        }
    }
}
