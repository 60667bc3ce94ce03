//! Faults as they are collected: each with the spot where it stands, sorted into file order at the end.

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::load::codes::Code;

/// A place with its position in the order of reading.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// Table (or scenario), row, column; nought stands for the whole.
    pub(super) order: (u32, u32, u32),
    /// What is printed.
    pub(super) place: Place,
    /// Heading of the column.
    pub(super) heading: Option<String>,
    /// Key of the row.
    pub(super) subject: Option<String>,
}

impl Spot {
    /// A file, folder or workbook as a whole.
    pub(super) fn whole(table: u32, name: &str) -> Self {
        Self { order: (table, 0, 0), place: Place::Whole(name.to_owned()), heading: None, subject: None }
    }

    /// The same spot with the key of its row.
    pub(super) fn about(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }
}

/// All the faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<((u32, u32, u32), Diagnostic)>,
}

impl Faults {
    /// Adds a fault that shows what was found.
    pub(super) fn add(
        &mut self,
        code: Code,
        spot: Spot,
        found: impl Into<String>,
        why: impl Into<String>,
        action: impl Into<String>,
    ) {
        let found = Some(shown(&found.into())).filter(|text| !text.is_empty());
        let diagnostic = Diagnostic {
            code: code.code(),
            severity: code.severity(),
            place: spot.place,
            heading: spot.heading,
            subject: spot.subject,
            title: code.title().to_owned(),
            found,
            why: why.into(),
            action: action.into(),
        };
        self.found.push((spot.order, diagnostic));
    }

    /// Takes over faults, all about this subject unless they name one.
    pub(super) fn absorb(&mut self, other: Faults, subject: &str) {
        self.found.extend(other.found.into_iter().map(|(order, mut diagnostic)| {
            diagnostic.subject.get_or_insert_with(|| subject.to_owned());
            (order, diagnostic)
        }));
    }

    /// Whether anything found so far stops the run.
    pub(super) fn stop(&self) -> bool {
        self.found.iter().any(|(_, diagnostic)| diagnostic.severity == Severity::Error)
    }

    /// Everything in file order.
    pub(super) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|found| found.0);
        self.found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }
}

/// Longest excerpt of a cell that a fault shows, in characters.
const LONGEST_EXCERPT: usize = 120;

/// Text fit to be shown on one line of a terminal: no control characters, not too long.
fn shown(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(LONGEST_EXCERPT)
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect();
    if text.chars().nth(LONGEST_EXCERPT).is_some() {
        out.push('…');
    }
    out
}

/// The known word that was probably meant, as the end of a sentence: ` (did you mean "direct"?)`.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let wanted: String = plain(word).chars().take(64).collect();
    let best = known
        .into_iter()
        .filter(|candidate| candidate.len() <= 128)
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate))
        .min();
    match best {
        Some((distance, candidate)) if is_near(distance, &wanted, candidate) => {
            format!(" (did you mean \"{candidate}\"?)")
        }
        _ => String::new(),
    }
}

/// Whether so many slips may have led from the one to the other: at most a third of a word, less than half of an id.
fn is_near(distance: usize, wanted: &str, candidate: &str) -> bool {
    let length = wanted.chars().count();
    distance == 0 || (distance * 2 < length.max(candidate.chars().count()) && distance * 3 <= length.max(3))
}

/// The words as a list that is read aloud: `a, b or c`.
pub(super) fn any_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{any_of, did_you_mean};

    #[test]
    fn suggestions_are_near_and_single() {
        assert_eq!(did_you_mean("permanant", ["permanent", "casual"]), " (did you mean \"permanent\"?)");
        assert_eq!(did_you_mean("Fixed Term", ["permanent", "fixed_term"]), " (did you mean \"fixed_term\"?)");
        assert_eq!(did_you_mean("zzz", ["permanent", "casual"]), "");
        assert_eq!(did_you_mean("P1", ["P01", "P10"]), " (did you mean \"P01\"?)");
        assert_eq!(did_you_mean("C", ["A", "B"]), "");
        assert_eq!(did_you_mean("b1", ["A1", "B1"]), " (did you mean \"B1\"?)");
        assert_eq!(any_of(&["a", "b", "c"]), "a, b or c");
    }
}
