//! A count as a public document may show it: the figure, or that it was suppressed.
//!
//! Text, table, chart, its description and JSON all print the same value, so that none of them says what another hides.

use std::fmt;

/// What stands for a number that is kept back: "confidential", as the Government Analysis Function's guidance on symbols in
/// tables has it; never blank, 0 or an asterisk.
pub const KEPT_BACK: &str = "[c]";

/// Before a figure that is rounded.
pub const ABOUT: &str = "about";

/// Between the ends of a range.
pub const TO: &str = "to";

/// A count of people as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The figure itself.
    Figure(u64),
    /// A figure rounded to the nearest step.
    About(u64),
    /// A range in which the figure lies, because the figure itself would give a small one away.
    Between(u64, u64),
    /// Too small to print, or one from which a small one could be worked out.
    Suppressed,
}

impl fmt::Display for Shown {
    /// The figure, "about 35", "43 to 46", or [`KEPT_BACK`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Figure(figure) => write!(f, "{figure}"),
            Shown::About(figure) => write!(f, "{ABOUT} {figure}"),
            Shown::Between(low, high) => write!(f, "{low} {TO} {high}"),
            Shown::Suppressed => f.write_str(KEPT_BACK),
        }
    }
}
