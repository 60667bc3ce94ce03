//! Sections as the values that the templates are filled with.

use minijinja::{Value, context};

use crate::report::captions::Captions;
use crate::report::page::{Block, Column, ColumnKind, Section, Table};

/// Whether tables and drawings are counted.
pub(super) enum Numbering {
    /// They bear their captions alone.
    Plain,
    /// They are counted from the beginning of the document.
    Counted(Captions),
}

impl Numbering {
    fn table(&mut self, caption: &str) -> String {
        match self {
            Numbering::Plain => caption.to_owned(),
            Numbering::Counted(captions) => captions.table(caption),
        }
    }

    fn figure(&mut self, title: &str) -> Option<String> {
        match self {
            Numbering::Plain => None,
            Numbering::Counted(captions) => Some(captions.figure(title)),
        }
    }
}

/// A section whose anchors begin with its id.
pub(super) fn section(section: &Section, numbering: &mut Numbering) -> Value {
    let (mut tables, mut drawings) = (0, 0);
    let blocks: Vec<Value> = section
        .blocks
        .iter()
        .map(|it| {
            let anchor = match it {
                Block::Drawing(_) => {
                    drawings += 1;
                    format!("{}-drawing-{drawings}", section.id)
                }
                Block::Table(_) => {
                    tables += 1;
                    format!("{}-table-{tables}", section.id)
                }
                Block::Heading(_)
                | Block::Paragraph(_)
                | Block::List(_)
                | Block::Warning(_)
                | Block::Note(_)
                | Block::Definitions(_)
                | Block::Source(_) => String::new(),
            };
            block(it, &anchor, numbering)
        })
        .collect();
    context! { id => section.id, title => section.title.as_str(), blocks => blocks }
}

fn block(block: &Block, anchor: &str, numbering: &mut Numbering) -> Value {
    match block {
        Block::Heading(text) => context! { kind => "heading", text => text },
        Block::Paragraph(text) => context! { kind => "paragraph", text => text },
        Block::List(items) => context! { kind => "list", items => items },
        Block::Table(table) => table_value(table, anchor, &numbering.table(&table.caption)),
        Block::Warning(text) => context! { kind => "warning", text => text },
        Block::Note(text) => context! { kind => "note", text => text },
        Block::Definitions(rows) => {
            let rows: Vec<Value> = rows.iter().map(|(term, text)| context! { term => term, text => text }).collect();
            context! { kind => "definitions", rows => rows }
        }
        Block::Source(text) => context! { kind => "source", text => text },
        Block::Drawing(drawing) => context! {
            kind => "drawing",
            text => drawing.title(),
            caption => numbering.figure(drawing.title()),
            svg => Value::from_safe_string(drawing.inline(anchor)),
        },
    }
}

fn table_value(table: &Table, anchor: &str, caption: &str) -> Value {
    let column = |column: &Column| context! { heading => column.heading.as_ref(), figures => is_figures(column) };
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells = row.iter().zip(&table.columns);
            let cells: Vec<Value> =
                cells.map(|(text, column)| context! { text => text, figures => is_figures(column) }).collect();
            Value::from(cells)
        })
        .collect();
    let columns: Vec<Value> = table.columns.iter().map(column).collect();
    context! { kind => "table", anchor => anchor, caption => caption, columns => columns, rows => rows }
}

fn is_figures(column: &Column) -> bool {
    match column.kind {
        ColumnKind::Text => false,
        ColumnKind::Figures => true,
    }
}
