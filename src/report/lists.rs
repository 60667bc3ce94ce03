//! The CSV files for a spreadsheet: `placements.csv`, `vacancies.csv`, `at_risk.csv`.
//!
//! UTF-8 with a byte order mark and CRLF, because that is what Excel opens without questions. A text cell that a
//! spreadsheet would read as a formula starts with an apostrophe (CSV injection: OWASP).

use crate::case::answer::Undecided;
use crate::case::scenario::Scenario;
use crate::case::{Case, Post, Preferred};
use crate::certify::Certified;
use crate::id::PersonId;
use crate::quantity::write_decimal;
use crate::report::sections::{View, why};
use crate::report::vacancies::why as reason;
use crate::study::settlement::Chosen;
use crate::study::summary::Summary;

/// Everyone with a post, in order of person; `demerge verify` reads it back.
pub fn placements_csv(case: &Case, certified: &Certified, summary: &Summary) -> Vec<u8> {
    let head = [
        "person_id",
        "post_id",
        "authority_id",
        "title",
        "employer",
        "moved",
        "match",
        "rank",
        "rank_given",
        "preference_met",
        "cost_gbp",
        "undecided_posts",
        "may_be_unplaced",
        "chosen_by",
    ];
    let rows = certified.placements().iter().map(|p| {
        let (person, post) = (&case.people[p.person], &case.posts[p.post]);
        let (posts, unplaced) = undecided(case, certified, p.person);
        vec![
            person.code.clone(),
            post.code.clone(),
            case.authorities[p.authority].code.clone(),
            post.title.clone(),
            case.authorities[person.employer].code.clone(),
            flag(p.moved),
            p.kind.word().to_owned(),
            p.rank_counted.to_string(),
            p.rank_given.map(|rank| rank.to_string()).unwrap_or_default(),
            p.preference_met.map(flag).unwrap_or_default(),
            write_decimal(p.cost.0, 2),
            posts,
            unplaced,
            chosen_by(summary, p.person).to_owned(),
        ]
    });
    write(&head, rows)
}

/// Every offered post with empty seats, in order of post, with the reason where the summary has it.
pub fn vacancies_csv(case: &Case, scenario: &Scenario, certified: &Certified, summary: &Summary) -> Vec<u8> {
    let head = [
        "post_id",
        "authority_id",
        "title",
        "tier",
        "functions",
        "grade",
        "fte",
        "capacity",
        "seats",
        "statutory_role",
        "criticality",
        "why",
    ];
    let reasons = summary.vacancies.as_ref().map_or(&[][..], |found| &found.posts);
    let reason = |id| reasons.iter().find(|it| it.post == id).map(|it| reason(case, scenario, it)).unwrap_or_default();
    let rows = certified.vacancies().into_iter().map(|(id, seats)| {
        let post: &Post = &case.posts[id];
        vec![
            post.code.clone(),
            case.authorities[post.authority].code.clone(),
            post.title.clone(),
            post.tier.to_string(),
            post.functions.iter().cloned().collect::<Vec<_>>().join(";"),
            case.grades[post.grade].code.clone(),
            post.fte.to_string(),
            post.capacity.to_string(),
            seats.to_string(),
            post.statutory_role.map(|role| role.word().to_owned()).unwrap_or_default(),
            post.criticality.word().to_owned(),
            reason(id),
        ]
    });
    write(&head, rows)
}

/// Everyone without a post, in order of person, with the reason as far as it is certain.
pub fn at_risk_csv(case: &Case, scenario: &Scenario, certified: &Certified, summary: &Summary) -> Vec<u8> {
    let view = View { case, scenario, certified, summary, diagnostics: &[] };
    let head = [
        "person_id",
        "employer",
        "grade",
        "fte",
        "contract_type",
        "employment_status",
        "preferred",
        "undecided_posts",
        "chosen_by",
        "reason",
    ];
    let rows = summary.at_risk.iter().map(|entry| {
        let person = &case.people[entry.person];
        let preferred = match person.preference.preferred {
            Preferred::Authority(authority) => case.authorities[authority].code.clone(),
            Preferred::NoPreference => "no_preference".to_owned(),
            Preferred::Leave => "leave".to_owned(),
            Preferred::Blank => String::new(),
        };
        vec![
            person.code.clone(),
            case.authorities[person.employer].code.clone(),
            case.grades[person.grade].code.clone(),
            person.fte.to_string(),
            person.contract.word().to_owned(),
            person.status.word().to_owned(),
            preferred,
            undecided(case, certified, entry.person).0,
            chosen_by(summary, entry.person).to_owned(),
            why(&view, entry),
        ]
    });
    write(&head, rows)
}

pub(super) fn flag(value: bool) -> String {
    if value { "yes".to_owned() } else { "no".to_owned() }
}

/// All posts of an undecided person, and whether they may have none; blank for everyone else.
fn undecided(case: &Case, certified: &Certified, person: PersonId) -> (String, String) {
    let all: &[Undecided] = certified.undecided();
    let entry = all.binary_search_by_key(&person, |entry| entry.person).ok().map(|at| &all[at]);
    entry.map_or_else(Default::default, |entry| {
        let posts: Vec<&str> = entry.posts.iter().map(|&post| case.posts[post].code.as_str()).collect();
        (posts.join(";"), flag(entry.may_be_unplaced))
    })
}

/// What put the place of an undecided person in the plan; blank where nothing but the rules did, or it is not known.
fn chosen_by(summary: &Summary, person: PersonId) -> &'static str {
    match summary.settled.as_ref().and_then(|settled| settled.chosen(person)) {
        Some(Chosen::ByCost) => "cost",
        Some(Chosen::ByIds) => "order_of_ids",
        Some(Chosen::Unknown) | None => "",
    }
}

/// A list of which every cell is guarded.
pub(super) fn write(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    write_bare(head, rows.map(|row| row.into_iter().map(guarded)))
}

/// A list of cells as they are: figures may begin with a minus sign, and texts were guarded one by one.
///
/// UTF-8 with a byte order mark and CRLF line ends, so that Excel opens it as it is.
pub(super) fn write_bare(head: &[&str], rows: impl Iterator<Item: IntoIterator<Item: AsRef<[u8]>>>) -> Vec<u8> {
    let bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes);
    writer.write_record(head).expect("writing to memory does not fail");
    for row in rows {
        writer.write_record(row).expect("every row has as many cells as the head");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

/// With what a cell begins that a spreadsheet takes for a formula.
pub(super) const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula.
pub(super) fn guarded(cell: String) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell }
}
