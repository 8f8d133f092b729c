//! The status cell: lights with their labels, and the words.
//!
//! A light is a drawn shape, a coloured sign, a ticked box, an emoji, the colour's name, or the
//! cell's own fill. Which colour it is goes by hue, never by one code. What is only said
//! ("pågår enligt plan") gives no light.

use crate::model::{BlockKind, Light, Status, StatusLight, Warning, WarningCode, blocks_text};
use crate::page::{Cell, Inline, Mark, Paragraph, Rgb, Span};

use super::blocks::{Breaks, blocks};
use super::vocabulary::Vocabulary;

/// Where between red and yellow a colour may be either, in degrees of hue.
const ORANGE: std::ops::Range<f32> = 16.0..28.0;

/// What a status cell says, and what was doubtful in it.
pub(super) struct ReadStatus {
    pub(super) status: Status,
    /// Words that became lights: they count as covered.
    pub(super) words: Vec<String>,
    pub(super) warnings: Vec<Warning>,
}

/// Reads a status cell; `row_fill` is the fill that the whole row shares and that says nothing.
pub(super) fn read(cell: &Cell, row_fill: Option<Rgb>, vocabulary: &Vocabulary) -> ReadStatus {
    let mut read = ReadStatus { status: Status::default(), words: Vec::new(), warnings: Vec::new() };
    // What told each light.
    let mut told: Vec<Told> = Vec::new();
    // How much text stood before the last light.
    let mut since = 0;
    for paragraph in cell.paragraphs() {
        for line in lines(paragraph).into_iter().filter(|line| !line.is_blank()) {
            let lights = read.status.lights.len();
            let by = read_line(line, &mut read, vocabulary);
            if read.status.lights.len() > lights {
                if by != Told::Word {
                    label_wrapped(&mut read.status, &mut told, since);
                }
                since = read.status.text.len();
            }
            if read.status.lights.len() == lights && told.last() == Some(&Told::BareSign) {
                own_name_below(&mut read, since, vocabulary);
            }
            told.resize(read.status.lights.len(), by);
        }
    }
    drop_named_signs(&mut read.status.lights, &told);
    if read.status.lights.is_empty()
        && let Some(fill) = cell.fill.filter(|fill| Some(*fill) != row_fill)
        && let Some(light) = read.light(fill, "cellens färg")
    {
        read.status.lights.push(StatusLight { light, label: None });
    }
    read
}

/// The light that a colour is nearest to; none for grey, blue and what is no light's colour.
pub fn nearest(colour: Rgb) -> Option<Light> {
    let (hue, saturation, lightness) = colour.hsl();
    if saturation < 0.2 || !(0.12..=0.95).contains(&lightness) {
        return None;
    }
    match hue {
        h if !(16.0..345.0).contains(&h) => Some(Light::Red),
        h if h < ORANGE.start => Some(Light::Red),
        h if h < 72.0 => Some(Light::Yellow),
        h if h < 172.0 => Some(Light::Green),
        _ => None,
    }
}

impl ReadStatus {
    fn light(&mut self, colour: Rgb, what: &str) -> Option<Light> {
        let light = nearest(colour);
        let hex = format!("#{:02X}{:02X}{:02X}", colour.r, colour.g, colour.b);
        match light {
            None if colour.hsl().1 >= 0.2 => self.warnings.push(Warning::new(
                WarningCode::UnknownLight,
                format!(
                    "Statuscellen har en färg ({hex}, {what}) som varken är grön, gul eller röd. Ange ljuset för hand."
                ),
            )),
            Some(_) if ORANGE.contains(&colour.hsl().0) => self.warnings.push(Warning::new(
                WarningCode::UnknownLight,
                format!("Färgen {hex} ({what}) ligger mellan gul och röd; den lästes som gul. Kontrollera."),
            )),
            _ => {}
        }
        light
    }
}

/// A paragraph's lines, each a paragraph of its own with the same list and place.
fn lines(paragraph: &Paragraph) -> Vec<Paragraph> {
    let empty = || Paragraph { inlines: Vec::new(), ..paragraph.clone() };
    let mut lines = vec![empty()];
    for inline in &paragraph.inlines {
        match inline {
            Inline::Break => lines.push(empty()),
            other => {
                if let Some(line) = lines.last_mut() {
                    line.inlines.push(other.clone());
                }
            }
        }
    }
    lines
}

/// What told a light.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A sign on a line of its own.
    BareSign,
    /// A sign in a line with words or other signs.
    Sign,
    /// Its name in words.
    Word,
}

/// A bare light's own name, which had no room beside it, is no text.
fn own_name_below(read: &mut ReadStatus, since: usize, vocabulary: &Vocabulary) {
    let (Some(light), [only]) = (read.status.lights.last(), read.status.text.get(since..).unwrap_or_default()) else {
        return;
    };
    let text = only.text();
    if vocabulary.names(&text.trim().to_lowercase(), light.light) {
        read.words.push(text);
        read.status.text.truncate(since);
    }
}

/// Words between a light that stands alone and the next light are the first one's label, which had no room beside it.
fn label_wrapped(status: &mut Status, told: &mut [Told], since: usize) {
    let before = told.len();
    let (Some(by), Some(light)) = (told.last_mut(), status.lights[..before].last_mut()) else { return };
    let text = status.text.get(since..).unwrap_or_default();
    if *by != Told::BareSign || !matches!(text, [only] if only.kind == BlockKind::Paragraph) {
        return;
    }
    light.label = label(&blocks_text(text));
    *by = Told::Sign;
    status.text.truncate(since);
}

/// Signs on lines of their own and later lines that begin with their names are the same lights: drawn over the cell,
/// the signs stand before the words that they belong to. The signs go where each has its name; what stands beside the
/// names is the label.
fn drop_named_signs(lights: &mut Vec<StatusLight>, told: &[Told]) {
    let mut after = 0;
    let mut gone = vec![false; lights.len()];
    for at in (0..lights.len()).filter(|&at| told[at] == Told::BareSign) {
        after = after.max(at + 1);
        let is_name = |&name: &usize| told[name] == Told::Word && lights[name].light == lights[at].light;
        let Some(name) = (after..lights.len()).find(is_name) else { return };
        after = name + 1;
        gone[at] = true;
    }
    let mut gone = gone.into_iter();
    lights.retain(|_| !gone.next().unwrap_or(false));
}

/// A piece of a status line.
enum Piece {
    Light(Light),
    Text(Span),
}

fn read_line(mut line: Paragraph, read: &mut ReadStatus, vocabulary: &Vocabulary) -> Told {
    let mut pieces: Vec<Piece> = Vec::new();
    for inline in std::mem::take(&mut line.inlines) {
        match inline {
            Inline::Mark(mark) => pieces.extend(mark_piece(&mark, read)),
            Inline::Text(span) => sign_pieces(&span, read, &mut pieces),
            Inline::Break => {}
        }
    }
    let by_sign = pieces.iter().any(|piece| matches!(piece, Piece::Light(_)));
    if !by_sign {
        word_pieces(&mut pieces, read, vocabulary);
    }
    if !pieces.iter().any(|piece| matches!(piece, Piece::Light(_))) {
        line.inlines = pieces.into_iter().filter_map(text_inline).collect();
        read.status.text.extend(blocks([&line], Breaks::NewBlock));
        return Told::Sign;
    }
    // A label stands after its light; in a line that ends with a light and begins with words, before it.
    let labels_first =
        pieces.iter().rev().find(|piece| !piece.is_blank()).is_some_and(|piece| matches!(piece, Piece::Light(_)))
            && pieces.iter().find(|piece| !piece.is_blank()).is_some_and(|piece| matches!(piece, Piece::Text(_)));
    let mut before = String::new();
    let mut lights: Vec<(Light, String)> = Vec::new();
    for piece in pieces {
        match (piece, lights.last_mut()) {
            (Piece::Text(span), Some((_, label))) if !labels_first => label.push_str(&span.text),
            (Piece::Text(span), _) => before.push_str(&span.text),
            (Piece::Light(light), _) => lights.push((light, std::mem::take(&mut before))),
        }
    }
    let told = match lights.as_slice() {
        _ if !by_sign => Told::Word,
        all if all.iter().all(|(_, text)| text.trim().is_empty()) => Told::BareSign,
        _ => Told::Sign,
    };
    for (light, text) in lights {
        let label = label(own_name(light, &text, read, vocabulary));
        read.status.lights.push(StatusLight { light, label });
    }
    told
}

impl Piece {
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(span) if span.text.trim().is_empty())
    }
}

/// The text beside a light without the light's own name: "● Grön" says no more than "●".
fn own_name<'t>(light: Light, text: &'t str, read: &mut ReadStatus, vocabulary: &Vocabulary) -> &'t str {
    let said = text.trim_start();
    let end = said.find(|c: char| !c.is_alphanumeric()).unwrap_or(said.len());
    let (word, rest) = said.split_at(end);
    let next = rest.trim_start();
    // A capital letter begins another text.
    let alone = next.is_empty()
        || next.starts_with([':', ';', ',', '.', '(', '–', '!'])
        || next.starts_with(char::is_uppercase);
    if !alone || !vocabulary.names(&word.to_lowercase(), light) {
        return text;
    }
    read.words.push(word.to_owned());
    rest.trim_start_matches(['.', ':', ';', ',', '!'])
}

fn label(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches([':', '–', '-', ',', ';']).trim();
    let text = text.trim_end_matches([',', ';']).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn text_inline(piece: Piece) -> Option<Inline> {
    match piece {
        Piece::Text(span) => Some(Inline::Text(span)),
        Piece::Light(_) => None,
    }
}

fn mark_piece(mark: &Mark, read: &mut ReadStatus) -> Option<Piece> {
    match mark {
        Mark::Ellipse { fill: Some(fill), .. } | Mark::Shape { fill: Some(fill), .. } => {
            read.light(*fill, "ritad form").map(Piece::Light)
        }
        Mark::Icon { fill } => read.light(*fill, "ikon").map(Piece::Light),
        Mark::CheckBox { checked: true } => Some(Piece::Light(Light::Closed)),
        // An empty box stays in the text, so that the words beside it are not taken for a status.
        Mark::CheckBox { checked: false } => Some(Piece::Text(Span { text: "☐ ".to_owned(), ..Span::default() })),
        Mark::Picture { alt } => {
            let alt = alt.as_deref().map(|alt| format!(" (”{alt}”)")).unwrap_or_default();
            read.warnings.push(Warning::new(
                WarningCode::UnknownLight,
                format!("Statuscellen innehåller en bild{alt}. Är den ett statusljus, ange det för hand."),
            ));
            None
        }
        Mark::Ellipse { fill: None, .. } | Mark::Shape { fill: None, .. } => None,
    }
}

/// Takes emoji, ticked boxes and coloured signs out of a text.
fn sign_pieces(span: &Span, read: &mut ReadStatus, pieces: &mut Vec<Piece>) {
    let mut text = String::new();
    let flush = |text: &mut String, pieces: &mut Vec<Piece>| {
        if !text.is_empty() {
            pieces.push(Piece::Text(Span { text: std::mem::take(text), ..span.clone() }));
        }
    };
    for c in span.text.chars() {
        let light = match c {
            '🟢' | '🟩' | '💚' => Some(Light::Green),
            '🟡' | '🟨' | '💛' => Some(Light::Yellow),
            '🔴' | '🟥' | '⛔' => Some(Light::Red),
            '☑' | '☒' | '✅' | '🗹' | '🗷' | '🗵' | '✔' | '✓' | '❎' => Some(Light::Closed),
            '\u{fe0f}' | '\u{fe0e}' => continue,
            c if is_sign(c) => match span.colour {
                Some(colour) => read.light(colour, "färgat tecken"),
                None => None,
            },
            _ => None,
        };
        match light {
            Some(light) => {
                flush(&mut text, pieces);
                pieces.push(Piece::Light(light));
            }
            None => text.push(c),
        }
    }
    flush(&mut text, pieces);
}

/// Geometric signs that people colour: circles, squares, triangles, stars.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{25a0}'..='\u{25ff}' | '•' | '⬤' | '⚫' | '⚪' | '★' | '☆' | '⬛' | '⬜' | '\u{2b1b}'..='\u{2b58}' | '❚')
}

/// The colour's name as a light: at the start of a line, alone or followed by a sign.
fn word_pieces(pieces: &mut Vec<Piece>, read: &mut ReadStatus, vocabulary: &Vocabulary) {
    let Some(Piece::Text(first)) = pieces.iter_mut().find(|piece| !piece.is_blank()) else { return };
    let text = first.text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let Some(light) = vocabulary.light(&word.to_lowercase()) else { return };
    let next = rest.trim_start();
    let alone = next.is_empty() || next.starts_with([':', ';', ',', '.', '(', '–', '!']) || rest.starts_with(" -");
    if !alone {
        read.warnings.push(Warning::new(
            WarningCode::UnknownLight,
            format!("Statuscellen börjar med ordet ”{word}” följt av löpande text; det lästes inte som ett ljus. Kontrollera."),
        ));
        return;
    }
    read.words.push(word.to_owned());
    let mut rest = rest.trim_start_matches(['.', ':', ';', ',', '!']).to_owned();
    let mut found = vec![Piece::Light(light)];
    // "Gul (Barn) Röd (Vuxna)": the lines of two lights, run together.
    while let Some((at, word, light)) = next_word(&rest, vocabulary) {
        found.push(Piece::Text(Span { text: rest[..at].to_owned(), ..first.clone() }));
        found.push(Piece::Light(light));
        rest = rest[at + word.len()..].to_owned();
        read.words.push(word);
    }
    first.text = rest;
    pieces.splice(0..0, found);
}

/// A colour's name that begins with a capital after a label's end, and where it stands.
fn next_word(text: &str, vocabulary: &Vocabulary) -> Option<(usize, String, Light)> {
    let ends = text.match_indices([')', ';', '/']).map(|(at, sign)| at + sign.len());
    ends.filter_map(|end| {
        let at = end + (text[end..].len() - text[end..].trim_start().len());
        let word: String = text[at..].chars().take_while(|c| c.is_alphanumeric()).collect();
        let light = vocabulary.light(&word.to_lowercase()).filter(|_| word.starts_with(char::is_uppercase))?;
        let next = text[at + word.len()..].trim_start();
        (next.is_empty() || next.starts_with([':', ';', ',', '.', '('])).then_some((at, word, light))
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Node;

    fn cell(paragraphs: Vec<Vec<Inline>>) -> Cell {
        Cell {
            nodes: paragraphs
                .into_iter()
                .map(|inlines| Node::Paragraph(Paragraph { inlines, ..Paragraph::default() }))
                .collect(),
            ..Cell::default()
        }
    }

    fn text(text: &str) -> Inline {
        Inline::Text(Span { text: text.to_owned(), ..Span::default() })
    }

    fn ellipse(hex: &str) -> Inline {
        Inline::Mark(Mark::Ellipse { fill: Rgb::from_hex(hex), size: (17.0, 17.0), alt: None })
    }

    fn read_cell(cell: &Cell) -> (Vec<(Light, Option<String>)>, String, usize) {
        let read = read(cell, None, &Vocabulary::standard().unwrap());
        let lights = read.status.lights.into_iter().map(|light| (light.light, light.label)).collect();
        (lights, crate::model::blocks_text(&read.status.text), read.warnings.len())
    }

    #[test]
    fn a_lights_own_name_ends_before_a_capital() {
        let closed = |words: &str| {
            let mark = Inline::Mark(Mark::CheckBox { checked: true });
            read_cell(&cell(vec![vec![mark, text(words)]]))
        };
        let (lights, words, _) = closed("Avslutad Avvaktar nationellt besked");
        assert_eq!(lights[0].0, Light::Closed);
        let said = format!("{}{words}", lights[0].1.clone().unwrap_or_default());
        assert_eq!(said, "Avvaktar nationellt besked");
        let (lights, words, _) = closed("Avslutad i Kalmar");
        assert_eq!(format!("{}{words}", lights[0].1.clone().unwrap_or_default()), "Avslutad i Kalmar");
    }

    #[test]
    fn a_light_takes_the_text_beside_it_and_no_other() {
        let cell = cell(vec![vec![ellipse("00B050"), text("(Human)")], vec![text("EJ PÅBÖRJAD")]]);
        assert_eq!(read_cell(&cell), (vec![(Light::Green, Some("(Human)".into()))], "EJ PÅBÖRJAD".into(), 0));
    }

    #[test]
    fn a_lights_own_name_beside_it_is_no_label() {
        for (said, label) in [
            (" Grön", None),
            ("Grönt (Human)", Some("(Human)")),
            (" Gul", Some("Gul")),
            (" Grön zon", Some("Grön zon")),
        ] {
            let cell = cell(vec![vec![ellipse("00B050"), text(said)]]);
            assert_eq!(read_cell(&cell).0, [(Light::Green, label.map(str::to_owned))], "{said}");
        }
    }

    #[test]
    fn labels_before_or_after_their_lights() {
        let after = cell(vec![vec![ellipse("FF0000"), text(" Lab, "), ellipse("FFC000"), text(" Rtg")]]);
        assert_eq!(read_cell(&after).0, [(Light::Red, Some("Lab".into())), (Light::Yellow, Some("Rtg".into()))]);
        let before = cell(vec![vec![text("Lab "), ellipse("FF0000")]]);
        assert_eq!(read_cell(&before).0, [(Light::Red, Some("Lab".into()))]);
    }

    #[test]
    fn two_words_with_their_labels_in_one_line() {
        let two = cell(vec![vec![text("Gul (Barn) Röd (Vuxna)")]]);
        assert_eq!(read_cell(&two).0, [(Light::Yellow, Some("(Barn)".into())), (Light::Red, Some("(Vuxna)".into()))]);
        let one = cell(vec![vec![text("Gul (Barn) Grönt ljus väntas")]]);
        assert_eq!(read_cell(&one).0, [(Light::Yellow, Some("(Barn) Grönt ljus väntas".into()))]);
    }

    #[test]
    fn every_form_of_a_light() {
        let coloured = Inline::Text(Span { text: "●".into(), colour: Rgb::from_hex("92D050"), ..Span::default() });
        for (inlines, light) in [
            (vec![coloured], Light::Green),
            (vec![text("🟡")], Light::Yellow),
            (vec![text("Röd")], Light::Red),
            (vec![text("GUL (Molekylär)")], Light::Yellow),
            (vec![text("☒ Avslutad")], Light::Closed),
            (vec![Inline::Mark(Mark::CheckBox { checked: true })], Light::Closed),
        ] {
            assert_eq!(read_cell(&cell(vec![inlines])).0[0].0, light);
        }
        let filled = Cell { fill: Rgb::from_hex("FFFF00"), ..Cell::default() };
        assert_eq!(read_cell(&filled).0, [(Light::Yellow, None)]);
    }

    #[test]
    fn what_is_only_said_gives_no_light() {
        for said in ["Pågår enligt plan", "Grönt ljus från ledningen väntas", "☐ Avslutad", "Rödlistad", "Avslutad"]
        {
            let read = read_cell(&cell(vec![vec![text(said)]]));
            assert_eq!((read.0.len(), read.1.as_str()), (0, said));
        }
    }

    #[test]
    fn colours_that_are_no_lights_are_said() {
        let (lights, _, warnings) = read_cell(&cell(vec![vec![ellipse("0070C0")]]));
        assert_eq!((lights.len(), warnings), (0, 1));
        assert_eq!(nearest(Rgb::new(0xed, 0x7d, 0x31)), Some(Light::Yellow));
        assert_eq!(nearest(Rgb::new(128, 128, 128)), None);
    }

    #[test]
    fn a_fill_that_the_whole_row_has_says_nothing() {
        let filled = Cell { fill: Rgb::from_hex("E2EFDA"), ..Cell::default() };
        let read = read(&filled, filled.fill, &Vocabulary::standard().unwrap());
        assert!(read.status.is_empty());
    }
}
