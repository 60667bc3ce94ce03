//! `demerge match`: who could do which post?

use std::path::Path;

use crate::case::{Case, MatchKind};
use crate::cli::Done;
use crate::cli::args::Match;
use crate::cli::exit::Exit;
use crate::cli::{input, screen};
use crate::files;
use crate::id::PersonId;
use crate::load::Want;
use crate::report::matches::{nearly_to_csv, to_csv};
use crate::report::words::{count, people, persons};
use crate::study::matching::{Proposal, nearly, propose};

/// Proposes matches; the list goes to stdout or a file, the counts to stderr.
pub(super) fn run(wanted: &Match) -> Done {
    let loaded = input::load(&wanted.case, Want::Match)?;
    let proposals = propose(&loaded.case, &loaded.functions);
    let nearly = nearly(&loaded.case, &loaded.functions);
    let list = to_csv(&loaded.case, &proposals);
    if let Some(file) = &wanted.nearly {
        files::write_one(file, &nearly_to_csv(&loaded.case, &nearly), wanted.force.into())?;
    }
    match &wanted.out {
        Some(file) => files::write_one(file, &list, wanted.force.into())?,
        None => screen::say_bytes(&list)?,
    }
    screen::complain(&told(&loaded.case, &proposals, nearly.len(), wanted.nearly.as_deref()));
    Ok(Exit::Done)
}

fn told(case: &Case, proposals: &[Proposal], nearly: usize, file: Option<&Path>) -> String {
    let number = |kind: MatchKind| proposals.iter().filter(|it| it.kind == kind).count();
    let kinds = MatchKind::ALL.iter().map(|&kind| format!("{} {}", number(kind), kind.word()));
    let kinds: Vec<String> = kinds.collect();
    let mut text = format!(
        "{}: {}. HR confirms each, or changes it, before anything is solved.\n",
        count(proposals.len() as u64, "match proposed", "matches proposed"),
        kinds.join(", ")
    );
    let none: Vec<PersonId> =
        case.people.ids().filter(|&person| proposals.iter().all(|it| it.person != person)).collect();
    match none[..] {
        [] => text.push_str("Everybody has at least one proposal.\n"),
        _ => text.push_str(&format!("No proposal for {}: {}.\n", people(none.len()), persons(case, &none).join(", "))),
    }
    if nearly > 0 {
        let pairs = count(nearly as u64, "pair fails", "pairs fail");
        text.push_str(&format!("{pairs} only on an essential qualification that the person's row does not list"));
        text.push_str(&file.map_or_else(
            || "; `--nearly FILE` lists them.\n".to_owned(),
            |file| format!(", listed in {}.\n", file.display()),
        ));
    }
    text
}
