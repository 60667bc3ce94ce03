//! Paragraphs and what stands in them: runs of text, fields with their last result, bookmarks and links to them.
//!
//! The order of the properties of a paragraph is the schema's (ECMA-376, part 1, `CT_PPr`); Word refuses any other.

use crate::report::docx::styles::{Names, Style};
use crate::report::docx::xml::{Attributes, Xml};

/// How a paragraph stands to pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// As its style says.
    AsStyle,
    /// On one page with what follows it.
    WithNext,
    /// At the top of a page.
    OnNewPage,
}

/// Paragraphs that are being written, in the styles of one package.
pub(super) struct Ink<'a> {
    xml: Xml,
    names: &'a Names,
    bookmarks: u32,
}

impl<'a> Ink<'a> {
    /// Nothing yet, after what `xml` has.
    pub(super) fn new(xml: Xml, names: &'a Names) -> Self {
        Self { xml, names, bookmarks: 0 }
    }

    /// What was written, to go on from.
    pub(super) fn into_xml(self) -> Xml {
        self.xml
    }

    /// What was written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.xml.finish()
    }

    /// The id of a style in this package.
    pub(super) fn name(&self, style: Style) -> String {
        self.names.of(style).to_owned()
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.xml.empty(name, attributes);
    }

    /// An element with what it holds.
    pub(super) fn within(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.xml.open(name, attributes);
        inside(self);
        self.xml.close(name);
    }

    /// A piece that was written before.
    pub(super) fn add(&mut self, piece: &[u8]) {
        self.xml.add(piece);
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, style: Style, keep: Keep, inside: impl FnOnce(&mut Self)) {
        self.within("w:p", &[], |ink| {
            ink.within("w:pPr", &[], |ink| {
                let name = ink.name(style);
                ink.empty("w:pStyle", &[("w:val", &name)]);
                match keep {
                    Keep::AsStyle => {}
                    Keep::WithNext => ink.empty("w:keepNext", &[]),
                    Keep::OnNewPage => ink.empty("w:pageBreakBefore", &[]),
                }
            });
            inside(ink);
        });
    }

    /// A paragraph of one text.
    pub(super) fn line(&mut self, style: Style, text: &str) {
        self.paragraph(style, Keep::AsStyle, |ink| ink.run(text));
    }

    /// Text in the paragraph's own look.
    pub(super) fn run(&mut self, text: &str) {
        self.styled(None, text);
    }

    /// Text that stands out.
    pub(super) fn strong(&mut self, text: &str) {
        self.styled(Some(Style::Strong), text);
    }

    /// A field with the result that it had last.
    pub(super) fn field(&mut self, instruction: &str, shown: &str) {
        self.field_begins(instruction);
        self.run(shown);
        self.field_ends();
    }

    /// The beginning of a field; what follows is its result.
    pub(super) fn field_begins(&mut self, instruction: &str) {
        self.field_mark("begin");
        self.within("w:r", &[], |ink| ink.xml.saying("w:instrText", PRESERVED, &format!(" {instruction} ")));
        self.field_mark("separate");
    }

    /// The end of a field.
    pub(super) fn field_ends(&mut self) {
        self.field_mark("end");
    }

    /// A link to a bookmark.
    pub(super) fn link(&mut self, bookmark: &str, text: &str) {
        self.within("w:hyperlink", &[("w:anchor", bookmark), ("w:history", "1")], |ink| {
            ink.styled(Some(Style::Hyperlink), text);
        });
    }

    /// Something that links can go to; the name has at most 40 letters.
    pub(super) fn bookmarked(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        let id = self.bookmarks.to_string();
        self.bookmarks += 1;
        self.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", name)]);
        inside(self);
        self.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    fn field_mark(&mut self, kind: &str) {
        self.within("w:r", &[], |ink| ink.empty("w:fldChar", &[("w:fldCharType", kind)]));
    }

    /// Line ends and tabs become Word's own.
    fn styled(&mut self, style: Option<Style>, text: &str) {
        if text.is_empty() {
            return;
        }
        self.within("w:r", &[], |ink| {
            if let Some(style) = style {
                let name = ink.name(style);
                ink.within("w:rPr", &[], |ink| ink.empty("w:rStyle", &[("w:val", &name)]));
            }
            for (index, line) in text.lines().enumerate() {
                if index > 0 {
                    ink.empty("w:br", &[]);
                }
                for (index, piece) in line.split('\t').enumerate() {
                    if index > 0 {
                        ink.empty("w:tab", &[]);
                    }
                    if !piece.is_empty() {
                        ink.xml.saying("w:t", PRESERVED, piece);
                    }
                }
            }
        });
    }
}

/// White space at the ends of a text counts.
const PRESERVED: Attributes<'static> = &[("xml:space", "preserve")];
