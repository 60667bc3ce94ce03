//! Whole numbers separated by white space, each with its line.

use crate::load::instance::{Fault, LARGEST, MOST_ENTRIES};

/// The numbers that are left of a file.
pub(super) struct Numbers<'a> {
    rest: &'a [u8],
    line: usize,
}

impl<'a> Numbers<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, line: 1 }
    }

    /// How many of something: at least one.
    pub(super) fn count(&mut self, what: &str) -> Result<usize, Fault> {
        let value = self.next(|| what.to_owned())?;
        let count = usize::try_from(value).ok().filter(|&count| count > 0 && count <= MOST_ENTRIES);
        count
            .ok_or_else(|| self.fault(format!("{value} cannot be {what}: a number from 1 to {MOST_ENTRIES} is needed")))
    }

    /// `rows` × `columns` numbers of at least `least`.
    pub(super) fn matrix(&mut self, rows: usize, columns: usize, what: &str, least: i64) -> Result<Vec<i64>, Fault> {
        let size = rows.checked_mul(columns).filter(|&size| size <= MOST_ENTRIES);
        let Some(size) = size else {
            return Err(self.fault(format!("{rows} × {columns} is more than {MOST_ENTRIES} entries")));
        };
        let one = |at: usize| -> Result<i64, Fault> {
            let what = || format!("{what} (number {} of {size})", at + 1);
            let value = self.next(what)?;
            if value < least {
                return Err(self.fault(format!("{value} cannot be {}: it is negative", what())));
            }
            Ok(value)
        };
        (0..size).map(one).collect()
    }

    /// Nothing may be left.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        match self.word() {
            None => Ok(()),
            Some(word) => Err(self.fault(format!("\"{}\" comes after the last number of the instance", shown(word)))),
        }
    }

    fn next(&mut self, what: impl Fn() -> String) -> Result<i64, Fault> {
        let Some(word) = self.word() else {
            return Err(self.fault(format!("the file ends where {} should be", what())));
        };
        let value = std::str::from_utf8(word).ok().and_then(|text| text.parse::<i64>().ok());
        let value = value.filter(|value| (-LARGEST..=LARGEST).contains(value));
        value.ok_or_else(|| {
            self.fault(format!("\"{}\" should be {}: a whole number of at most {LARGEST}", shown(word), what()))
        })
    }

    /// The next word; `line` is then the line where it stands.
    fn word(&mut self) -> Option<&'a [u8]> {
        let skip = self.rest.iter().position(|byte| !byte.is_ascii_whitespace());
        let (blank, rest) = self.rest.split_at(skip.unwrap_or(self.rest.len()));
        self.line += blank.iter().filter(|&&byte| byte == b'\n').count();
        let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(length);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    fn fault(&self, what: String) -> Fault {
        Fault::Line { line: self.line, what }
    }
}

/// The beginning of a word, fit for one line of a terminal.
fn shown(word: &[u8]) -> String {
    let text = String::from_utf8_lossy(&word[..word.len().min(24)]).into_owned();
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
