//! Styles of text, and where its lines end.
//!
//! Lengths are whole thousandths of a point. A line breaks after a space, a hyphen, a dash, a slash or a semicolon; a word
//! that is too long for any line breaks anywhere.

use crate::report::typeface::Typeface;

/// A point (1/72 inch) in the unit of the layout.
pub(super) const POINT: i64 = 1000;

/// A colour: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub(super) u8, pub(super) u8, pub(super) u8);

pub(super) const BLACK: Ink = Ink(11, 12, 12);
pub(super) const GREY: Ink = Ink(72, 76, 79);
pub(super) const LINE: Ink = Ink(177, 180, 182);
pub(super) const PALE: Ink = Ink(243, 242, 241);
pub(super) const BLUE: Ink = Ink(29, 112, 184);

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) face: Typeface,
    pub(super) size: i64,
    pub(super) leading: i64,
    pub(super) ink: Ink,
}

const fn style(face: Typeface, size: i64, leading: i64, ink: Ink) -> Style {
    Style { face, size, leading, ink }
}

pub(super) const TITLE: Style = style(Typeface::Bold, 26_000, 31_000, BLACK);
pub(super) const SHORT_TITLE: Style = style(Typeface::Bold, 20_000, 25_000, BLACK);
pub(super) const LEAD: Style = style(Typeface::Regular, 14_000, 19_000, GREY);
pub(super) const SECTION: Style = style(Typeface::Bold, 17_000, 21_000, BLACK);
pub(super) const HEADING: Style = style(Typeface::Bold, 12_500, 16_000, BLACK);
pub(super) const BODY: Style = style(Typeface::Regular, 10_500, 15_000, BLACK);
pub(super) const STRONG: Style = style(Typeface::Bold, 10_500, 15_000, BLACK);
pub(super) const CAPTION: Style = style(Typeface::Bold, 10_500, 14_000, BLACK);
pub(super) const SMALL: Style = style(Typeface::Regular, 9_000, 12_500, GREY);
pub(super) const MARGIN: Style = style(Typeface::Regular, 8_000, 10_000, GREY);

/// Text of a table's cell.
pub(super) fn cell(size: i64, face: Typeface) -> Style {
    style(face, size, size * 5 / 4, BLACK)
}

impl Style {
    /// Width of a text in one line.
    pub(super) fn width(&self, text: &str) -> i64 {
        self.face.width(&self.face.drawable(text), self.size)
    }

    /// From the top of a line to the foot of its letters: capitals stand in the middle of the line.
    pub(super) fn baseline(&self) -> i64 {
        (self.leading + self.size * 729 / 1000) / 2
    }

    /// The widest piece that does not break by itself.
    pub(super) fn widest_piece(&self, text: &str) -> i64 {
        pieces(&self.face.drawable(text)).iter().map(|piece| self.width(piece.trim_end())).max().unwrap_or(0)
    }

    /// The lines of a text that is at most so wide; an empty text is one space, so that it has a place.
    pub(super) fn lines(&self, text: &str, width: i64) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            self.break_into(&self.face.drawable(paragraph), width, &mut lines);
        }
        if lines.iter().all(|line| line.trim().is_empty()) {
            return vec![" ".to_owned()];
        }
        lines
    }

    fn break_into(&self, text: &str, width: i64, lines: &mut Vec<String>) {
        if self.width(text) <= width {
            return lines.push(text.trim_end().to_owned());
        }
        let (mut line, mut used) = (String::new(), 0);
        for piece in pieces(text) {
            let bare = self.width(piece.trim_end());
            if used + bare > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if bare > width {
                let mut parts = self.parts(&piece, width);
                let last = parts.pop().unwrap_or_default();
                lines.extend(parts);
                used = self.width(&last);
                line = last;
            } else {
                used += self.width(&piece);
                line.push_str(&piece);
            }
        }
        lines.push(line.trim_end().to_owned());
    }

    /// A word cut so that each part fits.
    fn parts(&self, word: &str, width: i64) -> Vec<String> {
        let (mut parts, mut start, mut used) = (Vec::new(), 0, 0);
        for glyph in self.face.shape(word) {
            let advance = i64::from(glyph.advance) * self.size / i64::from(self.face.units()) + 1;
            if used + advance > width && glyph.range.start > start {
                parts.push(word[start..glyph.range.start].to_owned());
                (start, used) = (glyph.range.start, 0);
            }
            used += advance;
        }
        parts.push(word[start..].to_owned());
        parts
    }
}

/// The text cut after each place where a line may end.
fn pieces(text: &str) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        piece.push(letter);
        let next = letters.peek().copied();
        let ends = match letter {
            ' ' => next != Some(' '),
            '-' | '\u{2013}' | '\u{2014}' | '/' | ';' => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if ends {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::BODY;

    #[test]
    fn lines_hold_every_word_and_fit() {
        let text = "Assistant Director Governance and Monitoring Officer; ad_property;ad_growth and Aaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        for width in [40_000, 90_000, 200_000, 900_000] {
            let lines = BODY.lines(text, width);
            assert!(lines.iter().all(|line| BODY.width(line.trim_end()) <= width), "{width}: {lines:?}");
            let letters = |text: &str| text.chars().filter(|it| *it != ' ').collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text), "{width}");
        }
        assert_eq!(BODY.lines("", 10_000), [" "]);
        assert_eq!(BODY.lines("a\nb", 90_000), ["a", "b"]);
    }
}
