//! What a file says about itself: title, organisation, language and day, and nothing that tells on a person or a machine.

use jiff::civil::Date;

use crate::report::document::{Document, LANGUAGE};
use crate::report::docx::xml::Xml;

/// The kind of the part.
pub(super) const KIND: &str = "application/vnd.openxmlformats-package.core-properties+xml";

/// The core properties of a document.
pub(super) fn core(document: &Document) -> Vec<u8> {
    let moment = midnight(document.date);
    let mut xml = Xml::file();
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.holding("cp:coreProperties", &spaces, |xml| {
        xml.saying("dc:title", &[], &document.page.title);
        xml.saying("dc:creator", &[], &document.organisation);
        xml.saying("dcterms:created", &[("xsi:type", "dcterms:W3CDTF")], &moment);
        xml.saying("dcterms:modified", &[("xsi:type", "dcterms:W3CDTF")], &moment);
        xml.saying("dc:language", &[], LANGUAGE);
    });
    xml.finish()
}

fn midnight(date: Date) -> String {
    format!("{:04}-{:02}-{:02}T00:00:00Z", date.year(), date.month(), date.day())
}
