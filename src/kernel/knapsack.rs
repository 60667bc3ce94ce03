//! The least cost of a knapsack in which each member takes one of several options: exact, by dynamic programming.
//!
//! Weights are not negative and counted in whole cells; a member that need not take part has an option of its own for
//! that. Tables run forwards and backwards over the members, so the least with any one option taken is known as well
//! (Dudziński & Walukiewicz 1987, European Journal of Operational Research 28).

/// More than any sum of costs; two of them still fit 64 bits.
pub(crate) const NEVER: i64 = i64::MAX / 4;

/// One option of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Cells that it takes.
    pub(crate) weight: i64,
    /// What it costs.
    pub(crate) cost: i64,
    /// What the caller calls it.
    pub(crate) option: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Member {
    first: usize,
    /// The cheapest option without weight.
    base: usize,
    /// Its place among those that the tables run over.
    place: Option<usize>,
}

/// A knapsack and its tables; buffers are reused.
#[derive(Debug, Clone, Default)]
pub(crate) struct Knapsack {
    choices: Vec<Choice>,
    members: Vec<Member>,
    room: i64,
    constant: i64,
    /// Members whose options with weight can pay.
    active: Vec<u32>,
    /// Cells of one table row, less one.
    width: usize,
    forward: Vec<i64>,
    backward: Vec<i64>,
    with: Vec<i64>,
}

impl Knapsack {
    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.choices.clear();
        self.members.clear();
    }

    /// A further member; its options follow, at least one of them without weight.
    pub(crate) fn member(&mut self) {
        self.members.push(Member { first: self.choices.len(), ..Member::default() });
    }

    /// A further option of the last member.
    pub(crate) fn option(&mut self, choice: Choice) {
        self.choices.push(choice);
    }

    /// The options of a member.
    pub(crate) fn options(&self, member: usize) -> &[Choice] {
        let end = self.members.get(member + 1).map_or(self.choices.len(), |next| next.first);
        &self.choices[self.members[member].first..end]
    }

    /// The least cost with at most `room` cells, which is not negative.
    pub(crate) fn least(&mut self, room: i64) -> i64 {
        self.room = room;
        self.active.clear();
        self.constant = 0;
        let mut most = 0;
        for index in 0..self.members.len() {
            let options = self.options(index);
            let light = options.iter().enumerate().filter(|(_, choice)| choice.weight == 0);
            let base = light.min_by_key(|(_, choice)| choice.cost).map_or(0, |(at, _)| at);
            let cost = options[base].cost;
            let paying = options.iter().filter(|choice| choice.cost < cost && choice.weight <= room);
            let heaviest = paying.map(|choice| choice.weight).max();
            self.constant += cost;
            self.members[index].base = base;
            self.members[index].place = heaviest.map(|weight| {
                most += weight;
                self.active.push(u32::try_from(index).expect("fewer than 2^32 members"));
                self.active.len() - 1
            });
        }
        self.width = usize::try_from(room.min(most)).expect("room is not negative");
        self.fill_forward();
        self.constant + self.forward[self.active.len() * (self.width + 1) + self.width]
    }

    fn fill_forward(&mut self) {
        let cells = self.width + 1;
        // What is left from before is written over, but for the first row.
        self.forward.resize(cells * (self.active.len() + 1), 0);
        self.forward[..cells].fill(0);
        for (place, &member) in self.active.iter().enumerate() {
            let (before, after) = self.forward.split_at_mut((place + 1) * cells);
            let (before, after) = (&before[place * cells..], &mut after[..cells]);
            let member = member as usize;
            let end = self.members.get(member + 1).map_or(self.choices.len(), |next| next.first);
            fold(&self.choices[self.members[member].first..end], self.members[member].base, before, after);
        }
    }

    fn fill_backward(&mut self) {
        let cells = self.width + 1;
        let last = cells * self.active.len();
        self.backward.resize(last + cells, 0);
        self.backward[last..].fill(0);
        for (place, &member) in self.active.iter().enumerate().rev() {
            let (after, before) = self.backward.split_at_mut((place + 1) * cells);
            let (before, after) = (&before[..cells], &mut after[place * cells..]);
            let member = member as usize;
            let end = self.members.get(member + 1).map_or(self.choices.len(), |next| next.first);
            fold(&self.choices[self.members[member].first..end], self.members[member].base, before, after);
        }
    }

    /// Hands over the option of every member in the solution of the last [`Knapsack::least`].
    pub(crate) fn chosen(&self, mut take: impl FnMut(usize, Choice)) {
        let cells = self.width + 1;
        let mut left = self.width;
        for (member, found) in self.members.iter().enumerate().rev() {
            let options = self.options(member);
            let base = options[found.base];
            let Some(place) = found.place else {
                take(member, base);
                continue;
            };
            let (before, after) = (&self.forward[place * cells..], &self.forward[(place + 1) * cells..]);
            if after[left] == before[left] {
                take(member, base);
                continue;
            }
            let fits = |choice: &&Choice| {
                cell(choice.weight).is_some_and(|weight| {
                    weight <= left && before[left - weight] + choice.cost - base.cost == after[left]
                })
            };
            let choice = *options.iter().find(fits).expect("some option made the cell");
            left -= cell(choice.weight).expect("it fits");
            take(member, choice);
        }
    }

    /// Finds the least cost with each option of each member taken; [`Knapsack::with`] hands it over.
    pub(crate) fn weigh(&mut self) {
        self.fill_backward();
        let mut all = std::mem::take(&mut self.with);
        all.clear();
        let cells = self.width + 1;
        for (member, found) in self.members.iter().enumerate() {
            let options = self.options(member);
            let rest = self.constant - options[found.base].cost;
            for (at, choice) in options.iter().enumerate() {
                let twin = options[..at].iter().position(|other| other.weight == choice.weight);
                let without = match (twin, cell(self.room - choice.weight), found.place) {
                    (Some(twin), _, _) => all[found.first + twin].saturating_sub(options[twin].cost),
                    (None, None, _) => NEVER,
                    (None, Some(room), None) => rest + self.forward[self.active.len() * cells + room.min(self.width)],
                    (None, Some(room), Some(place)) => {
                        let room = room.min(self.width);
                        let before = &self.forward[place * cells..][..=room];
                        let after = &self.backward[(place + 1) * cells..][..=room];
                        let both = before.iter().zip(after.iter().rev()).map(|(a, b)| a + b);
                        rest + both.min().expect("there is a cell")
                    }
                };
                all.push(without + choice.cost);
            }
        }
        self.with = all;
    }

    /// After [`Knapsack::weigh`]: the least cost with each option of the member; half of [`NEVER`] and more does not fit.
    pub(crate) fn with(&self, member: usize) -> &[i64] {
        let first = self.members[member].first;
        &self.with[first..first + self.options(member).len()]
    }

    /// How many members there are.
    pub(crate) fn members(&self) -> usize {
        self.members.len()
    }
}

fn cell(weight: i64) -> Option<usize> {
    usize::try_from(weight).ok()
}

/// One member more: the cheaper of its base and each option that pays, cell by cell.
fn fold(options: &[Choice], base: usize, before: &[i64], after: &mut [i64]) {
    let own = options[base].cost;
    after.copy_from_slice(before);
    for choice in options.iter().filter(|choice| choice.cost < own) {
        let gain = choice.cost - own;
        let Some(weight) = cell(choice.weight).filter(|&weight| weight < after.len()) else { continue };
        for (new, old) in after[weight..].iter_mut().zip(before) {
            *new = (*new).min(old + gain);
        }
    }
}
