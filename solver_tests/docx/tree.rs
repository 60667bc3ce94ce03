//! A zip file as trees of XML, read by a reader of our own so that a test sees what a program would.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

/// The files of a zip file by name.
pub(crate) fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("it is a zip file");
    let read = |index| {
        let mut file = zip.by_index(index).expect("it can be read");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("it can be unpacked");
        (file.name().expect("a name in UTF-8").into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).expect("as before").len()).map(read).collect()
}

/// An element.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
    own: String,
}

impl Node {
    /// The outermost element of a well-formed file.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let mut reader = Reader::from_str(text);
        reader.config_mut().enable_all_checks(true);
        let mut open = vec![Node::default()];
        loop {
            let event = reader.read_event().unwrap_or_else(|fault| panic!("{fault} in {text}"));
            match event {
                Event::Eof => break,
                Event::Start(tag) => open.push(Node::of(&tag)),
                Event::Empty(tag) => open.last_mut().expect("a root").children.push(Node::of(&tag)),
                Event::End(_) => {
                    let node = open.pop().expect("it was opened");
                    open.last_mut().expect("a root").children.push(node);
                }
                Event::Text(text) => open.last_mut().expect("a root").own.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => {
                    let letter = match name.as_ref() {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" => "'",
                        other => panic!("no entity: {other}"),
                    };
                    open.last_mut().expect("a root").own.push_str(letter);
                }
                _ => {}
            }
        }
        let root = open.pop().expect("a root");
        assert!(open.is_empty() && root.children.len() == 1, "one element holds all: {text}");
        root.children.into_iter().next().expect("counted")
    }

    fn of(tag: &BytesStart<'_>) -> Self {
        let pair = |it: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
            let it = it.expect("attributes differ");
            let value = it.normalized_value(XmlVersion::Explicit1_0).expect("an attribute");
            (it.key.as_ref().to_owned(), value.into_owned())
        };
        let attributes = tag.attributes().map(pair).collect();
        Node { name: tag.name().as_ref().to_owned(), attributes, ..Node::default() }
    }

    /// This element and all below it, in their order.
    pub(crate) fn all(&self) -> Vec<&Node> {
        std::iter::once(self).chain(self.children.iter().flat_map(Node::all)).collect()
    }

    /// Everything below of this name.
    pub(crate) fn named(&self, name: &str) -> Vec<&Node> {
        self.all().into_iter().filter(|node| node.name == name).collect()
    }

    /// The first child of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|node| node.name == name)
    }

    /// An attribute, or nothing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// What a reader sees: the text of runs, with line ends and tabs.
    pub(crate) fn text(&self) -> String {
        let piece = |node: &&Node| match node.name.as_str() {
            "w:t" => node.own.clone(),
            "w:tab" => "\t".to_owned(),
            "w:br" => "\n".to_owned(),
            _ => String::new(),
        };
        self.all().iter().map(piece).collect()
    }

    /// The text right in this element.
    pub(crate) fn own(&self) -> &str {
        &self.own
    }

    /// The style of a paragraph.
    pub(crate) fn style(&self) -> &str {
        let style = self.child("w:pPr").and_then(|look| look.child("w:pStyle"));
        style.map_or("", |style| style.get("w:val"))
    }
}
