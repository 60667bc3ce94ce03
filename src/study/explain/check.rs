//! An explanation derived again by another road, entry by entry.
//!
//! What `explain` finds by a decision "must hold", this finds by taking away every other match; what it finds by taking a
//! match away, this finds by a decision "may not hold". Eligibility is read from the breaches of a trial plan. Only the answer
//! itself and the figures of a plan come from the same place, [`crate::certify`].
//!
//! [`Checker::new`] solves the whole case for each entry. That takes most of a second for ten thousand people; so
//! [`Checker::near`] closes options in the answer's own optimum instead, wherever `certify` accepts the prices that come of it.

mod conflict;
mod told;

use std::cell::RefCell;

use crate::case::answer::{Plan, Witness};
use crate::case::scenario::{Objective, Scenario, Sense};
use crate::case::{Case, Decision};
use crate::certify::{Breach, Certified, Force, Inspection, Near, Refusal, Status};
use crate::id::{AuthorityId, Id, PersonId, PostId, Table};
use crate::solve::Limits;
use crate::study::explain::roads::{Reached, Roads};
use crate::study::explain::warm::Road;
use crate::study::explain::{Choice, Explanation, Price, Range, Verdict};
use crate::study::variant::{Variant, is_proved};

/// Why an explanation is not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The solver's own answer is refused.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// There is no answer that is proved best, so nothing can be explained.
    #[error("there is no answer that is proved best")]
    NoAnswer,
    /// The person is not of this case, or holds another post, or it stands otherwise with their wishes.
    #[error("the person does not stand there as explained")]
    Standing,
    /// A wish is missing, or is none, or stands in another place.
    #[error("the posts that are explained are not those that the person would rather have")]
    Wishes,
    /// The verdict on a post (`None`: on being without the post held) is not what was found.
    #[error("the verdict on {post:?} does not hold: {what}")]
    Verdict {
        /// Which post.
        post: Option<PostId>,
        /// What is wrong.
        what: &'static str,
    },
}

/// Checks one explanation.
///
/// # Errors
/// [`Fault`] names the first entry that does not hold.
pub fn check(case: &Case, scenario: &Scenario, explanation: &Explanation, limits: &Limits<'_>) -> Result<(), Fault> {
    Checker::new(case, scenario, limits)?.check(explanation)
}

/// Checks many explanations of one answer.
pub struct Checker<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    answer: Certified,
    found: Inspection,
    /// Posts on offer of each authority, lowest first.
    offered: Table<AuthorityId, Vec<PostId>>,
    limits: &'a Limits<'a>,
    near: RefCell<Near<'a>>,
    /// What the answer offers, once it is needed.
    roads: RefCell<Option<Roads>>,
    /// Whether forced places are first looked for there.
    is_near: bool,
}

/// By authority, how many more seats are empty.
type Empty = Vec<(AuthorityId, i64)>;

/// What the best plan with a place given is.
enum Best {
    Worth(Vec<i128>),
    Impossible,
    Open,
}

impl<'a> Checker<'a> {
    /// Solves the case again.
    ///
    /// # Errors
    /// [`Fault::Refused`], [`Fault::NoAnswer`].
    pub fn new(case: &'a Case, scenario: &'a Scenario, limits: &'a Limits<'a>) -> Result<Self, Fault> {
        Self::of(case, scenario, Variant::of(case, scenario).answer(limits)?, limits)
    }

    /// Takes an answer as it is, and looks for forced places in its optimum first.
    ///
    /// # Errors
    /// [`Fault::NoAnswer`].
    pub fn near(
        case: &'a Case,
        scenario: &'a Scenario,
        answer: &Certified,
        limits: &'a Limits<'a>,
    ) -> Result<Self, Fault> {
        Ok(Self { is_near: true, ..Self::of(case, scenario, answer.clone(), limits)? })
    }

    fn of(case: &'a Case, scenario: &'a Scenario, answer: Certified, limits: &'a Limits<'a>) -> Result<Self, Fault> {
        let plan = answer.plan().filter(|_| answer.status() == Status::Optimal).ok_or(Fault::NoAnswer)?;
        let near = Near::new(case, scenario, plan);
        let found = near.inspect(plan);
        let mut offered: Table<AuthorityId, Vec<PostId>> = Table::filled(Vec::new(), case.authorities.len());
        answer.offered().into_iter().for_each(|post| offered[case.posts[post].authority].push(post));
        Ok(Self {
            case,
            scenario,
            answer,
            found,
            offered,
            limits,
            near: RefCell::new(near),
            roads: RefCell::new(None),
            is_near: false,
        })
    }

    /// Checks one explanation.
    ///
    /// # Errors
    /// [`Fault`] names the first entry that does not hold.
    pub fn check(&self, told: &Explanation) -> Result<(), Fault> {
        self.standing(told)?;
        self.wishes(told)?;
        for choice in &told.choices {
            let fault = |what| Fault::Verdict { post: Some(choice.post), what };
            self.choice(told.person, choice).and_then(|found| found.map_err(fault))?;
        }
        match (told.post, &told.otherwise) {
            (None, None) => Ok(()),
            (Some(post), Some(verdict)) => {
                let fault = |what| Fault::Verdict { post: None, what };
                self.forced(told.person, Force::OutOf(post), verdict)?.map_err(fault)
            }
            (None, Some(_)) | (Some(_), None) => Err(Fault::Standing),
        }
    }

    fn plan(&self) -> &Plan {
        self.answer.plan().expect("a checker has an answer with a plan")
    }

    fn choice(&self, person: PersonId, choice: &Choice) -> Result<Result<(), &'static str>, Fault> {
        let against = self.against(person, choice.post);
        let is_held = self.plan().post(person) == Some(choice.post);
        Ok(match &choice.verdict {
            Verdict::Held if is_held => Ok(()),
            Verdict::Held => Err("the person does not hold it"),
            _ if is_held => Err("the person holds it"),
            Verdict::NotEligible(told) if !told.is_empty() && *told == against => Ok(()),
            Verdict::NotEligible(_) => Err("other rules stand against it"),
            _ if !against.is_empty() => Err("a rule stands against it"),
            Verdict::Costs(_) if self.is_undecided(person, choice.post) => Err("it is undecided"),
            verdict => return self.forced(person, Force::Into(choice.post), verdict),
        })
    }

    fn is_undecided(&self, person: PersonId, post: PostId) -> bool {
        self.answer.undecided().iter().any(|entry| entry.person == person && entry.posts.contains(&post))
    }

    /// What a plan with this pair breaks of the rules about the person.
    fn against(&self, person: PersonId, post: PostId) -> Vec<Breach> {
        let prefix = format!("{} in {}: ", self.case.people[person].code, self.case.posts[post].code);
        let own = self.near.borrow().breaches(person, post).into_iter();
        own.map(|breach| Breach {
            detail: breach.detail.strip_prefix(&prefix).unwrap_or(&breach.detail).to_owned(),
            ..breach
        })
        .collect()
    }

    fn forced(&self, person: PersonId, force: Force, told: &Verdict) -> Result<Result<(), &'static str>, Fault> {
        Ok(match told {
            Verdict::Stopped => Err("it was left open"),
            Verdict::Held | Verdict::NotEligible(_) => Err("it is not of this kind"),
            Verdict::Impossible(leaves) => match self.best(person, force)? {
                Best::Impossible => self.conflict(person, force, leaves)?,
                Best::Worth(_) | Best::Open => Err("some plan has it"),
            },
            Verdict::Costs(price) => match self.best(person, force)? {
                Best::Impossible | Best::Open => Err("no plan has it"),
                Best::Worth(values) => self.costs(person, force, price, &values),
            },
            // Its plan shows that there is one as good.
            Verdict::Undecided(price) => self
                .price(person, force, price, self.found.objectives.len())
                .and_then(|_| if equal_but_for_cost(price) { Ok(()) } else { Err("it is not equally good") }),
            Verdict::Between(range) => self.between(person, force, range),
        })
    }

    fn costs(&self, person: PersonId, force: Force, price: &Price, best: &[i128]) -> Result<(), &'static str> {
        let found = self.price(person, force, price, best.len())?;
        let worse = price.decides().is_some_and(|change| is_worse(change.goal.sense(), change.was, change.is));
        match (found == best, worse && !equal_but_for_cost(price)) {
            (true, true) => Ok(()),
            (false, _) => Err("the best plan with it is worth something else"),
            (true, false) => Err("it is undecided"),
        }
    }

    /// The plan at one end is worth what is told, and the answer's proofs lead to the other end and no further.
    fn between(&self, person: PersonId, force: Force, told: &Range) -> Result<(), &'static str> {
        let Some((open, settled)) = told.price.changes.split_last() else { return Err("no goal is told") };
        if settled.iter().chain([open]).any(|it| it.goal.objective == Objective::Bottleneck) || open.is == told.least {
            return Err("nothing lies between the ends");
        }
        self.price(person, force, &told.price, told.price.changes.len())?;
        let bounds = self.with_roads(|roads, near| {
            let asked = roads.asked(person, force, Road::Seat)?;
            roads.bounded(&self.answer, near, &asked)
        });
        let bounds = bounds.ok_or("the proofs lead nowhere")?;
        let own = settled.iter().map(|it| it.is).chain([told.least]);
        if bounds.bounds().iter().copied().eq(own) { Ok(()) } else { Err("the other end is another") }
    }

    fn with_roads<T>(&self, ask: impl FnOnce(&mut Roads, &mut Near<'a>) -> T) -> T {
        let (mut roads, mut near) = (self.roads.borrow_mut(), self.near.borrow_mut());
        let roads = roads.get_or_insert_with(|| Roads::new(self.case, self.scenario, &self.answer, &near));
        ask(roads, &mut near)
    }

    fn best(&self, person: PersonId, force: Force) -> Result<Best, Fault> {
        if self.is_near {
            let values = |values: &[(_, i128)]| values.iter().map(|&(_, value)| value).collect();
            // Whichever leads to the best plan, `certify` has multiplied out that it is.
            for road in [Road::Shut, Road::Seat] {
                let found = self.with_roads(|roads, near| {
                    let asked = roads.asked(person, force, road)?;
                    roads.forced(&self.answer, near, &asked)
                });
                match found {
                    Some(Reached::Best(forced)) => return Ok(Best::Worth(values(forced.values()))),
                    Some(Reached::Bounded(found)) if found.is_best() => {
                        return Ok(Best::Worth(values(found.values())));
                    }
                    Some(Reached::Bounded(_)) | None => {}
                }
            }
        }
        let best = forced(force, Variant::of(self.case, self.scenario), person).best(self.limits)?;
        Ok(match best.plan().filter(|_| is_proved(&best)) {
            Some(plan) => Best::Worth(self.values(plan)),
            None if best.status() == Status::Impossible => Best::Impossible,
            None => Best::Open,
        })
    }

    fn values(&self, plan: &Plan) -> Vec<i128> {
        let found = self.near.borrow().inspect(plan);
        found.objectives.iter().map(|&(_, value)| value).collect()
    }

    /// The moves make a plan that keeps the rules, has what is forced, and is worth what is told of so many goals; its values.
    fn price(&self, person: PersonId, force: Force, price: &Price, goals: usize) -> Result<Vec<i128>, &'static str> {
        let plan = self.plan();
        let mut other = plan.clone();
        for (position, step) in price.chain.iter().enumerate() {
            let is_known = step.person.index() < self.case.people.len();
            let again = price.chain[..position].iter().any(|before| before.person == step.person);
            if !is_known || again || plan.post(step.person) != step.from || step.to == step.from {
                return Err("a move is not one from the answer");
            }
            other = other.with(step.person, step.to);
        }
        let first = price.chain.first().map(|step| step.person);
        let has = match force {
            Force::Into(post) => other.post(person) == Some(post),
            Force::OutOf(post) => other.post(person) != Some(post),
        };
        if !has || first != Some(person) {
            return Err("the moves do not begin with the person's own");
        }
        let (values, empty) = self.worth(&other).ok_or("the moves break a rule")?;
        let was = self.found.objectives.iter().map(|&(goal, was)| (goal, was));
        let rows = was.zip(&values).map(|((goal, was), &is)| (goal, was, is)).take(goals);
        let told = price.changes.iter().map(|it| (it.goal, i128::from(it.was), i128::from(it.is)));
        if !rows.eq(told) {
            return Err("the moves are worth something else");
        }
        if empty != price.empty { Err("other seats are empty") } else { Ok(values) }
    }

    /// What a plan is worth and how many more seats are empty in it; `None` where it breaks a rule.
    fn worth(&self, plan: &Plan) -> Option<(Vec<i128>, Empty)> {
        if !self.is_near {
            let found = self.near.borrow().inspect(plan);
            let values = found.objectives.iter().map(|&(_, value)| value).collect();
            return found.breaches.is_empty().then(|| (values, self.empty(&found)));
        }
        let found = self.near.borrow_mut().judge(&Witness::between(self.plan(), plan))?;
        let held = |plan: &Plan, authority| {
            let here = plan.placed().filter(|&(_, post)| self.case.posts[post].authority == authority);
            i64::try_from(here.count()).expect("fewer than 2^32 people")
        };
        let more = |authority| (authority, held(self.plan(), authority) - held(plan, authority));
        let empty = self.case.authorities.ids().map(more).filter(|&(_, more)| more != 0).collect();
        Some((found.into_iter().map(|(_, value)| value).collect(), empty))
    }

    fn empty(&self, found: &Inspection) -> Empty {
        let seats = |found: &Inspection, authority| -> i64 {
            let own = found.vacancies.iter().filter(|(post, _)| self.case.posts[*post].authority == authority);
            own.map(|&(_, seats)| i64::from(seats)).sum()
        };
        let more = |authority| (authority, seats(found, authority) - seats(&self.found, authority));
        self.case.authorities.ids().map(more).filter(|&(_, more)| more != 0).collect()
    }
}

/// The variant in which the person does so.
fn forced(force: Force, mut variant: Variant, person: PersonId) -> Variant {
    let decision = match force {
        Force::Into(post) => {
            variant.case.matches.retain(|&(who, other), _| who != person || other == post);
            Decision::MustAuthority(variant.case.posts[post].authority)
        }
        Force::OutOf(post) => Decision::NotPost(post),
    };
    variant.with_pin(person, decision)
}

fn is_worse(sense: Sense, was: i64, is: i64) -> bool {
    match sense {
        Sense::Most => is < was,
        Sense::Least => is > was,
    }
}

fn equal_but_for_cost(price: &Price) -> bool {
    price.changes.iter().filter(|it| it.goal.objective != Objective::Cost).all(|it| it.was == it.is)
}
