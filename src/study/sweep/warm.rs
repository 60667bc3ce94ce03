//! Scenarios of one point from what is known of the case before any draw, and of pieces that were drawn alike before.
//!
//! What is kept are the best plans of pieces with their proofs: a claim like any other. Whatever was kept or found now, the whole
//! scenario is derived again by the checker.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use crate::case::Case;
use crate::case::answer::Outcome;
use crate::case::change::Change;
use crate::case::rule::{Family, Rule};
use crate::case::scenario::Scenario;
use crate::certify::{Breach, Certified, Ground, Refusal};
use crate::solve::Limits;
use crate::solve::pieces::{Part, Pieces};

/// The most parts that are kept at a point, over all its pieces.
const KEPT_PARTS: usize = 20_000;
/// So many scenarios are tried before it is given up where three in four must be solved whole.
const TRIED: usize = 32;

/// A point with what its scenarios have in common.
pub(super) struct Warm<'a> {
    pieces: Pieces,
    ground: Ground<'a>,
    kept: Vec<Kept>,
    /// How many parts are kept.
    count: AtomicUsize,
    /// How many scenarios were tried, and how many of them had to be solved whole all the same.
    tried: AtomicUsize,
    whole: AtomicUsize,
}

/// What is known of a piece; none where it cannot be solved by itself.
#[derive(Default)]
struct Kept {
    /// Without any change.
    whole: OnceLock<Option<Arc<Part>>>,
    /// With some, by what changed.
    parts: RwLock<BTreeMap<Change, Option<Arc<Part>>>>,
}

impl<'a> Warm<'a> {
    /// Makes ready; `None` where the case of this point does not come apart.
    pub(super) fn of(case: &'a Case, scenario: &'a Scenario) -> Option<Self> {
        let pieces = Pieces::of(case, scenario)?;
        let kept = (0..pieces.len()).map(|_| Kept::default()).collect();
        let [count, tried, whole] = [0; 3].map(AtomicUsize::new);
        Some(Self { pieces, ground: Ground::new(case, scenario), kept, count, tried, whole })
    }

    /// The best plan of the case with a change, in the numbers of the case; `None`: it must be solved whole.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub(super) fn best(&self, change: &Change, limits: &Limits<'_>) -> Result<Option<Certified>, Refusal> {
        let (tried, whole) = (self.tried.load(Ordering::Relaxed), self.whole.load(Ordering::Relaxed));
        // Either way gives the same answer, so counting which is quicker here does not show in it.
        if tried >= TRIED && whole * 4 > tried * 3 {
            return Ok(None);
        }
        let best = self.put_together(change, limits)?;
        self.tried.fetch_add(1, Ordering::Relaxed);
        self.whole.fetch_add(usize::from(best.is_none()), Ordering::Relaxed);
        Ok(best)
    }

    fn put_together(&self, change: &Change, limits: &Limits<'_>) -> Result<Option<Certified>, Refusal> {
        let Some(parts) = self.parts(change, limits) else { return Ok(None) };
        let parts: Vec<&Part> = parts.iter().map(Arc::as_ref).collect();
        match self.ground.certify(change, Outcome::Stopped(Some(self.pieces.join(&parts)))) {
            // Best without the rules that hold pieces together; with them another plan may be.
            Err(Refusal::Breaches(breaches)) if breaches.iter().all(joins_pieces) => Ok(None),
            certified => certified.map(Some),
        }
    }

    fn parts(&self, change: &Change, limits: &Limits<'_>) -> Option<Vec<Arc<Part>>> {
        let mut touched = self.pieces.touched(change).into_iter().peekable();
        let of_piece = |piece: usize| match touched.next_if(|&(it, _)| it == piece) {
            Some((_, share)) => self.part(piece, share, limits),
            None => self.untouched(piece, limits),
        };
        (0..self.pieces.len()).map(of_piece).collect()
    }

    fn untouched(&self, piece: usize, limits: &Limits<'_>) -> Option<Arc<Part>> {
        let whole = &self.kept[piece].whole;
        if let Some(known) = whole.get() {
            return known.clone();
        }
        let part = self.pieces.part(piece, &Change::default(), limits).map(Arc::new);
        if (limits.should_stop)() {
            return None;
        }
        whole.get_or_init(|| part).clone()
    }

    fn part(&self, piece: usize, share: Change, limits: &Limits<'_>) -> Option<Arc<Part>> {
        let parts = &self.kept[piece].parts;
        if let Some(known) = parts.read().expect("no thread panics with it").get(&share) {
            return known.clone();
        }
        let part = self.pieces.part(piece, &share, limits).map(Arc::new);
        // What a limit cut short is not known.
        if (limits.should_stop)() {
            return None;
        }
        if self.count.fetch_add(1, Ordering::Relaxed) < KEPT_PARTS {
            parts.write().expect("no thread panics with it").insert(share, part.clone());
        }
        part
    }
}

/// Whether it is about a rule that holds pieces together.
fn joins_pieces(breach: &Breach) -> bool {
    let rule: Rule = breach.rule;
    match rule.family() {
        Family::Decision => !rule.is_of_a_pair(),
        Family::Fairness => true,
        Family::Structure | Family::Eligibility => false,
    }
}
