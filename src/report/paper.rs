//! The consultation paper: what staff, trade unions and members read, for the public and for those who may see more.
//!
//! Both papers are made of the same sections in the order in which councils write them, and from one set of counts. The
//! public one is written from a case that has nobody in it, and from counts that were passed through suppression; a
//! section cannot print what it was not given. A section without data is left out whole: timetable, risks and decisions
//! have their place in the order, and no table of theirs exists yet.

mod charts;
mod closing;
mod desk;
mod groups;
mod individuals;
mod limits;
mod matching;
mod names;
mod opening;
mod options;
pub mod short;
mod staffing;
pub mod texts;
mod vacancies;

pub use crate::report::paper::groups::Named;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::diagnostic::Diagnostic;
use crate::report::document::{Audience, Document, Front, spoken};
use crate::report::letters::Reply;
use crate::report::monitor::characteristic_name;
use crate::report::page::{Page, Section};
use crate::report::paper::desk::Desk;
use crate::report::paper::texts::{Fault, Fields, Filled, Texts};
use crate::report::provenance::Provenance;
use crate::report::sections::View;
use crate::report::words::{count, joined, percent};
use crate::study::paper::frame::Frame;
use crate::study::paper::gather::Gathered;
use crate::study::paper::key::Key;
use crate::study::paper::open::open;
use crate::study::paper::{Both, Figures, Told};

/// What stands on the cover and on the last page.
#[derive(Debug, Clone, Copy)]
pub struct Imprint<'a> {
    /// Program and input files.
    pub provenance: &'a Provenance,
    /// Day of the paper.
    pub date: Date,
    /// Number of the draft, from 1.
    pub draft: u32,
    /// Where answers go, as far as it is known.
    pub reply: &'a Reply,
}

/// What both papers are written from.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The case.
    pub case: &'a Case,
    /// The scenario that is proposed.
    pub scenario: &'a Scenario,
    /// The answer, and what stands beside it.
    pub gathered: &'a Gathered,
    /// The counts of both papers.
    pub both: &'a Both,
    /// The characteristics that were counted, in their order.
    pub equality: &'a [Named],
    /// What the input gave cause to say.
    pub diagnostics: &'a [Diagnostic],
    /// The words.
    pub texts: &'a Texts,
    /// Cover and last page.
    pub imprint: Imprint<'a>,
}

/// Why a paper cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The words that were given cannot be filled in.
    Texts(Vec<Fault>),
    /// The public paper would name people: each id with the text in which it stands.
    Names(Vec<(String, String)>),
}

/// A characteristic of the equality table, as the papers call it.
pub fn named(column: &str, groups: &[String]) -> Named {
    Named { name: characteristic_name(column), groups: groups.to_vec() }
}

/// The paper for everybody.
///
/// # Errors
/// [`Error`]: words that cannot be filled in, or a text of the case that names a person by id.
pub fn public(subject: &Subject<'_>) -> Result<Document, Error> {
    let drawn =
        |desk: &Desk<'_>| charts::structures(desk.case, desk.scenario, &subject.gathered.certified, desk.audience);
    for_public(subject, ["title", "lead"], |desk| {
        vec![
            opening::purpose(desk),
            opening::background(desk),
            opening::proposal(desk, drawn(desk)),
            options::options(desk),
            staffing::staffing(desk),
            matching::matching(desk),
            vacancies::pools(desk, Vec::new()),
            vacancies::vacancies(desk, Vec::new()),
            vacancies::statutory(desk, Vec::new()),
            vacancies::costs(desk, Vec::new()),
            groups::equality(desk, subject.equality, &subject.both.groups),
            closing::consultation(desk),
            closing::sources(desk),
            closing::posts(desk),
            closing::audit(desk, &subject.imprint, Vec::new()),
        ]
    })
}

/// A document for everybody: its sections see a case that has nobody in it, and the counts of the public paper.
fn for_public(
    subject: &Subject<'_>,
    head: [&str; 2],
    sections: impl FnOnce(&Desk<'_>) -> Vec<Option<Section>>,
) -> Result<Document, Error> {
    let case = open(subject.case);
    let scenario = Scenario { purpose: String::new(), ..subject.scenario.clone() };
    let figures = &subject.both.public;
    let frame = Frame::public(subject.case, subject.gathered, figures.threshold);
    let texts = filled(subject, figures, Audience::Public)?;
    let desk =
        Desk { case: &case, scenario: &scenario, frame: &frame, figures, texts: &texts, audience: Audience::Public };
    let sections = sections(&desk).into_iter().flatten().collect();
    let document = document(subject, &texts, head, Audience::Public, sections);
    let found = names::found(&document, subject.case, &subject.scenario.id);
    if found.is_empty() { Ok(document) } else { Err(Error::Names(found)) }
}

/// The structure charts on A3, for everybody.
///
/// # Errors
/// As [`public`].
pub fn public_charts(subject: &Subject<'_>) -> Result<Document, Error> {
    let drawn = |desk: &Desk<'_>| charts::sheets(desk.case, desk.scenario, &subject.gathered.certified, desk.audience);
    for_public(subject, ["charts_title", "short_lead"], |desk| vec![Some(drawn(desk))])
}

/// The structure charts on A3, for those who may see exempt information.
///
/// # Errors
/// As [`exempt`].
pub fn exempt_charts(subject: &Subject<'_>) -> Result<Document, Error> {
    let Subject { case, scenario, gathered, .. } = *subject;
    let texts = filled(subject, &subject.both.exempt, Audience::Exempt)?;
    let section = charts::sheets(case, scenario, &gathered.certified, Audience::Exempt);
    Ok(document(subject, &texts, ["charts_title", "short_lead"], Audience::Exempt, vec![section]))
}

/// The paper for those who may see exempt information.
///
/// # Errors
/// [`Error::Texts`]: words that cannot be filled in.
pub fn exempt(subject: &Subject<'_>) -> Result<Document, Error> {
    let Subject { case, scenario, gathered, diagnostics, .. } = *subject;
    let figures = &subject.both.exempt;
    let frame = Frame::exempt(case, gathered);
    let texts = filled(subject, figures, Audience::Exempt)?;
    let desk = Desk { case, scenario, frame: &frame, figures, texts: &texts, audience: Audience::Exempt };
    let view = View { case, scenario, certified: &gathered.certified, summary: &gathered.summary, diagnostics };
    let mut options = options::options(&desk);
    if let (Some(section), Some(exempt)) = (&mut options, &gathered.exempt) {
        section.blocks.extend(limits::followed(&desk, &exempt.curves));
        section.blocks.extend(individuals::prices(&view, &exempt.prices));
    }
    let sections = [
        opening::purpose(&desk),
        opening::background(&desk),
        opening::proposal(&desk, charts::structures(case, scenario, &gathered.certified, Audience::Exempt)),
        options,
        staffing::staffing(&desk),
        Some(individuals::placements(&view)),
        Some(individuals::at_risk(&view)),
        matching::matching(&desk),
        vacancies::pools(&desk, individuals::pools(&view)),
        vacancies::vacancies(&desk, individuals::vacancies(&view)),
        vacancies::statutory(&desk, individuals::cover(&view)),
        vacancies::costs(&desk, individuals::costs(&view)),
        groups::equality(&desk, subject.equality, &subject.both.groups),
        closing::consultation(&desk),
        closing::sources(&desk),
        closing::posts(&desk),
        gathered.exempt.as_ref().and_then(|it| individuals::explanations(&view, &it.explanations)),
        closing::audit(&desk, &subject.imprint, individuals::proof(&view)),
    ];
    Ok(document(subject, &texts, ["title", "lead"], Audience::Exempt, sections.into_iter().flatten().collect()))
}

fn document(
    subject: &Subject<'_>,
    texts: &Filled,
    [title, lead]: [&str; 2],
    audience: Audience,
    sections: Vec<Section>,
) -> Document {
    front(subject).document(audience, Page { title: texts.line(title), lead: texts.line(lead), sections })
}

/// What all documents of a pack share.
pub fn front(subject: &Subject<'_>) -> Front {
    let imprint = &subject.imprint;
    Front {
        draft: imprint.draft,
        date: imprint.date,
        organisation: councils(subject.case),
        program: imprint.provenance.program.clone(),
    }
}

fn councils(case: &Case) -> String {
    let name = |it: &crate::case::Authority| if it.name.is_empty() { it.code.clone() } else { it.name.clone() };
    joined(&case.authorities.values().map(name).collect::<Vec<_>>(), "and")
}

/// The blocks of text, with the fields of one paper.
fn filled(subject: &Subject<'_>, figures: &Figures, audience: Audience) -> Result<Filled, Error> {
    let is_public = match audience {
        Audience::Public => true,
        Audience::Exempt | Audience::Personal => false,
    };
    subject.texts.filled(&fields(subject, figures), is_public).map_err(Error::Texts)
}

/// What the fields stand for: what the paper prints anyway.
fn fields(subject: &Subject<'_>, figures: &Figures) -> Fields {
    let Subject { case, scenario, gathered, imprint, .. } = subject;
    let offered = gathered.summary.offered;
    let seats = format!("{} in {}", count(offered.seats, "seat", "seats"), count(offered.posts, "post", "posts"));
    BTreeMap::from([
        ("councils", councils(case)),
        ("date", spoken(imprint.date)),
        ("draft", imprint.draft.to_string()),
        ("headline", headline(figures)),
        ("on_cost", percent(scenario.policy.on_cost)),
        ("people", figures.people.to_string()),
        ("reply_by", imprint.reply.by.map(spoken).unwrap_or_default()),
        ("reply_to", imprint.reply.to.clone().unwrap_or_default()),
        ("rule", matching::rule(scenario)),
        ("scenario_id", scenario.id.clone()),
        ("scenario_name", scenario.name.clone()),
        ("seats", seats),
        ("shared_posts", count(case.joint_posts.len() as u64, "post", "posts")),
        ("threshold", figures.threshold.to_string()),
    ])
}

/// The main result in a sentence, as far as this paper tells it.
fn headline(figures: &Figures) -> String {
    let people = figures.people;
    match (figures.told(Key::Placed), figures.told(Key::Without)) {
        (_, Told::Figure(0)) => format!("Each of the {people} people would have a post."),
        (Told::Figure(placed), Told::Figure(without)) => {
            format!("{placed} of the {people} people would have a post, and {without} would not.")
        }
        (Told::Between(least, most), Told::Between(_, without)) => format!(
            "Between {least} and {most} of the {people} people would have a post, and fewer than {} would not.",
            without + 1
        ),
        (_, Told::About(without)) => format!("About {without} of the {people} people would be without a post."),
        (_, Told::Between(_, without)) => {
            format!("Fewer than {} of the {people} people would be without a post.", without + 1)
        }
        (_, Told::Figure(_) | Told::Nothing) => {
            "Some people would be without a post; how many is kept back.".to_owned()
        }
    }
}
