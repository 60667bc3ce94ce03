//! What the rules and figures say of single pairs, asked once of a case for many changes of it.
//!
//! No rule about one person and one post, and no figure of a placement, depends on who else is there or on what anybody states; only
//! whether the post is on offer and the person still there can change, and [`Facts`] asks that anew each time. So an entry here is the
//! answer that the same functions would give again.

use crate::case::MatchKind;
use crate::certify::facts::Facts;
use crate::certify::grid::Grid;
use crate::certify::rows::Options;
use crate::id::{Id, PersonId, PostId};

/// The allowed pairs of a case, with their figures.
pub(super) struct Known {
    /// What each person may be, as long as nothing changes.
    pub(super) options: Grid<Option<PostId>>,
    figures: Grid<Option<Figures>>,
}

/// The figures of one placement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures {
    pub(super) kind: Option<MatchKind>,
    pub(super) rank_given: Option<u32>,
    pub(super) rank_counted: u32,
    pub(super) cost: i128,
}

impl Known {
    /// Asks of every allowed pair.
    pub(super) fn of(facts: &Facts<'_>) -> Self {
        let options = Options::of(facts).people;
        let figures = |person: PersonId, post: PostId| Figures {
            kind: facts.kind(person, post),
            rank_given: facts.rank_given(person, post),
            rank_counted: facts.rank_counted(person, post),
            cost: facts.cost(person, post),
        };
        let own = |(person, posts): (usize, &[Option<PostId>])| {
            let posts: Vec<Option<PostId>> = posts.to_vec();
            posts.into_iter().map(move |post| post.map(|post| figures(PersonId::at(person), post)))
        };
        let figures = Grid::of(options.iter().enumerate().map(own));
        Self { options, figures }
    }

    /// Whether the pair is allowed as long as nothing changes.
    pub(super) fn allows(&self, person: PersonId, post: PostId) -> bool {
        self.options.get(person.index()).is_some_and(|options| options.contains(&Some(post)))
    }

    /// Whether some rule says that the person must have a post.
    pub(super) fn demands(&self, person: PersonId) -> bool {
        self.options[person.index()].last() != Some(&None)
    }

    /// The figures of an allowed pair.
    pub(super) fn figures(&self, person: PersonId, post: PostId) -> Option<&Figures> {
        let at = self.options[person.index()].iter().position(|&option| option == Some(post))?;
        self.figures[person.index()][at].as_ref()
    }
}
