//! Another status in a status cell: lights changed in their own form, or put in in the form of the neighbours.

use std::ops::Range;

use super::editor::{Editor, NewParagraph};
use super::look::Look;
use super::signs::{self, Form, Sign};
use super::spans::{Id, Spans};
use super::story::{Kind, Story};
use crate::interpret::Layout;
use crate::interpret::light_of;
use crate::model::{Light, Run, StatusLight};
use crate::page::Rgb;
use crate::write::docx::light;
use crate::write::template::xml::escape;

/// What the document's lights look like.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    green: Option<String>,
    yellow: Option<String>,
    red: Option<String>,
    /// A run that shows a light, to be copied: its text, its form and the light.
    example: Option<(String, Form, Light)>,
    /// Lights are the cells' own fill.
    fills: bool,
    /// The light's name stands beside it.
    named: bool,
    /// Cells have boxes that are to be ticked.
    boxes: bool,
}

/// The tick that closes an item where the file has no box.
const TICK: &str = "☒";

impl Palette {
    /// Learns from a cell with one light.
    pub(super) fn learn(
        &mut self,
        spans: &Spans<'_>,
        story: &Story,
        signs: &[Sign],
        lights: &[StatusLight],
        layout: &Layout,
    ) {
        self.boxes |= signs.iter().any(|sign| sign.form == Form::Empty);
        let [light] = lights else { return };
        let shown: Vec<&Sign> = signs.iter().filter(|sign| sign.form != Form::Empty).collect();
        match shown.as_slice() {
            [] => {
                if let Some(hex) = story.cells.first().and_then(|&cell| fill(spans, cell)) {
                    self.fills = true;
                    self.colour(light.light).get_or_insert(hex);
                }
            }
            [sign] => {
                if let Some(hex) = colour_of(spans, story, sign) {
                    self.colour(light.light).get_or_insert(hex);
                }
                let token = &story.tokens[sign.tokens.start];
                let alone = story.tokens.iter().filter(|other| other.run == token.run).count() == sign.tokens.len();
                let run = spans.source(token.run);
                // What hangs at a place of the page cannot be copied to another cell.
                let movable = !run.contains("relativeFrom=\"page\"") && !run.contains("relativeFrom=\"margin\"");
                if alone && movable && light.light != Light::Closed && self.example.is_none() {
                    let (tag, whole) = (spans.tag(token.run), spans.whole(token.run));
                    let w = &spans.w;
                    let declared = spans.declarations(token.run);
                    let run = format!("<{w}r{declared}>{}", &spans.text[tag.end..whole.end]);
                    self.example = Some((run, sign.form.clone(), light.light));
                    let line = story.lines().into_iter().nth(sign.line).unwrap_or_default();
                    let beside = story.text(sign.tokens.end..line.end.max(sign.tokens.end));
                    let word = beside.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
                    self.named = word.is_some_and(|word| layout.named(word) == Some(light.light));
                }
            }
            _ => {}
        }
    }

    /// Whether cells have boxes that are to be ticked.
    pub(super) fn has_boxes(&self) -> bool {
        self.boxes
    }

    fn colour(&mut self, light: Light) -> &mut Option<String> {
        match light {
            Light::Green => &mut self.green,
            Light::Yellow => &mut self.yellow,
            Light::Red | Light::Closed => &mut self.red,
        }
    }

    /// The colour that the document, or else Word, has for a light.
    pub(super) fn hex(&self, light: Light) -> String {
        let (own, word) = match light {
            Light::Green => (&self.green, "00B050"),
            Light::Yellow => (&self.yellow, "FFC000"),
            Light::Red | Light::Closed => (&self.red, "FF0000"),
        };
        // Where one light is of the standard document, the others are, too.
        let lights = [(&self.green, Light::Green), (&self.yellow, Light::Yellow), (&self.red, Light::Red)];
        let standard = lights.into_iter().any(|(own, light)| own.as_deref() == Some(light::colours(light).0));
        own.clone().unwrap_or_else(|| if standard { light::colours(light).0 } else { word }.to_owned())
    }
}

/// The colour of a sign as hex, where it is written with it.
fn colour_of(spans: &Spans<'_>, story: &Story, sign: &Sign) -> Option<String> {
    let token = &story.tokens[sign.tokens.start];
    match sign.form {
        Form::Coloured | Form::Symbol => {
            let colour = spans.child(spans.child(token.run, "rPr")?, "color")?;
            spans.value(colour, "val").map(str::to_owned)
        }
        Form::Drawn => spans
            .descendants(token.node)
            .find(|&id| spans.local(id) == "srgbClr" && in_fill(spans, id))
            .and_then(|id| spans.value(id, "val"))
            .map(str::to_owned),
        _ => None,
    }
}

/// Whether a colour is a shape's own fill, not its line's.
fn in_fill(spans: &Spans<'_>, colour: Id) -> bool {
    let fill = spans.parent(colour).filter(|&fill| spans.local(fill) == "solidFill");
    fill.and_then(|fill| spans.parent(fill)).is_some_and(|owner| spans.local(owner) == "spPr")
}

/// A cell's fill as hex.
pub(super) fn fill(spans: &Spans<'_>, cell: Id) -> Option<String> {
    let shading = spans.child(spans.child(cell, "tcPr")?, "shd")?;
    spans.value(shading, "fill").filter(|fill| fill.len() == 6).map(str::to_owned)
}

/// A status cell that is being changed.
pub(super) struct LightEdit<'t> {
    pub(super) story: &'t Story,
    pub(super) signs: &'t [Sign],
    /// The signs that are the old lights.
    pub(super) matched: &'t [usize],
    pub(super) palette: &'t Palette,
    pub(super) layout: &'t Layout,
    /// The look of the cell's words.
    pub(super) look: &'t Look,
}

impl LightEdit<'_> {
    /// Makes the old lights the new ones.
    pub(super) fn apply(
        &self,
        editor: &mut Editor<'_, '_>,
        old: &[StatusLight],
        new: &[StatusLight],
    ) -> Result<(), ()> {
        for (number, (was, is)) in old.iter().zip(new).enumerate() {
            let sign = &self.signs[self.matched[number]];
            if was.light != is.light {
                self.change(editor, sign, was.light, is.light);
            }
            if was.label != is.label {
                self.label(editor, sign, was, is.label.as_deref());
            }
        }
        for (number, gone) in old.iter().enumerate().skip(new.len()) {
            let sign = &self.signs[self.matched[number]];
            self.remove(editor, sign, gone);
        }
        for light in new.iter().skip(old.len()) {
            self.add(editor, light)?;
        }
        Ok(())
    }

    fn empty_box(&self) -> Option<&Sign> {
        self.signs.iter().find(|sign| sign.form == Form::Empty)
    }

    /// Shows another light in a sign's place, in the sign's own form where that can show it.
    fn change(&self, editor: &mut Editor<'_, '_>, sign: &Sign, from: Light, to: Light) {
        if to == Light::Closed {
            match self.empty_box() {
                Some(empty) => {
                    self.set_box(editor, empty, true);
                    self.own_name(editor, sign, from, None);
                    self.delete_sign(editor, sign);
                }
                None => {
                    self.own_name(editor, sign, from, Some(to));
                    let run = self.tick(editor);
                    self.exchange(editor, sign, &run);
                }
            }
            return;
        }
        if !matches!(sign.form, Form::Ticked) || !self.palette.boxes {
            // What is put in for a box brings its name with it.
            self.own_name(editor, sign, from, Some(to).filter(|_| sign.form != Form::Ticked));
        }
        let spans = editor.spans;
        let token = &self.story.tokens[sign.tokens.start];
        let hex = self.palette.hex(to);
        match &sign.form {
            Form::Drawn => {
                let node = recoloured(spans, token.node, &hex, from, to, self.layout);
                if editor.is_tracked() || self.tokens_of(token.run) > 1 {
                    let node = self.copied(editor, &node);
                    let run = with_content(spans, token.run, &node, None);
                    self.exchange(editor, sign, &run);
                } else {
                    editor.replace(spans.whole(token.node), node);
                }
            }
            Form::Symbol => {
                let run = with_content(spans, token.run, spans.source(token.node), Some(&hex));
                self.exchange(editor, sign, &run);
            }
            Form::Coloured => {
                let text = self.story.text(sign.tokens.clone());
                let content = text_element(&spans.w, &text);
                self.exchange(editor, sign, &with_content(spans, token.run, &content, Some(&hex)));
            }
            Form::Emoji(c) => {
                let emoji = signs::emoji_like(*c, to).unwrap_or('●').to_string();
                let content = text_element(&spans.w, &emoji);
                self.exchange(editor, sign, &with_content(spans, token.run, &content, None));
            }
            Form::Word(word) => {
                let content = text_element(&spans.w, &word_like(self.layout, word, from, to));
                self.exchange(editor, sign, &with_content(spans, token.run, &content, None));
            }
            Form::Ticked | Form::Empty => {
                // A box that has words of its own beside it stays, without its tick.
                let line = self.line(sign);
                let words = self.story.text(line).chars().any(char::is_alphanumeric);
                if words && self.palette.boxes {
                    self.set_box(editor, sign, false);
                    let runs = self.light_runs(editor, to, None);
                    let node = self.story.paragraphs[token.paragraph].node;
                    let properties = editor.properties(node).unwrap_or_default();
                    let new = NewParagraph { properties: properties.0, mark: properties.1, runs };
                    editor.paragraphs_before(node, &[new]);
                } else {
                    let runs = self.light_runs(editor, to, None);
                    self.exchange(editor, sign, &runs);
                }
            }
        }
    }

    fn tokens_of(&self, run: Id) -> usize {
        self.story.tokens.iter().filter(|token| token.run == run).count()
    }

    fn line(&self, sign: &Sign) -> Range<usize> {
        self.story.lines().into_iter().nth(sign.line).unwrap_or(sign.tokens.clone())
    }

    /// Puts runs in a sign's place.
    fn exchange(&self, editor: &mut Editor<'_, '_>, sign: &Sign, runs: &str) {
        editor.delete(self.story, sign.tokens.clone());
        let paragraph = self.story.tokens[sign.tokens.start].paragraph;
        editor.insert(self.story, paragraph, sign.tokens.end, runs);
    }

    fn delete_sign(&self, editor: &mut Editor<'_, '_>, sign: &Sign) {
        let paragraph = self.story.tokens[sign.tokens.start].paragraph;
        let tokens = self.story.paragraphs[paragraph].tokens.clone();
        let rest_is_blank =
            self.story.is_blank(tokens.start..sign.tokens.start) && self.story.is_blank(sign.tokens.end..tokens.end);
        if rest_is_blank {
            editor.delete_paragraph(self.story, paragraph);
        } else {
            editor.delete(self.story, sign.tokens.clone());
        }
    }

    /// The light's own name beside its sign goes with the light.
    fn own_name(&self, editor: &mut Editor<'_, '_>, sign: &Sign, from: Light, to: Option<Light>) {
        if matches!(sign.form, Form::Word(_)) {
            return;
        }
        let Some(place) = self.name_beside(sign, from) else { return };
        let (first, last) = (place.start, place.end - 1);
        let word = self.story.text(place);
        let paragraph = self.story.tokens[first].paragraph;
        editor.delete(self.story, first..last + 1);
        if let Some(to) = to {
            let content = text_element(&editor.spans.w, &word_like(self.layout, &word, from, to));
            let run = with_content(editor.spans, self.story.tokens[first].run, &content, None);
            editor.insert(self.story, paragraph, last + 1, &run);
        }
    }

    /// Where the light's own name stands beside its sign.
    fn name_beside(&self, sign: &Sign, light: Light) -> Option<Range<usize>> {
        let is_letter = |at: &usize| matches!(self.story.tokens[*at].kind, Kind::Char(c) if c.is_alphanumeric());
        let end = self.line(sign).end;
        let first = (sign.tokens.end..end).find(is_letter)?;
        let last = (first..end).take_while(is_letter).last()?;
        let word = self.story.text(first..last + 1);
        (self.layout.named(&word) == Some(light)).then_some(first..last + 1)
    }

    /// Exchanges the words beside a light.
    fn label(&self, editor: &mut Editor<'_, '_>, sign: &Sign, was: &StatusLight, new: Option<&str>) {
        let line = self.line(sign);
        if let Some(place) = was.label.as_deref().and_then(|old| self.find(line, sign, old)) {
            editor.delete(self.story, place);
        }
        if let Some(new) = new {
            let paragraph = self.story.tokens[sign.tokens.start].paragraph;
            let name = self.name_beside(sign, was.light);
            let between = if name.is_some() && !new.starts_with('(') { ": " } else { " " };
            let runs = self.look.runs(&editor.spans.w, &[Run::plain(format!("{between}{new}"))]);
            let at = name.map_or(sign.tokens.end, |name| name.end);
            editor.insert(self.story, paragraph, at, &runs);
        }
    }

    /// Where a label stands in its line.
    fn find(&self, line: Range<usize>, sign: &Sign, label: &str) -> Option<Range<usize>> {
        let wanted: Vec<char> = label.chars().filter(|c| !c.is_whitespace()).collect();
        let signs: Vec<(usize, char)> = line
            .filter(|at| !sign.tokens.contains(at))
            .filter_map(|at| match self.story.tokens[at].kind {
                Kind::Char(c) if !c.is_whitespace() => Some((at, c)),
                _ => None,
            })
            .collect();
        let found = signs
            .windows(wanted.len().max(1))
            .find(|window| window.iter().map(|(_, c)| *c).eq(wanted.iter().copied()))?;
        let mut from = found.first()?.0;
        // What parts it from the light goes with it.
        while from > sign.tokens.end && matches!(self.story.tokens[from - 1].kind, Kind::Char(' ' | ':' | '\u{a0}')) {
            from -= 1;
        }
        Some(from..found.last()?.0 + 1)
    }

    fn remove(&self, editor: &mut Editor<'_, '_>, sign: &Sign, gone: &StatusLight) {
        self.own_name(editor, sign, gone.light, None);
        let label = gone.label.as_deref().and_then(|label| self.find(self.line(sign), sign, label));
        let paragraph = self.story.tokens[sign.tokens.start].paragraph;
        let tokens = self.story.paragraphs[paragraph].tokens.clone();
        let left =
            tokens.filter(|at| !sign.tokens.contains(at) && label.as_ref().is_none_or(|label| !label.contains(at)));
        let blank = left.into_iter().all(|at| self.story.is_blank(at..at + 1));
        if blank {
            editor.delete_paragraph(self.story, paragraph);
            return;
        }
        editor.delete(self.story, sign.tokens.clone());
        label.into_iter().for_each(|label| editor.delete(self.story, label));
    }

    /// Puts a light in where there is none to change.
    fn add(&self, editor: &mut Editor<'_, '_>, light: &StatusLight) -> Result<(), ()> {
        if light.light == Light::Closed
            && let Some(empty) = self.empty_box()
        {
            self.set_box(editor, empty, true);
            return Ok(());
        }
        if self.palette.fills && light.light != Light::Closed && light.label.is_none() && self.matched.is_empty() {
            let cell = *self.story.cells.first().ok_or(())?;
            set_fill(editor, cell, &self.palette.hex(light.light));
            return Ok(());
        }
        let runs = self.light_runs(editor, light.light, light.label.as_deref());
        if let Some(&last) = self.matched.last() {
            let node = self.story.paragraphs[self.story.tokens[self.signs[last].tokens.start].paragraph].node;
            let (properties, mark) = editor.properties(node).unwrap_or_default();
            editor.paragraphs_after(node, vec![NewParagraph { properties, mark, runs }]);
            return Ok(());
        }
        let first = self.story.paragraphs.first().ok_or(())?;
        if self.story.is_blank(first.tokens.clone()) {
            editor.insert(self.story, 0, first.tokens.end, &runs);
            return Ok(());
        }
        let look =
            self.look.paragraphs(&editor.spans.w, &super::lines::of_blocks(&[crate::model::Block::default()]), false);
        let new = NewParagraph { runs, ..look.into_iter().next().unwrap_or_default() };
        editor.paragraphs_before(first.node, &[new]);
        Ok(())
    }

    /// A light in the form of the document's others, else as a coloured sign with its name.
    pub(super) fn light_runs(&self, editor: &mut Editor<'_, '_>, light: Light, label: Option<&str>) -> String {
        let w = editor.spans.w.clone();
        let named;
        let mut runs = match &self.palette.example {
            example if light == Light::Closed => {
                named = example.is_none() || self.palette.named;
                let name = self.layout.word(light).filter(|_| named).map(capitalised);
                let name = name.map(|name| self.look.runs(&w, &[Run::plain(format!("\u{a0}{name}"))]));
                format!("{}{}", self.tick(editor), name.unwrap_or_default())
            }
            Some((run, form, was)) => {
                named = self.palette.named && !matches!(form, Form::Word(_));
                let mut runs = self.like_example(editor, run, form, *was, light);
                if named {
                    let name = self.layout.word(light).map(capitalised).unwrap_or_default();
                    runs.push_str(&self.look.runs(&w, &[Run::plain(format!("\u{a0}{name}"))]));
                }
                runs
            }
            None => {
                named = true;
                let name = self.layout.word(light).map(capitalised).unwrap_or_default();
                let name = self.look.runs(&w, &[Run::plain(format!("\u{a0}{name}"))]);
                if editor.spans.is_strict() {
                    let hex = self.palette.hex(light);
                    format!("<{w}r><{w}rPr><{w}color {w}val=\"{hex}\"/></{w}rPr><{w}t>●</{w}t></{w}r>{name}")
                } else {
                    let number = editor.drawing();
                    format!("{}{name}", light::standalone_run(light, &w, number))
                }
            }
        };
        if let Some(label) = label {
            let between = if named && !label.starts_with('(') { ": " } else { " " };
            runs.push_str(&self.look.runs(&w, &[Run::plain(format!("{between}{label}"))]));
        }
        runs
    }

    /// A copy of another cell's light.
    fn like_example(&self, editor: &mut Editor<'_, '_>, run: &str, form: &Form, was: Light, light: Light) -> String {
        let w = editor.spans.w.clone();
        let hex = self.palette.hex(light);
        // The run stands alone here; its names are looked up by their endings.
        let declared = format!("<{w}p xmlns:{}=\"{}\">{run}</{w}p>", w.trim_end_matches(':'), super::spans::WORD[0]);
        let Ok(spans) = Spans::parse(&declared) else { return String::new() };
        let Some(run) = spans.ids().find(|&id| spans.local(id) == "r") else { return String::new() };
        match form {
            Form::Drawn => {
                let Some(node) = spans.children(run).find(|&id| spans.local(id) != "rPr") else { return String::new() };
                let node = recoloured(&spans, node, &hex, was, light, self.layout);
                let node = self.copied(editor, &node);
                with_content(&spans, run, &node, None)
            }
            Form::Symbol => {
                let Some(node) = spans.children(run).find(|&id| spans.local(id) == "sym") else { return String::new() };
                with_content(&spans, run, spans.source(node), Some(&hex))
            }
            Form::Coloured => {
                let text: String = spans
                    .children(run)
                    .filter(|&id| spans.local(id) == "t")
                    .map(|id| &spans.text[spans.inside(id)])
                    .collect();
                with_content(&spans, run, &format!("<{w}t xml:space=\"preserve\">{text}</{w}t>"), Some(&hex))
            }
            Form::Emoji(c) => {
                let emoji = signs::emoji_like(*c, light).unwrap_or('●').to_string();
                with_content(&spans, run, &text_element(&w, &emoji), None)
            }
            Form::Word(word) => {
                with_content(&spans, run, &text_element(&w, &word_like(self.layout, word, was, light)), None)
            }
            Form::Ticked | Form::Empty => String::new(),
        }
    }

    /// A drawing as a copy: with a number of its own, and without the marks that only one may have.
    fn copied(&self, editor: &mut Editor<'_, '_>, node: &str) -> String {
        let Ok(spans) = Spans::parse(node) else { return node.to_owned() };
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for id in spans.ids() {
            match spans.local(id) {
                "docPr" => {
                    if let Some((at, _)) = spans.attribute(id, "id") {
                        edits.push((at, editor.drawing().to_string()));
                    }
                }
                "inline" | "anchor" => {
                    for name in ["anchorId", "editId"] {
                        if let Some((at, _)) = spans.attribute(id, name) {
                            let from = spans.text[..at.start].rfind(' ').unwrap_or(at.start);
                            edits.push((from..at.end + 1, String::new()));
                        }
                    }
                }
                _ => {}
            }
        }
        super::editor::apply(node, edits)
    }

    fn tick(&self, editor: &Editor<'_, '_>) -> String {
        let w = &editor.spans.w;
        let font = ["ascii", "hAnsi", "eastAsia", "cs"].map(|kind| format!(" {w}{kind}=\"MS Gothic\"")).concat();
        format!("<{w}r><{w}rPr><{w}rFonts{font}/></{w}rPr><{w}t>{TICK}</{w}t></{w}r>")
    }

    /// Ticks a box, or takes its tick away.
    fn set_box(&self, editor: &mut Editor<'_, '_>, sign: &Sign, ticked: bool) {
        let spans = editor.spans;
        let token = &self.story.tokens[sign.tokens.start];
        match token.kind {
            Kind::Box => {
                let control = with_state(spans, token.node, ticked, editor.is_tracked());
                if editor.is_tracked() {
                    self.exchange(editor, sign, &control);
                } else {
                    editor.replace(spans.whole(token.node), control);
                }
            }
            Kind::FormBox => {
                let found = spans.descendants(token.node).find(|&id| spans.is(id, "checkBox"));
                let Some(found) = found else { return };
                let state = format!("<{}checked {}val=\"{}\"/>", spans.w, spans.w, u8::from(ticked));
                match spans.child(found, "checked") {
                    Some(old) => editor.replace(spans.whole(old), state),
                    None => {
                        let end = spans.inside(found).end;
                        editor.replace(end..end, state);
                    }
                }
            }
            _ => {
                let content = if spans.local(token.node) == "sym" {
                    let code = if ticked { "F0FE" } else { "F0A8" };
                    format!("<{w}sym {w}font=\"Wingdings\" {w}char=\"{code}\"/>", w = spans.w)
                } else {
                    text_element(&spans.w, if ticked { TICK } else { "☐" })
                };
                let run = with_content(spans, token.run, &content, None);
                self.exchange(editor, sign, &run);
            }
        }
    }
}

/// A content control with its box ticked or not; as a copy it has no number.
fn with_state(spans: &Spans<'_>, control: Id, ticked: bool, copy: bool) -> String {
    let whole = spans.whole(control);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut glyph = if ticked { TICK.to_owned() } else { "☐".to_owned() };
    for id in spans.descendants(control) {
        match spans.local(id) {
            "checked" => {
                if let Some((at, _)) = spans.attribute(id, "val") {
                    edits.push((at, u8::from(ticked).to_string()));
                }
            }
            "checkedState" if ticked => glyph = state_glyph(spans, id).unwrap_or(glyph),
            "uncheckedState" if !ticked => glyph = state_glyph(spans, id).unwrap_or(glyph),
            "id" if copy && spans.is(id, "id") => edits.push((spans.whole(id), String::new())),
            "t" => {
                let inside = spans.inside(id);
                let sign = spans.text[inside.clone()].chars().next().filter(|c| !c.is_alphanumeric() && *c != '&');
                if let Some(sign) = sign {
                    edits.push((inside.start..inside.start + sign.len_utf8(), escape(&glyph)));
                }
            }
            _ => {}
        }
    }
    for (at, _) in &mut edits {
        *at = at.start - whole.start..at.end - whole.start;
    }
    super::editor::apply(spans.source(control), edits)
}

fn state_glyph(spans: &Spans<'_>, state: Id) -> Option<String> {
    let code = u32::from_str_radix(spans.value(state, "val")?, 16).ok()?;
    char::from_u32(code).map(String::from)
}

/// A shape in another colour, with the colour's name exchanged in its text alternative.
fn recoloured(spans: &Spans<'_>, node: Id, hex: &str, from: Light, to: Light, layout: &Layout) -> String {
    let whole = spans.whole(node);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for id in std::iter::once(node).chain(spans.descendants(node)) {
        let prefix = &spans.text[spans.tag(id).start + 1..];
        let prefix = prefix.split_once(spans.local(id)).map_or("", |(prefix, _)| prefix);
        match spans.local(id) {
            "spPr" => {
                let fill = spans.children(id).find(|&fill| spans.local(fill) == "solidFill");
                let styled = spans.parent(id).is_some_and(|shape| {
                    spans
                        .descendants(shape)
                        .any(|inner| spans.local(inner) == "fillRef" && !matches!(spans.value(inner, "idx"), Some("0")))
                });
                match fill {
                    Some(fill) => {
                        let name = &spans.text[spans.tag(fill).start + 1..];
                        let a = name.split_once("solidFill").map_or("", |(a, _)| a);
                        edits.push((spans.inside(fill), format!("<{a}srgbClr val=\"{hex}\"/>")));
                    }
                    None if styled => {
                        let geometry =
                            spans.children(id).find(|&inner| matches!(spans.local(inner), "prstGeom" | "custGeom"));
                        if let Some(geometry) = geometry {
                            let name = &spans.text[spans.tag(geometry).start + 1..];
                            let a = name.split_once(spans.local(geometry)).map_or("", |(a, _)| a);
                            let end = spans.whole(geometry).end;
                            edits.push((end..end, format!("<{a}solidFill><{a}srgbClr val=\"{hex}\"/></{a}solidFill>")));
                        }
                    }
                    None => {}
                }
            }
            // The line around the shape, where it is of the light's colour.
            "ln" => {
                let colours = spans.descendants(id).filter(|&inner| spans.local(inner) == "srgbClr");
                for colour in colours {
                    if let Some((at, hex)) = spans.attribute(colour, "val")
                        && Rgb::from_hex(hex).and_then(light_of) == Some(from)
                    {
                        edits.push((at, light::colours(to).1.to_owned()));
                    }
                }
            }
            "oval" | "rect" | "roundrect" | "shape" if prefix != "a:" => {
                if let Some((at, _)) = spans.attribute(id, "fillcolor") {
                    edits.push((at, format!("#{}", hex.to_lowercase())));
                }
                if let Some((at, line)) = spans.attribute(id, "strokecolor")
                    && Rgb::from_hex(line.trim_start_matches('#')).and_then(light_of) == Some(from)
                {
                    edits.push((at, format!("#{}", light::colours(to).1)));
                }
            }
            "fill"
                if spans
                    .parent(id)
                    .is_some_and(|owner| matches!(spans.local(owner), "oval" | "rect" | "roundrect" | "shape")) =>
            {
                if let Some((at, _)) = spans.attribute(id, "color") {
                    edits.push((at, format!("#{}", hex.to_lowercase())));
                }
            }
            _ => {}
        }
        for name in ["descr", "title", "alt", "name"] {
            let Some((at, value)) = spans.attribute(id, name) else { continue };
            let found = value.split(|c: char| !c.is_alphanumeric()).find(|word| layout.light(word) == Some(from));
            if let Some(word) = found {
                edits.push((at, value.replacen(word, &word_like(layout, word, from, to), 1)));
            }
        }
    }
    for (at, _) in &mut edits {
        *at = at.start - whole.start..at.end - whole.start;
    }
    super::editor::apply(spans.source(node), edits)
}

/// The name of a light in the form of another's: "Grönt" → "Gult".
fn word_like(layout: &Layout, word: &str, from: Light, to: Light) -> String {
    let new = layout.word_like(&word.to_lowercase(), from, to).unwrap_or_default();
    if word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase()) {
        return new.to_uppercase();
    }
    if word.starts_with(char::is_uppercase) { capitalised(new) } else { new.to_owned() }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn text_element(w: &str, text: &str) -> String {
    format!("<{w}t xml:space=\"preserve\">{}</{w}t>", escape(text))
}

/// Children of `w:rPr` that stand after `w:color` in the schema's order.
const AFTER_COLOUR: [&str; 18] = [
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
];

/// A run of the same look with other content, and in another colour where one is given.
fn with_content(spans: &Spans<'_>, run: Id, content: &str, colour: Option<&str>) -> String {
    let w = &spans.w;
    let mut look = String::new();
    let mut colour = colour.map(|hex| format!("<{w}color {w}val=\"{hex}\"/>"));
    for child in spans.child(run, "rPr").into_iter().flat_map(|look| spans.children(look)) {
        match spans.local(child) {
            "ins" | "del" | "moveFrom" | "moveTo" => continue,
            "color" if colour.is_some() => continue,
            name if AFTER_COLOUR.contains(&name) || name == "rPrChange" => {
                look.push_str(&colour.take().unwrap_or_default())
            }
            _ => {}
        }
        if spans.local(child) != "rPrChange" {
            look.push_str(spans.source(child));
        }
    }
    look.push_str(&colour.take().unwrap_or_default());
    let look = if look.is_empty() { look } else { format!("<{w}rPr>{look}</{w}rPr>") };
    format!("<{w}r{}>{look}{content}</{w}r>", spans.declarations(run))
}

/// Children of `w:tcPr` that stand after `w:shd` in the schema's order.
const AFTER_SHADING: [&str; 10] = [
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
    "headers",
    "cellIns",
    "cellDel",
    "tcPrChange",
];

/// Gives a cell another fill.
pub(super) fn set_fill(editor: &mut Editor<'_, '_>, cell: Id, hex: &str) {
    let spans = editor.spans;
    let w = spans.w.clone();
    let shading = format!("<{w}shd {w}val=\"clear\" {w}color=\"auto\" {w}fill=\"{hex}\"/>");
    let Some(properties) = spans.child(cell, "tcPr") else {
        let change = editor.marks.properties_change(&w, "tcPrChange", "tcPr", "");
        let at = spans.tag(cell).end;
        editor.replace(at..at, format!("<{w}tcPr>{shading}{change}</{w}tcPr>"));
        return;
    };
    let kept = |id: &Id| spans.local(*id) != "tcPrChange";
    let old: String = spans.children(properties).filter(kept).map(|id| spans.source(id)).collect();
    let change = editor.marks.properties_change(&w, "tcPrChange", "tcPr", &old);
    if spans.is_single(properties) {
        editor.replace(spans.whole(properties), format!("<{w}tcPr>{shading}{change}</{w}tcPr>"));
        return;
    }
    let end = spans.inside(properties).end;
    match spans.child(properties, "shd") {
        Some(own) => editor.replace(spans.whole(own), shading),
        None => {
            let after = spans.children(properties).find(|&id| AFTER_SHADING.contains(&spans.local(id)));
            let at = after.map_or(end, |after| spans.whole(after).start);
            editor.replace(at..at, shading);
        }
    }
    if !change.is_empty() && spans.child(properties, "tcPrChange").is_none() {
        editor.replace(end..end, change);
    }
}
