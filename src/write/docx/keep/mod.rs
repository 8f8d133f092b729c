//! A plan's changes put into the group's own Word file: new entries, another status, the line of update.
//!
//! Each goes into the cell where it belongs, in the look of what stands there already. All else stays as it is: parts
//! that do not change are copied byte for byte, and the part that does is changed only at those places. What finds
//! no place is told, never left out in silence.

mod editor;
mod lights;
mod lines;
mod look;
mod rows;
mod signs;
mod spans;
mod story;
mod text;

use std::collections::HashMap;

use self::editor::Editor;
use self::lights::{LightEdit, Palette};
use self::lines::Line;
use self::look::Look;
use self::signs::{Form, Sign};
use self::spans::Spans;
use self::story::Story;
use self::text::{Places, TextEdit, places};
use super::embed;
use super::track::{Marks, first_free};
use crate::interpret::{Field, ItemCells, Layout};
use crate::model::{
    Block, Entry, EntryDate, Item, ItemId, Light, Plan, Severity, Status, Updated, Warned, Warning, WarningCode,
};
use crate::write::template::package::Package;
use crate::write::{WriteError, WriteOptions};

/// How far a look is searched for among the neighbours.
const NEIGHBOURS: usize = 40;

/// A Word file with changes put in.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The file.
    pub bytes: Vec<u8>,
    /// The plan as it stands in it: with dates as the document writes them, and boxes ticked that were there.
    pub plan: Plan,
}

/// Puts into a Word file what the plan `after` has more than the plan `before`, which was read from it.
///
/// `layout` tells where the cells of the items of `before` stand. The warnings tell what found no place.
pub fn keep_layout(
    source: &[u8],
    layout: &Layout,
    before: &Plan,
    after: &Plan,
    options: &WriteOptions,
) -> Result<Warned<Kept>, WriteError> {
    if source.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(WriteError::NotInPlace { what: "den är skyddad med lösenord" });
    }
    let mut package = Package::open(source)?;
    package.keep_times();
    let main = main_part(&mut package)?;
    let xml = part_text(&mut package, &main)?;
    let spans = Spans::parse(&xml).map_err(|what| WriteError::bad_template(what, Some(&main)))?;
    // A style sheet that cannot be read only means that points get a typed sign.
    let list = super::styles::find(&mut package, &main).ok().and_then(|styles| styles.bullets);
    let mut marks = Marks::new(options.track.as_ref(), first_free(&xml));
    let mut keeper = Keeper {
        editor: Editor::new(&spans, &mut marks),
        layout,
        before: before.items().collect(),
        looks: HashMap::new(),
        palette: None,
        list,
        warnings: Vec::new(),
        written: after.clone(),
    };
    keeper.items(after);
    let updated = changed_line(before.updated.as_ref(), after.updated.as_ref());
    let mut line_is_in = updated.is_none_or(|(old, new)| line(&mut keeper.editor, old, new));
    if let (None, Some(new), true) = (&before.updated, &after.updated, keeper.editor.is_tracked()) {
        new_line(&mut keeper.editor, &new.text);
    }
    let Keeper { editor, mut warnings, written, .. } = keeper;
    if !editor.is_empty() {
        let changed = editor.finish();
        proven(&changed, &spans, &main)?;
        package.put(&main, changed.into_bytes());
    }
    if let Some((old, new)) = updated.filter(|_| !line_is_in) {
        line_is_in = line_beside(&mut package, &main, old, new, options)?;
    }
    if !line_is_in {
        warnings.push(not_put_in("raden om uppdatering hittades inte i dokumentet; skriv in den för hand".to_owned()));
    }
    if options.embed_model {
        embed::embed(&mut package, &main, &written)?;
    }
    Ok(Warned { value: Kept { bytes: package.finish()?, plan: written }, warnings })
}

/// The old and the new line of update, where the document has one and it changes.
fn changed_line<'a>(old: Option<&'a Updated>, new: Option<&'a Updated>) -> Option<(&'a str, &'a str)> {
    old.zip(new).map(|(old, new)| (old.text.as_str(), new.text.as_str())).filter(|(old, new)| old != new)
}

/// Changes the line of update in a part; says whether it stands there.
fn line(editor: &mut Editor<'_, '_>, old: &str, new: &str) -> bool {
    let [old, new] = [old, new].map(|text| lines::of_blocks(&[Block::paragraph(text)]));
    let spans = editor.spans;
    for paragraph in spans.ids().filter(|&id| spans.is(id, "p")) {
        let story = Story::of_paragraph(spans, paragraph);
        let letters = story.letters();
        if let Some(places) = places(&letters, &old).filter(|_| !letters.is_empty()) {
            let edit = TextEdit { story: &story, places: &places, look: &Look::default() };
            return edit.apply(editor, &old, &new).is_ok();
        }
    }
    false
}

/// Makes a line of update that stands in the part already, and was not in the plan before, an insertion.
fn new_line(editor: &mut Editor<'_, '_>, text: &str) {
    let (wanted, spans) = (story::folded(text).collect::<Vec<_>>(), editor.spans);
    for paragraph in spans.ids().filter(|&id| spans.is(id, "p")) {
        let letters = Story::of_paragraph(spans, paragraph).letters();
        if !letters.is_empty() && letters.iter().map(|(letter, _)| *letter).eq(wanted.iter().copied()) {
            editor.make_new(paragraph);
            return;
        }
    }
}

/// Changes the line of update in a header or footer.
fn line_beside(
    package: &mut Package<'_>,
    main: &str,
    old: &str,
    new: &str,
    options: &WriteOptions,
) -> Result<bool, WriteError> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names = package.names();
    names.retain(|name| {
        let file = name.strip_prefix(folder).map(|file| file.trim_start_matches('/')).unwrap_or_default();
        (file.starts_with("header") || file.starts_with("footer")) && file.ends_with(".xml")
    });
    names.sort();
    let mut found = false;
    for name in names {
        let xml = part_text(package, &name)?;
        let spans = Spans::parse(&xml).map_err(|what| WriteError::bad_template(what, Some(&name)))?;
        let mut marks = Marks::new(options.track.as_ref(), first_free(&xml));
        let mut editor = Editor::new(&spans, &mut marks);
        // The same line may stand in the header of the first page and in that of the others.
        if line(&mut editor, old, new) {
            let changed = editor.finish();
            proven(&changed, &spans, &name)?;
            package.put(&name, changed.into_bytes());
            found = true;
        }
    }
    Ok(found)
}

/// Proves that a changed part is as well-formed as it was.
fn proven(changed: &str, before: &Spans<'_>, part: &str) -> Result<(), WriteError> {
    let malformed = |what: String| WriteError::Malformed { what, part: part.to_owned() };
    let after = Spans::parse(changed).map_err(malformed)?;
    if after.unbound > before.unbound {
        return Err(malformed("ett namn saknar sin namnrymd".to_owned()));
    }
    Ok(())
}

/// The part that holds the document's text.
fn main_part(package: &mut Package<'_>) -> Result<String, WriteError> {
    let relationships = package.xml("_rels/.rels")?.unwrap_or_default();
    let roots = relationships.iter().filter_map(|node| node.element());
    let target = roots.flat_map(|root| root.elements()).find_map(|relationship| {
        relationship.attribute("Type").filter(|kind| embed::is_main(kind))?;
        relationship.attribute("Target")
    });
    let main = target.unwrap_or("word/document.xml").trim_start_matches('/').trim_start_matches("./").to_owned();
    const TYPES: &str = "[Content_Types].xml";
    let types = package.text(TYPES)?.unwrap_or_default();
    if types.contains("macroEnabled") {
        return Err(WriteError::NotInPlace { what: "den innehåller makron, och en .docx får inte ha några" });
    }
    if types.contains("wordprocessingml.template.main+xml") {
        // A template makes a document.
        let types = types.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
        package.put(TYPES, types.into_bytes());
    }
    if package.has(&main) {
        return Ok(main);
    }
    Err(WriteError::bad_template("filen är inget Word-dokument", None))
}

fn part_text(package: &mut Package<'_>, part: &str) -> Result<String, WriteError> {
    let text = package.text(part)?.ok_or_else(|| WriteError::bad_template("delen saknas", Some(part)))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn not_put_in(message: String) -> Warning {
    let mut warning = Warning::new(WarningCode::NotCarried, message);
    warning.severity = Severity::Error;
    warning
}

/// The work on the items.
struct Keeper<'a, 's> {
    editor: Editor<'a, 's>,
    layout: &'a Layout,
    before: Vec<&'a Item>,
    /// The looks of items' follow-up, by the items' numbers.
    looks: HashMap<usize, Look>,
    palette: Option<Palette>,
    /// The number of the document's bullet list.
    list: Option<String>,
    warnings: Vec<Warning>,
    /// The plan as it is put in: with the dates as this document writes them.
    written: Plan,
}

/// A field of an item: which, what a message calls its cell, and its text.
type Wording = (Field, &'static str, fn(&Item) -> &Vec<Block>);

/// The fields that hold an item's wording.
const WORDINGS: [Wording; 3] = [
    (Field::Area, "området", |item| &item.area),
    (Field::Priority, "prioriteringen", |item| &item.priority),
    (Field::Activities, "aktiviteterna", |item| &item.activities),
];

impl Keeper<'_, '_> {
    fn items(&mut self, after: &Plan) {
        let numbers: HashMap<&ItemId, usize> =
            self.before.iter().enumerate().map(|(number, item)| (&item.id, number)).collect();
        let mut dates: Vec<(ItemId, Vec<Entry>)> = Vec::new();
        // An older version may have given the item its older id; the place tells which it is here.
        let by_place = |before: &[&Item], item: &Item| {
            before.iter().position(|old| old.source.is_some() && old.source == item.source)
        };
        for section in &after.sections {
            let known: Vec<Option<usize>> = section
                .items
                .iter()
                .map(|item| numbers.get(&item.id).copied().or_else(|| by_place(&self.before, item)))
                .collect();
            let mut above = None;
            for (at, item) in section.items.iter().enumerate() {
                let Some(number) = known[at] else {
                    let below = known[at..].iter().flatten().next().copied();
                    let row = match (above, below) {
                        (Some(above), _) => self.new_row(item, above, false),
                        (None, Some(below)) => self.new_row(item, below, true),
                        (None, None) => None,
                    };
                    if row.is_none() {
                        self.warn(item, "är ny, men ingen rad att göra den efter hittades; lägg till raden för hand");
                    }
                    continue;
                };
                above = Some(number);
                if let Some(entries) = self.item(number, item) {
                    dates.push((item.id.clone(), entries));
                }
            }
        }
        for (id, entries) in dates {
            if let Some(item) = self.written.items_mut().find(|item| item.id == id) {
                item.follow_up = entries;
            }
        }
    }

    /// Puts an item's changes in; gives its entries as they are written now, where they changed.
    fn item(&mut self, number: usize, item: &Item) -> Option<Vec<Entry>> {
        let old = self.before[number];
        let cells = self.layout.items.get(number).cloned().unwrap_or_default();
        let entries = (old.follow_up != item.follow_up).then(|| self.follow_up(number, old, item, &cells));
        if old.status != item.status {
            self.status(old, item, &cells);
        }
        for (field, name, blocks) in WORDINGS {
            if blocks(old) != blocks(item) && self.wording(&cells, field, blocks(old), blocks(item)).is_none() {
                self.warn(item, &format!("har fått en ny lydelse, men cellen för {name} hittades inte"));
            }
        }
        entries
    }

    fn warn(&mut self, item: &Item, what: &str) {
        let mut warning = not_put_in(format!("punkten ”{}” {what}.", name(item)));
        warning.source.clone_from(&item.source);
        self.warnings.push(warning);
    }

    fn story(&self, cells: impl Iterator<Item = usize>) -> Story {
        let spans = self.editor.spans;
        Story::of_cells(spans, cells.filter_map(|origin| spans.at(origin)).filter(|&id| spans.is(id, "tc")))
    }

    /// Puts new entries in; gives the entries as they are written now.
    fn follow_up(&mut self, number: usize, old: &Item, new: &Item, cells: &ItemCells) -> Vec<Entry> {
        let story = self.story(cells.of_any(&[Field::FollowUp, Field::Date]));
        if story.paragraphs.is_empty() {
            self.warn(new, "har nya anteckningar, men cellen för uppföljning hittades inte");
            return new.follow_up.clone();
        }
        let look = self.look(number).with_list(self.list.as_deref());
        let is_new = |entry: &Entry| !old.follow_up.iter().any(|known| known.date == entry.date);
        let mut entries = new.follow_up.clone();
        for entry in entries.iter_mut().filter(|entry| entry.written.is_none() && is_new(entry)) {
            if let Some(EntryDate::Day(day)) = entry.date {
                entry.written = Some(look.written(day));
            }
        }
        let (old_lines, new_lines) = (lines::of_entries(&old.follow_up), lines::of_entries(&entries));
        let places = places(&story.letters(), &old_lines).or_else(|| appended(&story, &old_lines, &new_lines));
        let done = places.is_some_and(|places| {
            let edit = TextEdit { story: &story, places: &places, look: &look };
            edit.apply(&mut self.editor, &old_lines, &new_lines).is_ok()
        });
        if !done {
            self.warn(new, "har nya anteckningar, men deras plats i cellen gick inte att bestämma");
        }
        entries
    }

    /// The look of an item's follow-up, with what it lacks from its neighbours.
    fn look(&mut self, number: usize) -> Look {
        let own = self.own_look(number);
        let mut look = own;
        for distance in 1..=NEIGHBOURS {
            if look.is_known() && look.bullet.is_some() {
                break;
            }
            for neighbour in [number.checked_sub(distance), number.checked_add(distance)].into_iter().flatten() {
                if neighbour < self.before.len() {
                    let other = self.own_look(neighbour);
                    if other.is_known() {
                        look = look.or(&other);
                    }
                }
            }
        }
        if look.is_known() {
            return look;
        }
        let cells = self.layout.items.get(number).cloned().unwrap_or_default();
        Look::of_empty(&self.editor, &self.story(cells.of(Field::FollowUp)))
    }

    fn own_look(&mut self, number: usize) -> Look {
        if let Some(look) = self.looks.get(&number) {
            return look.clone();
        }
        let cells = self.layout.items.get(number).cloned().unwrap_or_default();
        let story = self.story(cells.of_any(&[Field::FollowUp, Field::Date]));
        let lines = lines::of_entries(&self.before[number].follow_up);
        let look = places(&story.letters(), &lines).map(|places| Look::of(&self.editor, &story, &lines, &places));
        let look = look.unwrap_or_default();
        self.looks.insert(number, look.clone());
        look
    }

    /// Another wording of a cell.
    fn wording(&mut self, cells: &ItemCells, field: Field, old: &[Block], new: &[Block]) -> Option<()> {
        let story = self.story(cells.of(field));
        story.paragraphs.first()?;
        let (old, new) = (lines::of_blocks(old), lines::of_blocks(new));
        let places = places(&story.letters(), &old)?;
        let look = known(Look::of(&self.editor, &story, &old, &places), &self.editor, &story);
        TextEdit { story: &story, places: &places, look: &look }.apply(&mut self.editor, &old, &new).ok()
    }

    fn status(&mut self, old: &Item, new: &Item, cells: &ItemCells) {
        let origins: Vec<usize> = cells.of(Field::Status).collect();
        let stories: Vec<Story> = origins
            .iter()
            .map(|&origin| self.story(std::iter::once(origin)))
            .filter(|story| !story.cells.is_empty())
            .collect();
        if stories.is_empty() {
            self.warn(new, "har en ny status, men dess cell hittades inte");
            return;
        }
        let palette = self.palette();
        let edit = |keeper: &mut Self, story: &Story| keeper.status_cell(story, &palette, &old.status, &new.status);
        if let Some(story) = stories.first() {
            let status = self.with_boxes(story, &palette, &old.status, &new.status);
            if let Some(item) = self.written.items_mut().find(|item| item.id == new.id) {
                item.status = status;
            }
        }
        // A long table may repeat the status on every row of an item.
        let mut done = 0;
        for story in &stories {
            let says_nothing = story.is_blank(0..story.tokens.len()) && fill_light(self, story).is_none();
            if stories.len() > 1 && says_nothing {
                continue;
            }
            done += usize::from(edit(self, story).is_some());
        }
        if done == 0 && stories.iter().all(|story| story.is_blank(0..story.tokens.len())) {
            done += usize::from(edit(self, &stories[0]).is_some());
        }
        if done == 0 {
            self.warn(new, "har en ny status, men ljuset i dess cell gick inte att känna igen; ändra det för hand");
        }
    }

    /// A status as it will be read where the cell has a box to tick: the box's words are its label, or text again.
    fn with_boxes(&self, story: &Story, palette: &Palette, old: &Status, new: &Status) -> Status {
        let mut status = new.clone();
        let was_closed = old.lights.iter().any(|light| light.light == Light::Closed);
        let closed = status.lights.iter_mut().find(|light| light.light == Light::Closed);
        match closed {
            Some(closed) if !was_closed => {
                let is_box = |block: &Block| block.text().trim_start().starts_with('☐');
                if let Some(at) = status.text.iter().position(is_box) {
                    let said = status.text.remove(at).text();
                    let said = said.trim_start().trim_start_matches('☐').trim();
                    closed.label =
                        Some(said.to_owned()).filter(|said| !said.is_empty() && self.layout.named(said).is_none());
                }
            }
            None if was_closed && palette.has_boxes() => {
                let signs = signs::find(self.editor.spans, story, self.layout);
                let lines = story.lines();
                let ticked = signs.iter().find(|sign| sign.form == Form::Ticked).and_then(|sign| lines.get(sign.line));
                let said = ticked.map(|line| story.text(line.clone())).unwrap_or_default();
                let said = said.trim_matches(|c: char| !c.is_alphanumeric());
                if !said.is_empty() {
                    status.text.insert(0, Block::paragraph(format!("☐ {said}")));
                }
            }
            _ => {}
        }
        status
    }

    fn status_cell(&mut self, story: &Story, palette: &Palette, old: &Status, new: &Status) -> Option<()> {
        let layout = self.layout;
        let signs = signs::find(self.editor.spans, story, layout);
        let lights: Vec<Light> = old.lights.iter().map(|light| light.light).collect();
        let by_fill = signs.iter().all(|sign| sign.form == Form::Empty) && lights.len() == 1;
        let cell = story.cells.first().copied().filter(|_| by_fill && fill_light(self, story).is_some());
        let matched = if cell.is_some() { Vec::new() } else { signs::matching(&signs, &lights)? };
        let (old_lines, new_lines) = (lines::of_blocks(&old.text), lines::of_blocks(&new.text));
        let letters = words_of(story, &signs, &matched);
        let places = places(&letters, &old_lines)?;
        let look = known(Look::of(&self.editor, story, &old_lines, &places), &self.editor, story);
        let edit = LightEdit { story, signs: &signs, matched: &matched, palette, layout, look: &look };
        match (cell, old.lights.first(), new.lights.first()) {
            (Some(cell), Some(was), Some(is)) if is.light != Light::Closed => {
                if was.light != is.light {
                    lights::set_fill(&mut self.editor, cell, &palette.hex(is.light));
                }
                edit.apply(&mut self.editor, &[], &new.lights[1..]).ok()?;
            }
            (Some(cell), ..) => {
                lights::set_fill(&mut self.editor, cell, "auto");
                edit.apply(&mut self.editor, &[], &new.lights).ok()?;
            }
            (None, ..) => edit.apply(&mut self.editor, &old.lights, &new.lights).ok()?,
        }
        TextEdit { story, places: &places, look: &look }.apply(&mut self.editor, &old_lines, &new_lines).ok()
    }

    /// The document's lights, learnt once.
    fn palette(&mut self) -> Palette {
        if let Some(palette) = &self.palette {
            return palette.clone();
        }
        let mut palette = Palette::default();
        for (number, item) in self.before.iter().enumerate() {
            let Some(cells) = self.layout.items.get(number) else { continue };
            let story = self.story(cells.of(Field::Status).take(1));
            let signs = signs::find(self.editor.spans, &story, self.layout);
            palette.learn(self.editor.spans, &story, &signs, &item.status.lights, self.layout);
        }
        self.palette = Some(palette.clone());
        palette
    }
}

/// The light that a cell's own fill shows.
fn fill_light(keeper: &Keeper<'_, '_>, story: &Story) -> Option<Light> {
    let hex = lights::fill(keeper.editor.spans, *story.cells.first()?)?;
    crate::interpret::light_of(crate::page::Rgb::from_hex(&hex)?)
}

fn known(look: Look, editor: &Editor<'_, '_>, story: &Story) -> Look {
    if look.is_known() { look } else { Look::of_empty(editor, story) }
}

/// The letters of the lines that show no light.
fn words_of(story: &Story, signs: &[Sign], matched: &[usize]) -> Vec<(char, usize)> {
    let lines = story.lines();
    let of_lights: Vec<_> = matched.iter().filter_map(|&at| lines.get(signs[at].line).cloned()).collect();
    let mut letters = story.letters();
    letters.retain(|(_, token)| !of_lights.iter().any(|line| line.contains(token)));
    letters
}

/// Where old lines cannot be told apart, new ones can still stand after them all.
fn appended(story: &Story, old: &[Line], new: &[Line]) -> Option<Places> {
    if new.len() <= old.len() || new[..old.len()] != *old {
        return None;
    }
    let letters = story.letters();
    let (last, places) = (letters.last()?.1, old.len());
    let mut found: Places = vec![None; places];
    *found.last_mut()? = Some(letters.first()?.1..last + 1);
    Some(found)
}

/// An item in words: its first line, cut short.
fn name(item: &Item) -> String {
    let cells = [&item.area, &item.priority, &item.activities];
    let text = cells.into_iter().flatten().find(|block| !block.is_blank()).map(Block::text).unwrap_or_default();
    let mut short: String = text.trim().chars().take(60).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}
