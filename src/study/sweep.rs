//! Many scenarios of one case: a grid of settings, and chance within it.
//!
//! Every scenario is a variant of the case, certified by itself, and depends on nothing but the case, the plan and its
//! own number: so any of them can be asked for alone, and threads, shards and interruptions cannot be seen in the rows.
//! What is kept from one scenario for the next (`warm`, and whole answers) saves time and is not seen in them either.
//! It knows no file and no format.

pub mod altered;
pub mod cells;
pub mod draw;
pub mod row;
pub mod run;
mod solve;
pub mod summary;
mod warm;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use crate::case::scenario::Scenario;
use crate::case::sweep::SweepPlan;
use crate::case::{Case, StatutoryRole};
use crate::certify::{Certified, Pairs, Refusal, Status, goals};
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::solve::{Hints, Limits};
use crate::study::summary::covered;
use crate::study::sweep::altered::Altered;
use crate::study::sweep::draw::{Dice, Drawn, draw, recruit};
use crate::study::sweep::row::{Columns, Figures, Measure, Row, Whereabouts};
use crate::study::sweep::warm::Warm;
use crate::study::variant::is_proved;

/// The most people, over all of them, in the answers that are kept for draws that come again.
const KEPT_PEOPLE: usize = 4_000_000;
/// A point with fewer samples is not solved beforehand to learn from it.
const WORTH_LEARNING: u32 = 8;
/// The most answers that are kept.
const KEPT_ANSWERS: usize = 50_000;

/// A case with a plan, ready for any of its scenarios.
pub struct Sweep<'a> {
    case: &'a Case,
    plan: &'a SweepPlan,
    columns: Columns,
    /// The case without texts.
    lean: Case,
    /// Posts on offer at each point.
    offered: Vec<Vec<PostId>>,
    /// What each point teaches about its scenarios, once one was asked for.
    hints: Vec<OnceLock<Hints>>,
    /// What the scenarios of each point have in common, where the case comes apart, once one was asked for.
    warm: Vec<OnceLock<Option<Warm<'a>>>>,
    /// Answers by point and draw.
    kept: Mutex<BTreeMap<(usize, Drawn), Arc<Answered>>>,
}

/// One scenario with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// Its row.
    pub row: Row,
    /// Where everyone of the case is, lowest person first.
    pub places: Vec<Whereabouts>,
    /// What was drawn before anyone was placed.
    pub drawn: Drawn,
}

/// What came of a draw, before empty seats are filled.
struct Answered {
    status: Status,
    figures: Option<Figures>,
    places: Vec<Whereabouts>,
    empty: Vec<(PostId, u32)>,
}

impl<'a> Sweep<'a> {
    /// Makes ready for the scenarios of a plan that was made for this case.
    pub fn new(case: &'a Case, plan: &'a SweepPlan) -> Self {
        let offered = |scenario: &Scenario| {
            let pairs = Pairs::new(case, scenario);
            case.posts.ids().filter(|&post| pairs.is_offered(post)).collect()
        };
        let offered = plan.points.iter().map(offered).collect();
        let hints = plan.points.iter().map(|_| OnceLock::new()).collect();
        let warm = plan.points.iter().map(|_| OnceLock::new()).collect();
        let (columns, lean) = (columns(case, plan), case.lean());
        Self { case, plan, columns, lean, offered, hints, warm, kept: Mutex::default() }
    }

    /// The case.
    pub fn case(&self) -> &Case {
        self.case
    }

    /// The plan.
    pub fn plan(&self) -> &SweepPlan {
        self.plan
    }

    /// What all rows have in common.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// What is drawn for a scenario, without solving it.
    ///
    /// # Panics
    /// If there is no such scenario (a bug of ours).
    pub fn drawn(&self, scenario: u64) -> Drawn {
        let (point, sample) = self.plan.place(scenario);
        draw(self.case, &self.offered[point], &self.plan.chances, Dice { seed: self.plan.seed, sample })
    }

    /// One scenario by its number; `None` where `limits` ended it before it was settled.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    ///
    /// # Panics
    /// If there is no such scenario (a bug of ours).
    pub fn scene(&self, scenario: u64, limits: &Limits<'_>) -> Result<Option<Scene>, Refusal> {
        let (point, sample) = self.plan.place(scenario);
        let dice = Dice { seed: self.plan.seed, sample };
        let drawn = draw(self.case, &self.offered[point], &self.plan.chances, dice);
        let Some(answered) = self.answered(point, &drawn, limits)? else { return Ok(None) };
        let mut figures = answered.figures.clone();
        if let Some(figures) = &mut figures {
            figures.filled = recruit(self.case, &answered.empty, &self.plan.chances, dice);
        }
        let row = Row {
            scenario,
            point: u32::try_from(point).expect("a grid has fewer than 2^32 points"),
            sample,
            drawn: drawn.counts(),
            status: answered.status,
            certified: true,
            figures,
        };
        Ok(Some(Scene { row, places: answered.places.clone(), drawn }))
    }

    /// The answer to a draw, kept from before or found now.
    fn answered(&self, point: usize, drawn: &Drawn, limits: &Limits<'_>) -> Result<Option<Arc<Answered>>, Refusal> {
        let key = (point, drawn.clone());
        if let Some(kept) = self.kept.lock().expect("no thread panics with it").get(&key) {
            return Ok(Some(Arc::clone(kept)));
        }
        let apart = match self.warm(point) {
            Some(warm) => warm.best(&drawn.change(), limits)?,
            None => None,
        };
        let answered = match apart {
            Some(certified) => self.answer(point, self.case, self.case.people.ids(), &drawn.leavers, &certified),
            None => {
                let altered = Altered::of(&self.lean, drawn);
                let scenario = &self.plan.points[point];
                let certified = solve::best(&altered, scenario, self.hints(point, limits), limits)?;
                self.answer(point, &altered.case, altered.kept.iter().copied(), &[], &certified)
            }
        };
        // Whatever was found under a limit may not be the best, nor the canonical one.
        if (limits.should_stop)() {
            return Ok(None);
        }
        let answered = Arc::new(answered);
        let most = KEPT_ANSWERS.min(KEPT_PEOPLE / self.case.people.len().max(1));
        let mut kept = self.kept.lock().expect("no thread panics with it");
        if kept.len() < most {
            kept.insert(key, Arc::clone(&answered));
        }
        Ok(Some(answered))
    }

    fn hints(&self, point: usize, limits: &Limits<'_>) -> &Hints {
        let learn = || match self.plan.samples {
            ..WORTH_LEARNING => Hints::default(),
            WORTH_LEARNING.. => solve::hints(&self.lean, &self.plan.points[point], limits),
        };
        self.hints[point].get_or_init(learn)
    }

    fn warm(&self, point: usize) -> Option<&Warm<'a>> {
        let make = || match self.plan.samples {
            ..WORTH_LEARNING => None,
            WORTH_LEARNING.. => Warm::of(self.case, &self.plan.points[point]),
        };
        self.warm[point].get_or_init(make).as_ref()
    }

    /// An answer in the numbers of `case`, of which each person was somebody in the base; `left` have left, and are still in it.
    fn answer(
        &self,
        point: usize,
        case: &Case,
        was: impl Iterator<Item = PersonId>,
        left: &[PersonId],
        certified: &Certified,
    ) -> Answered {
        let mut places = vec![Whereabouts::Left; self.case.people.len()];
        for (now, person) in was.enumerate().filter(|(_, person)| left.binary_search(person).is_err()) {
            let place = match certified.plan().map(|plan| plan.post(PersonId::at(now))) {
                None => Whereabouts::Unknown,
                Some(None) => Whereabouts::AtRisk,
                Some(Some(post)) => Whereabouts::Post(post),
            };
            places[person.index()] = place;
        }
        let figures = certified.plan().map(|_| self.figures(case, &self.plan.points[point], certified));
        Answered { status: status(certified), figures, places, empty: certified.vacancies() }
    }

    fn figures(&self, case: &Case, scenario: &Scenario, certified: &Certified) -> Figures {
        let count = |length: usize| u32::try_from(length).expect("tables hold fewer than 2^32 records");
        let placements = certified.placements();
        let held = covered(case, scenario, placements);
        let asked = &scenario.statutory_cover.roles;
        let covers = |authority: AuthorityId, role: StatutoryRole| {
            asked.contains(&role).then(|| held.contains(&(authority, role)))
        };
        let roles = |authority| self.columns.roles.iter().map(move |&role| (authority, role));
        let mut vacancies = vec![0; self.case.authorities.len()];
        for (post, seats) in certified.vacancies() {
            vacancies[self.case.posts[post].authority.index()] += seats;
        }
        Figures {
            values: self.columns.measures.iter().map(|&it| value(it, scenario, certified)).collect(),
            placed: count(placements.len()),
            at_risk: count(certified.unplaced().len()),
            vacancies,
            covered: self.case.authorities.ids().flat_map(roles).map(|(at, role)| covers(at, role)).collect(),
            cost_pence: placements.iter().map(|placement| placement.cost.0).sum(),
            filled: Vec::new(),
        }
    }
}

/// Best, impossible, or not settled.
fn status(certified: &Certified) -> Status {
    match certified.status() {
        Status::Impossible => Status::Impossible,
        Status::Optimal | Status::Stopped if is_proved(certified) => Status::Optimal,
        Status::Optimal | Status::Stopped => Status::Stopped,
    }
}

/// What a measure is worth; a rank that nobody can have here is nought, and what this point does not ask for is nothing.
fn value(measure: Measure, scenario: &Scenario, certified: &Certified) -> Option<i64> {
    let found = certified.objectives().iter().find(|scored| Measure::of(scored.goal) == measure);
    let asked = scenario.objectives.contains(&measure.objective);
    found.map(|scored| scored.value).or_else(|| asked.then_some(0))
}

/// What all rows of a plan have in common.
fn columns(case: &Case, plan: &SweepPlan) -> Columns {
    let mut measures: Vec<Measure> = Vec::new();
    let mut roles: BTreeSet<StatutoryRole> = BTreeSet::new();
    for scenario in &plan.points {
        for measure in goals(case, scenario).into_iter().map(Measure::of) {
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
        roles.extend(&scenario.statutory_cover.roles);
    }
    Columns {
        axes: plan.axes.clone(),
        measures,
        authorities: case.authorities.values().map(|it| it.code.clone()).collect(),
        roles: roles.into_iter().collect(),
    }
}
