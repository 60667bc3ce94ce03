//! The short papers for everybody: a briefing of one page, recommendations for the minutes, a summary for the press.
//!
//! They print what the public paper prints and nothing besides: the same counts, after the same suppression, and words from the
//! same blocks.

use crate::report::document::Document;
use crate::report::page::{Block, figures, table, text};
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::paper::vacancies::rounded_cost;
use crate::report::paper::{Error, Subject, for_public};
use crate::report::shown::KEPT_BACK;
use crate::report::words::{authority, count};
use crate::study::paper::key::Key;

/// For members: one page.
///
/// # Errors
/// As [`crate::report::paper::public`].
pub fn briefing(subject: &Subject<'_>) -> Result<Document, Error> {
    for_public(subject, ["briefing_title", "short_lead"], |desk| {
        vec![
            section(desk, "briefing", "In short", desk.texts.blocks("briefing")),
            section(desk, "figures", "Main figures", main_figures(desk)),
            section(desk, "asked", "What members are asked", desk.texts.blocks("briefing_asked")),
        ]
    })
}

/// For the minutes: what is resolved, point by point.
///
/// # Errors
/// As [`crate::report::paper::public`].
pub fn recommendations(subject: &Subject<'_>) -> Result<Document, Error> {
    for_public(subject, ["recommendations_title", "short_lead"], |desk| {
        vec![
            section(desk, "recommendations", "Recommendations", desk.texts.blocks("recommendations")),
            section(desk, "reasons", "Reasons for the recommendations", desk.texts.blocks("recommendations_reasons")),
            section(
                desk,
                "exclusion",
                "If the exempt paper is discussed",
                desk.texts.blocks("recommendations_exclusion"),
            ),
        ]
    })
}

/// For the press.
///
/// # Errors
/// As [`crate::report::paper::public`].
pub fn press(subject: &Subject<'_>) -> Result<Document, Error> {
    for_public(subject, ["press_title", "short_lead"], |desk| {
        vec![
            section(desk, "press", "Summary", desk.texts.blocks("press")),
            section(desk, "figures", "Figures that may be quoted", main_figures(desk)),
            section(desk, "notes", "Notes to editors", desk.texts.blocks("press_notes")),
        ]
    })
}

/// The figures of the first page: those kept back are left out, and it is said that some are.
fn main_figures(desk: &Desk<'_>) -> Vec<Block> {
    let (posts, seats) = desk.frame.offered;
    let mut rows = vec![
        ["People who are shared".to_owned(), desk.figures.people.to_string()],
        ["Seats on offer".to_owned(), format!("{seats} in {}", count(posts, "post", "posts"))],
    ];
    let keys = [
        ("People with a post in the proposal", Key::Placed),
        ("People without a post", Key::Without),
        ("People at the council that they prefer", Key::Met),
        ("People who change employer", Key::Moves),
        ("Seats that stay empty", Key::Empty),
    ];
    rows.extend(keys.map(|(name, key)| [name.to_owned(), desk.cell(key)]));
    let places = desk.frame.authorities.iter();
    rows.extend(
        places.map(|&(id, _, _)| [format!("People placed at {}", authority(desk.case, id)), desk.cell(Key::At(id))]),
    );
    rows.extend(rounded_cost(desk).map(|cost| ["Pay with on-cost a year".to_owned(), cost]));
    let (shown, hidden): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row[1] != KEPT_BACK);
    let rows = shown.into_iter().map(|row| row.to_vec()).collect();
    let mut blocks = fitted(table("Main figures of the proposal", vec![text("What"), figures("Figure")], rows));
    if !hidden.is_empty() {
        let names: Vec<String> = hidden.into_iter().map(|[name, _]| name).collect();
        blocks.push(Block::Source(format!(
            "Not published, because each is a number of fewer than {} people or would give such a number away: {}.",
            desk.figures.threshold,
            names.join("; ")
        )));
    }
    blocks
}
