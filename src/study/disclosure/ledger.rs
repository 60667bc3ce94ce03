//! The numbers that a paper could print, those that follow from them, and the sums between them.
//!
//! It says what must stay open about each number; whether it does is for the search to bring about and the checker to see.

use std::collections::BTreeSet;

/// A number of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Var(usize);

impl Var {
    /// Its place in the ledger.
    pub fn index(self) -> usize {
        self.0
    }
}

/// Whether nought says something about somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zero {
    /// A count over everybody: nought is the same for all, and is printed.
    Plain,
    /// A count over a group: nought tells of each of its members what did not happen to them.
    Small,
}

/// What kind of number it is. The last entry of a printable one is its weight: the weightier is printed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A count of people that may be printed.
    People(Zero, u8),
    /// A count of people that may be printed rounded, never to the last digit.
    Rounded(Zero, u8),
    /// A count of seats that may be printed: nobody is found by it alone.
    Seats(u8),
    /// A count of people that is not printed but may follow from what is.
    Derived(Zero),
    /// A count of seats that is not printed itself.
    Unprinted,
    /// Holders of like posts, not printed: it may never be certain that none of them is filled, or all.
    Open,
}

/// A number with what everybody knows of it beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// What it counts, for whoever reads a flaw.
    pub name: String,
    /// Its true value.
    pub truth: i64,
    /// The least that it can be.
    pub low: i64,
    /// The most that it can be.
    pub high: i64,
    /// What kind of number it is.
    pub kind: Kind,
}

/// A sum that everybody knows to lie within limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Numbers with their factors.
    pub terms: Vec<(Var, i64)>,
    /// The least that the sum can be.
    pub low: i64,
    /// The most that the sum can be.
    pub high: i64,
}

/// The step to which figures are rounded: 5, or 10 above a threshold of 5.
pub fn step(threshold: u32) -> i64 {
    if threshold <= 5 { 5 } else { 10 }
}

/// A number to the nearest step, half up, with the least and the most that it may stand for.
pub fn rounded(number: i64, threshold: u32) -> (i64, (i64, i64)) {
    let step = step(threshold);
    let round = (number + step / 2).div_euclid(step) * step;
    (round, (round - step / 2, round - step / 2 + step - 1))
}

/// Rounds of narrowing after which bounds are left as wide as they are.
const MOST_ROUNDS: usize = 40;

/// All numbers and sums.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    variables: Vec<Variable>,
    rows: Vec<Row>,
}

impl Ledger {
    /// A number between these ends.
    ///
    /// - A count over everybody that is not printed is known not to be nought, because nought would have been printed.
    pub fn add(&mut self, name: impl Into<String>, truth: i64, ends: (i64, i64), kind: Kind) -> Var {
        let (low, high) = ends;
        let plain =
            matches!(kind, Kind::People(Zero::Plain, _) | Kind::Rounded(Zero::Plain, _) | Kind::Derived(Zero::Plain));
        let low = if plain && truth > 0 && low == 0 { 1 } else { low };
        self.variables.push(Variable { name: name.into(), truth, low, high, kind });
        Var(self.variables.len() - 1)
    }

    /// These numbers come to `total`.
    pub fn sum(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, total: i64) {
        self.between(terms, total, total);
    }

    /// These numbers come to at least `low` and at most `high`.
    pub fn between(&mut self, terms: impl IntoIterator<Item = (Var, i64)>, low: i64, high: i64) {
        self.rows.push(Row { terms: terms.into_iter().collect(), low, high });
    }

    /// What a part leaves of a whole, as a number that follows.
    pub fn rest(&mut self, whole: Var, part: Var, zero: Zero) -> Var {
        let (all, some) = (self.variable(whole), self.variable(part));
        let (name, truth, high) = (format!("all but {}", some.name), all.truth - some.truth, all.high);
        let rest = self.add(name, truth, (0, high), Kind::Derived(zero));
        self.sum([(part, 1), (rest, 1), (whole, -1)], 0);
        rest
    }

    /// What a part leaves of a number that everybody knows, as a number that follows.
    pub fn rest_of(&mut self, whole: i64, part: Var, zero: Zero) -> Var {
        let name = format!("all but {}", self.variable(part).name);
        let rest = self.add(name, whole - self.variable(part).truth, (0, whole), Kind::Derived(zero));
        self.sum([(part, 1), (rest, 1)], whole);
        rest
    }

    /// How much one number is above another, as a number that follows.
    pub fn gap(&mut self, one: Var, other: Var, most: i64) {
        let (a, b) = (self.variable(one), self.variable(other));
        let (name, truth) = (format!("{} less {}", a.name, b.name), a.truth - b.truth);
        let gap = self.add(name, truth, (-most, most), Kind::Derived(Zero::Plain));
        self.sum([(one, 1), (other, -1), (gap, -1)], 0);
    }

    /// Every number, in order.
    pub fn vars(&self) -> impl Iterator<Item = Var> + use<> {
        (0..self.variables.len()).map(Var)
    }

    /// One number.
    pub fn variable(&self, var: Var) -> &Variable {
        &self.variables[var.0]
    }

    /// Every sum.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How much a reader would miss it; nothing where it may not be printed at all.
    pub fn weight(&self, var: Var) -> Option<u8> {
        match self.variable(var).kind {
            Kind::People(_, weight) | Kind::Rounded(_, weight) | Kind::Seats(weight) => Some(weight),
            Kind::Derived(_) | Kind::Unprinted | Kind::Open => None,
        }
    }

    /// Whether it may be printed to the last digit, as far as it is not small.
    pub fn may_be_exact(&self, var: Var) -> bool {
        match self.variable(var).kind {
            Kind::People(..) | Kind::Seats(_) => true,
            // That nought is nought is no less round than any other number.
            Kind::Rounded(Zero::Plain, _) => self.variable(var).truth == 0,
            Kind::Rounded(Zero::Small, _) | Kind::Derived(_) | Kind::Unprinted | Kind::Open => false,
        }
    }

    /// Whether it counts people, one by one: neither seats nor the holders of like posts.
    pub fn is_of_people(&self, var: Var) -> bool {
        match self.variable(var).kind {
            Kind::People(..) | Kind::Rounded(..) | Kind::Derived(_) => true,
            Kind::Seats(_) | Kind::Unprinted | Kind::Open => false,
        }
    }

    /// Whether it is a count of so few people that they could be found.
    pub fn is_small(&self, var: Var, threshold: u32) -> bool {
        self.wanted(var, threshold).is_some()
    }

    /// Of a small count, how many values must stay possible: all that "fewer than the threshold" may mean.
    pub fn wanted(&self, var: Var, threshold: u32) -> Option<usize> {
        let Variable { truth, kind, .. } = self.variable(var);
        let few = truth.unsigned_abs() < u64::from(threshold);
        let values = usize::try_from(threshold).unwrap_or(usize::MAX);
        match kind {
            Kind::People(zero, _) | Kind::Rounded(zero, _) | Kind::Derived(zero) => match zero {
                Zero::Plain => (few && *truth != 0).then_some(values - 1),
                Zero::Small => few.then_some(values),
            },
            Kind::Seats(_) | Kind::Unprinted | Kind::Open => None,
        }
    }

    /// What "fewer than the threshold" says of a small count: nought is printed where it says nothing of anybody.
    pub fn few(&self, var: Var, threshold: u32) -> (i64, i64) {
        (self.variable(var).low, i64::from(threshold) - 1)
    }

    /// Whether these values, all of which are possible, leave enough open about a number.
    ///
    /// - `natural` is what it could be if nothing were printed, as [`Ledger::natural`] says: more cannot be asked.
    /// - A number that is neither small nor about posts may be known; whoever can work it out finds nobody.
    pub fn is_open(&self, var: Var, values: &BTreeSet<i64>, threshold: u32, natural: (i64, i64)) -> bool {
        if let Some(wanted) = self.wanted(var, threshold) {
            let most = usize::try_from(natural.1 - natural.0 + 1).unwrap_or(1);
            return values.len() >= wanted.min(most);
        }
        match self.variable(var).kind {
            Kind::People(..) | Kind::Rounded(..) | Kind::Seats(_) | Kind::Derived(_) | Kind::Unprinted => true,
            Kind::Open => {
                let Variable { low, high, .. } = *self.variable(var);
                let is_one_filled = natural.1 == low || values.last().is_some_and(|&most| most > low);
                let is_one_empty = natural.0 == high || values.first().is_some_and(|&least| least < high);
                is_one_filled && is_one_empty
            }
        }
    }

    /// What each number could be if nothing were printed, as far as narrowing of bounds tells.
    pub fn natural(&self) -> Vec<(i64, i64)> {
        let mut bounds: Vec<(i64, i64)> = self.variables.iter().map(|it| (it.low, it.high)).collect();
        for _ in 0..MOST_ROUNDS {
            let before = bounds.clone();
            self.rows.iter().for_each(|row| narrow(row, &mut bounds));
            if bounds == before {
                break;
            }
        }
        bounds
    }
}

/// Narrows every number of a sum by the ends of the others.
fn narrow(row: &Row, bounds: &mut [(i64, i64)]) {
    let ends = |bounds: &[(i64, i64)], var: Var, factor: i64| {
        let (low, high) = bounds[var.0];
        if factor > 0 { (factor * low, factor * high) } else { (factor * high, factor * low) }
    };
    let (mut least, mut most) = (0, 0);
    for &(var, factor) in &row.terms {
        let (low, high) = ends(bounds, var, factor);
        (least, most) = (least + low, most + high);
    }
    for &(var, factor) in &row.terms {
        let (own_low, own_high) = ends(bounds, var, factor);
        // factor·x lies between what the limits leave when the others are at their most, and at their least.
        let (from, to) = (row.low - (most - own_high), row.high - (least - own_low));
        let (low, high) = match factor > 0 {
            true => (ceiling(from, factor), floor(to, factor)),
            false => (ceiling(-to, -factor), floor(-from, -factor)),
        };
        let (was_low, was_high) = bounds[var.0];
        bounds[var.0] = (was_low.max(low), was_high.min(high));
    }
}

fn floor(a: i64, b: i64) -> i64 {
    a.div_euclid(b)
}

fn ceiling(a: i64, b: i64) -> i64 {
    -(-a).div_euclid(b)
}
