//! A document as a Word file (`.docx`) that people can edit: real styles, captions, contents, and names for screen readers.
//!
//! A small writer of our own, because the tables must repeat their heading rows and the pictures bear words, and with a
//! council's template only what that lacks is added. It opens without a question and holds nothing but the document.

mod body;
mod flow;
mod front;
mod ink;
mod numbering;
mod package;
mod picture;
mod properties;
mod read;
mod running;
mod setup;
mod styles;
mod table;
mod template;
mod widths;
mod xml;

use crate::report::document::Document;
use crate::report::docx::body::Body;
use crate::report::docx::package::{DOCUMENT, Part, Parts, Relation, word_kind, zipped};
use crate::report::docx::read::{Broken, text};
use crate::report::docx::setup::Setup;
use crate::report::docx::styles::Names;
use crate::report::raster;

/// Why there is no Word file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A drawing cannot be shown.
    #[error(transparent)]
    Picture(#[from] raster::Error),
    /// The template is something else.
    #[error(
        "the template cannot be read as a Word document: {0}. Open it in Word, save it as \"Word Document (*.docx)\" and \
         name that file"
    )]
    NotADocument(String),
    /// The template has a password or is from before 2007.
    #[error(
        "the template has a password, or is in the old format of .doc files. Open it in Word, take the password off, save it \
         as \"Word Document (*.docx)\" and name that file"
    )]
    Locked,
    /// The template holds macros.
    #[error(
        "the template holds macros, which do not come along. Save it as \"Word Document (*.docx)\" and name that file"
    )]
    Macros,
    /// The template is in the strict variant of the format.
    #[error(
        "the template is a \"Strict Open XML Document\". Save it as \"Word Document (*.docx)\", without \"Strict\", and name \
         that file"
    )]
    Strict,
    /// The template unpacks to more than it may.
    #[error(
        "the template unpacks to more than 64 MiB or 2,000 files, which no template needs. Delete large pictures from it and \
         save it again"
    )]
    TooLarge,
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Error::NotADocument(broken.to_string())
    }
}

/// The document as a Word file, in our own look or in that of a council's `.docx` or `.dotx`.
///
/// - Same document and template, same bytes: every time stamp is the document's day.
/// - Of a template its styles, theme, fonts, lists, settings, headers, footers and page layout are kept, its text is not.
///
/// # Errors
/// [`Error`] says what is wrong with the template and what to do, or which drawing cannot be shown.
pub fn write_docx(document: &Document, template: Option<&[u8]>) -> Result<Vec<u8>, Error> {
    let Frame { mut parts, mut relations, mut setup, names } = match template {
        None => Frame::own(),
        Some(bytes) => Frame::adopted(bytes)?,
    };
    running::add(document, &names, &mut parts, &mut relations, &mut setup)?;
    let Body { xml, figures } = body::write(document, &names, &setup);
    for (called, drawing) in figures {
        let name = format!("word/media/paper_figure_{}", called.number);
        let (png, svg) = (format!("{name}.png"), format!("{name}.svg"));
        parts.insert(png.clone(), Part::new("image/png", raster::png(drawing)?));
        parts.insert(svg.clone(), Part::new("image/svg+xml", drawing.to_svg()));
        relations.push(Relation::new(called.png, "image", png));
        relations.push(Relation::new(called.svg, "image", svg));
    }
    parts.insert(DOCUMENT.to_owned(), Part { kind: word_kind("document.main"), bytes: xml, relations });
    parts.insert("docProps/core.xml".to_owned(), Part::new(properties::KIND, properties::core(document)));
    Ok(zipped(&parts, document.date))
}

/// A package without its document.
struct Frame {
    parts: Parts,
    relations: Vec<Relation>,
    setup: Setup,
    names: Names,
}

impl Frame {
    fn own() -> Self {
        let mut frame =
            Self { parts: Parts::new(), relations: Vec::new(), setup: Setup::own(), names: Names::default() };
        for (name, text) in OWN {
            frame.part(name, text);
        }
        frame
    }

    /// A template with what it lacks.
    fn adopted(bytes: &[u8]) -> Result<Self, Error> {
        let template::Template { parts, relations, setup } = template::read(bytes)?;
        let mut frame = Self { parts, relations, setup, names: Names::default() };
        let has_bullets = match frame.theirs("styles") {
            Some(part) => styles::has_bullets(text(&part.bytes)?)?,
            None => false,
        };
        let list = match frame.theirs("numbering").filter(|_| !has_bullets) {
            Some(part) => {
                let (lists, list) = numbering::merged(text(&part.bytes)?)?;
                part.bytes = lists.into_bytes();
                list
            }
            None => numbering::OWN_LIST.to_owned(),
        };
        if let Some(part) = frame.theirs("styles") {
            let (styles, names) = styles::merged(text(&part.bytes)?, &list)?;
            part.bytes = styles.into_bytes();
            frame.names = names;
        }
        for (name, text) in OWN {
            if frame.theirs(name).is_none() {
                frame.part(name, text);
            }
        }
        Ok(frame)
    }

    /// A part that the document refers to.
    fn theirs(&mut self, name: &str) -> Option<&mut Part> {
        let part = self.relations.iter().find(|it| it.is(name))?.part()?;
        self.parts.get_mut(part)
    }

    fn part(&mut self, name: &str, text: &str) {
        let part = format!("word/{name}.xml");
        self.relations.push(Relation::new(format!("paper_{name}"), name, part.clone()));
        self.parts.insert(part, Part::new(word_kind(name), text));
    }
}

/// The parts of our own look.
const OWN: [(&str, &str); 3] =
    [("numbering", numbering::OWN), ("settings", include_str!("docx/settings.xml")), ("styles", styles::OWN)];
