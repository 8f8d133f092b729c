use super::*;
use crate::model::{BlockKind, Light, blocks_text};

fn notes(text: &str) -> Notes {
    parse(text).unwrap().value
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_form_of_the_contract() {
    let read = notes(
        "Möte: 2024-09-18\n\n# Upphandling\nInfomöte.\nrad två\n\n- **ett**\n  - två\nStatus: gul\n\n## B\nStatus: Vilande",
    );
    assert_eq!(read.meeting, Some(day("2024-09-18")));
    assert_eq!(read.notes.len(), 2);
    let first = &read.notes[0];
    assert_eq!((first.heading.as_str(), first.line), ("Upphandling", 3));
    let shape: Vec<_> = first.text.iter().map(|b| (b.kind, b.level, b.text())).collect();
    assert_eq!(
        shape,
        [
            (BlockKind::Paragraph, 0, "Infomöte. rad två".to_owned()),
            (BlockKind::Bullet, 0, "ett".to_owned()),
            (BlockKind::Bullet, 1, "två".to_owned())
        ]
    );
    assert!(first.text[1].runs[0].bold);
    assert_eq!(first.status.as_ref().unwrap().lights[0].light, Light::Yellow);
    let second = read.notes[1].status.as_ref().unwrap();
    assert!(second.lights.is_empty() && blocks_text(&second.text) == "Vilande");
}

#[test]
fn meeting_lines_in_many_forms() {
    for line in [
        "Möte: 2024-09-18",
        "möte 240918",
        "**Mötesdatum:** 20240918",
        "Datum: 18 september 2024",
        "# Möte 2024-09-18",
        "Mo\u{308}te: 2024-09-18",
        "\u{feff}Möte: onsdag 18 september 2024",
    ] {
        let read = notes(&format!("{line}\r\n\r\n# A\r\ntext"));
        assert_eq!(read.meeting, Some(day("2024-09-18")), "{line}");
        assert_eq!(read.notes.len(), 1, "{line}");
    }
    let read = notes("Möte: 2024-09-18, Linköping\n# A\nb");
    assert_eq!(blocks_text(&read.notes[0].text), "Möte: 2024-09-18, Linköping", "more words are kept");
    assert_eq!(notes("# A\nMöte 2024-09-20 med Inera").meeting, None, "a sentence in a note is no meeting line");
}

#[test]
fn errors_say_where_and_what_to_do() {
    assert_eq!(parse(" \n"), Err(NotesError::Empty));
    assert_eq!(
        parse("\nMöte: 2024-13-01\n"),
        Err(NotesError::WrongMeeting { line: 2, written: "2024-13-01".to_owned() })
    );
    let error = parse("Möte: 2024-09-18\nMöte: 2024-09-19").unwrap_err();
    assert_eq!(error.to_string(), "rad 2 säger att mötet var 2024-09-19, men rad 1 säger 2024-09-18");
    let none = notes("# A\nb");
    assert_eq!(none.meeting_or(None), Err(NotesError::NoMeeting));
    assert_eq!(none.meeting_or(Some(day("2024-01-01"))), Ok(day("2024-01-01")));
}

#[test]
fn headings_by_underlining_and_rules_between() {
    let read = notes("Möte: 240918\n\nFörsta\n------\ntext\n\n---\n\nAndra\n=====\nmer\nän så\n---\nslut");
    let shape: Vec<_> = read.notes.iter().map(|n| (n.heading.as_str(), blocks_text(&n.text))).collect();
    assert_eq!(shape, [("Första", "text".to_owned()), ("Andra", "mer än så slut".to_owned())]);
}

#[test]
fn a_title_and_text_before_the_first_heading() {
    let read = parse("# Anteckningar\n\nMöte: 240918\n\n## A\nb").unwrap();
    assert_eq!(read.value.notes.len(), 1);
    assert_eq!(read.warnings.len(), 1);
    let read = parse("Närvarande: Ada\n\nMöte: 240918\n# A\nb").unwrap();
    assert_eq!(read.value.meeting, Some(day("2024-09-18")));
    assert_eq!((read.value.notes[0].heading.as_str(), read.value.notes[0].text.len()), ("", 1));
    assert_eq!(read.warnings.len(), 1);
}

#[test]
fn what_looks_like_markdown_and_is_text_stays() {
    let read = notes("Möte: 240918\n# A\n240910. Infomöte\n#5 i kön\n1. ett\n2) två\n> citat\n<b>\n| a | b |");
    assert_eq!(blocks_text(&read.notes[0].text), "240910. Infomöte #5 i kön 1. ett 2) två > citat <b> | a | b |");
}

#[test]
fn the_meetings_own_date_before_an_entry_is_not_said_twice() {
    assert_eq!(blocks_text(&notes("Möte: 240918\n# A\n240918: Beslut").notes[0].text), "Beslut");
    assert_eq!(blocks_text(&notes("Möte: 240918\n# A\n240910: Beslut").notes[0].text), "240910: Beslut");
    assert_eq!(blocks_text(&notes("Möte: 240918\n# A\n240918-19 möte").notes[0].text), "240918-19 möte");
}

#[test]
fn two_status_lines_both_count() {
    let read = notes("Möte: 240918\n# A\nStatus: grön (X)\nStatus: gul (Y)");
    let status = read.notes[0].status.as_ref().unwrap();
    assert_eq!(status.lights.len(), 2);
    assert_eq!(status.written, "grön (X); gul (Y)");
}

#[test]
fn a_sentence_that_begins_with_status_is_text() {
    let read = notes("Möte: 240918\n# A\nStatusrapport från chefer\nStatus quo råder");
    assert!(read.notes[0].status.is_none());
    assert_eq!(blocks_text(&read.notes[0].text), "Statusrapport från chefer Status quo råder");
    assert!(notes("Möte: 240918\n# A\nStatus gul").notes[0].status.is_some());
}
