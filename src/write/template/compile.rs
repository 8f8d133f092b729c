//! Turns a part with visible tags into the source of a minijinja template.
//!
//! - A row of a table that holds nothing but `{% … %}` tags stands for those tags: it repeats or leaves out whole rows.
//! - A paragraph that holds nothing but `{% … %}` tags does the same for paragraphs and tables.
//! - A paragraph whose one content is `{{ … }}` becomes as many paragraphs as the value has.
//! - Any other tag works inside its paragraph, in the look of the run it stands in.
//! - A cell whose one content is `{{ ….own_columns }}` becomes a cell for each value (`spread`).
//!
//! Every tag starts a line of the source, so that an error's line tells the tag.

use super::WriteError;
use super::spread::Spread;
use super::tags::{self, TagKind};
use super::xml::{Element, Node, escape, escape_into, write_all};

/// What a format calls the things that tags repeat.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    pub(crate) paragraph: &'static str,
    pub(crate) paragraph_properties: &'static str,
    pub(crate) run: &'static str,
    pub(crate) run_properties: &'static str,
    pub(crate) text: &'static str,
    pub(crate) row: &'static str,
    pub(crate) cell: &'static str,
    pub(crate) table: &'static str,
    /// A column of a table's grid, and its width.
    pub(crate) grid_column: (&'static str, &'static str),
    /// What a paragraph may hold beside tags and still be nothing but tags.
    pub(crate) invisible: &'static [&'static str],
    /// Attributes that must not be repeated with what they stand on.
    pub(crate) unrepeatable: &'static [&'static str],
}

/// The look that a tag's value takes on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    /// The paragraph's properties.
    pub(crate) paragraph: Option<Element>,
    /// The run's properties.
    pub(crate) run: Option<Element>,
    /// An empty value leaves an empty paragraph, as the only one of its cell does.
    pub(crate) keep_empty: bool,
}

/// A tag with its place, for messages.
#[derive(Clone, Debug)]
pub(crate) struct TagPlace {
    pub(crate) tag: String,
    pub(crate) place: String,
    /// Code of the compiler's own for a tag that stands elsewhere.
    pub(crate) echo: bool,
}

/// A compiled part.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    /// The source for minijinja.
    pub(crate) source: String,
    /// The tags: that of line n + 2 at n.
    pub(crate) tags: Vec<TagPlace>,
    /// The looks that the source's calls name by number.
    pub(crate) looks: Vec<Look>,
}

/// Compiles the nodes of a part that messages call `part` (nothing for the document itself).
pub(crate) fn compile(nodes: &[Node], dialect: Dialect, part: &str) -> Result<Compiled, WriteError> {
    let mut compiler =
        Compiler { out: Compiled::default(), dialect, part, at: At::default(), pending: None, spread: None };
    compiler.nodes(nodes)?;
    Ok(compiler.out)
}

/// Where the compiler is, counted as a person counts.
#[derive(Clone, Copy, Debug, Default)]
struct At {
    paragraph: usize,
    table: usize,
    row: usize,
    cell: usize,
    in_cell: bool,
    alone: bool,
}

pub(super) struct Compiler<'a> {
    pub(super) out: Compiled,
    pub(super) dialect: Dialect,
    part: &'a str,
    at: At,
    /// The loop whose first paragraph is still to come: it takes the hidden name of the loop's value.
    pending: Option<String>,
    /// The table around has a column that stands for several.
    pub(super) spread: Option<Spread>,
}

/// A piece of a run's text.
enum Piece {
    Text(String),
    Tag(usize),
}

/// A paragraph's tags, and its texts cut at them, one list for each text element in order.
struct Parsed {
    tags: Vec<tags::Tag>,
    raw: Vec<String>,
    pieces: Vec<Vec<Piece>>,
    /// Nothing but tags, blanks and what nobody sees.
    silent: bool,
}

impl Parsed {
    /// Stands for its tags.
    fn only_tags(&self) -> bool {
        self.silent && !self.tags.is_empty()
    }

    fn shows(&self) -> usize {
        self.tags.iter().filter(|tag| tag.kind == TagKind::Show).count()
    }
}

impl Compiler<'_> {
    fn nodes(&mut self, nodes: &[Node]) -> Result<(), WriteError> {
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element)?,
                Node::Text(text) => self.loose_text(text)?,
                Node::Raw(raw) => self.push(raw),
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &Element) -> Result<(), WriteError> {
        let before = self.at;
        if element.name == self.dialect.table {
            self.at.table += 1;
            (self.at.row, self.at.cell) = (0, 0);
            let around = self.spread.take();
            self.spread = self.spread_of(element)?;
            self.whole(element)?;
            self.spread = around;
            (self.at.row, self.at.cell) = (before.row, before.cell);
            return Ok(());
        } else if element.name == self.dialect.row {
            self.at.row += 1;
            self.at.cell = 0;
            self.row_of_spread(element);
            if let Some(statements) = self.only_statements(element)? {
                for (tag, raw) in &statements {
                    self.statement(tag, raw);
                }
                return Ok(());
            }
        } else if element.name == self.dialect.cell {
            self.at.cell += 1;
            let paragraphs = self.paragraphs_of(element).len();
            (self.at.in_cell, self.at.alone) = (true, paragraphs == 1);
            self.cell(element)?;
            (self.at.in_cell, self.at.alone) = (before.in_cell, before.alone);
            return Ok(());
        } else if element.name == self.dialect.paragraph {
            if !self.at.in_cell {
                self.at.paragraph += 1;
            }
            return self.paragraph(element);
        } else if self.spread_width(element) {
            return Ok(());
        }
        self.whole(element)
    }

    /// The element and, compiled, what stands in it.
    pub(super) fn whole(&mut self, element: &Element) -> Result<(), WriteError> {
        self.open(element, element.children.is_empty());
        if !element.children.is_empty() {
            self.nodes(&element.children)?;
            self.close(element);
        }
        Ok(())
    }

    fn open(&mut self, element: &Element, empty: bool) {
        let mut tag = String::new();
        if element.attributes.iter().any(|(name, _)| self.dialect.unrepeatable.contains(&name.as_str())) {
            let mut copy = Element { name: element.name.clone(), ..Element::default() };
            copy.attributes = element.attributes.clone();
            copy.attributes.retain(|(name, _)| !self.dialect.unrepeatable.contains(&name.as_str()));
            copy.open(&mut tag, empty);
        } else {
            element.open(&mut tag, empty);
        }
        self.push(&tag);
    }

    fn close(&mut self, element: &Element) {
        let mut tag = String::new();
        element.close(&mut tag);
        self.push(&tag);
    }

    /// XML that minijinja is to leave as it is.
    pub(super) fn push(&mut self, xml: &str) {
        for (number, line) in xml.split('\n').enumerate() {
            if number > 0 {
                // Only a tag may start a line; to XML, a space is as good here.
                self.out.source.push(' ');
            }
            let mut rest = line;
            while let Some(at) = rest.find('{') {
                let (before, from) = rest.split_at(at);
                self.out.source.push_str(before);
                let special = from[1..].starts_with(['{', '%', '#']);
                self.out.source.push_str(if special { "{{ '{' }}" } else { "{" });
                rest = &from[1..];
            }
            self.out.source.push_str(rest);
        }
    }

    /// Code on a line of its own, with the tag it comes from.
    fn code(&mut self, code: &str, raw: &str) {
        self.out.tags.push(TagPlace { tag: raw.to_owned(), place: self.place(), echo: false });
        self.out.source.push('\n');
        self.out.source.push_str(code);
    }

    /// Code that is not a tag's own but follows from it.
    pub(super) fn echo(&mut self, code: &str, raw: &str) {
        self.code(code, raw);
        if let Some(last) = self.out.tags.last_mut() {
            last.echo = true;
        }
    }

    fn statement(&mut self, tag: &tags::Tag, raw: &str) {
        if tag.kind != TagKind::Statement {
            return;
        }
        if let Some(variable) = tags::loop_variable(&tag.inside) {
            self.pending = Some(variable.to_owned());
        } else if tag.inside.starts_with("endfor") {
            self.pending = None;
        }
        self.code(&format!("{{% {} %}}", tag.inside), raw);
    }

    fn place(&self) -> String {
        let at = self.at;
        let mut place = if self.part.is_empty() { String::new() } else { format!("{}, ", self.part) };
        if at.row > 0 {
            place += &format!("tabell {}, rad {}", at.table, at.row);
            if at.cell > 0 {
                place += &format!(", kolumn {}", at.cell);
            }
        } else {
            place += &format!("stycke {}", at.paragraph.max(1));
        }
        place
    }

    /// Text that stands in no paragraph, as in the document's properties.
    fn loose_text(&mut self, text: &str) -> Result<(), WriteError> {
        let mut from = 0;
        for tag in self.find(text)? {
            self.push(&escape(&text[from..tag.start]));
            let raw = &text[tag.start..tag.end];
            match tag.kind {
                TagKind::Show => self.code(&format!("{{{{ _text(({})) }}}}", tag.inside), raw),
                _ => self.statement(&tag, raw),
            }
            from = tag.end;
        }
        self.push(&escape(&text[from..]));
        Ok(())
    }

    fn find(&self, text: &str) -> Result<Vec<tags::Tag>, WriteError> {
        tags::find(text).map_err(|tag| WriteError::Tag {
            tag,
            place: self.place(),
            what: "taggen avslutas aldrig".to_owned(),
            help: "En tagg som börjar med {{ slutar med }}, och en som börjar med {% slutar med %}. Båda ska stå i samma stycke.".to_owned(),
        })
    }

    /// The statements of a row that holds nothing else.
    fn only_statements(&mut self, row: &Element) -> Result<Option<Vec<(tags::Tag, String)>>, WriteError> {
        let mut found = Vec::new();
        let mut todo: Vec<&Element> = vec![row];
        while let Some(element) = todo.pop() {
            if element.name == self.dialect.paragraph {
                let parsed = self.parse(element)?;
                if !parsed.silent || parsed.shows() > 0 {
                    return Ok(None);
                }
                found.extend(parsed.tags.into_iter().zip(parsed.raw));
            } else if element.name == self.dialect.table {
                return Ok(None);
            } else {
                let from = todo.len();
                todo.extend(element.elements());
                todo[from..].reverse();
            }
        }
        Ok((!found.is_empty()).then_some(found))
    }

    /// The tag that is a cell's one content, if it shows a value: what it shows, and how it stands there.
    pub(super) fn one_shown(&self, cell: &Element) -> Result<Option<(String, String)>, WriteError> {
        let mut found = None;
        for paragraph in self.paragraphs_of(cell) {
            let parsed = self.parse(paragraph)?;
            match parsed.tags.as_slice() {
                [] if parsed.silent => {}
                [tag] if parsed.silent && tag.kind == TagKind::Show && found.is_none() => {
                    found = Some((tag.inside.clone(), parsed.raw.concat()));
                }
                _ => return Ok(None),
            }
        }
        Ok(found)
    }

    /// A cell's paragraphs: right in it, or in its text.
    fn paragraphs_of<'e>(&self, cell: &'e Element) -> Vec<&'e Element> {
        let body = cell.elements().filter(|child| child.name == "a:txBody").flat_map(Element::elements);
        cell.elements().chain(body).filter(|child| child.name == self.dialect.paragraph).collect()
    }

    fn parse(&self, paragraph: &Element) -> Result<Parsed, WriteError> {
        let mut texts = Vec::new();
        let visible = self.collect(paragraph, &mut texts);
        let text: String = texts.concat();
        let tags = self.find(&text)?;
        let mut pieces = Vec::with_capacity(texts.len());
        let mut blank = true;
        let (mut start, mut next) = (0, 0);
        // How far the text is taken: a tag belongs wholly to the text element it starts in.
        let mut taken = 0;
        for piece in &texts {
            let end = start + piece.len();
            let mut list = Vec::new();
            while let Some(tag) = tags.get(next).filter(|tag| tag.start < end) {
                if tag.start > taken {
                    list.push(Piece::Text(text[taken..tag.start].to_owned()));
                }
                list.push(Piece::Tag(next));
                taken = tag.end;
                next += 1;
            }
            if end > taken {
                list.push(Piece::Text(text[taken..end].to_owned()));
                taken = end;
            }
            blank &= list.iter().all(|piece| match piece {
                Piece::Text(text) => text.trim().is_empty(),
                Piece::Tag(_) => true,
            });
            pieces.push(list);
            start = end;
        }
        let raw = tags.iter().map(|tag| text[tag.start..tag.end].to_owned()).collect();
        let holds_section = paragraph
            .child(self.dialect.paragraph_properties)
            .is_some_and(|properties| properties.elements().any(|child| child.name.ends_with(":sectPr")));
        let silent = blank && !visible && !holds_section;
        Ok(Parsed { tags, raw, pieces, silent })
    }

    /// The texts of a paragraph in order; whether it holds anything else that is seen.
    fn collect(&self, element: &Element, texts: &mut Vec<String>) -> bool {
        let mut visible = false;
        for child in element.elements() {
            let name = child.name.as_str();
            if name == self.dialect.text {
                texts.push(child.text());
            } else if name == self.dialect.run || self.is_wrapper(child) {
                visible |= self.collect(child, texts);
            } else if name != self.dialect.paragraph_properties
                && name != self.dialect.run_properties
                && !self.dialect.invisible.contains(&name)
            {
                visible = true;
            }
        }
        visible
    }

    /// Whether an element in a paragraph is one around runs (a link, an insertion), not something of its own.
    fn is_wrapper(&self, element: &Element) -> bool {
        element.elements().any(|child| child.name == self.dialect.run || self.is_wrapper(child))
            && !element.elements().any(|child| child.name == self.dialect.paragraph)
            && element.name != self.dialect.run_properties
    }

    fn paragraph(&mut self, paragraph: &Element) -> Result<(), WriteError> {
        let parsed = self.parse(paragraph)?;
        if parsed.only_tags() && parsed.shows() <= 1 {
            self.paragraph_of_tags(paragraph, &parsed);
            return Ok(());
        }
        self.open(paragraph, paragraph.children.is_empty());
        let mut children = paragraph.children.as_slice();
        if let [Node::Element(first), rest @ ..] = children
            && first.name == self.dialect.paragraph_properties
        {
            let mut xml = String::new();
            write_all(&children[..1], &mut xml);
            self.push(&xml);
            children = rest;
        }
        if !paragraph.children.is_empty()
            && let Some(variable) = self.pending.take()
        {
            self.out.source.push_str(&format!("{{{{ _anchor({variable}) }}}}"));
        }
        let mut next = 0;
        self.inline(children, &parsed, &mut next)?;
        if !paragraph.children.is_empty() {
            self.close(paragraph);
        }
        Ok(())
    }

    /// A paragraph that stands for its tags: at most one shows a value, as paragraphs of this paragraph's look.
    fn paragraph_of_tags(&mut self, paragraph: &Element, parsed: &Parsed) {
        for (index, (tag, raw)) in parsed.tags.iter().zip(&parsed.raw).enumerate() {
            if tag.kind != TagKind::Show {
                self.statement(tag, raw);
                continue;
            }
            let anchor = self.pending.take();
            let look = Look {
                paragraph: paragraph.child(self.dialect.paragraph_properties).cloned(),
                run: self
                    .run_of(paragraph, parsed, index)
                    .and_then(|run| run.child(self.dialect.run_properties))
                    .cloned(),
                keep_empty: self.at.alone || anchor.is_some(),
            };
            let number = self.look(look);
            let anchor = anchor.map(|variable| format!(", {variable}")).unwrap_or_default();
            let value = self.spread_value(&tag.inside);
            self.code(&format!("{{{{ _paragraphs(({value}), {number}{anchor}) }}}}"), raw);
        }
    }

    /// The run that a tag starts in.
    fn run_of<'e>(&self, paragraph: &'e Element, parsed: &Parsed, tag: usize) -> Option<&'e Element> {
        let index =
            parsed.pieces.iter().position(|list| list.iter().any(|p| matches!(p, Piece::Tag(t) if *t == tag)))?;
        let mut seen = 0;
        let mut todo: Vec<&Element> = vec![paragraph];
        while let Some(element) = todo.pop() {
            if element.name == self.dialect.run {
                seen += element.elements().filter(|child| child.name == self.dialect.text).count();
                if seen > index {
                    return Some(element);
                }
            } else {
                let from = todo.len();
                todo.extend(element.elements());
                todo[from..].reverse();
            }
        }
        None
    }

    fn look(&mut self, look: Look) -> usize {
        self.out.looks.push(look);
        self.out.looks.len() - 1
    }

    /// What stands in a paragraph, its runs cut at tags. `next` counts text elements, as [`Self::collect`] met them.
    fn inline(&mut self, nodes: &[Node], parsed: &Parsed, next: &mut usize) -> Result<(), WriteError> {
        for node in nodes {
            match node {
                Node::Element(element) if element.name == self.dialect.run => self.run(element, parsed, next)?,
                Node::Element(element) if self.is_wrapper(element) => {
                    self.open(element, false);
                    self.inline(&element.children, parsed, next)?;
                    self.close(element);
                }
                Node::Element(element) => self.whole(element)?,
                Node::Text(_) | Node::Raw(_) => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, run: &Element, parsed: &Parsed, next: &mut usize) -> Result<(), WriteError> {
        let properties = run.child(self.dialect.run_properties);
        let mut opening = String::new();
        run.open(&mut opening, false);
        if let Some(properties) = properties {
            write_all(&[Node::Element(properties.clone())], &mut opening);
        }
        let mut look = None;
        let mut is_open = false;
        let dialect = self.dialect;
        for child in run.elements().filter(|child| child.name != dialect.run_properties) {
            if child.name != self.dialect.text {
                if !std::mem::replace(&mut is_open, true) {
                    self.push(&opening);
                }
                self.whole(child)?;
                continue;
            }
            let list = parsed.pieces.get(*next).map_or(&[][..], Vec::as_slice);
            *next += 1;
            for piece in list {
                match piece {
                    Piece::Text(text) => {
                        if !std::mem::replace(&mut is_open, true) {
                            self.push(&opening);
                        }
                        // Word drops blanks at the ends of a text unless told otherwise; slides know no such word.
                        let space = if self.dialect.text == "w:t" { " xml:space=\"preserve\"" } else { "" };
                        let mut xml = format!("<{}{space}>", self.dialect.text);
                        escape_into(text, &mut xml);
                        xml.push_str(&format!("</{}>", self.dialect.text));
                        self.push(&xml);
                    }
                    Piece::Tag(index) => {
                        if std::mem::take(&mut is_open) {
                            self.close(run);
                        }
                        let (tag, raw) = (&parsed.tags[*index], &parsed.raw[*index]);
                        if tag.kind == TagKind::Show {
                            let number = *look.get_or_insert_with(|| {
                                self.out.looks.push(Look { run: properties.cloned(), ..Look::default() });
                                self.out.looks.len() - 1
                            });
                            self.code(&format!("{{{{ _inline(({}), {number}) }}}}", tag.inside), raw);
                        } else {
                            self.statement(tag, raw);
                        }
                    }
                }
            }
        }
        if is_open {
            self.close(run);
        }
        Ok(())
    }
}

/// The names that a template's tags use, for finding the nearest right one.
pub(crate) fn names(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::docx::DIALECT;
    use crate::write::template::xml;

    fn source(body: &str) -> String {
        compile(&xml::parse(body).unwrap(), DIALECT, "").unwrap().source
    }

    #[test]
    fn a_tag_cut_into_runs_is_one_tag() {
        let body = "<w:p><w:r><w:t>a {</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>{ ti</w:t></w:r><w:r><w:t>tle }} b</w:t></w:r></w:p>";
        assert_eq!(
            source(body),
            "<w:p><w:r><w:t xml:space=\"preserve\">a </w:t></w:r>\n{{ _inline((title), 0) }}<w:proofErr/><w:r><w:t xml:space=\"preserve\"> b</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn rows_and_paragraphs_of_statements_stand_for_them() {
        let body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{% for item in items %}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>{{ item.area }}</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        assert_eq!(
            source(body),
            "<w:tbl>\n{% for item in items %}<w:tr><w:tc>\n{{ _paragraphs((item.area), 0, item) }}</w:tc></w:tr>\n{% endfor %}</w:tbl>"
        );
    }

    #[test]
    fn brackets_that_are_no_tags_stay() {
        assert_eq!(source("<a b=\"{{ x }}\"/>"), "<a b=\"{{ '{' }}{ x }}\"/>");
    }
}
