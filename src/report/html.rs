//! A page as one HTML file that opens anywhere: no script, no font, no picture, nothing from the network.
//!
//! Plain headings, sentences and tables in the order of the page, with landmarks, captions and row headings, for screen
//! readers, paper and a window 320 pixels wide. Every text is escaped by the template engine.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Value, context};

use crate::report::page::{Block, Column, ColumnKind, Page, Section, Table};
use crate::report::provenance::Provenance;

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");

/// A page as a whole HTML file, in UTF-8.
pub fn write_html(page: &Page, provenance: &Provenance) -> Vec<u8> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(one_line_blocks());
    environment.add_template("page.html", PAGE).expect("the built-in template is well formed");
    let template = environment.get_template("page.html").expect("it was added above");
    let sections: Vec<Value> = page.sections.iter().map(section).collect();
    let text = template.render(context! {
        title => page.title.as_str(),
        lead => page.lead.as_str(),
        program => provenance.program.as_str(),
        style => Value::from_safe_string(STYLE.to_owned()),
        sections => sections,
    });
    text.expect("the built-in template uses only what it is given").into_bytes()
}

/// Block tags on lines of their own leave no empty lines behind.
fn one_line_blocks() -> SyntaxConfig {
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    syntax.expect("the delimiters are the usual ones")
}

fn section(section: &Section) -> Value {
    let (mut tables, mut drawings) = (0, 0);
    let blocks: Vec<Value> = section
        .blocks
        .iter()
        .map(|it| {
            if matches!(it, Block::Table(_)) {
                tables += 1;
            }
            if matches!(it, Block::Drawing(_)) {
                drawings += 1;
                return block(it, &format!("{}-drawing-{drawings}", section.id));
            }
            block(it, &format!("{}-table-{tables}", section.id))
        })
        .collect();
    context! { id => section.id, title => section.title.as_str(), blocks => blocks }
}

fn block(block: &Block, anchor: &str) -> Value {
    match block {
        Block::Heading(text) => context! { kind => "heading", text => text },
        Block::Paragraph(text) => context! { kind => "paragraph", text => text },
        Block::List(items) => context! { kind => "list", items => items },
        Block::Table(table) => table_value(table, anchor),
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
            svg => Value::from_safe_string(drawing.inline(anchor)),
        },
    }
}

fn table_value(table: &Table, anchor: &str) -> Value {
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
    context! { kind => "table", anchor => anchor, caption => table.caption.as_str(), columns => columns, rows => rows }
}

fn is_figures(column: &Column) -> bool {
    match column.kind {
        ColumnKind::Text => false,
        ColumnKind::Figures => true,
    }
}
