//! XML in memory: elements in the order in which they are asked for, every text escaped.
//!
//! It knows no vocabulary. Characters that XML cannot hold become spaces, so that no cell of a file can break a document.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Attributes of an element: name and value.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// XML that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// The beginning of a file.
    pub(super) fn file() -> Self {
        let mut xml = Self::piece();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// The beginning of a piece that goes into a file.
    pub(super) fn piece() -> Self {
        Self { writer: Writer::new(Vec::new()) }
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// An element with what it holds.
    pub(super) fn holding(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        inside(self);
        self.close(name);
    }

    /// The beginning of an element.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// The end of the element that was opened last.
    pub(super) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds a text.
    pub(super) fn saying(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.holding(name, attributes, |xml| xml.event(Event::Text(BytesText::new(&clean(text)))));
    }

    /// A piece that was written before.
    pub(super) fn add(&mut self, piece: &[u8]) {
        self.writer.get_mut().extend_from_slice(piece);
    }

    /// An event of a reader, as it was read.
    pub(super) fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("writing to memory does not fail");
    }

    /// The bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner()
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, clean(value).as_ref()));
    }
    start
}

/// The text with a space for each character that XML 1.0 does not allow.
fn clean(text: &str) -> Cow<'_, str> {
    let is_barred = |letter: char| match letter {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        letter => letter < ' ',
    };
    if text.contains(is_barred) {
        Cow::Owned(text.chars().map(|letter| if is_barred(letter) { ' ' } else { letter }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn texts_and_attributes_are_escaped_and_cleaned() {
        let mut xml = Xml::piece();
        xml.holding("a", &[("b", "\"<&\u{1}")], |xml| xml.saying("c", &[], "1 < 2 & \u{b}3"));
        let text = String::from_utf8(xml.finish()).expect("it is text");
        assert_eq!(text, "<a b=\"&quot;&lt;&amp; \"><c>1 &lt; 2 &amp;  3</c></a>");
    }
}
