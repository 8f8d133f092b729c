//! The lights of a status cell, in every form in which people put them there.

use std::ops::Range;

use super::spans::{Id, Spans};
use super::story::{Kind, Story};
use crate::interpret::{Layout, light_of};
use crate::model::Light;
use crate::page::Rgb;

/// Something in a status cell that may be a light.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    /// The token it is, or for a word its letters.
    pub(super) tokens: Range<usize>,
    pub(super) form: Form,
    /// The light that it shows; nothing where its colour comes from somewhere else (a theme, a style).
    pub(super) light: Option<Light>,
    /// The line it stands in, by its number.
    pub(super) line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A drawn shape.
    Drawn,
    /// A sign of a symbol font that has a colour.
    Symbol,
    /// A geometric sign that has a colour.
    Coloured,
    Emoji(char),
    /// The colour's name.
    Word(String),
    /// A ticked box, or another sign for what is closed.
    Ticked,
    /// A box that is not ticked.
    Empty,
}

/// Emoji of one make, by light.
const EMOJI: [[char; 3]; 3] = [['🟢', '🟡', '🔴'], ['🟩', '🟨', '🟥'], ['💚', '💛', '❤']];

/// The emoji of the same make for another light.
pub(super) fn emoji_like(c: char, light: Light) -> Option<char> {
    let make = EMOJI.iter().find(|make| make.contains(&c)).unwrap_or(&EMOJI[0]);
    match light {
        Light::Green => Some(make[0]),
        Light::Yellow => Some(make[1]),
        Light::Red => Some(make[2]),
        Light::Closed => None,
    }
}

fn emoji(c: char) -> Option<Light> {
    match c {
        '🟢' | '🟩' | '💚' => Some(Light::Green),
        '🟡' | '🟨' | '💛' => Some(Light::Yellow),
        '🔴' | '🟥' | '⛔' => Some(Light::Red),
        _ => None,
    }
}

/// Signs that say that an item is closed.
fn is_tick(c: char) -> bool {
    matches!(c, '☑' | '☒' | '✅' | '🗹' | '🗷' | '🗵' | '✔' | '✓' | '❎')
}

fn is_geometric(c: char) -> bool {
    matches!(c, '\u{25a0}'..='\u{25ff}' | '•' | '⬤' | '⚫' | '⚪' | '★' | '☆' | '⬛' | '⬜' | '\u{2b1b}'..='\u{2b58}' | '❚')
}

/// All signs of a story, in order.
pub(super) fn find(spans: &Spans<'_>, story: &Story, layout: &Layout) -> Vec<Sign> {
    let mut signs = Vec::new();
    for (number, line) in story.lines().into_iter().enumerate() {
        let before = signs.len();
        for at in line.clone() {
            if let Some((form, light)) = sign(spans, story, at) {
                signs.push(Sign { tokens: at..at + 1, form, light, line: number });
            }
        }
        let is_light = |sign: &Sign| sign.form != Form::Empty && sign.light.is_some();
        if !signs[before..].iter().any(is_light)
            && let Some((tokens, word, light)) = word(story, line, layout)
        {
            signs.push(Sign { tokens, form: Form::Word(word), light: Some(light), line: number });
        }
    }
    signs
}

fn sign(spans: &Spans<'_>, story: &Story, at: usize) -> Option<(Form, Option<Light>)> {
    let token = &story.tokens[at];
    match token.kind {
        Kind::Box => Some(if box_is_ticked(spans, token.node) {
            (Form::Ticked, Some(Light::Closed))
        } else {
            (Form::Empty, None)
        }),
        Kind::FormBox => {
            let state = |name| spans.descendants(token.node).find(|&id| spans.is(id, name));
            let on = |id: Id| !matches!(spans.value(id, "val"), Some("0" | "false" | "off"));
            let ticked = state("checked").or_else(|| state("default")).is_some_and(on);
            Some(if ticked { (Form::Ticked, Some(Light::Closed)) } else { (Form::Empty, None) })
        }
        Kind::Object if spans.local(token.node) == "sym" => {
            let code = spans.value(token.node, "char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0);
            match code & 0xff {
                0xfe | 0xfd | 0xfc | 0x52 | 0x53 | 0x54 | 0x78 => Some((Form::Ticked, Some(Light::Closed))),
                0x6f | 0xa8 | 0x70..=0x72 => Some((Form::Empty, None)),
                _ => Some((Form::Symbol, light_of(run_colour(spans, token.run)?))),
            }
        }
        Kind::Object => Some((Form::Drawn, drawn_colour(spans, token.node)?)),
        Kind::Char(c) => match c {
            c if emoji(c).is_some() => Some((Form::Emoji(c), emoji(c))),
            c if is_tick(c) => Some((Form::Ticked, Some(Light::Closed))),
            '☐' => Some((Form::Empty, None)),
            c if is_geometric(c) => Some((Form::Coloured, run_colour(spans, token.run).and_then(light_of))),
            _ => None,
        },
        _ => None,
    }
}

fn box_is_ticked(spans: &Spans<'_>, control: Id) -> bool {
    let checked = spans.descendants(control).find(|&id| spans.local(id) == "checked");
    checked.is_some_and(|id| !matches!(spans.value(id, "val"), Some("0" | "false" | "off")))
}

/// The colour that a run gives its text itself.
fn run_colour(spans: &Spans<'_>, run: Id) -> Option<Rgb> {
    let colour = spans.child(spans.child(run, "rPr")?, "color")?;
    Rgb::from_hex(spans.value(colour, "val")?)
}

/// What a drawing shows: a light, a fill that cannot be told here (`Some(None)`), or no fill at all.
fn drawn_colour(spans: &Spans<'_>, node: Id) -> Option<Option<Light>> {
    for id in spans.descendants(node) {
        match spans.local(id) {
            "spPr" => {
                for fill in spans.children(id) {
                    match spans.local(fill) {
                        "solidFill" => return Some(solid(spans, fill)),
                        "noFill" => return None,
                        _ => {}
                    }
                }
            }
            "fillRef" if !matches!(spans.value(id, "idx"), Some("0")) => return Some(None),
            "oval" | "rect" | "roundrect" | "shape" => {
                if let Some(colour) = spans.value(id, "fillcolor") {
                    return Some(vml_colour(colour).and_then(light_of));
                }
            }
            _ => {}
        }
    }
    None
}

fn solid(spans: &Spans<'_>, fill: Id) -> Option<Light> {
    let colour = spans.children(fill).find(|&id| spans.local(id) == "srgbClr")?;
    light_of(Rgb::from_hex(spans.value(colour, "val")?)?)
}

fn vml_colour(colour: &str) -> Option<Rgb> {
    let first = colour.split_whitespace().next()?;
    match first {
        "red" => Some(Rgb::new(255, 0, 0)),
        "yellow" => Some(Rgb::new(255, 255, 0)),
        "green" => Some(Rgb::new(0, 128, 0)),
        "lime" => Some(Rgb::new(0, 255, 0)),
        _ => {
            let hex = first.strip_prefix('#')?;
            if hex.len() == 3 {
                Rgb::from_hex(&hex.chars().flat_map(|c| [c, c]).collect::<String>())
            } else {
                Rgb::from_hex(hex)
            }
        }
    }
}

/// The colour's name at the start of a line, alone or followed by a sign.
fn word(story: &Story, line: Range<usize>, layout: &Layout) -> Option<(Range<usize>, String, Light)> {
    let char_at = |at: usize| if let Kind::Char(c) = story.tokens[at].kind { Some(c) } else { None };
    let from = line.clone().find(|&at| char_at(at).is_some_and(|c| !c.is_whitespace()))?;
    let letters = (from..line.end).take_while(|&at| char_at(at).is_some_and(char::is_alphanumeric));
    let end = letters.last().map(|last| last + 1)?;
    let word = story.text(from..end);
    let light = layout.light(&word)?;
    let rest = story.text(end..line.end);
    let next = rest.trim_start();
    let alone = next.is_empty() || next.starts_with([':', ';', ',', '.', '(', '–', '!']) || rest.starts_with(" -");
    alone.then_some((from..end, word, light))
}

/// Which signs are the lights that the model has, one for each.
pub(super) fn matching(signs: &[Sign], lights: &[Light]) -> Option<Vec<usize>> {
    let shown = |sign: &Sign| sign.form != Form::Empty && sign.light.is_some();
    let exact: Vec<usize> = (0..signs.len()).filter(|&at| shown(&signs[at])).collect();
    if exact.len() == lights.len() && exact.iter().zip(lights).all(|(&at, light)| signs[at].light == Some(*light)) {
        return Some(exact);
    }
    // Some colours come from a theme or a style: those may be any light.
    let mut found = Vec::with_capacity(lights.len());
    let mut from = 0;
    for light in lights {
        let fits = |sign: &Sign| sign.form != Form::Empty && sign.light.is_none_or(|known| known == *light);
        let at = from + signs[from..].iter().position(fits)?;
        found.push(at);
        from = at + 1;
    }
    let left = exact.iter().any(|at| !found.contains(at));
    (!left).then_some(found)
}
