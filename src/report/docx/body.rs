//! The document itself: every block of the page in its order, in the styles of the package.

use crate::report::captions::Captions;
use crate::report::document::Document;
use crate::report::docx::flow::lies;
use crate::report::docx::front::{self, Begin, definitions, heading_mark, section_mark};
use crate::report::docx::ink::{Ink, Keep};
use crate::report::docx::picture::{self, Called, PICTURE};
use crate::report::docx::setup::{Lie, Place, Setup};
use crate::report::docx::styles::{MAIN, Names, Style};
use crate::report::docx::table;
use crate::report::docx::xml::Xml;
use crate::report::page::{Block, Section};
use crate::report::svg::Drawing;

/// The text of a document, and the drawings that it shows.
#[derive(Debug)]
pub(super) struct Body<'a> {
    /// The part of the package.
    pub(super) xml: Vec<u8>,
    /// Each drawing as it is called.
    pub(super) figures: Vec<(Called, &'a Drawing)>,
}

/// What the elements of a document belong to.
const SPACES: &[(&str, &str)] = &[
    ("xmlns:w", MAIN),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", PICTURE),
];

/// Writes the document.
pub(super) fn write<'a>(document: &'a Document, names: &Names, setup: &Setup) -> Body<'a> {
    let mut xml = Xml::file();
    xml.open("w:document", SPACES);
    xml.open("w:body", &[]);
    let mut writer = Writer {
        ink: Ink::new(xml, names),
        setup,
        lie: Lie::Upright,
        place: Place::First,
        captions: Captions::default(),
        tables: 0,
        figures: Vec::new(),
    };
    let after = front::write(&mut writer.ink, document);
    for (index, section) in document.page.sections.iter().enumerate() {
        let begin = if index == 0 { after } else { Begin::Below };
        writer.section(index, section, begin);
    }
    writer.ink.line(Style::Source, &document.closing());
    let Writer { mut ink, lie, place, figures, .. } = writer;
    setup.write(&mut ink, lie, place);
    let mut xml = ink.into_xml();
    xml.close("w:body");
    xml.close("w:document");
    Body { xml: xml.finish(), figures }
}

struct Writer<'a, 'b> {
    ink: Ink<'b>,
    setup: &'b Setup,
    lie: Lie,
    place: Place,
    captions: Captions,
    tables: u32,
    figures: Vec<(Called, &'a Drawing)>,
}

impl<'a> Writer<'a, '_> {
    fn section(&mut self, index: usize, section: &'a Section, begin: Begin) {
        let lies = lies(section, self.setup);
        let (first, others) = lies.split_first().expect("the heading of the section comes first");
        // What lies another way is on a new page anyhow.
        let begin = if *first == self.lie { begin } else { Begin::Below };
        self.turn(*first);
        self.heading(Style::Heading1, begin, &section_mark(index, section), &section.title);
        let mut headings = 0;
        for (place, (block, lie)) in section.blocks.iter().zip(others).enumerate() {
            self.turn(*lie);
            let foot = match section.blocks.get(place + 1) {
                Some(Block::Source(_)) => Keep::WithNext,
                Some(_) | None => Keep::AsStyle,
            };
            match block {
                Block::Heading(text) => {
                    self.heading(Style::Heading2, Begin::Below, &heading_mark(index, headings), text);
                    headings += 1;
                }
                other => self.block(other, foot),
            }
        }
    }

    /// Ends the pages that lie one way where the next ones lie another.
    fn turn(&mut self, lie: Lie) {
        if lie == self.lie {
            return;
        }
        let (setup, old, place) = (self.setup, self.lie, self.place);
        self.ink.within("w:p", &[], |ink| {
            ink.within("w:pPr", &[], |ink| {
                let name = ink.name(Style::Break);
                ink.empty("w:pStyle", &[("w:val", &name)]);
                setup.write(ink, old, place);
            });
        });
        (self.lie, self.place) = (lie, Place::Later);
    }

    fn heading(&mut self, style: Style, begin: Begin, bookmark: &str, text: &str) {
        let keep = match begin {
            Begin::Below => Keep::AsStyle,
            Begin::NewPage => Keep::OnNewPage,
        };
        self.ink.paragraph(style, keep, |ink| ink.bookmarked(bookmark, |ink| ink.run(text)));
    }

    /// Writes a block; `foot` is how its end stands to what follows.
    fn block(&mut self, block: &'a Block, foot: Keep) {
        let ink = &mut self.ink;
        match block {
            Block::Heading(text) => ink.line(Style::Heading2, text),
            Block::Paragraph(text) => ink.line(Style::Normal, text),
            Block::List(items) => items.iter().for_each(|item| ink.line(Style::ListBullet, item)),
            Block::Warning(text) => ink.line(Style::Warning, &format!("Warning: {text}")),
            Block::Note(text) => ink.line(Style::Note, text),
            Block::Definitions(rows) => {
                definitions(ink, rows.iter().map(|(term, text)| (term.as_str(), text.as_str())))
            }
            Block::Source(text) => ink.line(Style::Source, text),
            Block::Table(table) => {
                self.tables += 1;
                let caption = self.captions.table(&table.caption);
                let caption = self.caption("Table", self.tables, caption);
                table::write(&mut self.ink, table, &caption, self.setup.room(self.lie), foot);
            }
            Block::Drawing(drawing) => self.figure(drawing),
        }
    }

    fn figure(&mut self, drawing: &'a Drawing) {
        let number = u32::try_from(self.figures.len()).expect("as many as a page holds") + 1;
        let caption = self.captions.figure(drawing.title());
        self.caption("Figure", number, caption);
        let relation = |kind: &str| format!("paper_figure_{number}_{kind}");
        let called = Called { number, png: relation("png"), svg: relation("svg") };
        // A caption of two lines and the space around it stay on the page.
        let room = (self.setup.room(self.lie), self.setup.height(self.lie).saturating_sub(1_400));
        self.ink.paragraph(Style::Figure, Keep::AsStyle, |ink| picture::write(ink, drawing, &called, room));
        self.figures.push((called, drawing));
    }

    /// A numbered caption above what it names, as Word's own "Insert caption" writes it; gives back all of it.
    fn caption(&mut self, label: &str, number: u32, caption: String) -> String {
        let (name, number) = (format!("{}_{number}", label.to_lowercase()), number.to_string());
        let rest = caption.strip_prefix(&format!("{label} {number}")).unwrap_or_default();
        self.ink.paragraph(Style::Caption, Keep::WithNext, |ink| {
            ink.bookmarked(&name, |ink| {
                ink.run(&format!("{label} "));
                ink.field(&format!("SEQ {label} \\* ARABIC"), &number);
            });
            ink.run(rest);
        });
        caption
    }
}
