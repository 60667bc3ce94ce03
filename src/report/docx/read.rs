//! XML of another package: the parts of an element by name, each as the text that it is.
//!
//! What is kept of a template is copied letter by letter; only what must change is written anew. Names are compared without
//! their prefix, as a program may choose any.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Why XML cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// It is not well formed.
    #[error("{0}")]
    Xml(#[from] quick_xml::Error),
    /// It is not UTF-8.
    #[error("it is not UTF-8")]
    Letters,
    /// An element that must be there is not.
    #[error("it has no <{0}>")]
    Lacks(&'static str),
}

/// An element within another.
#[derive(Debug, Clone)]
pub(super) struct Child<'a> {
    /// Its first tag.
    pub(super) tag: BytesStart<'a>,
    /// All of it.
    pub(super) text: &'a str,
    /// Where it stands in the text that was read.
    pub(super) span: Range<usize>,
}

impl Child<'_> {
    /// Whether this is its name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.tag.local_name().as_ref() == name
    }

    /// An attribute by its name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        attribute(&self.tag, name)
    }
}

/// An element and the elements right below it.
#[derive(Debug, Clone)]
pub(super) struct Element<'a> {
    /// Its first tag.
    pub(super) tag: BytesStart<'a>,
    /// What it holds.
    pub(super) children: Vec<Child<'a>>,
    /// Where its last tag begins; where it holds nothing, where it ends.
    pub(super) foot: usize,
}

impl<'a> Element<'a> {
    /// The outermost element of a text.
    pub(super) fn read(text: &'a str) -> Result<Self, Broken> {
        let mut reader = Reader::from_str(text);
        let mut outer: Option<(BytesStart<'a>, Vec<Child<'a>>)> = None;
        loop {
            let begin = place(&reader);
            let (tag, is_open) = match reader.read_event()? {
                Event::Start(tag) => (tag, true),
                Event::Empty(tag) => (tag, false),
                Event::End(_) | Event::Eof => {
                    let (tag, children) = outer.ok_or(Broken::Lacks("element"))?;
                    return Ok(Self { tag, children, foot: begin });
                }
                _ => continue,
            };
            let Some((_, children)) = &mut outer else {
                outer = Some((tag.clone(), Vec::new()));
                if is_open {
                    continue;
                }
                return Ok(Self { tag, children: Vec::new(), foot: place(&reader) });
            };
            if is_open {
                reader.read_to_end(tag.name())?;
            }
            let span = begin..place(&reader);
            children.push(Child { tag, text: &text[span.clone()], span });
        }
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Child<'a>> {
        self.children.iter().find(|child| child.is(name))
    }

    /// Whether this is its name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.tag.local_name().as_ref() == name
    }
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("the text is in memory")
}

/// An attribute by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The text of a part, without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|_| Broken::Letters)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The text with the value of this attribute changed wherever an element of this name has it.
pub(super) fn with_value(text: &str, element: &str, name: &str, value: &str) -> Result<String, Broken> {
    let mut reader = Reader::from_str(text);
    let (mut changed, mut copied) = (String::new(), 0);
    loop {
        let begin = place(&reader);
        let (tag, end) = match reader.read_event()? {
            Event::Eof => break,
            Event::Start(tag) => (tag, ">"),
            Event::Empty(tag) => (tag, "/>"),
            _ => continue,
        };
        if tag.local_name().as_ref() != element || attribute(&tag, name).is_none() {
            continue;
        }
        let mut anew = BytesStart::new(tag.name().as_ref().to_owned());
        for it in tag.attributes().flatten() {
            if it.key.local_name().as_ref() == name {
                anew.push_attribute((it.key.as_ref(), value));
            } else {
                anew.push_attribute(it);
            }
        }
        changed.push_str(&text[copied..begin]);
        changed.push('<');
        changed.push_str(anew.as_ref());
        changed.push_str(end);
        copied = place(&reader);
    }
    changed.push_str(&text[copied..]);
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::{Element, with_value};

    #[test]
    fn children_are_cut_where_they_stand() {
        let text = "<?xml version=\"1.0\"?><a:x b='1'> <c/><d e=\"2\"><d>&lt;</d></d> tail</a:x>";
        let element = Element::read(text).expect("it is well formed");
        let texts: Vec<&str> = element.children.iter().map(|child| child.text).collect();
        assert!(element.is("x"));
        assert_eq!(texts, ["<c/>", "<d e=\"2\"><d>&lt;</d></d>"]);
        assert_eq!(&text[element.foot..], "</a:x>");
        assert_eq!(element.child("d").and_then(|child| child.attribute("e")).as_deref(), Some("2"));
    }

    #[test]
    fn a_value_is_changed_and_nothing_else() {
        let text = "<s><w:lang w:val=\"en-US\" w:bidi='x'/><l val=\"y\">t</l></s>";
        let changed = with_value(text, "lang", "val", "en-GB").expect("it is well formed");
        assert_eq!(changed, "<s><w:lang w:val=\"en-GB\" w:bidi=\"x\"/><l val=\"y\">t</l></s>");
    }
}
