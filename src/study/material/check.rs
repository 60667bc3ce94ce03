//! A judgement is right if every line counts exactly what its words say: tried post by post and person by person.
//!
//! It takes nothing from the judgement but what is claimed, and shares no counting with it.

use std::collections::BTreeSet;

use crate::case::material::{Line, MaterialRule, Outcome, Test};
use crate::study::material::side::{Person, Post, Side};
use crate::study::material::{Amount, Change, Field, FieldChange, Found, Judged, Judgement, Verdict};

/// Why a judgement is not right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The lines are not those of the rule.
    #[error("the lines are not those of the rule")]
    Lines,
    /// A line counts something that its words do not, or leaves something out.
    #[error("line {0} does not count {1} as its words say")]
    Found(usize, String),
    /// A line comes to another amount.
    #[error("line {0} comes to another amount")]
    Amount(usize),
    /// A line has another verdict.
    #[error("line {0} has another verdict")]
    Verdict(usize),
    /// The people who are in one case only are others.
    #[error("the people who are in one of the two cases only are others")]
    Strangers,
}

/// Tries every line of a judgement by its words.
///
/// # Errors
/// [`Fault`] names the first line that does not hold, counted from 1.
pub fn check(rule: &MaterialRule, consulted: &Side, settled: &Side, judgement: &Judgement) -> Result<(), Fault> {
    if !judgement.lines.iter().map(|judged| &judged.line).eq(&rule.lines) {
        return Err(Fault::Lines);
    }
    for (number, judged) in (1..).zip(&judgement.lines) {
        let seen = Seen { number, judged, consulted, settled };
        match judged.line.test {
            Test::PeopleChanged { .. } | Test::NewlyAtRisk { .. } => seen.people()?,
            Test::Cost { .. } => seen.cost()?,
            Test::PostsAdded { .. }
            | Test::PostsDeleted { .. }
            | Test::PostsRegraded { .. }
            | Test::PostsHours { .. }
            | Test::PostsPay { .. }
            | Test::StatutoryPosts { .. } => seen.posts()?,
        }
    }
    let ids: BTreeSet<&String> = consulted.people.keys().chain(settled.people.keys()).collect();
    let in_one = |id: &&&String| consulted.people.contains_key(**id) != settled.people.contains_key(**id);
    if ids.iter().filter(in_one).copied().eq(&judgement.strangers) { Ok(()) } else { Err(Fault::Strangers) }
}

struct Seen<'a> {
    number: usize,
    judged: &'a Judged,
    consulted: &'a Side,
    settled: &'a Side,
}

impl Seen<'_> {
    fn line(&self) -> &Line {
        &self.judged.line
    }

    fn wrong(&self, id: &str) -> Fault {
        Fault::Found(self.number, id.to_owned())
    }

    fn posts(&self) -> Result<(), Fault> {
        let ids: BTreeSet<&String> = self.consulted.posts.keys().chain(self.settled.posts.keys()).collect();
        let (mut claims, mut of, mut sure) = (self.judged.found.iter(), 0, 0);
        for id in ids {
            let (was, is) = (self.consulted.posts.get(id), self.settled.posts.get(id));
            if !was.into_iter().chain(is).any(|post| self.looks_at(post)) {
                continue;
            }
            of += 1;
            if !self.counts(was, is) {
                continue;
            }
            sure += 1;
            let Some(Found::Post { id: claimed, was_row, is_row, changes }) = claims.next() else {
                return Err(self.wrong(id));
            };
            let rows = (was.map(|it| it.row), is.map(|it| it.row));
            if claimed != id || (*was_row, *is_row) != rows || !changes_hold(was, is, changes) {
                return Err(self.wrong(id));
            }
        }
        if claims.next().is_some() {
            return Err(self.wrong("something more"));
        }
        self.amount(Amount::Count { sure, open: 0, of })
    }

    fn looks_at(&self, post: &Post) -> bool {
        let Line { authority, max_tier, .. } = self.line();
        let here = match authority {
            Some(authority) => post.authority == *authority,
            None => true,
        };
        here && post.tier <= max_tier.unwrap_or(u32::MAX)
    }

    /// The words of the line, for a post that stands in one structure or in both.
    fn counts(&self, was: Option<&Post>, is: Option<&Post>) -> bool {
        let apart = |was: i64, is: i64| i128::from(was).abs_diff(i128::from(is));
        match (&self.line().test, was, is) {
            (Test::PostsAdded { .. }, None, Some(_)) | (Test::PostsDeleted { .. }, Some(_), None) => true,
            (Test::PostsRegraded { .. }, Some(was), Some(is)) => was.grade != is.grade,
            (Test::PostsHours { by_more_than, .. }, Some(was), Some(is)) => {
                let hours = |post: &Post| i64::from(post.seats) * i64::from(post.fte.0);
                apart(hours(was), hours(is)) > u128::from(by_more_than.0.unsigned_abs())
            }
            (Test::PostsPay { by_more_than, .. }, Some(was), Some(is)) => {
                let share = u128::from(by_more_than.0.unsigned_abs());
                let moved = |was: i64, is: i64| apart(was, is) * 10_000 > share * u128::from(was.unsigned_abs());
                moved(was.salary_min.0, is.salary_min.0) || moved(was.salary_max.0, is.salary_max.0)
            }
            (Test::StatutoryPosts { .. }, was, is) => {
                let required = |post: &Post| post.statutory_role.is_some() || post.criticality.word() == "statutory";
                let same = |was: &Post, is: &Post| Field::ALL.iter().all(|field| field.of(was) == field.of(is));
                was.into_iter().chain(is).any(required) && !was.zip(is).is_some_and(|(was, is)| same(was, is))
            }
            (_, _, _) => false,
        }
    }

    fn people(&self) -> Result<(), Fault> {
        let (mut claims, mut of, mut sure, mut open) = (self.judged.found.iter(), 0, 0, 0);
        for (id, was) in &self.consulted.people {
            let employer = self.line().authority.as_ref().unwrap_or(&was.employer);
            let Some(is) = self.settled.people.get(id).filter(|_| *employer == was.employer) else { continue };
            of += 1;
            let wanted = self.changed(was, is);
            match wanted {
                Change::None => continue,
                Change::Open => open += 1,
                Change::Sure => sure += 1,
            }
            let Some(Found::Person { id: claimed, was: before, is: after, change }) = claims.next() else {
                return Err(self.wrong(id));
            };
            if (claimed, before, after, *change) != (id, was, is, wanted) {
                return Err(self.wrong(id));
            }
        }
        if claims.next().is_some() {
            return Err(self.wrong("someone more"));
        }
        self.amount(Amount::Count { sure, open, of })
    }

    /// Of all pairs of a final and a consulted outcome: whether each final one is among the consulted, or none is.
    fn changed(&self, was: &Person, is: &Person) -> Change {
        let known = |after: &Option<crate::study::material::side::Place>| {
            was.all.iter().any(|before| match (&self.line().test, before, after) {
                (Test::PeopleChanged { what: Outcome::Authority, .. }, Some(before), Some(after)) => {
                    before.authority == after.authority
                }
                // Only having no post is news; any post at all is as good as consulted.
                (Test::NewlyAtRisk { .. }, _, Some(_)) => true,
                (_, before, after) => before.as_ref().map(|it| &it.post) == after.as_ref().map(|it| &it.post),
            })
        };
        let news = is.all.iter().filter(|after| !known(after)).count();
        match (news, is.all.len() - news) {
            (0, _) => Change::None,
            (_, 0) => Change::Sure,
            (_, _) => Change::Open,
        }
    }

    fn cost(&self) -> Result<(), Fault> {
        if !self.judged.found.is_empty() {
            return Err(self.wrong("cost"));
        }
        self.amount(Amount::Cost { was: self.consulted.cost, is: self.settled.cost })
    }

    /// The amount, and the verdict that follows from it.
    fn amount(&self, amount: Amount) -> Result<(), Fault> {
        if self.judged.amount != amount {
            return Err(Fault::Amount(self.number));
        }
        let verdict = match amount {
            Amount::Count { sure, open, of } => match (self.keeps(sure, of), self.keeps(sure + open, of)) {
                (true, true) => Verdict::Within,
                (true, false) => Verdict::Open,
                (false, _) => Verdict::Beyond,
            },
            Amount::Cost { was, is } => {
                let (low, high) = (was.0.min(is.0), was.0.max(is.0));
                let change = i128::from(high) - i128::from(low);
                let Test::Cost { max_change, max_share } = &self.line().test else {
                    return Err(Fault::Amount(self.number));
                };
                let kept = max_change.is_none_or(|max| change <= i128::from(max.0))
                    && max_share.is_none_or(|max| change * 10_000 <= i128::from(was.0) * i128::from(max.0));
                if kept { Verdict::Within } else { Verdict::Beyond }
            }
        };
        if verdict == self.judged.verdict { Ok(()) } else { Err(Fault::Verdict(self.number)) }
    }

    /// Whether so many are within every limit of the line.
    fn keeps(&self, counted: usize, of: usize) -> bool {
        let [counted, of] = [counted, of].map(|it| u128::try_from(it).unwrap_or(u128::MAX));
        match &self.line().test {
            Test::PostsAdded { max }
            | Test::PostsDeleted { max }
            | Test::PostsRegraded { max }
            | Test::PostsHours { max, .. }
            | Test::PostsPay { max, .. }
            | Test::StatutoryPosts { max }
            | Test::NewlyAtRisk { max } => counted <= u128::from(*max),
            Test::PeopleChanged { max_people, max_share, .. } => {
                max_people.is_none_or(|max| counted <= u128::from(max))
                    && max_share.is_none_or(|max| counted * 10_000 <= u128::from(max.0.unsigned_abs()) * of)
            }
            Test::Cost { .. } => true,
        }
    }
}

fn changes_hold(was: Option<&Post>, is: Option<&Post>, claimed: &[FieldChange]) -> bool {
    let Some((was, is)) = was.zip(is) else { return claimed.is_empty() };
    let differs: Vec<Field> = Field::ALL.into_iter().filter(|field| field.of(was) != field.of(is)).collect();
    let told = |change: &FieldChange| change.was == change.field.of(was) && change.is == change.field.of(is);
    claimed.iter().map(|change| change.field).eq(differs) && claimed.iter().all(told)
}
