//! The letters that the program brings with it, and how wide they are.
//!
//! PDF and pictures are set in DejaVu, so they look the same on every machine; lines are broken and labels are kept apart
//! by the widths that are drawn. Widths are whole numbers: units of the typeface, or thousandths of the unit of the size.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer, script};

/// Stands for a letter that no typeface here has.
const UNKNOWN: char = '\u{fffd}';

/// A typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typeface {
    /// DejaVu Sans Condensed: text and pictures.
    Regular,
    /// DejaVu Sans Condensed Bold: headings.
    Bold,
}

/// A letter as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the typeface.
    pub id: u32,
    /// The bytes of the text that it stands for.
    pub range: Range<usize>,
    /// How far the next letter is, in units of the typeface.
    pub advance: i32,
    /// How far right of its place it is drawn, in units of the typeface.
    pub right: i32,
    /// How far above its place it is drawn, in units of the typeface.
    pub up: i32,
}

impl Typeface {
    /// The font file.
    pub fn file(self) -> &'static [u8] {
        match self {
            Typeface::Regular => dejavu::sans_condensed::regular(),
            Typeface::Bold => dejavu::sans_condensed::bold(),
        }
    }

    fn face(self) -> &'static Face<'static> {
        &self.set().0
    }

    /// The typeface as it is read once, with what shaping a line needs.
    fn set(self) -> &'static (Face<'static>, ShapePlan) {
        static REGULAR: OnceLock<(Face<'static>, ShapePlan)> = OnceLock::new();
        static BOLD: OnceLock<(Face<'static>, ShapePlan)> = OnceLock::new();
        let place = match self {
            Typeface::Regular => &REGULAR,
            Typeface::Bold => &BOLD,
        };
        place.get_or_init(|| {
            let face = Face::from_slice(self.file(), 0).expect("the font file is whole");
            let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
            (face, plan)
        })
    }

    /// Units to the size of the letters.
    pub fn units(self) -> i32 {
        self.face().units_per_em()
    }

    /// The letters of a text in one line, from left to right.
    pub fn shape(self, text: &str) -> Vec<Glyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_script(script::LATIN);
        buffer.set_direction(Direction::LeftToRight);
        let (face, plan) = self.set();
        let shaped = rustybuzz::shape_with_plan(face, plan, buffer);
        let mut end = text.len();
        let letters = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).rev();
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(shaped.len());
        for (info, position) in letters {
            let start = info.cluster as usize;
            if let Some(after) = glyphs.last().filter(|after| after.range.start > start) {
                end = after.range.start;
            }
            glyphs.push(Glyph {
                id: info.glyph_id,
                range: start..end,
                advance: position.x_advance,
                right: position.x_offset,
                up: position.y_offset,
            });
        }
        glyphs.reverse();
        glyphs
    }

    /// Width of a text in one line, in the unit of `size`, rounded up.
    pub fn width(self, text: &str, size: i64) -> i64 {
        let advance: i64 = self.shape(text).iter().map(|glyph| i64::from(glyph.advance)).sum();
        let units = i64::from(self.units());
        (advance * size + units - 1) / units
    }

    /// The text in letters that can be drawn: white space as a space, what no typeface here has as U+FFFD.
    pub fn drawable(self, text: &str) -> Cow<'_, str> {
        let known = |letter: char| letter == ' ' || (!letter.is_whitespace() && self.has(letter));
        if text.chars().all(known) {
            return Cow::Borrowed(text);
        }
        let letters = text.chars().filter(|&letter| letter != '\u{feff}').map(|letter| {
            if known(letter) {
                letter
            } else if letter.is_whitespace() || letter.is_control() {
                ' '
            } else {
                UNKNOWN
            }
        });
        Cow::Owned(letters.collect())
    }

    fn has(self, letter: char) -> bool {
        let private = matches!(u32::from(letter), 0xe000..=0xf8ff | 0xf_0000..);
        !private && !letter.is_control() && self.face().glyph_index(letter).is_some_and(|glyph| glyph.0 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Typeface;

    #[test]
    fn widths_add_up_and_bold_is_wider() {
        let (regular, bold) = (Typeface::Regular.width("Council", 10_000), Typeface::Bold.width("Council", 10_000));
        assert!(regular > 30_000 && regular < bold && bold < 50_000, "{regular} {bold}");
        assert_eq!(Typeface::Regular.width("", 10_000), 0);
    }

    #[test]
    fn what_cannot_be_drawn_is_marked() {
        assert_eq!(Typeface::Regular.drawable("£7 – ’é"), "£7 – ’é");
        assert_eq!(Typeface::Regular.drawable("a\tb\u{a0}c\u{e001}\u{4e2d}\0"), "a b c\u{fffd}\u{fffd} ");
        assert!(Typeface::Bold.shape("\u{fffd}").iter().all(|glyph| glyph.id != 0), "the mark itself can be drawn");
    }
}
