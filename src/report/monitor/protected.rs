//! The list of protected people at risk, for the officers who keep the restricted table: it names people, and nothing is kept back.

use crate::case::Case;
use crate::report::lists::{guarded, write_bare};
use crate::report::monitor::MARKING;
use crate::report::words::joined;
use crate::study::monitor::protected::{PassedOver, Place};

/// What the list means, in one sentence for every output.
pub const PRIORITY: &str = "A person who is protected by pregnancy or family leave has the right to be offered a suitable alternative vacancy before \
     others (Maternity and Parental Leave etc. Regulations 1999, regulation 10; since 6 April 2024 from notice of pregnancy to 18 months after birth \
     or placement, under the Protection from Redundancy (Pregnancy and Family Leave) Act 2023). The program does not know when a \
     protection ends: compare the date with the day on which posts are decided.";

/// One row for each post that a protected person at risk may hold and someone unprotected has, or nobody; every row bears the marking.
pub fn protected_csv(case: &Case, found: &[PassedOver]) -> Vec<u8> {
    let head = ["marking", "person_id", "people_row", "protection", "since", "post_id", "posts_row", "went_to"];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for it in found {
        let (who, since) = (&case.people[it.protection.person], it.protection.since.clone().unwrap_or_default());
        for place in &it.posts {
            let what = &case.posts[place.post];
            rows.push(vec![
                MARKING.to_owned(),
                guarded(who.code.clone()),
                who.row.to_string(),
                guarded(it.protection.kind.clone()),
                since.clone(),
                guarded(what.code.clone()),
                what.row.to_string(),
                guarded(went_to(case, place)),
            ]);
        }
    }
    write_bare(&head, rows.into_iter())
}

/// `P07 and P09`, or that the seat is empty.
fn went_to(case: &Case, place: &Place) -> String {
    let codes: Vec<String> = place.holders.iter().map(|&id| case.people[id].code.clone()).collect();
    if codes.is_empty() { "nobody: an empty seat".to_owned() } else { joined(&codes, "and") }
}

/// `P05 (people.csv row 6) is at risk and protected (maternity_leave since 2020-11-09), while A06 went to P07.`
pub fn sentences(case: &Case, found: &[PassedOver]) -> Vec<String> {
    let place = |place: &Place| format!("{} went to {}", case.posts[place.post].code, went_to(case, place));
    let each = |it: &PassedOver| {
        let who = &case.people[it.protection.person];
        let since = it.protection.since.as_ref().map_or("no date given".to_owned(), |date| format!("since {date}"));
        let posts: Vec<String> = it.posts.iter().map(place).collect();
        let (code, row, kind) = (&who.code, who.row, &it.protection.kind);
        format!(
            "{code} (people.csv row {row}) is at risk and protected ({kind}, {since}), while {}.",
            joined(&posts, "and")
        )
    };
    found.iter().map(each).collect()
}
