//! Numbers that belong together: sets that are joined two by two (Galler & Fischer 1964, Comm. ACM 7).

/// As many sets as there are numbers, until some are joined.
#[derive(Debug, Clone)]
pub(crate) struct Sets(Vec<usize>);

impl Sets {
    /// Every number below this by itself.
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The lowest number of the set that a number is in.
    pub(crate) fn of(&mut self, mut number: usize) -> usize {
        while self.0[number] != number {
            self.0[number] = self.0[self.0[number]];
            number = self.0[number];
        }
        number
    }

    /// Makes one set of two.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// Makes one set of all that these numbers are in.
    pub(crate) fn join_all(&mut self, mut numbers: impl Iterator<Item = usize>) {
        if let Some(first) = numbers.next() {
            numbers.for_each(|other| self.join(first, other));
        }
    }
}
