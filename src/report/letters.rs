//! The letter to one person about the outcome that is proposed for them.
//!
//! It speaks to "you", and of nobody else: not of whoever holds a post, not of whom a change would displace, and of no sum of
//! money, from which a colleague's pay could be worked out. It says what was asked for, what is proposed, why not each better
//! wish, and what the person can do about it. The program proposes and a named officer decides (UK GDPR, articles 22A to 22D,
//! as the Data (Use and Access) Act 2025 put them: notice, representations, human intervention, contest).

mod asked;
mod instead;
mod merge;
mod proposed;

pub use crate::report::letters::merge::{file_stem, merge_csv};

use jiff::civil::Date;

use crate::case::Case;
use crate::case::answer::Undecided;
use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::id::{PersonId, PostId};
use crate::report::document::{Audience, Document, Front, spoken};
use crate::report::page::{Block, Page, Section, paragraph};
use crate::report::words::{authority, joined};
use crate::study::explain::Explanation;
use crate::study::pools::Pool;
use crate::study::summary::Summary;

/// Where representations go, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// Last day.
    pub by: Option<Date>,
    /// To whom: an office, an address.
    pub to: Option<String>,
}

/// What letters are written from.
#[derive(Clone, Copy)]
pub struct Letters<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// The proposal.
    pub certified: &'a Certified,
    /// Its figures.
    pub summary: &'a Summary,
    /// What stands on each letter.
    pub front: &'a Front,
    /// Where representations go.
    pub reply: &'a Reply,
}

/// What is proposed for one person.
enum Outcome<'a> {
    /// A post in a structure.
    Post(PostId),
    /// Equally good plans place the person differently.
    Open(&'a Undecided, Option<&'a Pool>),
    /// No post.
    AtRisk,
}

impl Letters<'_> {
    /// The letter to the person whom the explanation is about.
    pub fn letter(&self, told: &Explanation) -> Document {
        let person = &self.case.people[told.person];
        let holds = match person.joint_post {
            Some(id) => format!(", {}", self.case.joint_posts[id].title),
            None => String::new(),
        };
        let page = Page {
            title: self.title(told.person).to_owned(),
            lead: format!("Reference {}{holds}, {}", person.code, authority(self.case, person.employer)),
            sections: vec![
                asked::section(self.case, told),
                proposed::section(self, told.person),
                instead::section(self, told),
                self.representations(),
            ],
        };
        self.front.document(Audience::Personal, page)
    }

    fn title(&self, person: PersonId) -> &'static str {
        match self.outcome(person) {
            Outcome::Post(_) => "The post that is proposed for you",
            Outcome::Open(..) => "Your outcome is not decided yet",
            Outcome::AtRisk => "You are at risk of redundancy",
        }
    }

    fn outcome(&self, person: PersonId) -> Outcome<'_> {
        let undecided = self.certified.undecided();
        if let Ok(at) = undecided.binary_search_by_key(&person, |it| it.person) {
            let pool = self.summary.pools.iter().find(|pool| pool.people.contains(&person));
            return Outcome::Open(&undecided[at], pool);
        }
        match self.certified.plan().and_then(|plan| plan.post(person)) {
            Some(post) => Outcome::Post(post),
            None => Outcome::AtRisk,
        }
    }

    fn representations(&self) -> Section {
        let Reply { by, to } = self.reply;
        let whom = to.as_deref().unwrap_or("the officer who sent you this letter");
        let when = by.map_or_else(|| "before consultation ends".to_owned(), |day| format!("by {}", spoken(day)));
        let councils = joined(&self.case.authorities.values().map(|it| it.name.clone()).collect::<Vec<_>>(), "and");
        Section {
            id: "representations",
            title: "What you can do".to_owned(),
            blocks: vec![
                paragraph(format!(
                    "This is a proposal. It was worked out by a computer program from the rules that were agreed beforehand; a named \
                     officer of {councils} decides, and has to look at what you say first."
                )),
                Block::List(vec![
                    format!("Write to {whom} {when} if something here is wrong, or if something about you was not considered."),
                    "Say which part you disagree with: your answers, how your job was matched to a post, or a rule. You may ask \
                     for a meeting, and bring a trade union representative or a colleague."
                        .to_owned(),
                    "You may change or add an answer in the same way. The proposal is then worked out again.".to_owned(),
                    "When a decision has been made, you will be told it with its reason and the name of the officer, and you \
                     may appeal against it."
                        .to_owned(),
                ]),
            ],
        }
    }
}
