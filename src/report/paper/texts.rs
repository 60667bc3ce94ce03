//! The words of a paper: blocks of text that the council may change, with fields that the run fills in.
//!
//! A field is a sentence or a figure that the paper prints anyway, so a changed block cannot tell more than the paper does.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, UndefinedBehavior};
use toml::de::{DeTable, DeValue};

use crate::report::page::{Block, paragraph};

/// The words that the program brings.
pub const BUILT_IN: &str = include_str!("blocks.toml");

/// What is wrong with a file of blocks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file} line {line}: {what}; {action}")]
pub struct Fault {
    /// Which file.
    pub file: String,
    /// Which line, from 1.
    pub line: usize,
    /// What was found.
    pub what: String,
    /// What to do.
    pub action: String,
}

/// Every block by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, Words>);

/// The words of one block, and where they begin.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words {
    text: String,
    file: String,
    line: usize,
}

/// What the fields stand for in one paper.
pub type Fields = BTreeMap<&'static str, String>;

impl Texts {
    /// The built-in words, with those of a file in place of the blocks that it names.
    ///
    /// # Errors
    /// Every [`Fault`] of the file: no TOML, no UTF-8, an unknown block, a block that is no text.
    pub fn read(own: Option<(&str, &[u8])>) -> Result<Self, Vec<Fault>> {
        let mut blocks = parse("the built-in words", BUILT_IN)?;
        let Some((file, bytes)) = own else { return Ok(Self(blocks)) };
        let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            vec![fault(file, line, "this is not UTF-8", "save the file again with the encoding UTF-8")]
        })?;
        let found = parse(file, text)?;
        let names: Vec<&str> = blocks.keys().map(String::as_str).collect();
        let unknown = found.iter().filter(|(name, _)| !blocks.contains_key(*name));
        let unknown: Vec<Fault> = unknown
            .map(|(name, words)| {
                let action = format!("the blocks are: {}", names.join(", "));
                fault(file, words.line, &format!("there is no block {name:?}"), &action)
            })
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        blocks.extend(found);
        Ok(Self(blocks))
    }

    /// Every block filled in.
    ///
    /// # Errors
    /// Every [`Fault`] of the blocks: a template that cannot be read, or a field that there is not.
    pub fn filled(&self, fields: &Fields, is_public: bool) -> Result<Filled, Vec<Fault>> {
        let (mut filled, mut faults) = (BTreeMap::new(), Vec::new());
        for (name, words) in &self.0 {
            match words.filled(fields, is_public) {
                Ok(text) => drop(filled.insert(name.clone(), text)),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(Filled(filled)) } else { Err(faults) }
    }
}

impl Words {
    fn filled(&self, fields: &Fields, is_public: bool) -> Result<String, Vec<Fault>> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let broken = |error: minijinja::Error| {
            let line = self.line + error.line().unwrap_or(1).saturating_sub(1);
            let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            let action = "compare it with the built-in words, which docs/PAPER.md shows";
            vec![fault(&self.file, line, &format!("this cannot be filled in ({detail})"), action)]
        };
        let template = environment.template_from_str(&self.text).map_err(broken)?;
        let known: BTreeSet<&str> = fields.keys().copied().chain(["public"]).collect();
        let mut wanted: Vec<String> = template.undeclared_variables(false).into_iter().collect();
        wanted.retain(|field| !known.contains(field.as_str()));
        wanted.sort();
        if !wanted.is_empty() {
            let names: Vec<&str> = known.iter().copied().collect();
            let action = format!("the fields are: {}", names.join(", "));
            let of = |field: &String| {
                let line = self.text.lines().position(|line| line.contains(field.as_str())).unwrap_or(0);
                fault(&self.file, self.line + line, &format!("there is no field {field:?}"), &action)
            };
            return Err(wanted.iter().map(of).collect());
        }
        let mut context: BTreeMap<&str, minijinja::Value> =
            fields.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        context.insert("public", is_public.into());
        template.render(context).map_err(broken)
    }
}

/// Blocks with their fields filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled(BTreeMap<String, String>);

impl Filled {
    /// A block as one line, such as a title.
    pub fn line(&self, name: &str) -> String {
        self.0.get(name).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }

    /// A block as paragraphs and lists.
    pub fn blocks(&self, name: &str) -> Vec<Block> {
        let text = self.0.get(name).map(String::as_str).unwrap_or_default();
        let mut blocks = Vec::new();
        for piece in text.split("\n\n").map(str::trim).filter(|piece| !piece.is_empty()) {
            let points: Vec<String> =
                piece.lines().filter_map(|line| line.trim().strip_prefix("- ")).map(str::to_owned).collect();
            if points.is_empty() {
                blocks.push(paragraph(piece.split_whitespace().collect::<Vec<_>>().join(" ")));
            } else {
                let before: Vec<&str> = piece.lines().take_while(|line| !line.trim().starts_with("- ")).collect();
                if !before.is_empty() {
                    blocks.push(paragraph(before.join(" ")));
                }
                blocks.push(Block::List(points));
            }
        }
        blocks
    }
}

fn parse(file: &str, text: &str) -> Result<BTreeMap<String, Words>, Vec<Fault>> {
    let line_of =
        |offset: usize| 1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|it| **it == b'\n').count();
    let table = DeTable::parse(text).map_err(|error| {
        let line = line_of(error.span().map_or(0, |span| span.start));
        let action = "write each block as name = \"words\", or between \"\"\" where it has several lines";
        vec![fault(file, line, error.message().lines().next().unwrap_or_default(), action)]
    })?;
    let (mut blocks, mut faults) = (BTreeMap::new(), Vec::new());
    for (name, value) in table.get_ref() {
        let start = value.span().start;
        match value.get_ref() {
            DeValue::String(words) => {
                let several = text[start..].starts_with("\"\"\"\n") || text[start..].starts_with("\"\"\"\r\n");
                let line = line_of(start) + usize::from(several);
                let words = Words { text: words.to_string().replace("\r\n", "\n"), file: file.to_owned(), line };
                blocks.insert(name.get_ref().to_string(), words);
            }
            _ => {
                let what = format!("block {:?} is no text", name.get_ref());
                faults.push(fault(file, line_of(start), &what, "put its words in \"quotation marks\""));
            }
        }
    }
    if faults.is_empty() { Ok(blocks) } else { Err(faults) }
}

fn fault(file: &str, line: usize, what: &str, action: &str) -> Fault {
    Fault { file: file.to_owned(), line, what: what.to_owned(), action: action.to_owned() }
}
