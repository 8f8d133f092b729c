//! Documents that are no plan: letters, assignments, minutes.
//!
//! A letter's head stands in the running header or above the title: a date, a sender, "Till …".
//! Its foot are the signatures: short lines of names after the text. What stands in neither and is
//! no text of a section goes to the leftovers.

use jiff::civil::Date;

use crate::model::{
    Block, DocumentType, Leftover, Reading, SCHEMA_VERSION, Source, SourceFile, SupportingDocument, SupportingSection,
    letters_and_digits, words,
};
use crate::page::{Document, Inline, Paragraph, Part, PartKind, Role};

use super::blocks::{Breaks, blocks, paragraphs};
use super::vocabulary::Vocabulary;
use super::{close, coverage, front};

/// A heading that only its bold letters mark is no longer than this, in characters.
const LONGEST_HEADING: usize = 100;
/// A line of a letter's head or of a signature is no longer than this, in characters.
const LONGEST_LINE: usize = 80;
/// No more paragraphs than this stand below a letter's closing.
const SIGNATURES: usize = 12;
/// A letter's head takes no more paragraphs of the body than this.
const HEAD: usize = 8;

/// A letter's head.
#[derive(Default)]
struct Head {
    date: Option<Date>,
    from: Option<String>,
    to: Option<String>,
    /// Lines that say one of these in words that the field does not repeat ("Till").
    accounted: Vec<String>,
}

/// Reads a document that holds no plan.
pub(super) fn read(document: &Document, file: &SourceFile, vocabulary: &Vocabulary) -> SupportingDocument {
    let mut head = Head::default();
    let mut leftovers = Vec::new();
    for part in document.parts.iter().filter(|part| !is_text(part)) {
        for paragraph in paragraphs(&part.nodes) {
            let text = paragraph.text();
            let header = part.kind == PartKind::Header;
            if letters_and_digits(&text) > 0 && !(header && head.take(&text, vocabulary)) {
                let source = Source { file: file.file.clone(), place: paragraph.place.to_string() };
                leftovers.push(Leftover { text, source });
            }
        }
    }
    let body: Vec<&Paragraph> = document
        .parts
        .iter()
        .filter(|part| is_text(part))
        .flat_map(|part| paragraphs(&part.nodes))
        .filter(|paragraph| letters_and_digits(&paragraph.text()) > 0)
        .collect();
    let start = match above_title(&body) {
        Some(title) => {
            for paragraph in &body[..title] {
                let text = paragraph.text();
                if !head.take(&text, vocabulary) {
                    let source = Source { file: file.file.clone(), place: paragraph.place.to_string() };
                    leftovers.push(Leftover { text, source });
                }
            }
            title
        }
        None => head_of_body(&body, &mut head, vocabulary),
    };
    let is_letter = head.to.is_some() || (head.date.is_some() && head.from.is_some());
    let end = if is_letter { start_of_signatures(&body, start, vocabulary) } else { body.len() };

    let (title, mut sections) = sections(&body[start..end]);
    take_labelled(&mut sections, &mut head, vocabulary);
    let signatures = signatures(&body[end..], vocabulary);
    let document_type = match () {
        () if is_letter => DocumentType::Letter,
        () if is_assignment(&sections, vocabulary) => DocumentType::Assignment,
        () => DocumentType::Other,
    };
    let mut supporting = SupportingDocument {
        schema_version: SCHEMA_VERSION.to_owned(),
        document_type,
        title: title.or_else(|| document.title.clone().filter(|title| !title.trim().is_empty())),
        date: head.date,
        from: head.from,
        to: head.to,
        sections,
        signatures,
        reading: Reading { sources: vec![file.clone()], leftovers, ..Reading::default() },
    };
    let fields = coverage::of_supporting(&supporting);
    close(&mut supporting.reading, document, fields, &head.accounted);
    supporting
}

fn is_text(part: &Part) -> bool {
    matches!(
        part.kind,
        PartKind::Body | PartKind::Page(_) | PartKind::Slide(_) | PartKind::Sheet { .. } | PartKind::Footnote
    )
}

impl Head {
    /// Takes a line that says when, from whom or to whom; a repeated one again.
    fn take(&mut self, line: &str, vocabulary: &Vocabulary) -> bool {
        let line = line.trim();
        if line.chars().count() > LONGEST_LINE {
            return false;
        }
        let known = &vocabulary.words.supporting;
        let first = words(line).next().unwrap_or_default();
        let after_first = || {
            let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
            line[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ':').to_owned()
        };
        if known.to.contains(&first) {
            return set(&mut self.to, &after_first(), line, &mut self.accounted);
        }
        if known.from.contains(&first) {
            return set(&mut self.from, &after_first(), line, &mut self.accounted);
        }
        if let Some(date) = front::written_date(line, vocabulary)
            && is_only_a_date(line, vocabulary)
        {
            self.accounted.push(line.to_owned());
            return *self.date.get_or_insert(date) == date;
        }
        let group = front::group(line, vocabulary).is_some_and(|group| group.len() == line.len());
        group && set(&mut self.from, line, line, &mut self.accounted)
    }
}

/// Sets a field once; the same again is a repetition.
fn set(slot: &mut Option<String>, value: &str, line: &str, accounted: &mut Vec<String>) -> bool {
    let taken = slot.get_or_insert_with(|| value.to_owned()) == value;
    if taken {
        accounted.push(line.to_owned());
    }
    taken
}

/// A date, alone or after "Datum:" or a place ("Linköping 2024-01-10").
fn is_only_a_date(line: &str, vocabulary: &Vocabulary) -> bool {
    let known = &vocabulary.words;
    let others = words(line).filter(|word| {
        !word.bytes().any(|b| b.is_ascii_digit())
            && !known.supporting.date.contains(word)
            && !known.months.names.contains(word)
    });
    others.count() <= 2
}

/// Takes the head's lines at the body's beginning; returns where the text begins.
fn head_of_body(body: &[&Paragraph], head: &mut Head, vocabulary: &Vocabulary) -> usize {
    let taken = |paragraph: &&&Paragraph| {
        paragraph.role == Role::Body && paragraph.list.is_none() && head.take(&paragraph.text(), vocabulary)
    };
    body.iter().take(HEAD).take_while(taken).count()
}

/// How many short lines stand above the title, where there are any: a letter's head, whatever it says.
fn above_title(body: &[&Paragraph]) -> Option<usize> {
    let title = body.iter().take(HEAD + 1).position(|paragraph| heading_level(paragraph).is_some())?;
    let is_line = |paragraph: &&Paragraph| {
        let text = paragraph.text();
        paragraph.list.is_none() && text.chars().count() <= LONGEST_LINE && !text.trim_end().ends_with(['.', '?', '!'])
    };
    (title > 0 && body[..title].iter().all(is_line)).then_some(title)
}

/// A bold label with its value below or beside it ("Datum", "14 mars 2024") is no section but a line of the head.
fn take_labelled(sections: &mut Vec<SupportingSection>, head: &mut Head, vocabulary: &Vocabulary) {
    let known = &vocabulary.words.supporting;
    sections.retain(|section| {
        let (Some(label), [value]) = (section.heading.as_deref(), section.blocks.as_slice()) else { return true };
        let mut label_words = words(label);
        let (Some(word), None) = (label_words.next(), label_words.next()) else { return true };
        if ![&known.date, &known.from, &known.to].into_iter().any(|list| list.contains(&word)) {
            return true;
        }
        // The two are read as the one line that they would be.
        let line = format!("{label}: {}", value.text());
        let dated = known.date.contains(&word);
        let taken = !(dated && head.date.is_some()) && head.take(&line, vocabulary);
        !taken
    });
}

/// The title and the sections of a text.
fn sections(body: &[&Paragraph]) -> (Option<String>, Vec<SupportingSection>) {
    let mut title: Option<String> = None;
    let mut sections: Vec<SupportingSection> = Vec::new();
    for paragraph in body {
        let found = blocks([*paragraph], Breaks::NewBlock);
        match heading_level(paragraph) {
            Some(_) if title.is_none() && sections.is_empty() => title = Some(line(&found)),
            Some(level) => sections.push(SupportingSection { heading: Some(line(&found)), level, blocks: Vec::new() }),
            None => match sections.last_mut() {
                Some(last) => last.blocks.extend(found),
                None => sections.push(SupportingSection { heading: None, level: 0, blocks: found }),
            },
        }
    }
    (title, sections)
}

fn line(blocks: &[Block]) -> String {
    crate::model::blocks_text(blocks)
}

/// The level of a heading, marked by style or by being short and all bold.
fn heading_level(paragraph: &Paragraph) -> Option<u8> {
    match paragraph.role {
        Role::Title => Some(1),
        Role::Heading(level) => Some(level),
        Role::Body if paragraph.list.is_some() => None,
        Role::Body => {
            let text = paragraph.text();
            let short = text.chars().count() <= LONGEST_HEADING && !text.trim_end().ends_with(['.', ':', ',']);
            let bold = paragraph.inlines.iter().all(|inline| match inline {
                Inline::Text(span) => span.bold || span.text.trim().is_empty(),
                Inline::Break => false,
                Inline::Mark(_) => true,
            });
            (short && bold).then_some(1)
        }
    }
}

/// Where the signatures at the end begin; the length where there are none.
fn start_of_signatures(body: &[&Paragraph], start: usize, vocabulary: &Vocabulary) -> usize {
    let closing = body[start..].iter().rposition(|paragraph| is_closing(paragraph, vocabulary));
    if let Some(at) = closing.map(|at| start + at + 1)
        && (1..=SIGNATURES).contains(&(body.len() - at))
        && body[at..].iter().all(|paragraph| is_short(paragraph))
    {
        return at;
    }
    let names = body[start..].iter().rev().take_while(|paragraph| is_signature(paragraph)).count();
    // A text of nothing but short lines is a list, not a letter with signatures.
    if names + start >= body.len() { body.len() } else { body.len() - names }
}

/// "Med vänlig hälsning", alone or with a comma.
fn is_closing(paragraph: &Paragraph, vocabulary: &Vocabulary) -> bool {
    let said = words(&paragraph.text()).collect::<Vec<_>>().join(" ");
    vocabulary.words.supporting.closings.contains(&said)
}

/// A few words a line, no list and no sentence: what stands below a closing.
fn is_short(paragraph: &Paragraph) -> bool {
    paragraph.list.is_none()
        && lines(paragraph).iter().all(|line| line.chars().count() <= LONGEST_LINE && !line.ends_with(['.', '?', '!']))
}

/// Short lines that begin with capitals and end no sentence: a name, a title, an organisation.
fn is_signature(paragraph: &Paragraph) -> bool {
    paragraph.role == Role::Body
        && paragraph.list.is_none()
        && heading_level(paragraph).is_none()
        && lines(paragraph).iter().all(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let capital = |word: &&&str| word.starts_with(char::is_uppercase);
            line.chars().count() <= LONGEST_LINE
                && (1..=8).contains(&words.len())
                && !line.ends_with(['.', '?', ':', ','])
                && !line.contains(|c: char| c.is_ascii_digit())
                && line.starts_with(char::is_uppercase)
                && words.iter().filter(capital).count() * 2 >= words.len()
        })
}

/// The signatures, one a person: the lines of a paragraph together, and an organisation with the name above it.
fn signatures(body: &[&Paragraph], vocabulary: &Vocabulary) -> Vec<String> {
    let mut signatures: Vec<String> = Vec::new();
    for paragraph in body {
        let text = lines(paragraph).join(", ");
        let first = words(&text).next().unwrap_or_default();
        let belongs = vocabulary.words.supporting.organisations.contains(&first);
        // A title in small letters, an address, a number: of the person above.
        let goes_on = text.starts_with(char::is_lowercase) || text.contains(['@', '0', '1', '2', '3', '4', '5']);
        match signatures.last_mut() {
            Some(last) if goes_on || belongs && !last.contains(", ") => *last = format!("{last}, {text}"),
            _ => signatures.push(text),
        }
    }
    signatures
}

fn lines(paragraph: &Paragraph) -> Vec<String> {
    blocks([paragraph], Breaks::NewBlock).iter().map(|block| block.text().trim().to_owned()).collect()
}

/// Whether the headings are those of an assignment description.
fn is_assignment(sections: &[SupportingSection], vocabulary: &Vocabulary) -> bool {
    let known = &vocabulary.words.supporting.assignment;
    let headings = sections.iter().filter_map(|section| section.heading.as_deref());
    headings.filter(|heading| words(heading).any(|word| known.contains(&word))).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Node, Span};

    fn bold(text: &str) -> Paragraph {
        let span = Span { text: text.to_owned(), bold: true, ..Span::default() };
        Paragraph { inlines: vec![Inline::Text(span)], ..Paragraph::default() }
    }

    fn read_lines(header: &[&str], body: Vec<Paragraph>) -> SupportingDocument {
        let nodes = |paragraphs: Vec<Paragraph>| paragraphs.into_iter().map(Node::Paragraph).collect();
        let header = header.iter().map(|line| Paragraph::plain(*line)).collect();
        let document = Document {
            parts: vec![
                Part { kind: PartKind::Body, nodes: nodes(body) },
                Part { kind: PartKind::Header, nodes: nodes(header) },
            ],
            ..Document::default()
        };
        let file = SourceFile { file: "x".into(), format: "docx".into(), sha256: String::new() };
        read(&document, &file, &Vocabulary::standard().unwrap())
    }

    #[test]
    fn a_letter_has_a_head_a_text_and_signatures() {
        let letter = read_lines(
            &["Diarienummer 12"],
            vec![
                Paragraph::plain("Norrköping 3 mars 2021"),
                Paragraph::plain("RPO Hud"),
                Paragraph::plain("Till: Regionsjukvårdsledningen"),
                bold("Behov av lokaler"),
                Paragraph::plain("Vi behöver lokaler till mottagningen nästa år."),
                Paragraph::plain("Anna Berg"),
                Paragraph::plain("Region Blekinge"),
            ],
        );
        assert_eq!(letter.document_type, DocumentType::Letter);
        assert_eq!(letter.date, Some(jiff::civil::date(2021, 3, 3)));
        assert_eq!(letter.from.as_deref(), Some("RPO Hud"));
        assert_eq!(letter.to.as_deref(), Some("Regionsjukvårdsledningen"));
        assert_eq!(letter.title.as_deref(), Some("Behov av lokaler"));
        assert_eq!(letter.signatures, ["Anna Berg, Region Blekinge"]);
        assert_eq!(letter.reading.leftovers[0].text, "Diarienummer 12");
        assert!(letter.reading.warnings.is_empty(), "{:?}", letter.reading.warnings);
    }

    #[test]
    fn what_stands_below_the_closing_are_signatures() {
        let letter = read_lines(
            &[],
            vec![
                Paragraph::plain("2023-11-02"),
                Paragraph::plain("Från: RSG Hjälpmedel"),
                Paragraph::plain("Till: Regionsjukvårdsledningen"),
                bold("Ny samordnare"),
                Paragraph::plain("Gruppen behöver en samordnare."),
                Paragraph::plain("Med vänliga hälsningar,"),
                Paragraph::plain("Olle Ek"),
                Paragraph::plain("ordförande i gruppen"),
                Paragraph::plain("olle.ek@region.example"),
                Paragraph::plain("Maj Lind"),
                Paragraph::plain("samordnare"),
            ],
        );
        assert_eq!(
            letter.signatures,
            ["Olle Ek, ordförande i gruppen, olle.ek@region.example", "Maj Lind, samordnare"]
        );
        let text: Vec<String> = letter.sections[0].blocks.iter().map(Block::text).collect();
        assert_eq!(text, ["Gruppen behöver en samordnare.", "Med vänliga hälsningar,"]);
        assert!(letter.reading.warnings.is_empty(), "{:?}", letter.reading.warnings);
    }

    #[test]
    fn lines_above_the_title_are_a_head_even_where_one_is_unknown() {
        let letter = read_lines(
            &[],
            vec![
                Paragraph::plain("Datum: 2022-05-12"),
                Paragraph::plain("Dnr: RS 2022/145"),
                Paragraph::plain("Från: RPO Hud"),
                Paragraph::plain("Till: Regionsjukvårdsledningen"),
                bold("Begäran om förlängning"),
                Paragraph::plain("Vi önskar att uppdraget förlängs."),
                Paragraph::plain("Anna Berg"),
            ],
        );
        assert_eq!(letter.document_type, DocumentType::Letter);
        assert_eq!(letter.date, Some(jiff::civil::date(2022, 5, 12)));
        assert_eq!((letter.from.as_deref(), letter.to.as_deref()), (Some("RPO Hud"), Some("Regionsjukvårdsledningen")));
        assert_eq!(letter.title.as_deref(), Some("Begäran om förlängning"));
        assert_eq!(letter.signatures, ["Anna Berg"]);
        assert_eq!(letter.reading.leftovers[0].text, "Dnr: RS 2022/145");
    }

    #[test]
    fn a_label_with_its_value_is_a_line_of_the_head() {
        let minutes = read_lines(
            &[],
            vec![
                bold("Minnesanteckningar"),
                bold("Datum"),
                Paragraph::plain("14 mars 2024"),
                bold("Plats"),
                Paragraph::plain("Eksjö"),
            ],
        );
        assert_eq!(minutes.date, Some(jiff::civil::date(2024, 3, 14)));
        let headings: Vec<_> = minutes.sections.iter().filter_map(|section| section.heading.as_deref()).collect();
        assert_eq!(headings, ["Plats"]);
        assert!(minutes.reading.warnings.is_empty(), "{:?}", minutes.reading.warnings);
    }

    #[test]
    fn an_assignment_is_known_by_its_headings() {
        let document = read_lines(
            &[],
            vec![
                bold("Utredning"),
                bold("Bakgrund"),
                Paragraph::plain("Text."),
                bold("Tidplan"),
                Paragraph::plain("Mer."),
            ],
        );
        assert_eq!(document.document_type, DocumentType::Assignment);
        assert_eq!(document.sections.len(), 2);
    }
}
