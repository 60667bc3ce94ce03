//! A council's own template: what of its package is kept, and what is left behind.
//!
//! Kept are its styles, theme, fonts, lists, settings, headers and footers with their pictures, and how its pages lie. Left
//! behind is all that could tell on somebody or act by itself: its text, properties, comments, the list of authors, data
//! behind content controls, the path of the template that it came from, mail merge, protection and macros.

mod unzip;

use std::collections::BTreeMap;

use crate::report::docx::Error;
use crate::report::docx::package::{Part, Parts, Relation, Target, folder, relations_of};
use crate::report::docx::read::{Broken, Child, Element, text};
use crate::report::docx::setup::Setup;
use crate::report::docx::styles::MAIN;

/// What is kept of a template.
#[derive(Debug)]
pub(super) struct Template {
    /// Its parts, without the document.
    pub(super) parts: Parts,
    /// What the document referred to, of what is kept.
    pub(super) relations: Vec<Relation>,
    /// Its pages.
    pub(super) setup: Setup,
}

/// What a document refers to that belongs to its look.
const KEPT: &[&str] = &["styles", "theme", "fontTable", "settings", "numbering", "footnotes", "endnotes"];

/// What is kept if the last section uses it.
const EDGES: &[&str] = &["header", "footer"];

/// Settings that would tell where a template comes from, lock what is made with it, or ask questions on opening.
const DROPPED_SETTINGS: &[&str] = &[
    "attachedTemplate",
    "mailMerge",
    "docVars",
    "rsids",
    "docId",
    "updateFields",
    "documentProtection",
    "writeProtection",
    "saveThroughXslt",
    "attachedSchema",
];

/// Reads a template.
///
/// # Errors
/// What is wrong with it and what to do, as [`Error`] says.
pub(super) fn read(bytes: &[u8]) -> Result<Template, Error> {
    let files = unzip::files(bytes)?;
    let package = Package { kinds: Kinds::read(file(&files, "[Content_Types].xml")?)?, files: &files };
    let roots = package.relations("")?;
    let main = roots.iter().find(|it| it.is("officeDocument")).and_then(Relation::part);
    let main = main.ok_or(Broken::Lacks("document"))?;
    package.must_be_word(main)?;
    let document = text(file(&files, main)?)?;
    let setup = setup(document)?;
    let mut relations = package.relations(main)?;
    relations.retain(|it| {
        let is_edge = EDGES.iter().any(|kind| it.is(kind));
        let is_used = setup.references.iter().any(|reference| reference.relation == it.id);
        it.part().is_none_or(may_be_kept) && (KEPT.iter().any(|kind| it.is(kind)) || is_edge && is_used)
    });
    let mut parts = Parts::new();
    for name in relations.iter().filter_map(Relation::part) {
        package.keep(name, &mut parts)?;
    }
    let settings = relations.iter().find(|it| it.is("settings")).and_then(Relation::part);
    if let Some(settings) = settings.and_then(|name| parts.get_mut(name)) {
        settings.relations.clear();
        settings.bytes = quiet(text(&settings.bytes)?)?.into_bytes();
    }
    Ok(Template { parts, relations, setup })
}

/// The files of a zip file by name.
type Files = BTreeMap<String, Vec<u8>>;

fn file<'a>(files: &'a Files, name: &str) -> Result<&'a [u8], Error> {
    let found = files.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, bytes)| bytes.as_slice());
    found.ok_or_else(|| Error::NotADocument(format!("it has no part {name}")))
}

/// Media types by the end of a name and by part.
struct Kinds {
    by_end: BTreeMap<String, String>,
    by_part: BTreeMap<String, String>,
}

impl Kinds {
    fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut kinds = Self { by_end: BTreeMap::new(), by_part: BTreeMap::new() };
        for child in Element::read(text(bytes)?)?.children {
            let of = |name| child.attribute(name).unwrap_or_default();
            if child.is("Default") {
                kinds.by_end.insert(of("Extension").to_lowercase(), of("ContentType"));
            } else {
                kinds.by_part.insert(of("PartName").trim_start_matches('/').to_lowercase(), of("ContentType"));
            }
        }
        Ok(kinds)
    }

    fn of(&self, part: &str) -> &str {
        let part = part.to_lowercase();
        let end = part.rsplit_once('.').map_or("", |(_, end)| end);
        self.by_part.get(&part).or_else(|| self.by_end.get(end)).map_or("application/octet-stream", String::as_str)
    }
}

/// A template's package.
struct Package<'a> {
    files: &'a Files,
    kinds: Kinds,
}

impl Package<'_> {
    /// Refuses what is not a Word document of the usual kind.
    fn must_be_word(&self, main: &str) -> Result<(), Error> {
        let kind = self.kinds.of(main);
        if kind.contains("macroEnabled") {
            return Err(Error::Macros);
        }
        if !kind.contains("wordprocessingml.document.main") && !kind.contains("wordprocessingml.template.main") {
            return Err(Error::NotADocument(format!("its main part is \"{kind}\"")));
        }
        if text(file(self.files, main)?)?.contains(MAIN) { Ok(()) } else { Err(Error::Strict) }
    }

    /// What a part refers to; of the package itself for no part.
    fn relations(&self, part: &str) -> Result<Vec<Relation>, Error> {
        let name = relations_of(part);
        let Some((_, bytes)) = self.files.iter().find(|(it, _)| it.eq_ignore_ascii_case(&name)) else {
            return Ok(Vec::new());
        };
        let all = Element::read(text(bytes)?)?.children;
        let relation = |child: &Child<'_>| {
            let of = |name| child.attribute(name).unwrap_or_default();
            let target = match of("TargetMode").as_str() {
                "External" => Target::Outside(of("Target")),
                _ => Target::Part(resolved(folder(part), &of("Target"))),
            };
            Relation { id: of("Id"), kind: of("Type"), target }
        };
        Ok(all.iter().map(relation).collect())
    }

    /// A part and all that it refers to.
    fn keep(&self, name: &str, parts: &mut Parts) -> Result<(), Error> {
        if parts.contains_key(name) {
            return Ok(());
        }
        // Data behind content controls stays behind; so does what is named and not there.
        let mut relations = self.relations(name)?;
        let is_there = |part: &str| may_be_kept(part) && file(self.files, part).is_ok();
        relations.retain(|it| !it.is("customXml") && it.part().is_none_or(is_there));
        let followed: Vec<String> = relations.iter().filter_map(Relation::part).map(str::to_owned).collect();
        let bytes = file(self.files, name)?.to_owned();
        parts.insert(name.to_owned(), Part { kind: self.kinds.of(name).to_owned(), bytes, relations });
        followed.iter().try_for_each(|next| self.keep(next, parts))
    }
}

/// Whether a part may come along: not what the package itself is made of, nor its properties.
fn may_be_kept(part: &str) -> bool {
    let part = part.to_lowercase();
    !part.ends_with(".rels") && part != "[content_types].xml" && !part.starts_with("docprops/")
}

/// A target as the name of a part: `../media/a.png` seen from `word/theme/` is `word/media/a.png`.
fn resolved(folder: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The pages of the last section; our own where the template says nothing.
fn setup(document: &str) -> Result<Setup, Broken> {
    let document = Element::read(document)?;
    let body = document.child("body").ok_or(Broken::Lacks("body"))?;
    let body = Element::read(body.text)?;
    body.child("sectPr").map_or_else(|| Ok(Setup::own()), |section| Setup::of_template(section.text))
}

/// Settings without those that tell or ask.
fn quiet(settings: &str) -> Result<String, Broken> {
    let all = Element::read(settings)?;
    let (mut text, mut copied) = (String::new(), 0);
    for child in all.children.iter().filter(|child| DROPPED_SETTINGS.iter().any(|name| child.is(name))) {
        text.push_str(&settings[copied..child.span.start]);
        copied = child.span.end;
    }
    text.push_str(&settings[copied..]);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_names_of_parts() {
        assert_eq!(resolved("word/", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word/theme/", "../media/a.png"), "word/media/a.png");
        assert_eq!(resolved("word/", "/word/header1.xml"), "word/header1.xml");
        assert_eq!(resolved("", "../../../etc/passwd"), "etc/passwd");
    }
}
