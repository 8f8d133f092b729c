//! The parts of an Office file: some replaced, some added, the rest copied as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::WriteError;
use super::xml::{self, Element, Node, escape};

/// The most that one part of a template may hold, unpacked.
const MAX_PART: u64 = 64 << 20;

/// An Office file that is being changed.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    changed: BTreeMap<String, Vec<u8>>,
    added: Vec<String>,
    removed: BTreeSet<String>,
    keep_times: bool,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, WriteError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| WriteError::bad_template(format!("filen är inget Office-dokument: {error}"), None))?;
        Ok(Self { archive, changed: BTreeMap::new(), added: Vec::new(), removed: BTreeSet::new(), keep_times: false })
    }

    /// Lets what is copied keep the times it has.
    pub(crate) fn keep_times(&mut self) {
        self.keep_times = true;
    }

    /// The names of the parts that the file came with, in its order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.changed.contains_key(name) || self.archive.index_for_name(name).is_some()
    }

    /// A part's text as it is now; none where there is no such part.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, WriteError> {
        if let Some(bytes) = self.changed.get(name) {
            return Ok(Some(String::from_utf8_lossy(bytes).into_owned()));
        }
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let damaged = |what: String| WriteError::bad_template(what, Some(name));
        let part = self.archive.by_index(index).map_err(|error| damaged(format!("delen kan inte läsas: {error}")))?;
        let mut text = String::new();
        let mut limited = part.take(MAX_PART + 1);
        limited.read_to_string(&mut text).map_err(|error| damaged(format!("delen kan inte läsas: {error}")))?;
        if text.len() as u64 > MAX_PART {
            return Err(damaged(format!("delen är större än {} MB", MAX_PART >> 20)));
        }
        Ok(Some(text))
    }

    /// A part's XML; none where there is no such part.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<Vec<Node>>, WriteError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        xml::parse(&text).map(Some).map_err(|what| WriteError::bad_template(what, Some(name)))
    }

    pub(crate) fn put(&mut self, name: &str, bytes: Vec<u8>) {
        if !self.has(name) {
            self.added.push(name.to_owned());
        }
        self.changed.insert(name.to_owned(), bytes);
    }

    /// Leaves a part of the file out.
    pub(crate) fn remove(&mut self, name: &str) {
        self.removed.insert(name.to_owned());
    }

    pub(crate) fn put_xml(&mut self, name: &str, nodes: &[Node]) {
        let mut text = String::new();
        xml::write_all(nodes, &mut text);
        self.put(name, text.into_bytes());
    }

    /// Adds relationships (id, type, target, whether outside the file) to those of a part.
    pub(crate) fn add_relationships(&mut self, part: &str, new: &[Relationship]) -> Result<(), WriteError> {
        if new.is_empty() {
            return Ok(());
        }
        let name = relationships_of(part);
        let mut nodes = self.xml(&name)?.unwrap_or_default();
        if !nodes.iter().any(|node| node.element().is_some()) {
            nodes.push(Node::Element(Element {
                name: "Relationships".to_owned(),
                attributes: vec![(
                    "xmlns".to_owned(),
                    "http://schemas.openxmlformats.org/package/2006/relationships".to_owned(),
                )],
                children: Vec::new(),
            }));
        }
        if let Some(Node::Element(root)) = nodes.iter_mut().find(|node| node.element().is_some()) {
            for Relationship { id, kind, target, external } in new {
                let mut attributes = vec![
                    ("Id".to_owned(), id.clone()),
                    ("Type".to_owned(), (*kind).to_owned()),
                    ("Target".to_owned(), escape(target)),
                ];
                if *external {
                    attributes.push(("TargetMode".to_owned(), "External".to_owned()));
                }
                let name = root.name.replace("Relationships", "Relationship");
                root.children.push(Node::Element(Element { name, attributes, children: Vec::new() }));
            }
        }
        self.put_xml(&name, &nodes);
        Ok(())
    }

    /// The whole file. Times are fixed, so that the same parts give the same bytes.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        self.pack().map_err(|error| WriteError::Pack(Box::new(error)))
    }

    fn pack(&mut self) -> zip::result::ZipResult<Vec<u8>> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let part = self.archive.by_index_raw(index)?;
            if part.is_dir() {
                continue;
            }
            let name = part.name()?.into_owned();
            if self.removed.contains(&name) {
                continue;
            }
            if let Some(bytes) = self.changed.get(&name) {
                let time = part.last_modified().filter(|_| self.keep_times).unwrap_or_default();
                zip.start_file(name, options.last_modified_time(time))?;
                zip.write_all(bytes)?;
            } else if self.keep_times {
                zip.raw_copy_file(part)?;
            } else {
                zip.raw_copy_file_touch(part, DateTime::default(), Some(0o644))?;
            }
        }
        for name in &self.added {
            zip.start_file(name.as_str(), options)?;
            zip.write_all(self.changed.get(name).map_or(&[], Vec::as_slice))?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// A new Office file of these parts, in their order. Times are fixed, so that the same parts give the same bytes.
pub(in crate::write) fn build(parts: Vec<(String, String)>) -> Result<Vec<u8>, WriteError> {
    let pack = || -> zip::result::ZipResult<Vec<u8>> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, options)?;
            zip.write_all(text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    };
    pack().map_err(|error| WriteError::Pack(Box::new(error)))
}

/// A relationship to add.
#[derive(Clone, Debug)]
pub(crate) struct Relationship {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) target: String,
    pub(crate) external: bool,
}

/// Where a part's relationships stand: `word/document.xml` → `word/_rels/document.xml.rels`.
pub(crate) fn relationships_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{name}.rels")
}
