//! A strip: a piece of a page that is never split, with what is drawn in it.
//!
//! Everything that is written becomes strips, one below the other; `layout` decides which page each stands on.

use crate::report::pdf::measure::{Ink, POINT, Style};
use crate::report::pdf::tags::Tag;

/// Around what is written, on every side.
pub(super) const EDGE: i64 = 56_693;
/// Below what is written: the margin and the footer.
pub(super) const FOOT: i64 = 68 * POINT;

/// The paper of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    /// A4 upright.
    Portrait,
    /// A4 on its side.
    Landscape,
    /// A3 on its side.
    Large,
}

impl Sheet {
    /// Width and height.
    pub(super) fn size(self) -> (i64, i64) {
        match self {
            Sheet::Portrait => (595_276, 841_890),
            Sheet::Landscape => (841_890, 595_276),
            Sheet::Large => (1_190_551, 841_890),
        }
    }

    /// Width of what is written.
    pub(super) fn width(self) -> i64 {
        self.size().0 - 2 * EDGE
    }

    /// Height of what is written.
    pub(super) fn height(self) -> i64 {
        self.size().1 - EDGE - FOOT
    }
}

/// What is written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// These words.
    Fixed(String),
    /// The number of the page on which this entry of the contents stands.
    PageOf(usize),
}

/// Which end of the words stands at their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// They begin there.
    Left,
    /// They end there.
    Right,
}

/// Something drawn, at a place counted from the upper left corner of its strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// Words in one line; without a tag they are decoration.
    Text { at: (i64, i64), side: Side, style: Style, words: Words, tag: Option<Tag> },
    /// An area in one colour: rules, boxes; always decoration.
    Area { at: (i64, i64), size: (i64, i64), ink: Ink },
    /// A drawing of the document.
    Picture { at: (i64, i64), size: (i64, i64), drawing: usize, tag: Tag },
    /// Where a click leads to an entry of the contents.
    Link { at: (i64, i64), size: (i64, i64), entry: usize, tag: Tag },
}

/// Where a strip stands in the order of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Below the one before it, if there is room.
    Next,
    /// At the top of a page.
    NewPage,
}

/// Whether a strip may end a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// It may.
    Free,
    /// The next strip stands on the same page.
    WithNext,
}

/// Whether what follows may stand on a page before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// It stands where it comes.
    InOrder,
    /// Text that follows may fill the page first: a figure or a wide table, which has a number to be found by.
    Floating,
}

/// A strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strip {
    pub(super) sheet: Sheet,
    pub(super) place: Place,
    pub(super) hold: Hold,
    pub(super) stand: Stand,
    /// Space above it, except at the top of a page.
    pub(super) before: i64,
    pub(super) height: i64,
    /// The heading rows that are drawn again where it begins a page.
    pub(super) repeats: Option<usize>,
    /// The entry of the contents that begins here.
    pub(super) entry: Option<usize>,
    pub(super) marks: Vec<Mark>,
}

impl Strip {
    /// An empty strip of this height.
    pub(super) fn new(before: i64, height: i64) -> Self {
        Self {
            sheet: Sheet::Portrait,
            place: Place::Next,
            hold: Hold::Free,
            stand: Stand::InOrder,
            before,
            height,
            repeats: None,
            entry: None,
            marks: Vec::new(),
        }
    }

    /// Words in one line, by the top of that line.
    pub(super) fn text(&mut self, (x, top): (i64, i64), style: Style, words: &str, tag: Option<Tag>) {
        let words = Words::Fixed(words.to_owned());
        self.marks.push(Mark::Text { at: (x, top + style.baseline()), side: Side::Left, style, words, tag });
    }

    /// Lines one below the other, from the top of the first.
    pub(super) fn lines(&mut self, (x, top): (i64, i64), style: Style, lines: &[String], tag: Tag) {
        for (line, y) in lines.iter().zip(heights(top, style.leading)) {
            self.text((x, y), style, line, Some(tag));
        }
    }

    /// An area.
    pub(super) fn area(&mut self, at: (i64, i64), size: (i64, i64), ink: Ink) {
        self.marks.push(Mark::Area { at, size, ink });
    }

    /// What is drawn, without saying what it is: for what was said before.
    pub(super) fn as_decoration(&self) -> Self {
        let mut copy = self.clone();
        for mark in &mut copy.marks {
            if let Mark::Text { tag, .. } = mark {
                *tag = None;
            }
        }
        copy
    }
}

/// The tops of lines.
pub(super) fn heights(top: i64, leading: i64) -> impl Iterator<Item = i64> {
    (0..).map(move |line| top + line * leading)
}

/// The height of so many lines.
pub(super) fn tall(lines: usize, leading: i64) -> i64 {
    i64::try_from(lines).expect("few lines") * leading
}
