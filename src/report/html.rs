//! A page or a document as one HTML file that opens anywhere: no script, no font, no picture, nothing from the network.
//!
//! Plain headings, sentences and tables in the order of the page, with landmarks, captions and row headings, for screen
//! readers, paper and a window 320 pixels wide. Every text is escaped by the template engine. A document also has a cover,
//! counted captions, and its marking and draft on each printed page.

mod blocks;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Value, context};

use crate::report::captions::Captions;
use crate::report::document::{Audience, Document, LANGUAGE};
use crate::report::html::blocks::{Numbering, section};
use crate::report::page::Page;
use crate::report::provenance::Provenance;

const HEAD: &str = include_str!("html/head.html");
const PAGE: &str = include_str!("html/page.html");
const DOCUMENT: &str = include_str!("html/document.html");
const BLOCKS: &str = include_str!("html/blocks.html");
const STYLE: &str = include_str!("html/style.css");
const DOCUMENT_STYLE: &str = include_str!("html/document.css");

/// A page as a whole HTML file, in UTF-8.
pub fn write_html(page: &Page, provenance: &Provenance) -> Vec<u8> {
    let values = context! {
        language => LANGUAGE,
        title => page.title.as_str(),
        lead => page.lead.as_str(),
        program => provenance.program.as_str(),
        style => Value::from_safe_string(STYLE.to_owned()),
        sections => sections(page, Numbering::Plain),
    };
    filled("page.html", values)
}

/// A document as a whole HTML file, in UTF-8: with cover, contents and counted captions.
pub fn write_document(document: &Document) -> Vec<u8> {
    let Document { page, audience, draft, date, organisation, program } = document;
    let values = context! {
        language => LANGUAGE,
        title => page.title.as_str(),
        lead => page.lead.as_str(),
        organisation => organisation.as_str(),
        marking => audience.marking(),
        draft => draft,
        date => date.to_string(),
        day => document.day(),
        footer => document.footer(),
        program => program.as_str(),
        closing => document.closing(),
        style => Value::from_safe_string(format!("{STYLE}{}", print_style(document))),
        sections => sections(page, Numbering::Counted(Captions::default())),
    };
    filled("document.html", values)
}

fn sections(page: &Page, mut numbering: Numbering) -> Vec<Value> {
    page.sections.iter().map(|it| section(it, &mut numbering)).collect()
}

/// The style of a document; the marking stands above each printed page where not everybody may read it.
fn print_style(document: &Document) -> String {
    let header = match document.audience {
        Audience::Public => "",
        Audience::Exempt | Audience::Personal => document.audience.marking(),
    };
    DOCUMENT_STYLE.replace("{{ header }}", &css_string(header)).replace("{{ footer }}", &css_string(&document.footer()))
}

/// Text as a string of CSS in which nothing can end the string or the style.
fn css_string(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '<' | '>' | '&' => written.push_str(&format!("\\{:x} ", u32::from(letter))),
            other if other.is_control() => written.push(' '),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

fn filled(name: &str, values: Value) -> Vec<u8> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(one_line_blocks());
    let templates = [("head.html", HEAD), ("page.html", PAGE), ("document.html", DOCUMENT), ("blocks.html", BLOCKS)];
    for (name, text) in templates {
        environment.add_template(name, text).expect("the built-in templates are well formed");
    }
    let template = environment.get_template(name).expect("it was added above");
    template.render(values).expect("the built-in templates use only what they are given").into_bytes()
}

/// Block tags on lines of their own leave no empty lines behind.
fn one_line_blocks() -> SyntaxConfig {
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    syntax.expect("the delimiters are the usual ones")
}

#[cfg(test)]
mod tests {
    use super::css_string;

    #[test]
    fn a_string_of_css_cannot_be_left() {
        assert_eq!(css_string("a \"b\" </style>\\\n"), "\"a \\22 b\\22  \\3c /style\\3e \\5c  \"");
    }
}
