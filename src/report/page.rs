//! What a page holds: headings, sentences and tables, without any format.
//!
//! The HTML file and the terminal text are two writers of the same blocks, so they cannot say different things.

use std::borrow::Cow;

use crate::report::svg::Drawing;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Heading of the page.
    pub title: String,
    /// One line under the heading.
    pub lead: String,
    /// Its sections in order.
    pub sections: Vec<Section>,
}

/// A part of a page with a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Anchor: lower-case letters and hyphens, once a page.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading under the section's own.
    Heading(String),
    /// Sentences.
    Paragraph(String),
    /// Points without an order.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// Something that may not be overlooked.
    Warning(String),
    /// A remark in a box.
    Note(String),
    /// Terms with what belongs to them.
    Definitions(Vec<(String, String)>),
    /// Where the figures above come from.
    Source(String),
    /// A picture of what the table beside it says; text has the table alone.
    Drawing(Drawing),
}

impl Block {
    /// The words of a heading.
    pub fn heading(&self) -> Option<&str> {
        match self {
            Block::Heading(text) => Some(text),
            Block::Paragraph(_)
            | Block::List(_)
            | Block::Table(_)
            | Block::Warning(_)
            | Block::Note(_)
            | Block::Definitions(_)
            | Block::Source(_)
            | Block::Drawing(_) => None,
        }
    }

    /// The table, where it is one.
    pub fn table(&self) -> Option<&Table> {
        match self {
            Block::Table(table) => Some(table),
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Warning(_)
            | Block::Note(_)
            | Block::Definitions(_)
            | Block::Source(_)
            | Block::Drawing(_) => None,
        }
    }

    /// The drawing, where it is one.
    pub fn drawing(&self) -> Option<&Drawing> {
        match self {
            Block::Drawing(drawing) => Some(drawing),
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Table(_)
            | Block::Warning(_)
            | Block::Note(_)
            | Block::Definitions(_)
            | Block::Source(_) => None,
        }
    }
}

/// A table; its first column names each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: Cow<'static, str>,
    /// Text, or figures.
    pub kind: ColumnKind,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// From the left.
    Text,
    /// Figures, from the right.
    Figures,
}

/// A column of text.
pub fn text(heading: impl Into<Cow<'static, str>>) -> Column {
    Column { heading: heading.into(), kind: ColumnKind::Text }
}

/// A column of figures.
pub fn figures(heading: impl Into<Cow<'static, str>>) -> Column {
    Column { heading: heading.into(), kind: ColumnKind::Figures }
}

/// A paragraph.
pub fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

/// A table, from its caption, columns and rows.
pub fn table(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<String>>) -> Block {
    Block::Table(Table { caption: caption.into(), columns, rows })
}
