//! Proposes job matches from functions and grades, for HR to confirm: a first draft of `matches.csv`.
//!
//! The rules, first that fits:
//!
//! | function | grade | proposal |
//! |---|---|---|
//! | same, and the post has no other | same | direct |
//! | same, one of several of the post (a merged post) | same | partial |
//! | same | one down | partial |
//! | same | one up | promotion |
//! | another, but the post carries a statutory role that the person may hold | one up | promotion |
//! | another, but the post carries a statutory role that the person may hold | one down | alternative |
//! | another, or not known | same | alternative |
//!
//! Posts two or more grades away are never proposed: that is a judgement about one person, and stays one. A merged
//! post is `partial` because nobody's present job is the whole of it. "One up" and "one down" go by the order of
//! grades, so gaps in `grade_rank` do not matter; grades of equal rank count as the same. A post whose essential
//! qualification the person lacks is not proposed but listed apart ([`nearly`]), since a cell of `qualifications`
//! may just be out of date.
//!
//! It does not know preferences, authorities or scenarios: who *could* do a job has nothing to do with who wants it.

use std::collections::BTreeSet;

use crate::case::{Case, MatchKind, Person, Post, PostStatus};
use crate::id::{GradeId, PersonId, PostId, Table};

/// A match that HR may confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The person.
    pub person: PersonId,
    /// The post: open, in any structure.
    pub post: PostId,
    /// How well the jobs match.
    pub kind: MatchKind,
    /// `grade_rank` of the post minus that of the person.
    pub grade_difference: i32,
    /// Why, in words, without a full stop.
    pub evidence: String,
}

/// A match that fails only on the essential qualification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearly {
    /// What would be proposed if the person held the qualification.
    pub proposal: Proposal,
    /// The qualification that is not among the person's.
    pub missing: String,
}

/// What each person does today: the function of the joint post; `None` where unknown.
pub fn functions(case: &Case) -> Table<PersonId, Option<String>> {
    let function = |person: &Person| {
        let function = &case.joint_posts[person.joint_post?].function;
        (!function.is_empty()).then(|| function.clone())
    };
    Table::new(case.people.values().map(function).collect())
}

/// Every match that the rules allow, by person, then post.
///
/// `functions` says what each person does, in the words of the posts' functions ([`functions`] takes it from the
/// joint posts).
pub fn propose(case: &Case, functions: &Table<PersonId, Option<String>>) -> Vec<Proposal> {
    let fits = |proposal: &Proposal| missing(case, proposal).is_none();
    candidates(case, functions).filter(fits).collect()
}

/// Every match that fails only on the essential qualification, by person, then post.
pub fn nearly(case: &Case, functions: &Table<PersonId, Option<String>>) -> Vec<Nearly> {
    let lacking = |proposal: Proposal| Some(Nearly { missing: missing(case, &proposal)?, proposal });
    candidates(case, functions).filter_map(lacking).collect()
}

/// The essential qualification of the post that the person lacks.
fn missing(case: &Case, proposal: &Proposal) -> Option<String> {
    let essential = case.posts[proposal.post].essential_qualification.as_ref()?;
    (!case.people[proposal.person].qualifications.contains(essential)).then(|| essential.clone())
}

/// Every pair that the rules on function and grade allow.
fn candidates<'a>(
    case: &'a Case,
    functions: &'a Table<PersonId, Option<String>>,
) -> impl Iterator<Item = Proposal> + 'a {
    let ladder = ladder(case);
    let offered = |post: &Post| post.status == PostStatus::Open && !post.structures.is_empty();
    let posts: Vec<PostId> = case.posts.iter().filter(|(_, post)| offered(post)).map(|(id, _)| id).collect();
    case.people.ids().flat_map(move |person| {
        let pairs =
            posts.iter().filter_map(|&post| candidate(case, &ladder, person, post, functions[person].as_deref()));
        pairs.collect::<Vec<_>>()
    })
}

/// The ranks that grades have, lowest first.
fn ladder(case: &Case) -> Vec<i32> {
    let ranks: BTreeSet<i32> = case.grades.values().map(|grade| grade.rank).collect();
    ranks.into_iter().collect()
}

/// How far apart two grades are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Same,
    OneUp,
    OneDown,
    Far,
}

fn step(case: &Case, ladder: &[i32], from: GradeId, to: GradeId) -> Step {
    let rung = |grade: GradeId| ladder.partition_point(|&rank| rank < case.grades[grade].rank);
    let (from, to) = (rung(from), rung(to));
    match (from == to, from + 1 == to, to + 1 == from) {
        (true, _, _) => Step::Same,
        (_, true, _) => Step::OneUp,
        (_, _, true) => Step::OneDown,
        (false, false, false) => Step::Far,
    }
}

/// The proposal for one pair by function and grade alone.
fn candidate(
    case: &Case,
    ladder: &[i32],
    person_id: PersonId,
    post_id: PostId,
    function: Option<&str>,
) -> Option<Proposal> {
    let (person, post) = (&case.people[person_id], &case.posts[post_id]);
    let same_function = function.filter(|&function| post.functions.contains(function));
    let role = post.statutory_role.filter(|role| person.statutory_roles.contains(role));
    let (from, to) = (&case.grades[person.grade].code, &case.grades[post.grade].code);
    let level = if from == to { format!("grade ({from})") } else { format!("level ({from} and {to})") };
    let up = format!("one grade up ({from} to {to}); open competition only");
    let down = format!("one grade down ({from} to {to}); pay protection may apply");
    let (kind, mut evidence) = match (step(case, ladder, person.grade, post.grade), same_function, role) {
        (Step::Same, Some(f), _) if post.functions.len() == 1 => {
            (MatchKind::Direct, format!("same function ({f}) and {level}"))
        }
        (Step::Same, Some(f), _) => {
            let all = Vec::from_iter(post.functions.iter().map(String::as_str)).join(" and ");
            (MatchKind::Partial, format!("same {level}; {f} is part of the post ({all})"))
        }
        (Step::OneDown, Some(f), _) => (MatchKind::Partial, format!("same function ({f}), {down}")),
        (Step::OneUp, Some(f), _) => (MatchKind::Promotion, format!("same function ({f}), {up}")),
        (Step::OneUp, None, Some(role)) => (MatchKind::Promotion, format!("may hold the statutory role {role}, {up}")),
        (Step::OneDown, None, Some(role)) => {
            (MatchKind::Alternative, format!("may hold the statutory role {role}, {down}"))
        }
        (Step::Same, None, role) => {
            let role = role.map(|role| format!("; may hold the statutory role {role}")).unwrap_or_default();
            (MatchKind::Alternative, format!("{}; same {level}{role}", other_function(function, post)))
        }
        (Step::OneUp | Step::OneDown, None, None) | (Step::Far, _, _) => return None,
    };
    if person.fte != post.fte {
        evidence.push_str(&format!("; hours differ ({} to {} FTE)", person.fte, post.fte));
    }
    let grade_difference = case.grades[post.grade].rank - case.grades[person.grade].rank;
    Some(Proposal { person: person_id, post: post_id, kind, grade_difference, evidence })
}

/// How the functions differ.
fn other_function(function: Option<&str>, post: &Post) -> String {
    let Some(function) = function else { return "function not known".to_owned() };
    if post.functions.is_empty() {
        return "function of the post not known".to_owned();
    }
    let all = Vec::from_iter(post.functions.iter().map(String::as_str)).join(" and ");
    format!("another function ({function} to {all})")
}
