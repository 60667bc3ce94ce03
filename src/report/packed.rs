//! A document for programs: all of it as JSON, and each of its tables as CSV.
//!
//! Both say what the document says and no more; a suppressed figure is `[c]` here too.
//!
//! # The JSON
//! `schema` is `demerge/document/1`. Then `title`, `lead`, `language`, `audience` (`public`, `exempt` or `personal`),
//! `marking`, `draft`, `date` (`2021-03-05`), `organisation`, `program`, and `sections`: each with `id`, `title` and
//! `blocks`. A block has a `kind`:
//!
//! | `kind` | further keys |
//! |---|---|
//! | `heading`, `paragraph`, `warning`, `note`, `source` | `text` |
//! | `list` | `items`: texts |
//! | `definitions` | `items`: each a `term` and a `text` |
//! | `drawing` | `number`, `title`, `description` |
//! | `table` | `number`, `caption`, `columns` (each a `heading` and a `kind`: `text` or `figures`), `rows` of cells |
//!
//! A cell has its `text` as printed and a `type`: `text`, `suppressed`, `number`, `money` (pounds) or `percent`; the last
//! three have a `value`, a decimal as a string, so that no digit is lost.

use serde::Serialize;

use crate::report::document::{Audience, Document, LANGUAGE};
use crate::report::json;
use crate::report::lists::{guarded, write_bare};
use crate::report::page::{Block, Column, ColumnKind, Section, Table};
use crate::report::svg::Drawing;
use crate::report::typed::{Typed, typed};

/// The document as JSON, as the module says.
pub fn document_json(document: &Document) -> Vec<u8> {
    let mut numbers = Numbers { tables: 0, drawings: 0 };
    json::document(&DocumentRecord {
        schema: "demerge/document/1",
        title: &document.page.title,
        lead: &document.page.lead,
        language: LANGUAGE,
        audience: match document.audience {
            Audience::Public => "public",
            Audience::Exempt => "exempt",
            Audience::Personal => "personal",
        },
        marking: document.audience.marking(),
        draft: document.draft,
        date: document.date.to_string(),
        organisation: &document.organisation,
        program: &document.program,
        sections: document.page.sections.iter().map(|section| numbers.section(section)).collect(),
    })
}

/// Each table as a CSV file with a name such as `table-03-posts-on-offer.csv`, in order.
///
/// - Cells are as printed; one that a spreadsheet would take for a formula starts with an apostrophe, numbers never do.
pub fn tables_csv(document: &Document) -> Vec<(String, Vec<u8>)> {
    let blocks = document.page.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks.filter_map(Block::table);
    let named = |number, table: &Table| (format!("{}.csv", file_stem("table", number, &table.caption)), csv(table));
    (1..).zip(tables).map(|(number, table)| named(number, table)).collect()
}

/// Every drawing of a document as SVG, with the name of its file.
pub fn drawings_svg(document: &Document) -> Vec<(String, Vec<u8>)> {
    let blocks = document.page.sections.iter().flat_map(|section| &section.blocks);
    let named =
        |number, drawing: &Drawing| (format!("{}.svg", file_stem("chart", number, drawing.title())), drawing.to_svg());
    (1..).zip(blocks.filter_map(Block::drawing)).map(|(number, drawing)| named(number, drawing)).collect()
}

/// Letters of a caption that a file's name takes.
const LONGEST_NAME: usize = 40;

fn file_stem(what: &str, number: usize, caption: &str) -> String {
    let mut name = format!("{what}-{number:02}");
    let whole = name.len() + LONGEST_NAME;
    for word in caption.to_lowercase().split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if name.len() + 1 + word.len() > whole {
            break;
        }
        if !word.is_empty() {
            name.push('-');
            name.push_str(word);
        }
    }
    name
}

fn csv(table: &Table) -> Vec<u8> {
    let head: Vec<String> = table.columns.iter().map(|column| guarded(column.heading.to_string())).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let cell = |(text, column): (&String, &Column)| match typed(text, column.kind) {
        Typed::Text | Typed::Suppressed => guarded(text.clone()),
        Typed::Whole(_) | Typed::Decimal(..) | Typed::Money(_) | Typed::Percent(_) => text.clone(),
    };
    write_bare(&head, table.rows.iter().map(|row| row.iter().zip(&table.columns).map(cell).collect::<Vec<_>>()))
}

#[derive(Serialize)]
struct DocumentRecord<'a> {
    schema: &'static str,
    title: &'a str,
    lead: &'a str,
    language: &'static str,
    audience: &'static str,
    marking: &'static str,
    draft: u32,
    date: String,
    organisation: &'a str,
    program: &'a str,
    sections: Vec<SectionRecord<'a>>,
}

#[derive(Serialize)]
struct SectionRecord<'a> {
    id: &'static str,
    title: &'a str,
    blocks: Vec<BlockRecord<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockRecord<'a> {
    Heading { text: &'a str },
    Paragraph { text: &'a str },
    List { items: &'a [String] },
    Warning { text: &'a str },
    Note { text: &'a str },
    Definitions { items: Vec<DefinitionRecord<'a>> },
    Source { text: &'a str },
    Drawing { number: u32, title: &'a str, description: &'a str },
    Table { number: u32, caption: &'a str, columns: Vec<ColumnRecord<'a>>, rows: Vec<Vec<CellRecord<'a>>> },
}

#[derive(Serialize)]
struct DefinitionRecord<'a> {
    term: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct ColumnRecord<'a> {
    heading: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct CellRecord<'a> {
    text: &'a str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// How many tables and drawings there were so far.
struct Numbers {
    tables: u32,
    drawings: u32,
}

impl Numbers {
    fn section<'a>(&mut self, section: &'a Section) -> SectionRecord<'a> {
        let blocks = section.blocks.iter().map(|block| self.block(block)).collect();
        SectionRecord { id: section.id, title: &section.title, blocks }
    }

    fn block<'a>(&mut self, block: &'a Block) -> BlockRecord<'a> {
        match block {
            Block::Heading(text) => BlockRecord::Heading { text },
            Block::Paragraph(text) => BlockRecord::Paragraph { text },
            Block::List(items) => BlockRecord::List { items },
            Block::Warning(text) => BlockRecord::Warning { text },
            Block::Note(text) => BlockRecord::Note { text },
            Block::Definitions(rows) => BlockRecord::Definitions {
                items: rows.iter().map(|(term, text)| DefinitionRecord { term, text }).collect(),
            },
            Block::Source(text) => BlockRecord::Source { text },
            Block::Drawing(drawing) => {
                self.drawings += 1;
                let (title, description) = (drawing.title(), drawing.description());
                BlockRecord::Drawing { number: self.drawings, title, description }
            }
            Block::Table(table) => {
                self.tables += 1;
                table_record(self.tables, table)
            }
        }
    }
}

fn table_record(number: u32, table: &Table) -> BlockRecord<'_> {
    let kind = |column: &Column| match column.kind {
        ColumnKind::Text => "text",
        ColumnKind::Figures => "figures",
    };
    let columns = table.columns.iter().map(|it| ColumnRecord { heading: &it.heading, kind: kind(it) }).collect();
    let mut rows = Vec::new();
    for row in &table.rows {
        rows.push(row.iter().zip(&table.columns).map(|(text, it)| cell_record(text, typed(text, it.kind))).collect());
    }
    BlockRecord::Table { number, caption: &table.caption, columns, rows }
}

fn cell_record(text: &str, kind: Typed) -> CellRecord<'_> {
    let word = match kind {
        Typed::Text => "text",
        Typed::Suppressed => "suppressed",
        Typed::Whole(_) | Typed::Decimal(..) => "number",
        Typed::Money(_) => "money",
        Typed::Percent(_) => "percent",
    };
    CellRecord { text, r#type: word, value: kind.plain() }
}
