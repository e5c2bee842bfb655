//! What is asked for, what fits, what is wrong, and that what is written is read back.

use proptest::prelude::*;

use super::{Domain, Field, Filter, Mistake, Subject, Term, Test, Words};
use crate::annotation::sample::on;
use crate::annotation::{Annotation, NotedSpeaker, Status};

fn parse(written: &str) -> Filter {
    Filter::parse(written, Domain::Notes).unwrap_or_else(|why| panic!("{written}: {why}"))
}

fn wrong(written: &str, domain: Domain) -> String {
    Filter::parse(written, domain).map_or_else(|why| why.to_string(), |filter| panic!("'{written}' was read as {filter}"))
}

/// A quotation of Ada Example, tagged claim and tariff, disputed, noted, of 2026-11-03.
fn claim() -> Annotation {
    let mut a = on("a", "Ada Example");
    a.tags = vec!["claim".into(), "Tariff".into()];
    a.status = Some(Status::Disputed);
    a.note = "Who “says” so?".into();
    a.modified = "2026-11-03T10:00:00Z".into();
    a.creator = "Ann Reader".into();
    a.speaker = Some(NotedSpeaker { name: "Bo Sample".into(), ..NotedSpeaker::default() });
    a
}

#[test]
fn terms_ask_for_fields_and_words() {
    let fits = |written: &str| parse(written).fits(&claim());
    for yes in [
        "",
        "  ",
        "tag:claim",
        "#claim",
        "-#verified",
        "text:adá",
        "tag:TARIFF tag:claim",
        "tag:cl*",
        "tag:*",
        "status:disputed",
        "status:dis",
        "-status:verified",
        "speaker:sample",
        "person:\"bo sample\"",
        "creator:ann",
        "since:2026-11-01",
        "since:2026-11-03T10:00:00Z",
        "says",
        "\"who \\\"says\\\"\"",
        "note:who text:ada",
        "tag:other or tag:claim status:disputed",
        "status:verified or status:disputed tag:claim or tag:other",
        "-color:* state:attached",
        "verified or -verified",
    ] {
        assert!(fits(yes), "{yes}");
    }
    for no in [
        "tag:clai",
        "tag:claim tag:other",
        "-tag:claim",
        "status:verified",
        "speaker:ada",
        "creator:bo",
        "since:2026-11-04",
        "zebra",
        "color:*",
        "tag:other or tag:claim status:verified",
        "\"says who\"",
        "-says",
    ] {
        assert!(!fits(no), "{no}");
    }
}

#[test]
fn a_mistake_has_its_place_and_what_is_allowed() {
    for (written, said) in [
        (
            "tag:claim stat:open",
            "column 11: no field 'stat'; there are tag, status, kind, speaker, creator, color, state, note, text, since",
        ),
        ("status:verfied", "column 8: no status 'verfied'; there are unchecked, verified, disputed, needs-source"),
        ("ä kind:", "column 8: a value is missing behind 'kind:': quote, figure, person, passage, page, correction"),
        ("\"half an hour", "column 1: the quotation mark is not closed"),
        ("since:yesterday", "column 7: 'yesterday' is not a day (2026-01-31)"),
        ("or tag:a", "column 1: a term is missing before 'or'"),
        ("tag:a or", "column 7: a term is missing behind 'or'"),
        ("tag:a or or tag:b", "column 10: a term is missing before 'or'"),
        ("tag:a - tag:b", "column 7: a term is missing behind '-'"),
        ("\"a\"b", "column 4: a space is missing"),
        ("tag:\"a\"b", "column 8: a space is missing"),
        ("status:p", "column 8: no status 'p'"),
        ("color:p", "column 7: no color 'p'; there are yellow"),
        ("\"\"", "column 1: words are missing"),
    ] {
        let mistake = wrong(written, Domain::Notes);
        assert!(mistake.starts_with(said), "{written}: {mistake}");
    }
    assert!(wrong("status:verified", Domain::Quotes).contains("there are speaker, kind, via, text"));
    let Err(Mistake { at, column, .. }) = Filter::parse("é x:1", Domain::Notes) else { panic!("x is a field") };
    assert_eq!((at, column), (3, 3), "bytes to point with, characters to say");
}

#[test]
fn short_words_belong_to_their_list() {
    let read = |written: &str, domain| Filter::parse(written, domain).map(|f| f.to_string());
    assert_eq!(read("via", Domain::Quotes).as_deref(), Ok("via:*"));
    assert_eq!(read("unattributed", Domain::Quotes).as_deref(), Ok("-speaker:*"));
    assert_eq!(read("-unattributed kind:frag", Domain::Quotes).as_deref(), Ok("speaker:* kind:fragment"));
    assert_eq!(
        read("percent -dates points ≠", Domain::Figures).as_deref(),
        Ok("kind:percent -kind:date kind:percentage_points kind:conflict")
    );
    assert_eq!(read("\"percent\" via", Domain::Figures).as_deref(), Ok("\"percent\" \"via\""));
}

/// Any words: with marks, spaces, colons, stars, and words of the language itself.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["or", "via", "percent", "-", "*", "a:b", "\"", "\\", "a\\\"b", "tag:claim", "é ü", "a  b"])
            .prop_map(str::to_owned),
        "[a-zA-Z :*\"\\\\“-]{0,8}[a-z]",
    ]
}

fn test() -> impl Strategy<Value = Test> {
    let open = prop::sample::select(vec![Field::Tag, Field::Speaker, Field::Creator, Field::Note, Field::Text]);
    let closed = prop::sample::select(vec![Field::Status, Field::Kind, Field::Color, Field::State]).prop_flat_map(|field| {
        let values = Domain::Notes.values(field).expect("a closed field");
        prop::sample::select(values).prop_map(move |v| Test::Is(field, Words::new(v)))
    });
    let any = prop::sample::select(Domain::Notes.fields().to_vec());
    prop_oneof![
        words().prop_map(|w| Test::Words(Words::new(w))),
        (open, words()).prop_map(|(f, w)| Test::Is(f, Words::new(w))),
        closed,
        (any, prop_oneof![Just(String::new()), words()]).prop_map(|(f, w)| Test::Begins(f, Words::new(w))),
        (0i64..4_000_000_000).prop_map(|s| Test::Since(jiff::Timestamp::from_second(s).expect("in range"))),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let term = (any::<bool>(), test()).prop_map(|(negated, test)| Term { negated, test });
    prop::collection::vec(prop::collection::vec(term, 1..4), 0..5).prop_map(|groups| Filter { groups })
}

proptest! {
    #[test]
    fn a_written_filter_is_read_back(filter in filter()) {
        let written = filter.to_string();
        prop_assert_eq!(Filter::parse(&written, Domain::Notes), Ok(filter), "{}", written);
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_at_a_place_in_it(typed in "[a-z:\"*\\\\ é“-]{0,24}") {
        for domain in [Domain::Notes, Domain::Quotes, Domain::People, Domain::Figures] {
            match Filter::parse(&typed, domain) {
                Ok(filter) => prop_assert_eq!(Filter::parse(&filter.to_string(), domain), Ok(filter)),
                Err(mistake) => prop_assert!(typed.is_char_boundary(mistake.at), "{}", mistake),
            }
        }
    }
}

/// A field is asked of by its name alone, and what a subject does not have fits no question about it.
#[test]
fn a_subject_without_a_field_has_no_value_of_it() {
    struct Nothing;
    impl Subject for Nothing {
        fn any(&self, _: Field, _: &mut dyn FnMut(&str) -> bool) -> bool {
            false
        }
    }
    assert!(!parse("tag:*").fits(&Nothing) && parse("-tag:*").fits(&Nothing) && !parse("since:2000-01-01").fits(&Nothing));
}
