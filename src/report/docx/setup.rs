//! How the pages lie: size and margins, upright or across, and which header and footer they bear.
//!
//! Lengths are in twentieths of a point. The order of what a section holds is the schema's (`CT_SectPr`).

use crate::report::docx::ink::Ink;
use crate::report::docx::read::{Broken, Child, Element};

/// Which way a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lie {
    /// Taller than wide.
    Upright,
    /// Wider than tall.
    Across,
}

/// What of a page a relation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Its top.
    Header,
    /// Its foot.
    Footer,
}

impl Edge {
    /// The word that elements, parts and relations have for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Edge::Header => "header",
            Edge::Footer => "footer",
        }
    }
}

/// A header or footer of some pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// Top or foot.
    pub(super) edge: Edge,
    /// Which pages: `default`, `first` or `even`.
    pub(super) pages: String,
    /// The relation to the part.
    pub(super) relation: String,
}

/// The pages of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setup {
    /// Headers and footers.
    pub(super) references: Vec<Reference>,
    /// Width and height of an upright page.
    size: (u32, u32),
    margins: Margins,
    /// Further properties that a template has, in the schema's order.
    further: String,
    /// Whether the first page of all has a header and footer of its own.
    title_page: Option<String>,
}

/// Margins of an upright page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Margins {
    top: u32,
    right: u32,
    bottom: u32,
    left: u32,
    header: u32,
    footer: u32,
    gutter: u32,
}

impl Setup {
    /// A4 with margins of two centimetres and a little more at top and foot.
    pub(super) fn own() -> Self {
        Self {
            references: Vec::new(),
            size: (11_906, 16_838),
            margins: Margins { top: 1304, right: 1134, bottom: 1304, left: 1134, header: 624, footer: 624, gutter: 0 },
            further: String::new(),
            title_page: None,
        }
    }

    /// The pages of a template, from its last section; what it does not say is as in our own.
    pub(super) fn of_template(section: &str) -> Result<Self, Broken> {
        let section = Element::read(section)?;
        let mut setup = Self::own();
        setup.references = section.children.iter().filter_map(reference).collect();
        if let Some(size) = section.child("pgSz") {
            let (width, height) = (length(size, "w", setup.size.0), length(size, "h", setup.size.1));
            setup.size = (width.min(height), width.max(height));
        }
        if let Some(margins) = section.child("pgMar") {
            let own = setup.margins;
            setup.margins = Margins {
                top: length(margins, "top", own.top),
                right: length(margins, "right", own.right),
                bottom: length(margins, "bottom", own.bottom),
                left: length(margins, "left", own.left),
                header: length(margins, "header", own.header),
                footer: length(margins, "footer", own.footer),
                gutter: length(margins, "gutter", own.gutter),
            };
        }
        // Columns would squeeze tables, and numbers that start again would mislead.
        let kept = ["paperSrc", "pgBorders", "vAlign"];
        let is_kept = |child: &&Child<'_>| kept.iter().any(|name| child.is(name)) && is_plain(child.text);
        setup.further = section.children.iter().filter(is_kept).map(|child| child.text).collect();
        setup.title_page = section.child("titlePg").filter(|it| is_plain(it.text)).map(|it| it.text.to_owned());
        Ok(setup)
    }

    /// Width for text on a page that lies so.
    pub(super) fn room(&self, lie: Lie) -> u32 {
        let (width, height) = self.size;
        let Margins { top, right, bottom, left, gutter, .. } = self.margins;
        match lie {
            Lie::Upright => width.saturating_sub(left + right + gutter),
            Lie::Across => height.saturating_sub(top.min(left) + bottom.min(right) + gutter),
        }
        .max(2_000)
    }

    /// Height for text on a page that lies so.
    pub(super) fn height(&self, lie: Lie) -> u32 {
        let (width, height) = self.size;
        let Margins { top, bottom, .. } = self.margins;
        match lie {
            Lie::Upright => height.saturating_sub(top + bottom),
            Lie::Across => width.saturating_sub(top + bottom),
        }
        .max(2_000)
    }

    /// The properties of a stretch of pages; the first of a document also has what belongs to its first page.
    pub(super) fn write(&self, ink: &mut Ink<'_>, lie: Lie, place: Place) {
        ink.within("w:sectPr", &[], |ink| {
            for it in &self.references {
                let name = format!("w:{}Reference", it.edge.word());
                ink.empty(&name, &[("w:type", &it.pages), ("r:id", &it.relation)]);
            }
            ink.empty("w:type", &[("w:val", "nextPage")]);
            self.write_size(ink, lie);
            ink.add(self.further.as_bytes());
            match (place, &self.title_page) {
                (Place::First, Some(title_page)) => ink.add(title_page.as_bytes()),
                (Place::First, None) | (Place::Later, _) => {}
            }
        });
    }

    fn write_size(&self, ink: &mut Ink<'_>, lie: Lie) {
        let (width, height) = (self.size.0.to_string(), self.size.1.to_string());
        let m = self.margins;
        let (left, right) = match lie {
            Lie::Upright => {
                ink.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
                (m.left, m.right)
            }
            Lie::Across => {
                ink.empty("w:pgSz", &[("w:w", &height), ("w:h", &width), ("w:orient", "landscape")]);
                (m.top.min(m.left), m.bottom.min(m.right))
            }
        };
        let all = [m.top, right, m.bottom, left, m.header, m.footer, m.gutter].map(|length| length.to_string());
        let names = ["w:top", "w:right", "w:bottom", "w:left", "w:header", "w:footer", "w:gutter"];
        let margins: Vec<(&str, &str)> = names.into_iter().zip(all.iter().map(String::as_str)).collect();
        ink.empty("w:pgMar", &margins);
    }
}

/// Where in a document a stretch of pages is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At its beginning.
    First,
    /// After another.
    Later,
}

fn reference(child: &Child<'_>) -> Option<Reference> {
    let edge = [Edge::Header, Edge::Footer].into_iter().find(|edge| child.is(&format!("{}Reference", edge.word())))?;
    let pages = child.attribute("type").unwrap_or_else(|| "default".to_owned());
    Some(Reference { edge, pages, relation: child.attribute("id")? })
}

/// A length of a template; one that is no whole number, or that no paper has, is as in our own.
fn length(child: &Child<'_>, name: &str, own: u32) -> u32 {
    let length = child.attribute(name).and_then(|value| value.parse::<i64>().ok());
    length.and_then(|value| u32::try_from(value.abs()).ok()).filter(|&value| value <= 31_680).unwrap_or(own)
}

/// Whether a piece names nothing beyond the vocabulary that our document declares.
fn is_plain(text: &str) -> bool {
    let is_known = |piece: &str| piece.rsplit([' ', '<', '/']).next().is_some_and(|prefix| prefix == "w");
    let mut pieces: Vec<&str> = text.split(':').collect();
    pieces.pop();
    !pieces.is_empty() && pieces.into_iter().all(is_known)
}
