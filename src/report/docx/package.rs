//! The package of a document: parts, how they refer to each other, and the zip file around them.
//!
//! Every time stamp is the day of the document and parts go in order of name, so the same document gives the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::report::docx::xml::Xml;

/// The document itself, in every package that is written.
pub(super) const DOCUMENT: &str = "word/document.xml";

/// What relations of this kind begin with.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// What the kinds of parts of Word begin with.
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// The kind of a part of Word, such as `styles`.
pub(super) fn word_kind(name: &str) -> String {
    format!("{WORD}{name}+xml")
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its media type.
    pub(super) kind: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
    /// What it refers to.
    pub(super) relations: Vec<Relation>,
}

impl Part {
    /// A part that refers to nothing.
    pub(super) fn new(kind: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { kind: kind.into(), bytes: bytes.into(), relations: Vec::new() }
    }
}

/// How one part refers to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// What the part calls it.
    pub(super) id: String,
    /// Its type.
    pub(super) kind: String,
    /// Where it leads.
    pub(super) target: Target,
}

/// Where a relation leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// To a part of this name.
    Part(String),
    /// Out of the package.
    Outside(String),
}

impl Relation {
    /// To a part of the package, by the last word of the relation's type.
    pub(super) fn new(id: impl Into<String>, kind: &str, part: impl Into<String>) -> Self {
        Self { id: id.into(), kind: format!("{OFFICE}{kind}"), target: Target::Part(part.into()) }
    }

    /// Whether this is the last word of its type.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }

    /// The part that it leads to.
    pub(super) fn part(&self) -> Option<&str> {
        match &self.target {
            Target::Part(name) => Some(name),
            Target::Outside(_) => None,
        }
    }
}

/// The parts of a package by name, without the leading slash.
pub(super) type Parts = BTreeMap<String, Part>;

/// The zip file of these parts; the document and its properties are where every package has them.
pub(super) fn zipped(parts: &Parts, date: Date) -> Vec<u8> {
    let roots = [
        Relation::new("rId1", "officeDocument", DOCUMENT),
        Relation {
            id: "rId2".to_owned(),
            kind: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned(),
            target: Target::Part("docProps/core.xml".to_owned()),
        },
    ];
    let mut zip = Zip::new(date);
    zip.add("[Content_Types].xml", &content_types(parts));
    zip.add("_rels/.rels", &relations("", &roots));
    for (name, part) in parts {
        zip.add(name, &part.bytes);
        if !part.relations.is_empty() {
            zip.add(&relations_of(name), &relations(folder(name), &part.relations));
        }
    }
    zip.finish()
}

/// The name of the part that holds the relations of a part.
pub(super) fn relations_of(part: &str) -> String {
    let folder = folder(part);
    format!("{folder}_rels/{}.rels", &part[folder.len()..])
}

/// The folder of a part, with its slash.
pub(super) fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |slash| &part[..=slash])
}

fn relations(folder: &str, all: &[Relation]) -> Vec<u8> {
    let mut xml = Xml::file();
    let space = "http://schemas.openxmlformats.org/package/2006/relationships";
    xml.holding("Relationships", &[("xmlns", space)], |xml| {
        for relation in all {
            let (id, kind) = (("Id", relation.id.as_str()), ("Type", relation.kind.as_str()));
            match &relation.target {
                Target::Outside(url) => {
                    xml.empty("Relationship", &[id, kind, ("Target", url), ("TargetMode", "External")]);
                }
                Target::Part(name) => {
                    let target = name.strip_prefix(folder).map_or_else(|| format!("/{name}"), str::to_owned);
                    xml.empty("Relationship", &[id, kind, ("Target", &target)]);
                }
            }
        }
    });
    xml.finish()
}

/// Pictures and fonts by the end of their names, everything else one by one.
fn content_types(parts: &Parts) -> Vec<u8> {
    let mut by_end = BTreeMap::from([
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ]);
    for (name, part) in parts {
        if let Some((_, end)) = name.rsplit_once('.') {
            by_end.entry(end).or_insert(&part.kind);
        }
    }
    let mut xml = Xml::file();
    let space = "http://schemas.openxmlformats.org/package/2006/content-types";
    xml.holding("Types", &[("xmlns", space)], |xml| {
        for (end, kind) in &by_end {
            xml.empty("Default", &[("Extension", end), ("ContentType", kind)]);
        }
        for (name, part) in parts {
            let usual = name.rsplit_once('.').and_then(|(_, end)| by_end.get(end));
            if usual != Some(&part.kind.as_str()) {
                xml.empty("Override", &[("PartName", &format!("/{name}")), ("ContentType", &part.kind)]);
            }
        }
    });
    xml.finish()
}

/// A zip file in memory whose files are all of one day.
struct Zip {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    options: SimpleFileOptions,
}

impl Zip {
    fn new(date: Date) -> Self {
        let small = |number: i8| u8::try_from(number).unwrap_or(1);
        let year = u16::try_from(date.year()).unwrap_or(0);
        let day = DateTime::from_date_and_time(year, small(date.month()), small(date.day()), 0, 0, 0);
        // A day that zip cannot say (before 1980) becomes its first.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(day.unwrap_or_default())
            .unix_permissions(0o644);
        Self { writer: ZipWriter::new(Cursor::new(Vec::new())), options }
    }

    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.writer.start_file(name, self.options).expect("names differ and memory takes every file");
        self.writer.write_all(bytes).expect("writing to memory does not fail");
    }

    fn finish(self) -> Vec<u8> {
        self.writer.finish().expect("writing to memory does not fail").into_inner()
    }
}
