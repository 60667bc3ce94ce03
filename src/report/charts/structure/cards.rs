//! A post as a card: its title and what is said of it, in lines that fit.

use crate::report::charts::fitting::{LINE, PLAIN, STRONG, tall, wrapped};
use crate::report::charts::structure::{Post, Sharing};
use crate::report::shown::Shown;
use crate::report::svg::{Anchor, Drawing, Shade};

/// Between the edge of a card and its words.
const PAD: i64 = 6;
/// A title has at most so many lines.
const MOST: usize = 5;

/// A post as it is drawn.
pub(super) struct Card {
    title: Vec<String>,
    words: Vec<String>,
    shade: Shade,
    outline: Outline,
}

enum Outline {
    Held,
    Vacant,
}

impl Card {
    /// A post on a card of this width.
    pub(super) fn new(post: &Post, width: i64) -> Self {
        let room = width - 2 * PAD;
        let mut words = post.words();
        let shares = post.sharing.shares();
        if !shares.is_empty() {
            words = words.replace(&shares, &shares.replace(' ', "\u{a0}"));
        }
        Self {
            title: wrapped(&post.name(), STRONG, room, MOST),
            words: wrapped(&words, PLAIN, room, MOST),
            shade: shade(&post.sharing),
            outline: match post.vacant {
                Shown::Figure(0) | Shown::About(_) | Shown::Between(..) | Shown::Suppressed => Outline::Held,
                Shown::Figure(_) => Outline::Vacant,
            },
        }
    }

    /// Its height.
    pub(super) fn height(&self) -> i64 {
        tall(self.title.len() + self.words.len()) + 2 * PAD - 2
    }

    /// Draws it from its upper left corner.
    pub(super) fn draw(&self, drawing: &mut Drawing, (x, y): (i64, i64), width: i64) {
        match self.outline {
            Outline::Held => drawing.block((x, y), (width, self.height()), self.shade),
            Outline::Vacant => drawing.open_block((x, y), (width, self.height()), self.shade),
        }
        let mut foot = y + PAD - 3;
        for line in &self.title {
            foot += LINE;
            drawing.lettered((x + PAD, foot), Anchor::Start, STRONG, line);
        }
        for line in &self.words {
            foot += LINE;
            drawing.lettered((x + PAD, foot), Anchor::Start, PLAIN, line);
        }
    }
}

/// The colour of who has a post: shared posts are the same everywhere, authorities differ.
pub(super) fn shade(sharing: &Sharing) -> Shade {
    match sharing {
        Sharing::Only(position, _) => [Shade::Blue, Shade::Green, Shade::Light][position % 3],
        Sharing::Shared(_) => Shade::Amber,
        Sharing::Retained(_) => Shade::Violet,
    }
}
