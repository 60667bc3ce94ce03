//! A drawing as a PNG file, for programs that cannot show SVG.
//!
//! The letters are those that travel in the program, never the machine's, so the same drawing gives the same bytes
//! everywhere, and words are as wide as whoever drew them thought. It knows nothing of what is drawn.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use crate::report::svg::Drawing;
use crate::report::typeface::Typeface;

/// Pixels to a unit of the drawing: sharp on paper at its own size.
const SCALE: u8 = 2;

/// No side of a picture is longer, in pixels; a drawing beyond is shown in the largest whole scale that fits, at least 1.
const LONGEST: i64 = 12_000;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The drawing is not SVG.
    #[error("the drawing \"{title}\" cannot be read: {source}")]
    Svg {
        /// What it is called.
        title: String,
        /// What is wrong.
        source: resvg::usvg::Error,
    },
    /// The drawing has no area, or too much.
    #[error("the drawing \"{title}\" is {width} by {height} units, which is no picture")]
    Size {
        /// What it is called.
        title: String,
        /// Units across.
        width: i64,
        /// Units down.
        height: i64,
    },
}

/// The drawing as PNG, at two pixels to the unit.
///
/// # Errors
/// [`Error::Size`] where a side is 0 or beyond 12,000; [`Error::Svg`] where the drawing is not well formed.
pub fn png(drawing: &Drawing) -> Result<Vec<u8>, Error> {
    let (width, height) = drawing.size();
    let no_size = || Error::Size { title: drawing.title().to_owned(), width, height };
    let scale = if width.max(height) <= LONGEST / i64::from(SCALE) { SCALE } else { 1 };
    let pixels = |length: i64| {
        let pixels = u32::try_from(length.checked_mul(scale.into())?).ok()?;
        (i64::from(pixels) <= LONGEST).then_some(pixels)
    };
    let (across, down) = pixels(width).zip(pixels(height)).ok_or_else(no_size)?;
    let mut picture = Pixmap::new(across, down).ok_or_else(no_size)?;
    let tree = Tree::from_data(&drawing.to_svg(), &options());
    let tree = tree.map_err(|source| Error::Svg { title: drawing.title().to_owned(), source })?;
    resvg::render(&tree, Transform::from_scale(scale.into(), scale.into()), &mut picture.as_mut());
    Ok(picture.encode_png().expect("a picture in memory is always encoded"))
}

/// One family of letters for every drawing, in pictures and in PDF; nothing is read from the machine.
pub(super) fn options() -> Options<'static> {
    let mut letters = Database::new();
    for face in [Typeface::Regular, Typeface::Bold] {
        letters.load_font_source(Source::Binary(Arc::new(face.file())));
    }
    let family = letters.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    let family = family.expect("the font file has a name");
    letters.set_sans_serif_family(family.clone());
    Options { fontdb: Arc::new(letters), font_family: family, ..Options::default() }
}
