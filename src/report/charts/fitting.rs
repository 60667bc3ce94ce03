//! Words that stay in the room they have: in lines, and at the end of the last with an ellipsis.

use crate::report::svg::{Lettering, Weight};
use crate::report::typeface::Typeface;

/// Small words beside the things they name.
pub(super) const PLAIN: Lettering = Lettering { size: 11, weight: Weight::Plain };
/// Names of things.
pub(super) const STRONG: Lettering = Lettering { size: 11, weight: Weight::Strong };

/// From one line to the next.
pub(super) const LINE: i64 = 13;

/// Width of words in units of the drawing, rounded up, in the widest letters that drawings are shown in.
///
/// Pages of paper have the condensed letters, pictures the ordinary ones (ten ninths as wide), browsers their own.
pub(super) fn width(words: &str, lettering: Lettering) -> i64 {
    let face = match lettering.weight {
        Weight::Plain => Typeface::Regular,
        Weight::Strong => Typeface::Bold,
    };
    let condensed = face.width(&face.drawable(words), lettering.size * 1000);
    (condensed * 10 / 9 + 999) / 1000
}

/// Words in at most so many lines of at most this width; a no-break space holds two together.
pub(super) fn wrapped(words: &str, lettering: Lettering, room: i64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let rest = words.split([' ', '\n', '\t']).filter(|word| !word.is_empty());
    for word in rest {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        let full = lines.len() == most;
        match (joined, lines.last_mut()) {
            (Some(joined), Some(line)) if width(&joined, lettering) <= room => *line = joined,
            (_, Some(line)) if full => {
                *line = shortened(&format!("{line} {word}\u{2026}"), lettering, room);
                return lines;
            }
            (_, Some(_) | None) => lines.push(shortened(word, lettering, room)),
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// One line of words; what does not fit gives way to an ellipsis.
pub(super) fn shortened(words: &str, lettering: Lettering, room: i64) -> String {
    if width(words, lettering) <= room {
        return words.to_owned();
    }
    let mut kept: String = words.trim_end_matches('\u{2026}').to_owned();
    while kept.pop().is_some() {
        let short = format!("{}\u{2026}", kept.trim_end());
        if width(&short, lettering) <= room {
            return short;
        }
    }
    "\u{2026}".to_owned()
}

/// The height of so many lines.
pub(super) fn tall(lines: usize) -> i64 {
    i64::try_from(lines).expect("few lines") * LINE
}

#[cfg(test)]
mod tests {
    use super::{PLAIN, width, wrapped};

    #[test]
    fn words_stay_in_their_room() {
        let words = "Assistant Director Governance and Monitoring Officer of the interim structure";
        for (room, most) in [(60, 2), (100, 3), (400, 1), (90, 9), (5, 2)] {
            let lines = wrapped(words, PLAIN, room, most);
            assert!(lines.len() <= most && lines.iter().all(|line| width(line, PLAIN) <= room.max(12)), "{lines:?}");
        }
        assert_eq!(wrapped(words, PLAIN, 90, 9).join(" "), words, "nothing is lost where there is room");
        assert!(wrapped(words, PLAIN, 100, 2)[1].ends_with('\u{2026}'));
        assert_eq!(wrapped("", PLAIN, 90, 2), [""]);
    }
}
