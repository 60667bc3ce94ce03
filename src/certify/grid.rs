//! A value for each option of each person, in one piece of memory: a proof goes over all of them at every step.

use std::ops::{Index, IndexMut};
use std::sync::Arc;

/// As many values for each person as the person has options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid<T> {
    /// Where the values of each person begin, and after the last how many there are.
    first: Arc<[usize]>,
    all: Vec<T>,
}

impl<T> Grid<T> {
    /// The values of one person after the other.
    pub(super) fn of(people: impl Iterator<Item = impl Iterator<Item = T>>) -> Self {
        let (mut first, mut all) = (vec![0], Vec::new());
        for own in people {
            all.extend(own);
            first.push(all.len());
        }
        Self { first: first.into(), all }
    }

    /// This value for each option.
    pub(super) fn like<U>(other: &Grid<U>, value: T) -> Self
    where
        T: Clone,
    {
        Self { first: Arc::clone(&other.first), all: vec![value; other.all.len()] }
    }

    /// How many people there are.
    pub(super) fn people(&self) -> usize {
        self.first.len() - 1
    }

    /// The values of the person at this position, if there is one.
    pub(super) fn get(&self, person: usize) -> Option<&[T]> {
        (person < self.people()).then(|| &self[person])
    }

    /// The values of each person.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        self.first.windows(2).map(|ends| &self.all[ends[0]..ends[1]])
    }

    /// The values of each person, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let mut rest = self.all.as_mut_slice();
        self.first.windows(2).map(move |ends| {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(ends[1] - ends[0]);
            rest = others;
            own
        })
    }

    /// All values, person by person.
    pub(super) fn all(&self) -> &[T] {
        &self.all
    }

    /// All values, to be changed.
    pub(super) fn all_mut(&mut self) -> &mut [T] {
        &mut self.all
    }

    /// The values of each person, as lists of their own.
    pub(super) fn lists(&self) -> Vec<Vec<T>>
    where
        T: Clone,
    {
        self.iter().map(<[T]>::to_vec).collect()
    }
}

impl<T> Index<usize> for Grid<T> {
    type Output = [T];

    fn index(&self, person: usize) -> &[T] {
        &self.all[self.first[person]..self.first[person + 1]]
    }
}

impl<T> IndexMut<usize> for Grid<T> {
    fn index_mut(&mut self, person: usize) -> &mut [T] {
        &mut self.all[self.first[person]..self.first[person + 1]]
    }
}
