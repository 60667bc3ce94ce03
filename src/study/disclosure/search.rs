//! What is told so far, and the worlds that are known to agree with it.
//!
//! Figures are let out one after the other. One that would leave too little open about a number is not let out.

use std::collections::BTreeSet;

use crate::study::disclosure::ledger::{Ledger, Var, rounded};
use crate::study::disclosure::space::{Bounds, Space};

/// Something that a reader is told about a number.
pub(super) type Fact = (Var, Say);

/// What a reader is told about one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Say {
    /// The number.
    Exact,
    /// To which round number it comes.
    Rounded,
    /// That it is small.
    Few,
}

/// What came of a suppression.
pub(super) struct Done {
    /// Whether each number is told to the last digit.
    pub(super) is_exact: Vec<bool>,
    /// Whether it is told to which round number it comes.
    pub(super) is_rounded: Vec<bool>,
    /// What a reader can work out of each number.
    pub(super) bounds: Bounds,
    /// The truth, and worlds that agree with all of that.
    pub(super) worlds: Vec<Vec<i64>>,
}

/// Values tried on each side of those that are known.
const REACH: i64 = 4;

/// Worlds kept before those are dropped that show nothing of their own.
const MANY_WORLDS: usize = 300;

/// The state of one suppression.
pub(super) struct Search<'a> {
    ledger: &'a Ledger,
    threshold: u32,
    natural: Vec<(i64, i64)>,
    space: Space<'a>,
    /// What is told of each number, or else what everybody knows of it beforehand.
    told: Bounds,
    /// Whether a number is told to the last digit.
    is_exact: Vec<bool>,
    is_rounded: Vec<bool>,
    /// The numbers about which something must stay open; what stood in the way last comes first.
    guarded: Vec<Var>,
    worlds: Vec<Vec<i64>>,
}

impl<'a> Search<'a> {
    /// Nothing is told yet.
    pub(super) fn new(ledger: &'a Ledger, threshold: u32) -> Self {
        let natural = ledger.natural();
        let told = ledger.vars().map(|var| (ledger.variable(var).low, ledger.variable(var).high)).collect();
        let nothing = BTreeSet::new();
        let is_guarded = |&var: &Var| !ledger.is_open(var, &nothing, threshold, natural[var.index()]);
        let guarded = ledger.vars().filter(is_guarded).collect();
        let worlds = vec![ledger.vars().map(|var| ledger.variable(var).truth).collect()];
        let nowhere = vec![false; natural.len()];
        let (space, is_exact, is_rounded) = (Space::new(ledger), nowhere.clone(), nowhere);
        Self { ledger, threshold, natural, space, told, is_exact, is_rounded, guarded, worlds }
    }

    /// Tells as much as may be told: all of it, or else half of it and then what may be told of the other half.
    pub(super) fn tell(&mut self, facts: &[Fact]) {
        if facts.is_empty() || self.try_to_tell(facts) {
            return;
        }
        if let [(var, _)] = facts {
            tracing::debug!(number = self.ledger.variable(*var).name, "kept back");
            return;
        }
        let (first, second) = facts.split_at(facts.len() / 2);
        self.tell(first);
        self.tell(second);
    }

    fn try_to_tell(&mut self, facts: &[Fact]) -> bool {
        let before = (self.told.clone(), self.is_exact.clone(), self.is_rounded.clone());
        for &(var, say) in facts {
            let (low, high) = self.ends_of(var, say);
            let known = &mut self.told[var.index()];
            *known = (known.0.max(low), known.1.min(high));
            match say {
                Say::Exact => self.is_exact[var.index()] = true,
                Say::Rounded => self.is_rounded[var.index()] = true,
                Say::Few => {}
            }
        }
        let is_safe = !few_together(self.ledger, &self.is_exact, self.threshold) && self.leaves_enough_open();
        if !is_safe {
            (self.told, self.is_exact, self.is_rounded) = before;
        }
        if self.worlds.len() > MANY_WORLDS {
            self.drop_spare_worlds();
        }
        is_safe
    }

    /// The least and the most that a number can be by what is said of it.
    fn ends_of(&self, var: Var, say: Say) -> (i64, i64) {
        let truth = self.ledger.variable(var).truth;
        match say {
            Say::Exact => (truth, truth),
            Say::Few => self.ledger.few(var, self.threshold),
            // Of people, that they are few would have been said.
            Say::Rounded => {
                let (_, (low, high)) = rounded(truth, self.threshold);
                let least = if self.ledger.is_of_people(var) { i64::from(self.threshold) } else { 0 };
                (low.max(least), high)
            }
        }
    }

    /// Whether enough is open about every number, after as many searches as that takes.
    fn leaves_enough_open(&mut self) -> bool {
        let mut bounds = self.told.clone();
        if !self.space.narrow_all(&mut bounds) {
            return false;
        }
        let guarded = self.guarded.clone();
        let is_shut = |var: &Var| !self.is_open(*var, &ends(bounds[var.index()]));
        if let Some(at) = guarded.iter().position(is_shut) {
            self.guarded[..=at].rotate_right(1);
            return false;
        }
        let mut agreeing: Vec<usize> = (0..self.worlds.len()).filter(|&at| self.agrees(at)).collect();
        for (at, &var) in guarded.iter().enumerate() {
            let mut values = agreeing.iter().map(|&world| self.worlds[world][var.index()]).collect();
            while !self.is_open(var, &values) {
                let Some(world) = self.another(var, &values, &bounds) else {
                    self.guarded[..=at].rotate_right(1);
                    return false;
                };
                values.insert(world[var.index()]);
                agreeing.push(self.worlds.len());
                self.worlds.push(world);
            }
        }
        true
    }

    fn is_open(&self, var: Var, values: &BTreeSet<i64>) -> bool {
        self.ledger.is_open(var, values, self.threshold, self.natural[var.index()])
    }

    fn agrees(&self, world: usize) -> bool {
        self.worlds[world].iter().zip(&self.told).all(|(it, (low, high))| low <= it && it <= high)
    }

    /// A world in which the number has a value that is not seen yet, the nearest first.
    fn another(&self, var: Var, seen: &BTreeSet<i64>, bounds: &Bounds) -> Option<Vec<i64>> {
        let (least, most) = (*seen.first()?, *seen.last()?);
        let truth = self.ledger.variable(var).truth;
        let mut wanted: Vec<i64> = (least - REACH..=most + REACH).filter(|value| !seen.contains(value)).collect();
        wanted.sort_by_key(|value| ((value - truth).abs(), *value));
        wanted.into_iter().find_map(|value| {
            // The worlds that come nearest to the wanted value are the likeliest to lead to it.
            let distance = |world: &&Vec<i64>| (world[var.index()] - value).abs();
            let near = self.worlds.iter().min_by_key(distance)?;
            let found = self.space.world(bounds, var, value, near);
            found.or_else(|| self.space.world(bounds, var, value, &self.worlds[0]))
        })
    }

    /// Keeps the truth, and of the others those that agree with what is told and show a value that no earlier one does.
    fn drop_spare_worlds(&mut self) {
        let mut seen: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); self.guarded.len()];
        let all = 0..self.worlds.len();
        let kept: Vec<usize> = all
            .filter(|&at| {
                let is_kept = self.agrees(at);
                let mut shows = at == 0;
                if is_kept {
                    let values = self.guarded.iter().map(|var| self.worlds[at][var.index()]);
                    seen.iter_mut().zip(values).for_each(|(seen, value)| shows |= seen.insert(value));
                }
                is_kept && shows
            })
            .collect();
        self.worlds = kept.into_iter().map(|at| std::mem::take(&mut self.worlds[at])).collect();
    }

    /// What a reader can work out of each number by going through the sums again and again.
    pub(super) fn worked_out(&self) -> Bounds {
        let mut bounds = self.told.clone();
        self.space.narrow_all(&mut bounds);
        bounds
    }

    /// What came of it.
    pub(super) fn done(mut self) -> Done {
        self.drop_spare_worlds();
        let bounds = self.worked_out();
        let Self { is_exact, is_rounded, worlds, .. } = self;
        Done { is_exact, is_rounded, bounds, worlds }
    }
}

/// The two ends of what a number can be, as far as is easily seen, and what lies between them.
fn ends((low, high): (i64, i64)) -> BTreeSet<i64> {
    const ENOUGH: i64 = 20;
    (low..=high.min(low + ENOUGH)).chain([high]).collect()
}

/// Whether all that is not told in some sum is known to come to few people together.
fn few_together(ledger: &Ledger, is_exact: &[bool], threshold: u32) -> bool {
    let is_known = |var: Var| is_exact[var.index()] || ledger.variable(var).low == ledger.variable(var).high;
    ledger.rows().iter().filter(|row| row.low == row.high).any(|row| {
        let mut hidden = row.terms.iter().filter(|(var, _)| !is_known(*var)).peekable();
        let Some(&&(_, sign)) = hidden.peek() else { return false };
        let mut together = 0;
        for &(var, factor) in hidden {
            if factor != sign || !ledger.is_of_people(var) {
                return false;
            }
            together += ledger.variable(var).truth;
        }
        let is_told = row.terms.iter().any(|(var, _)| is_exact[var.index()] && ledger.variable(*var).truth != 0);
        is_told && together != 0 && together.unsigned_abs() < u64::from(threshold)
    })
}
