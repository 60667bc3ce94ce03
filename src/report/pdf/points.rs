//! From whole thousandths of a point to the points of the library that writes the file: the one place with fractions.

use krilla::geom::{Path, PathBuilder, Point, Rect, Size};
use krilla::text::{GlyphId, KrillaGlyph};

use crate::report::pdf::measure::Style;

#[allow(clippy::cast_precision_loss, reason = "a page is less than 2^24 thousandths of a point wide and tall")]
fn points(thousandths: i64) -> f32 {
    thousandths as f32 / 1000.0
}

/// A point of a page.
pub(super) fn point((x, y): (i64, i64)) -> Point {
    Point::from_xy(points(x), points(y))
}

/// A size; nothing is smaller than a thousandth of a point.
pub(super) fn size((width, height): (i64, i64)) -> Size {
    Size::from_wh(points(width.max(1)), points(height.max(1))).expect("a positive size")
}

/// A rectangle from its upper left corner.
pub(super) fn rect((x, y): (i64, i64), (width, height): (i64, i64)) -> Rect {
    Rect::from_xywh(points(x), points(y), points(width.max(1)), points(height.max(1))).expect("a positive size")
}

/// Its outline.
pub(super) fn path(at: (i64, i64), size: (i64, i64)) -> Path {
    let mut path = PathBuilder::new();
    path.push_rect(rect(at, size));
    path.finish().expect("a rectangle is a path")
}

/// Size of the letters.
pub(super) fn letters(style: Style) -> f32 {
    points(style.size)
}

/// The letters of a text in one line.
#[allow(clippy::cast_precision_loss, reason = "advances of letters are small")]
pub(super) fn glyphs(style: Style, text: &str) -> Vec<KrillaGlyph> {
    let units = style.face.units() as f32;
    let letters = style.face.shape(text).into_iter();
    letters
        .map(|glyph| KrillaGlyph {
            glyph_id: GlyphId::new(glyph.id),
            text_range: glyph.range,
            x_advance: glyph.advance as f32 / units,
            x_offset: glyph.right as f32 / units,
            y_offset: glyph.up as f32 / units,
            y_advance: 0.0,
            location: None,
        })
        .collect()
}
