//! Looks for other worlds: changes one number, and then others, until every sum holds again.
//!
//! It starts from a world that is known and never touches what is printed. It may fail to find a world that exists; then
//! more is kept back than needed, never less.

use std::collections::{BTreeMap, BTreeSet};

use crate::study::disclosure::ledger::{Kind, Ledger, Var};

/// Changes tried in one search.
const MOST_STEPS: u32 = 1_000;

/// Changes tried in one search for what need not have been kept back.
const FEW_STEPS: u32 = 300;

/// What is printed, and the worlds that are known to agree with it.
#[derive(Debug, Clone)]
pub(super) struct Search<'a> {
    ledger: &'a Ledger,
    /// The sums in which each number stands, with its factor there.
    rows_of: Vec<Vec<(usize, i64)>>,
    patience: u32,
    pub(super) shown: Vec<bool>,
    pub(super) worlds: Vec<Vec<i64>>,
    /// The values of each number in these worlds, with a world for each.
    seen: Vec<BTreeMap<i64, usize>>,
    /// What was printed and in the way when a search failed, by number.
    blocked: BTreeMap<Var, BTreeSet<Var>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(ledger: &'a Ledger, shown: Vec<bool>) -> Self {
        let mut rows_of = vec![Vec::new(); ledger.vars().count()];
        for (at, row) in ledger.rows().iter().enumerate() {
            row.terms.iter().for_each(|&(var, factor)| rows_of[var.index()].push((at, factor)));
        }
        let truth = ledger.vars().map(|var| ledger.variable(var).truth).collect();
        let seen = vec![BTreeMap::new(); rows_of.len()];
        let (worlds, blocked) = (Vec::new(), BTreeMap::new());
        let mut search = Self { ledger, rows_of, patience: MOST_STEPS, shown, worlds, seen, blocked };
        search.keep(truth);
        search
    }

    fn keep(&mut self, world: Vec<i64>) {
        let at = self.worlds.len();
        for (seen, &value) in self.seen.iter_mut().zip(&world) {
            seen.entry(value).or_insert(at);
        }
        self.worlds.push(world);
    }

    /// Whether the number can have as many values as it must, after as many searches as that takes.
    pub(super) fn is_safe(&mut self, var: Var, threshold: u32, natural: &[usize]) -> bool {
        let need = self.ledger.need(var, self.shown[var.index()], threshold, natural[var.index()]);
        while self.seen[var.index()].len() < need {
            if !self.finds_another(var) {
                return self.nearest(var).is_empty();
            }
        }
        true
    }

    /// Finds a world in which the number has a value that is not seen yet.
    fn finds_another(&mut self, var: Var) -> bool {
        let mut blocked = BTreeSet::new();
        let seen = &self.seen[var.index()];
        let (Some((&least, &low)), Some((&most, &high))) = (seen.first_key_value(), seen.last_key_value()) else {
            return false;
        };
        for turn in 0..2 {
            for (world, value) in [(high, most + 1), (low, least - 1), (high, most + 2), (low, least - 2)] {
                let mut walk = Walk::new(self, &self.worlds[world], turn);
                if walk.set(var, value) && walk.repair() {
                    let world = walk.values;
                    self.keep(world);
                    return true;
                }
                blocked.append(&mut walk.blocked);
            }
        }
        self.blocked.insert(var, blocked);
        false
    }

    /// What is to be kept back next for the sake of a number: the lightest that was in the way.
    pub(super) fn in_the_way(&mut self, var: Var) -> Option<Var> {
        let blocked = self.blocked.remove(&var).unwrap_or_default();
        let blocked = if blocked.is_empty() { self.nearest(var) } else { blocked };
        let weight = |cell: &Var| match self.ledger.variable(*cell).kind {
            Kind::People(_, weight) | Kind::Seats(weight) => weight,
            Kind::Derived(_) | Kind::Open => 0,
        };
        blocked.into_iter().min_by_key(|cell| (weight(cell), self.ledger.variable(*cell).truth, *cell))
    }

    /// Everything printed that stands in a sum with the number, or with one kept back that does, and so on.
    fn nearest(&self, var: Var) -> BTreeSet<Var> {
        let (mut found, mut known) = (BTreeSet::new(), BTreeSet::from([var]));
        let mut waiting = vec![var];
        while let Some(next) = waiting.pop() {
            for &(row, _) in &self.rows_of[next.index()] {
                for &(other, _) in &self.ledger.rows()[row].terms {
                    if self.shown[other.index()] {
                        found.insert(other);
                    } else if known.insert(other) {
                        waiting.push(other);
                    }
                }
            }
        }
        found
    }

    /// Keeps one more number back; every world still agrees with what is printed.
    pub(super) fn conceal(&mut self, cell: Var) {
        self.shown[cell.index()] = false;
    }

    /// The same with one number printed, and the worlds that agree with it.
    pub(super) fn revealing(&self, cell: Var) -> Search<'a> {
        let truth = self.ledger.variable(cell).truth;
        let mut shown = self.shown.clone();
        shown[cell.index()] = true;
        let mut search = Search {
            ledger: self.ledger,
            rows_of: self.rows_of.clone(),
            patience: FEW_STEPS,
            shown,
            worlds: Vec::new(),
            seen: vec![BTreeMap::new(); self.seen.len()],
            blocked: BTreeMap::new(),
        };
        self.worlds.iter().filter(|world| world[cell.index()] == truth).for_each(|world| search.keep(world.clone()));
        search
    }
}

/// One search: a world that is being changed.
struct Walk<'s> {
    ledger: &'s Ledger,
    rows_of: &'s [Vec<(usize, i64)>],
    shown: &'s [bool],
    values: Vec<i64>,
    sums: Vec<i64>,
    moved: Vec<bool>,
    broken: BTreeSet<usize>,
    steps: u32,
    turn: usize,
    blocked: BTreeSet<Var>,
}

impl<'s> Walk<'s> {
    fn new(search: &'s Search<'_>, world: &[i64], turn: usize) -> Self {
        let sum = |terms: &[(Var, i64)]| terms.iter().map(|&(var, factor)| factor * world[var.index()]).sum();
        Self {
            ledger: search.ledger,
            rows_of: &search.rows_of,
            shown: &search.shown,
            values: world.to_vec(),
            sums: search.ledger.rows().iter().map(|row| sum(&row.terms)).collect(),
            moved: vec![false; world.len()],
            broken: BTreeSet::new(),
            steps: search.patience,
            turn,
            blocked: BTreeSet::new(),
        }
    }

    /// Gives a number another value, if it can have it.
    fn set(&mut self, var: Var, value: i64) -> bool {
        let it = self.ledger.variable(var);
        let can = !self.shown[var.index()] && (it.low..=it.high).contains(&value);
        if can {
            self.change(var, value);
            self.moved[var.index()] = true;
        }
        can
    }

    fn change(&mut self, var: Var, value: i64) {
        let by = value - self.values[var.index()];
        self.values[var.index()] = value;
        for &(row, factor) in &self.rows_of[var.index()] {
            self.sums[row] += by * factor;
            if self.gap(row, self.sums[row]) == 0 {
                self.broken.remove(&row);
            } else {
                self.broken.insert(row);
            }
        }
    }

    /// What a sum lacks; less than nought where it is too much.
    fn gap(&self, row: usize, sum: i64) -> i64 {
        let limits = &self.ledger.rows()[row];
        if sum < limits.low { limits.low - sum } else { (limits.high - sum).min(0) }
    }

    /// Changes further numbers until every sum holds; whether that came about.
    fn repair(&mut self) -> bool {
        if self.broken.is_empty() {
            return true;
        }
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        // The sum with the fewest ways out is mended first, by what breaks the fewest others.
        let ways = self.broken.iter().map(|&row| self.ways(row));
        let Some(ways) = ways.min_by_key(Vec::len) else { return true };
        if ways.is_empty() {
            self.note_blocked();
            return false;
        }
        for (_, var, value) in ways {
            let was = self.values[var.index()];
            self.change(var, value);
            self.moved[var.index()] = true;
            if self.repair() {
                return true;
            }
            self.moved[var.index()] = false;
            self.change(var, was);
        }
        self.note_blocked();
        false
    }

    /// Changes that mend a sum, or part of what it lacks; the one that breaks fewest others first.
    fn ways(&self, row: usize) -> Vec<(usize, Var, i64)> {
        let (terms, gap) = (&self.ledger.rows()[row].terms, self.gap(row, self.sums[row]));
        let mut ways = Vec::new();
        for &(var, factor) in terms {
            if self.shown[var.index()] || self.moved[var.index()] {
                continue;
            }
            let (it, was) = (self.ledger.variable(var), self.values[var.index()]);
            let value = (was + away(gap, factor)).clamp(it.low, it.high);
            if value != was {
                let by = value - was;
                let breaks = |&&(row, factor): &&(usize, i64)| self.gap(row, self.sums[row] + by * factor) != 0;
                ways.push((self.rows_of[var.index()].iter().filter(breaks).count(), var, value));
            }
        }
        ways.sort_by_key(|&(breaks, _, _)| breaks);
        let turn = self.turn.min(ways.len());
        ways.rotate_left(turn);
        ways
    }

    /// Remembers what is printed in the sums that could not be mended.
    fn note_blocked(&mut self) {
        for &row in &self.broken {
            let terms = self.ledger.rows()[row].terms.iter().map(|(var, _)| *var);
            self.blocked.extend(terms.filter(|var| self.shown[var.index()]));
        }
    }
}

/// The least change of a number with this factor that makes up for the gap.
fn away(gap: i64, factor: i64) -> i64 {
    let whole = gap / factor;
    if gap % factor == 0 { whole } else { whole + gap.signum() * factor.signum() }
}
