//! A paragraph of a slide: its pieces, its height, its XML.

use super::notes::Notes;
use crate::model::{Block, BlockKind, Entry, Light, Status};
use crate::write::docx::link;
use crate::write::metrics::{self, Stretch};
use crate::write::shown;
use crate::write::template::xml::escape_into;

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// In points.
    pub(super) size: f64,
    /// Space before a paragraph.
    pub(super) before: f64,
    /// How far in a list's point stands, for each level.
    pub(super) indent: f64,
}

impl Setting {
    /// From line to line, in points; given to the program, so that every one breaks pages alike.
    pub(super) fn pitch(self) -> f64 {
        self.size * 1.2
    }
}

/// A table's text.
pub(super) const CELL: Setting = Setting { size: 10.0, before: 1.5, indent: 9.0 };
/// A page's text.
pub(super) const PAGE: Setting = Setting { size: 16.0, before: 4.0, indent: 18.0 };
/// What a light takes of its line, in points.
pub(super) const LIGHT: f64 = 14.0;

/// A stretch of text with one look.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    text: String,
    bold: bool,
    italic: bool,
    link: Option<String>,
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// For a list's point its depth.
    bullet: Option<u8>,
    pieces: Vec<Piece>,
    /// The light that is drawn before it.
    pub(super) light: Option<Light>,
    quiet: bool,
}

impl Line {
    pub(super) fn plain(text: String) -> Self {
        Self { pieces: vec![Piece { text, bold: false, italic: false, link: None }], ..Self::default() }
    }

    pub(super) fn bold(text: String) -> Self {
        Self { pieces: vec![Piece { text, bold: true, italic: false, link: None }], ..Self::default() }
    }

    /// The mark on a row that goes on from the slide before.
    pub(super) fn continued() -> Self {
        let piece = Piece { text: "(forts.)".to_owned(), bold: false, italic: true, link: None };
        Self { pieces: vec![piece], quiet: true, ..Self::default() }
    }

    fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.trim().is_empty())
    }

    fn indent(&self, setting: Setting) -> f64 {
        match (self.bullet, self.light) {
            (Some(level), _) => setting.indent * f64::from(level.min(8) + 1),
            (None, Some(_)) => LIGHT,
            (None, None) => 0.0,
        }
    }

    /// How many lines it takes in a column of this width, in points.
    fn rows(&self, setting: Setting, width: f64) -> usize {
        let stretches: Vec<Stretch<'_>> =
            self.pieces.iter().map(|piece| Stretch { text: &piece.text, bold: piece.bold }).collect();
        // A little narrower than it is: programs round widths in their own ways.
        metrics::lines(&stretches, setting.size, width * 0.98 - self.indent(setting))
    }

    /// Its height with the space before it, in points.
    pub(super) fn height(&self, setting: Setting, width: f64) -> f64 {
        self.rows(setting, width) as f64 * setting.pitch() + setting.before
    }

    /// Cuts it between words so that the first part is no higher than this; none where nothing fits.
    pub(super) fn cut(&self, setting: Setting, width: f64, height: f64) -> Option<(Self, Self)> {
        let all: Vec<(usize, char)> = self
            .pieces
            .iter()
            .enumerate()
            .flat_map(|(index, piece)| piece.text.chars().map(move |c| (index, c)))
            .collect();
        // No sign is narrower than a fifth of its height: more than these never fit.
        let rows = (height / setting.pitch()).floor();
        let most = ((rows * width / (setting.size * 0.2)) as usize).min(all.len());
        let (mut low, mut high) = (0, most);
        while low < high {
            let middle = (low + high).div_ceil(2);
            if self.part(&all[..middle]).height(setting, width) <= height {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        let blank = all[..low].iter().rposition(|(_, c)| c.is_whitespace()).map(|at| at + 1);
        let at = blank.filter(|&at| at > low / 2).unwrap_or(low);
        if at == 0 || at == all.len() {
            return None;
        }
        let rest = Self { light: None, ..self.part(&all[at..]) };
        Some((self.part(&all[..at]), rest)).filter(|(head, rest)| !head.is_blank() && !rest.is_blank())
    }

    fn part(&self, signs: &[(usize, char)]) -> Self {
        let mut pieces: Vec<(usize, Piece)> = Vec::new();
        for &(index, c) in signs {
            match pieces.last_mut().filter(|(own, _)| *own == index) {
                Some((_, piece)) => piece.text.push(c),
                None => pieces.push((index, Piece { text: c.to_string(), ..self.pieces[index].clone() })),
            }
        }
        Self { pieces: pieces.into_iter().map(|(_, piece)| piece).collect(), ..self.clone() }
    }

    /// Its XML. `links` collects the addresses; a link's id is its place among them.
    pub(super) fn write(&self, setting: Setting, heading: bool, links: &mut Vec<String>, out: &mut String) {
        // In hundredths of points, and in the units of drawings.
        let units = |points: f64| (points * 12_700.0).round() as i64;
        let size = (setting.size * 100.0).round() as i64;
        let before = (setting.before * 100.0).round() as i64;
        let left = units(self.indent(setting));
        let hang = if self.bullet.is_some() { -units(setting.indent) } else { 0 };
        let level = self.bullet.map(|level| format!(" lvl=\"{}\"", level.min(8))).unwrap_or_default();
        out.push_str(&format!("<a:p><a:pPr marL=\"{left}\" indent=\"{hang}\"{level}>"));
        let pitch = (setting.pitch() * 100.0).round() as i64;
        out.push_str(&format!("<a:lnSpc><a:spcPts val=\"{pitch}\"/></a:lnSpc>"));
        out.push_str(&format!("<a:spcBef><a:spcPts val=\"{before}\"/></a:spcBef>"));
        out.push_str(match self.bullet {
            Some(_) => "<a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/></a:pPr>",
            None => "<a:buNone/></a:pPr>",
        });
        for piece in &self.pieces {
            let target = piece.link.as_deref().and_then(link::target);
            let mut properties = format!(" lang=\"sv-SE\" sz=\"{size}\"");
            if piece.bold || heading {
                properties.push_str(" b=\"1\"");
            }
            if piece.italic {
                properties.push_str(" i=\"1\"");
            }
            let colour = match () {
                () if heading => "<a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill>",
                () if self.quiet => "<a:solidFill><a:srgbClr val=\"595959\"/></a:solidFill>",
                () => "",
            };
            let link = target.map(|target| {
                let index = links.iter().position(|known| *known == target).unwrap_or_else(|| {
                    links.push(target);
                    links.len() - 1
                });
                format!("<a:hlinkClick r:id=\"rIdLink{}\"/>", index + 1)
            });
            let inner = format!("{colour}{}", link.unwrap_or_default());
            for (index, text) in piece.text.split('\n').enumerate() {
                if index > 0 {
                    out.push_str("<a:br/>");
                }
                if !text.is_empty() {
                    out.push_str(&format!("<a:r><a:rPr{properties}>{inner}</a:rPr><a:t>"));
                    escape_into(text, out);
                    out.push_str("</a:t></a:r>");
                }
            }
        }
        out.push_str(&format!("<a:endParaRPr lang=\"sv-SE\" sz=\"{size}\"/></a:p>"));
    }
}

/// Paragraphs and points.
pub(super) fn of<'b>(blocks: impl IntoIterator<Item = &'b Block>, notes: &mut Notes) -> Vec<Line> {
    let line = |block: &Block, notes: &mut Notes| {
        let mut pieces = Vec::with_capacity(block.runs.len());
        for run in block.runs.iter().filter(|run| !run.text.is_empty()) {
            if let Some(link) = run.link.as_deref().filter(|link| link::target(link).is_none()) {
                notes.bad_link(link);
            }
            let text = notes.clean(&run.text);
            pieces.push(Piece { text, bold: run.bold, italic: run.italic, link: run.link.clone() });
        }
        Line { bullet: (block.kind == BlockKind::Bullet).then_some(block.level), pieces, ..Line::default() }
    };
    blocks.into_iter().map(|block| line(block, notes)).filter(|line| !line.is_blank()).collect()
}

/// Entries one after another: the date begins the entry's first paragraph, or stands alone before a list.
pub(super) fn follow_up(entries: &[Entry], notes: &mut Notes) -> Vec<Line> {
    let mut all = Vec::new();
    for entry in entries {
        let mut text = of(&entry.text, notes);
        if let Some(date) = shown::date(entry) {
            let date = Line::bold(notes.clean(&date));
            match text.first_mut().filter(|first| first.bullet.is_none()) {
                Some(first) => {
                    let blank = Line::plain(" ".to_owned());
                    first.pieces.splice(0..0, date.pieces.into_iter().chain(blank.pieces));
                }
                None => text.insert(0, date),
            }
        }
        all.append(&mut text);
    }
    all
}

/// The lights by their names, then the text.
pub(super) fn status(status: &Status, notes: &mut Notes) -> Vec<Line> {
    let mut all: Vec<Line> = status
        .lights
        .iter()
        .map(|light| {
            let words = notes.clean(&shown::light_with_label(light));
            match light.light {
                // A ticked box is a sign of its own.
                Light::Closed => Line::plain(format!("☒ {words}")),
                drawn => Line { light: Some(drawn), ..Line::plain(words) },
            }
        })
        .collect();
    all.extend(of(&status.text, notes));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_fits_and_nothing_is_lost() {
        let text = "ord och fler ord ".repeat(400);
        let line = Line::plain(text.trim().to_owned());
        let (head, rest) = line.cut(CELL, 150.0, 100.0).unwrap();
        assert!(head.height(CELL, 150.0) <= 100.0);
        assert_eq!(format!("{}{}", head.pieces[0].text, rest.pieces[0].text), text.trim());
        assert!(Line::plain("kort".to_owned()).cut(CELL, 150.0, 100.0).is_none());
        assert!(line.cut(CELL, 150.0, 5.0).is_none());
    }
}
