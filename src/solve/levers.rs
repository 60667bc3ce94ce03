//! Exchanges that break a row by themselves, kept to make up for one another.
//!
//! Two exchanges that share no column can be made together. Where one takes from a row what another adds to it, both together may keep
//! it, and no search need be asked.

use std::collections::BTreeMap;

use crate::solve::exchange::{Exchange, Moves};
use crate::solve::rest::Rest;

/// Exchanges kept of those that add the same to every row.
const ALIKE: usize = 4;

/// Kinds of exchanges kept.
const KINDS: usize = 64;

/// Exchanges found so far, by what they add to the rows.
#[derive(Default)]
pub(crate) struct Levers {
    by_effect: BTreeMap<Vec<i64>, Vec<Moves>>,
}

impl Levers {
    /// Keeps an exchange if there is room for its kind.
    pub(crate) fn add(&mut self, exchange: &Exchange<'_>, rest: &Rest, moves: Moves) {
        let effect = rest.effect(&exchange.choice, &moves);
        if effect.iter().all(|&k| k == 0) || (self.by_effect.len() == KINDS && !self.by_effect.contains_key(&effect)) {
            return;
        }
        let alike = self.by_effect.entry(effect).or_default();
        if alike.len() < ALIKE && !alike.contains(&moves) {
            alike.push(moves);
        }
    }

    /// The moves with those of a kept exchange, if there is one with which they keep every row.
    pub(crate) fn with(&self, exchange: &Exchange<'_>, rest: &Rest, moves: &Moves) -> Option<Moves> {
        self.by_effect.values().flatten().find_map(|lever| {
            if !exchange.is_apart(lever, moves) {
                return None;
            }
            let both: Moves = moves.iter().chain(lever).copied().collect();
            rest.keeps(&exchange.choice, &both).then_some(both)
        })
    }
}
