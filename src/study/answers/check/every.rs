//! Every combination by itself where they are few; both ends of every patch where they are many.

use crate::study::answers::Group;
use crate::study::answers::check::{Checker, Fault, of, toward};
use crate::study::answers::figure::Values;
use crate::study::answers::patch::Patch;
use crate::study::answers::weight::{LOOKED_AT, Moves, Weight};

impl Checker<'_> {
    /// Every combination by itself.
    pub(super) fn recount(&self) -> Result<(), Fault> {
        let sizes: Vec<usize> = self.ranges.open.iter().map(|it| it.answers.len()).collect();
        let mut table: Vec<Option<Values>> = Vec::new();
        let mut setting = vec![0; sizes.len()];
        loop {
            table.push(self.solve(&setting)?);
            let Some(next) = (0..sizes.len()).find(|&at| setting[at] + 1 < sizes[at]) else { break };
            setting[..next].fill(0);
            setting[next] += 1;
        }
        if self.ranges.without_plan != table.iter().filter(|values| values.is_none()).count() as u128 {
            return Err(Fault::Count);
        }
        for range in &self.ranges.ranges {
            let all = || table.iter().flatten().map(|values| toward(range.figure, of(values, range.figure)));
            let ends = [range.worst.value, range.best.value].map(|value| Some(toward(range.figure, value)));
            if [all().min(), all().max()] != ends {
                return Err(Fault::Beyond(range.figure));
            }
        }
        let mut stride = 1;
        for (position, &size) in sizes.iter().enumerate() {
            let lines = (0..table.len()).filter(|at| (at / stride) % size == 0);
            let lines = lines.map(|start| (0..size).map(|answer| table[start + answer * stride].as_ref()).collect());
            self.lines(position, lines.collect())?;
            stride *= size;
        }
        Ok(())
    }

    /// What one person's answer moves, from the outcomes of each of their answers, first with the others as today.
    fn lines(&self, position: usize, lines: Vec<Vec<Option<&Values>>>) -> Result<(), Fault> {
        let weight = self.weight(position)?;
        let moves: Vec<Moves> = lines.iter().map(|line| moved(line)).collect();
        let most = |index: usize| moves.iter().map(|moves| moves[index]).max().unwrap_or(0);
        let whatever: Moves = std::array::from_fn(most);
        let may_be_impossible = lines[0].iter().any(Option::is_none);
        let holds = weight.alone == Some(moves[0])
            && weight.whatever == Some(whatever)
            && weight.may_be_impossible == may_be_impossible;
        if holds { Ok(()) } else { Err(self.wrong(position)) }
    }

    fn weight(&self, position: usize) -> Result<&Weight, Fault> {
        let found = self.ranges.weights.iter().find(|weight| weight.position == position);
        found.ok_or_else(|| self.wrong(position))
    }

    pub(super) fn wrong(&self, position: usize) -> Fault {
        self.ranges.open.get(position).map_or(Fault::Count, |it| Fault::Weight(it.person))
    }

    /// No two patches touch, and the plan is right at both ends of each.
    pub(super) fn patches(&self) -> Result<(), Fault> {
        for group in &self.ranges.groups {
            for (at, patch) in group.patches.iter().enumerate() {
                let meets = |answers: (&Vec<usize>, &Vec<usize>)| answers.0.iter().any(|it| answers.1.contains(it));
                let touches = |other: &Patch| patch.holds.iter().zip(&other.holds).all(meets);
                if group.patches[..at].iter().any(touches) {
                    return Err(Fault::Patch);
                }
                for end in [<[usize]>::first, <[usize]>::last] {
                    let answers: Option<Vec<usize>> = patch.holds.iter().map(|held| end(held).copied()).collect();
                    self.end(group, patch, &answers.ok_or(Fault::Patch)?)?;
                }
            }
        }
        Ok(())
    }

    fn end(&self, group: &Group, patch: &Patch, answers: &[usize]) -> Result<(), Fault> {
        let mut setting = vec![0; self.ranges.open.len()];
        for (&member, &answer) in group.members.iter().zip(answers) {
            setting[member] = answer;
        }
        let claimed = patch.worth.as_ref().map(|worth| {
            let mut values = worth.base.clone();
            for ((held, shifts), answer) in patch.holds.iter().zip(&worth.shifts).zip(answers) {
                let shift = held.iter().position(|it| it == answer).and_then(|at| shifts.get(at));
                for (&figure, change) in shift.into_iter().flatten() {
                    *values.entry(figure).or_default() += change;
                }
            }
            values
        });
        let found = self.solve(&setting)?;
        let figures = || self.ranges.ranges.iter().map(|range| range.figure);
        let same = match (&found, &claimed) {
            (Some(found), Some(claimed)) => figures().all(|figure| of(found, figure) == of(claimed, figure)),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if same { Ok(()) } else { Err(Fault::Patch) }
    }

    /// Each answer by itself, the others as today.
    pub(super) fn alone(&self) -> Result<(), Fault> {
        for (position, it) in self.ranges.open.iter().enumerate() {
            let weight = self.weight(position)?;
            let Some(alone) = weight.alone else { continue };
            let mut line = Vec::new();
            for answer in 0..it.answers.len() {
                let mut setting = vec![0; self.ranges.open.len()];
                setting[position] = answer;
                line.push(self.solve(&setting)?);
            }
            let line: Vec<Option<&Values>> = line.iter().map(Option::as_ref).collect();
            if moved(&line) != alone || weight.may_be_impossible != line.iter().any(Option::is_none) {
                return Err(self.wrong(position));
            }
        }
        Ok(())
    }
}

fn moved(line: &[Option<&Values>]) -> Moves {
    LOOKED_AT.map(|figure| {
        let values = || line.iter().flatten().map(|values| of(values, figure));
        values().max().zip(values().min()).map_or(0, |(most, least)| most - least)
    })
}
