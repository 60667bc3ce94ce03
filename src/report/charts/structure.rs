//! A structure chart: the posts of an authority by directorate and tier, with who shares each and which are vacant.
//!
//! The top of the structure stands above columns, one or more for each directorate, in which posts stand below each other,
//! further in the lower their tier. The tables do not say who reports to whom, and neither do the lines. Colour and words
//! both say who shares a post. A structure that cannot be read on one page is drawn in parts.

mod cards;
mod columns;
mod draw;
mod of_case;

pub use crate::report::charts::structure::draw::structure;
pub use crate::report::charts::structure::of_case::{now, proposed};

use crate::quantity::BasisPoints;
use crate::report::shown::Shown;

/// A structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// What it is called.
    pub title: String,
    /// Where posts are grouped by something else than directorates, or anything must be known: a sentence.
    pub remark: String,
    /// Posts above all directorates.
    pub top: Vec<Post>,
    /// The others.
    pub directorates: Vec<Directorate>,
}

/// Posts that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directorate {
    /// What it is called.
    pub name: String,
    /// Its posts, the top tier first.
    pub posts: Vec<Post>,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its id in the files; empty where it may not be shown.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its tier, 1 the top.
    pub tier: u32,
    /// Who has it.
    pub sharing: Sharing,
    /// How many may hold it.
    pub seats: u32,
    /// How many seats are empty.
    pub vacant: Shown,
}

/// Who has a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sharing {
    /// One authority alone, by its position among all and its id.
    Only(usize, String),
    /// Several, each with its share.
    Shared(Vec<(String, BasisPoints)>),
    /// A service that stays shared, with the shares as far as they are known.
    Retained(Vec<(String, BasisPoints)>),
}

/// Paper on which a structure is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 millimetres, upright.
    A4,
    /// 420 by 297 millimetres, on its side.
    A3,
}

impl Sharing {
    /// In words: "A only", "shared A 50 / B 50".
    pub fn words(&self) -> String {
        match self {
            Sharing::Only(_, code) => format!("{code} only"),
            Sharing::Shared(_) => format!("shared {}", self.shares()),
            Sharing::Retained(of) if of.is_empty() => "retained shared".to_owned(),
            Sharing::Retained(_) => format!("retained shared {}", self.shares()),
        }
    }

    /// The shares alone: "A 50 / B 50"; nothing where there is none.
    pub fn shares(&self) -> String {
        match self {
            Sharing::Only(..) => String::new(),
            Sharing::Shared(of) | Sharing::Retained(of) => {
                of.iter().map(|(code, share)| format!("{code} {share}")).collect::<Vec<_>>().join(" / ")
            }
        }
    }
}

impl Post {
    /// Its id and its title; the title alone where no id may be shown.
    pub fn name(&self) -> String {
        format!("{} {}", self.code, self.title).trim().to_owned()
    }

    /// Its seats in words: "vacant", "1 of 2 seats vacant", "2 seats"; nothing for one that is held.
    pub fn seats_words(&self) -> Option<String> {
        match (self.seats, self.vacant) {
            (_, Shown::About(_) | Shown::Between(..) | Shown::Suppressed) => Some(format!("vacant {}", self.vacant)),
            (0 | 1, Shown::Figure(0)) => None,
            (0 | 1, Shown::Figure(_)) => Some("vacant".to_owned()),
            (seats, Shown::Figure(0)) => Some(format!("{seats} seats")),
            (seats, Shown::Figure(empty)) if empty == u64::from(seats) => Some(format!("{seats} seats, all vacant")),
            (seats, Shown::Figure(empty)) => Some(format!("{empty} of {seats} seats vacant")),
        }
    }

    /// Tier, sharing and seats in words.
    pub fn words(&self) -> String {
        let seats = self.seats_words().map_or_else(String::new, |words| format!(", {words}"));
        format!("tier {}, {}{seats}", self.tier, self.sharing.words())
    }
}
