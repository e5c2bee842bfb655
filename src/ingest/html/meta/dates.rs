//! Dates as pages write them, to ISO 8601.

/// The names of the months in the languages that much news is written in, by their first letters.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "maj", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

/// The date in `written`, as `YYYY-MM-DD` or, when a time of day follows in the ISO form, as it is written. Looks at the first 200 bytes.
pub(super) fn iso(written: &str) -> Option<String> {
    let mut end = written.len().min(200);
    while !written.is_char_boundary(end) {
        end -= 1;
    }
    let written = written.get(..end)?.trim();
    numeric(written).or_else(|| named(written)).or_else(|| stamp(written))
}

/// "2025-06-05T14:03:00Z", "2025/6/5", "20250605", "5.6.2025", "25/06/2025".
fn numeric(written: &str) -> Option<String> {
    let parts = numbers(written);
    let [first, rest @ ..] = parts.as_slice() else { return None };
    if first.digits == 8 && first.starts_word {
        let date = valid(first.value / 10_000, first.value / 100 % 100, first.value % 100)?;
        return Some(date);
    }
    let [second, third, ..] = rest else { return None };
    if !joined(written, first, second) || !joined(written, second, third) {
        return None;
    }
    if first.digits == 4 {
        let date = valid(first.value, second.value, third.value)?;
        let time = written.get(third.end..).unwrap_or_default();
        let iso = first.start == 0 && second.digits == 2 && third.digits == 2 && written.as_bytes().get(4) == Some(&b'-');
        return Some(if iso { format!("{date}{}", time_of(time)) } else { date });
    }
    if third.digits != 4 {
        return None;
    }
    let dotted = written.as_bytes().get(first.end) == Some(&b'.');
    match (first.value, second.value) {
        // With dots, or when it cannot be the month, the day comes first; else nobody can know.
        (day, month) if dotted || day > 12 || day == month => valid(third.value, month, day),
        (month, day) if day > 12 => valid(third.value, month, day),
        _ => None,
    }
}

/// The time behind an ISO date: "T14:03:00+02:00", also with a space in place of the T.
fn time_of(rest: &str) -> String {
    let mut chars = rest.chars();
    if !matches!(chars.next(), Some('T' | 't' | ' ')) {
        return String::new();
    }
    let time: String = chars.take_while(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | 'z')).collect();
    let hours = time.as_bytes().get(..5).is_some_and(|t| t.get(2) == Some(&b':') && t.iter().filter(|b| b.is_ascii_digit()).count() == 4);
    if hours { format!("T{time}") } else { String::new() }
}

/// "June 5, 2025", "5 June 2025", "Thu, 05 Jun 2025 14:03:00 GMT", "5 de junio de 2025".
fn named(written: &str) -> Option<String> {
    let words: Vec<&str> = written.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(24).collect();
    let (at, month) = words.iter().enumerate().find_map(|(i, w)| Some((i, month(w)?)))?;
    let day_of = |w: &&str| -> Option<u32> {
        let digits = w.bytes().take_while(u8::is_ascii_digit).count();
        let ending = w.get(digits..).unwrap_or_default();
        let day = w.get(..digits)?.parse().ok()?;
        (digits <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª")).then_some(day)
    };
    let year_of = |w: &&str| (w.len() == 4).then(|| w.parse::<u32>().ok()).flatten().filter(|y| (1800..=2100).contains(y));
    let glue = |w: &&&str| !matches!(w.to_lowercase().as_str(), "de" | "of" | "del" | "the");
    let after: Vec<&&str> = words.iter().skip(at + 1).filter(glue).take(3).collect();
    let before: Vec<&&str> = words.iter().take(at).rev().filter(glue).take(2).collect();
    let day_before = before.first().and_then(|w| day_of(w));
    let (day, year) = match day_before {
        Some(day) => (day, after.first().and_then(|w| year_of(w))?),
        None => (after.first().and_then(|w| day_of(w))?, after.get(1).and_then(|w| year_of(w))?),
    };
    valid(year, month, day)
}

fn month(word: &str) -> Option<u32> {
    if word.chars().count() < 3 || word.chars().count() > 10 {
        return None;
    }
    let lower = word.to_lowercase();
    let found = MONTHS.iter().position(|names| names.iter().any(|n| lower.starts_with(n)))?;
    u32::try_from(found + 1).ok()
}

/// Seconds or milliseconds since 1970.
fn stamp(written: &str) -> Option<String> {
    let seconds = match written.len() {
        10 => written.parse::<i64>().ok()?,
        13 => written.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let days = seconds.div_euclid(86_400);
    // From days to a date of the Gregorian calendar, counted from 1 March of the year 0.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    valid(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// The date in the path of an address: "/2025/06/05/", "/2025-06-05-", "/20250605/".
pub(super) fn in_address(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let (_, path) = path.split_once('/')?;
    let parts = numbers(path);
    parts
        .windows(3)
        .find_map(|w| {
            let [y, m, d] = w else { return None };
            let fits = y.digits == 4 && m.digits <= 2 && d.digits <= 2 && joined(path, y, m) && joined(path, m, d);
            if fits { valid(y.value, m.value, d.value) } else { None }
        })
        .or_else(|| {
            let days = parts.iter().filter(|n| n.digits == 8 && n.starts_word);
            days.into_iter().find_map(|n| valid(n.value / 10_000, n.value / 100 % 100, n.value % 100))
        })
}

struct Number {
    value: u32,
    start: usize,
    end: usize,
    digits: usize,
    /// Nothing but a separator stands before it.
    starts_word: bool,
}

/// The numbers of at most eight digits, the first twelve.
fn numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() && found.len() < 12 {
        if !bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
            continue;
        }
        let digits = bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
        if digits <= 8
            && let Some(value) = text.get(at..at + digits).and_then(|d| d.parse().ok())
        {
            let starts_word = at == 0 || bytes.get(at - 1).is_some_and(|b| !b.is_ascii_alphanumeric());
            found.push(Number { value, start: at, end: at + digits, digits, starts_word });
        }
        at += digits;
    }
    found
}

/// True when one of `-`, `/` and `.` stands between two numbers, and nothing else (but a space behind it).
fn joined(text: &str, a: &Number, b: &Number) -> bool {
    let between = text.get(a.end..b.start).unwrap_or_default();
    a.starts_word && matches!(between.trim_end(), "-" | "/" | ".") && between.len() <= 2
}

fn valid(year: u32, month: u32, day: u32) -> Option<String> {
    ((1800..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_dates() {
        for (written, is) in [
            ("2025-06-05", Some("2025-06-05")),
            ("2025-06-05T14:03:00+02:00", Some("2025-06-05T14:03:00+02:00")),
            ("2025-06-05 14:03:00", Some("2025-06-05T14:03:00")),
            ("2025/6/5", Some("2025-06-05")),
            ("20250605", Some("2025-06-05")),
            ("June 5, 2025", Some("2025-06-05")),
            ("Published Thu 5th June 2025 at 3pm", Some("2025-06-05")),
            ("Thu, 05 Jun 2025 14:03:00 GMT", Some("2025-06-05")),
            ("5 de junio de 2025", Some("2025-06-05")),
            ("5. Juni 2025", Some("2025-06-05")),
            ("5.6.2025", Some("2025-06-05")),
            ("25/06/2025", Some("2025-06-25")),
            ("06/25/2025", Some("2025-06-25")),
            ("05/06/2025", None),
            ("1749132180", Some("2025-06-05")),
            ("1749132180000", Some("2025-06-05")),
            ("2025-13-45", None),
            ("3 hours ago", None),
            ("Mars rover lands", None),
            ("", None),
        ] {
            assert_eq!(iso(written).as_deref(), is, "{written}");
        }
    }

    #[test]
    fn dates_in_addresses() {
        let date = |a| in_address(a);
        assert_eq!(date("https://example.org/2025/06/05/pier").as_deref(), Some("2025-06-05"));
        assert_eq!(date("https://example.org/news/2025-06-05-pier.html").as_deref(), Some("2025-06-05"));
        assert_eq!(date("https://example.org/20250605/pier").as_deref(), Some("2025-06-05"));
        assert_eq!(date("https://example.org/news/article-12345678").as_deref(), None);
        assert_eq!(date("https://192.168.10.12/pier"), None);
    }
}
