//! Drawings as PNG: size, ink, letters that need no machine, and the same bytes twice.

use demerge::report::raster::{Error, png};
use demerge::report::svg::{Anchor, Drawing, Shade};
use resvg::tiny_skia::Pixmap;

fn drawn(words: &str) -> Drawing {
    let mut drawing = Drawing::new(200, 100, "Title", "Description");
    drawing.block((10, 10), (50, 50), Shade::Black);
    drawing.words((100, 90), Anchor::Start, words);
    drawing
}

/// Dark pixels of the right half, where only words are.
fn ink(drawing: &Drawing) -> usize {
    let picture = Pixmap::decode_png(&png(drawing).expect("it is a picture")).expect("it is PNG");
    assert_eq!((picture.width(), picture.height()), (400, 200));
    let dark = |index: &usize| picture.pixels()[*index].red() < 128;
    (0..picture.pixels().len()).filter(|index| index % 400 >= 200).filter(dark).count()
}

/// Truth: by construction; the box lies in the left half, the words in the right one.
#[test]
fn words_leave_ink_where_they_stand() {
    assert_eq!(ink(&drawn("")), 0);
    let (short, long) = (ink(&drawn("Post")), ink(&drawn("Post – £ & <4>")));
    assert!(short > 50, "{short}");
    assert!(long > short, "{long} after {short}");
}

#[test]
fn same_drawing_same_picture() {
    assert_eq!(png(&drawn("A01")).expect("a picture"), png(&drawn("A01")).expect("a picture"));
}

/// Truth: XML 1.0 has no control characters but tab and line ends.
#[test]
fn control_characters_do_no_harm() {
    assert!(png(&drawn("a\u{b}b\u{0}")).is_ok());
}

#[test]
fn a_drawing_without_area_is_refused() {
    for (width, height) in [(0, 10), (10, -1), (i64::MAX, 1), (13_000, 10)] {
        let drawing = Drawing::new(width, height, "Nothing", "");
        assert!(matches!(png(&drawing), Err(Error::Size { .. })), "{width} by {height}");
    }
    assert!(png(&Drawing::new(7_000, 10, "Long", "")).is_ok());
}
