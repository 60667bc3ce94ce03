//! What the person asked for.

use crate::case::{Case, Preferred, Response};
use crate::id::PostId;
use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::words::{authority, post};
use crate::study::explain::Explanation;

pub(super) fn section(case: &Case, told: &Explanation) -> Section {
    let mut blocks: Vec<Block> = vec![paragraph(stated(case, told))];
    let ranked = case.ranked(told.person);
    if ranked.is_empty() {
        blocks.push(paragraph("You listed no posts."));
    } else {
        let row = |&(rank, id): &(u32, PostId)| {
            vec![rank.to_string(), post(case, id), authority(case, case.posts[id].authority)]
        };
        let columns = vec![figures("Your choice"), text("Post"), text("Council")];
        blocks.push(table("The posts that you listed", columns, ranked.iter().map(row).collect()));
    }
    Section { id: "asked", title: "What you asked for".to_owned(), blocks }
}

fn stated(case: &Case, told: &Explanation) -> String {
    let preference = &case.people[told.person].preference;
    let stated = match preference.preferred {
        Preferred::Authority(id) => format!("You said that you would rather work for {}.", authority(case, id)),
        Preferred::NoPreference => "You said that either authority would do.".to_owned(),
        Preferred::Leave => "You said that you would rather leave.".to_owned(),
        Preferred::Blank => "You named no authority.".to_owned(),
    };
    match preference.response {
        Response::Responded => stated,
        Response::Late => format!("{stated} Your answer came after the closing date."),
        Response::NoResponse => "We have no answer from you, so no preference of yours could count.".to_owned(),
        Response::Declined => format!("{stated} You declined to state more."),
    }
}
