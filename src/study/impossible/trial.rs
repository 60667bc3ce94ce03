//! Questions to the solver about changed cases: is there a plan, and how far does a fairness rule go?
//!
//! Each answer is certified. What is not known, because a limit came first, is `None`, and nothing is said of it.

mod sums;

use std::cell::{Cell, OnceCell, RefCell};

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::scenario::Scenario;
use crate::certify::{Certified, Status, certify};
use crate::id::PostId;
use crate::model;
use crate::solve::{self, Limits};
use crate::study::impossible::chain::Web;
use crate::study::impossible::changes::{Changes, Workbench, position};
use crate::study::impossible::known::Known;
use crate::study::impossible::routes::Routes;
use crate::study::impossible::short::Short;
use crate::study::impossible::{Fix, hall};
use crate::study::patience::counted;
use crate::study::variant::Variant;

/// The case that has no plan, what is known of it, and when to stop.
pub(super) struct Trial<'a> {
    pub(super) case: &'a Case,
    pub(super) scenario: &'a Scenario,
    limits: &'a Limits<'a>,
    /// Whether some question was not settled.
    pub(super) open: Cell<bool>,
    /// Assignments that may be spent on one question.
    patience: Cell<u64>,
    /// Work that all questions together may still take: matches looked at.
    left: Cell<u64>,
    bench: RefCell<Workbench>,
    known: RefCell<Known>,
    web: OnceCell<Web>,
    short: Option<Short>,
    routes: RefCell<Routes>,
}

/// Work for all questions of one explanation: about a second. What it does not reach is left open, and that is said.
const WORK: u64 = 24_000_000;

/// Work for numbers of further posts, after everything else.
const LAST: u64 = WORK / 8;

/// To put a question, and to check its answer, takes as long as so many assignments.
const QUESTION: u64 = 20;

/// To try what is known takes as long as so many.
const LOOK: u64 = 3;

/// Posts that a proof asks too much of to rule them out, after which no more are looked at.
const MOST_DEAR: usize = 60;

/// Assignments spent on one question.
const PATIENCE: u64 = 20_000;

/// Of the work that is left, a question that is put as an attempt gets one part in so many.
const ATTEMPT: u64 = 8;

impl<'a> Trial<'a> {
    /// Before the first question; `certified` is the answer that there is no plan.
    pub(super) fn new(case: &'a Case, scenario: &'a Scenario, certified: &Certified, limits: &'a Limits<'a>) -> Self {
        let mut known = Known::default();
        known.note(&Changes::default(), false);
        if let Some(conflict) = certified.conflict() {
            known.remember_why(&Changes::default(), &conflict.proof);
        }
        let bench = RefCell::new(Workbench::new(case, scenario));
        let (open, left) = (Cell::new(false), Cell::new(WORK));
        let short = hall::of_everyone(case, scenario).map(|crowd| Short::of(&crowd));
        Trial {
            case,
            scenario,
            limits,
            open,
            patience: Cell::new(PATIENCE),
            left,
            bench,
            known: RefCell::new(known),
            web: OnceCell::new(),
            short,
            routes: RefCell::default(),
        }
    }

    /// What has to be taken out to leave these rules only.
    pub(super) fn keeping(&self, leaves: &[Leaf]) -> Changes {
        Changes::dropping(Leaf::all(self.case, self.scenario).into_iter().filter(|leaf| !leaves.contains(leaf)))
    }

    /// A copy of the case with these changes.
    pub(super) fn variant(&self, changes: &Changes) -> Variant {
        self.bench.borrow_mut().with(self.case, self.scenario, changes).clone()
    }

    /// Before the last questions, whose answers can wait: they have a small allowance, whatever was left.
    pub(super) fn begin_last(&self) {
        self.open.set(false);
        self.left.set(LAST);
    }

    /// Does something of which no question may take much of the work that is left; `None` where one was not settled, and
    /// nothing counts as open for that.
    pub(super) fn attempt<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let before = (self.open.replace(false), self.patience.replace(self.left.get() / self.look() / ATTEMPT));
        let found = work();
        self.patience.set(before.1);
        (!self.open.replace(before.0)).then_some(found)
    }

    /// What was counted so far.
    pub(super) fn routes(&self) -> Routes {
        Routes { work: WORK - self.left.get(), ..*self.routes.borrow() }
    }

    /// Counts a question by the way in which it was decided.
    pub(super) fn count(&self, way: impl FnOnce(&mut Routes) -> &mut usize) {
        *way(&mut self.routes.borrow_mut()) += 1;
    }

    fn look(&self) -> u64 {
        u64::try_from(self.case.matches.len()).unwrap_or(u64::MAX).max(1)
    }

    fn pay(&self, looks: u64) {
        self.left.set(self.left.get().saturating_sub(looks.saturating_mul(self.look())));
    }

    /// Puts a question as long as there is work left for it; `None` where there is none.
    fn ask<T>(&self, ask: impl FnOnce(&Limits<'_>) -> T) -> Option<T> {
        let look = self.look();
        let Some(left) = self.left.get().checked_sub(look.saturating_mul(QUESTION)) else {
            self.open.set(true);
            return None;
        };
        let (answer, looks) = counted(self.limits, self.patience.get().min(left / look), ask);
        self.pay(looks + QUESTION);
        Some(answer)
    }

    /// How many seats are missing at least with these changes; nought where that is not why there is no plan.
    pub(super) fn missing(&self, changes: &Changes) -> i64 {
        self.short.as_ref().map_or(0, |short| short.with(self.case, changes).max(0))
    }

    /// Whether there is a plan with these changes.
    pub(super) fn possible(&self, changes: &Changes) -> Option<bool> {
        if self.missing(changes) > 0 {
            self.count(|routes| &mut routes.counted);
            return Some(false);
        }
        let follows = self.known.borrow().follows(self.scenario, changes);
        if follows.is_some() {
            self.count(|routes| &mut routes.follows);
            return follows;
        }
        let mut bench = self.bench.borrow_mut();
        let variant = bench.with(self.case, self.scenario, changes);
        let settled = self.recognised(variant, changes).or_else(|| self.searched(variant, changes));
        match settled {
            Some(settled) => self.known.borrow_mut().note(changes, settled),
            None => {
                self.count(|routes| &mut routes.open);
                self.open.set(true);
            }
        }
        settled
    }

    /// What known plans and proofs say of a changed case, the checker asked again.
    fn recognised(&self, variant: &Variant, changes: &Changes) -> Option<bool> {
        let mut known = self.known.borrow_mut();
        self.pay(LOOK);
        if known.has_plan(changes, variant) {
            self.count(|routes| &mut routes.plan);
            return Some(true);
        }
        if known.has_proof(changes, variant) {
            self.count(|routes| &mut routes.proof);
            return Some(false);
        }
        let web = self.web.get_or_init(|| Web::new(self.case, self.scenario));
        let mended = web.mended(variant, changes, known.last_plan()?)?;
        known.remember(self.case, self.scenario, mended);
        let holds = known.has_plan(changes, variant);
        if holds {
            self.count(|routes| &mut routes.mended);
        }
        holds.then_some(true)
    }

    fn searched(&self, variant: &Variant, changes: &Changes) -> Option<bool> {
        let certified = self.ask(|limits| any(variant, limits)).flatten()?;
        self.count(|routes| &mut routes.searched);
        let mut known = self.known.borrow_mut();
        match (certified.conflict(), certified.plan()) {
            (Some(conflict), _) => {
                known.remember_why(changes, &conflict.proof);
                Some(false)
            }
            (None, Some(plan)) => {
                known.remember(self.case, self.scenario, plan.clone());
                Some(true)
            }
            (None, None) => None,
        }
    }

    /// The conflict of a changed case, in positions of the user's files; `None` where there is a plan, or a limit came first.
    pub(super) fn conflict(&self, changes: &Changes) -> Option<Vec<Leaf>> {
        let mut bench = self.bench.borrow_mut();
        let variant = bench.with(self.case, self.scenario, changes);
        self.count(|routes| &mut routes.sums);
        let certified = self.ask(|limits| variant.best(limits))?.ok()?;
        let leaves = &certified.conflict()?.leaves;
        Some(leaves.iter().map(|&leaf| position(changes, leaf)).collect())
    }

    /// The posts of which one more seat is not enough either, where the proof that was used last says so of `post`.
    ///
    /// All of them are of its authority, so that the rules say the same with one more seat at any of them: the proof holds for
    /// each that it asks no more of.
    pub(super) fn no_better(&self, others: &Changes, post: PostId, same: &[PostId]) -> Vec<PostId> {
        let done = self.outdone(others, post, same);
        done.iter().for_each(|&other| self.known.borrow_mut().note(&others.and(&[Fix::Seat(other)]), false));
        done
    }

    fn outdone(&self, others: &Changes, post: PostId, same: &[PostId]) -> Vec<PostId> {
        let mut bench = self.bench.borrow_mut();
        let variant = bench.with(self.case, self.scenario, &others.and(&[Fix::Seat(post)]));
        let known = self.known.borrow();
        let Some(prices) = known.last_prices(post).filter(|_| known.last_proof_holds(variant)) else {
            return Vec::new();
        };
        let is_no_better = |other: &&PostId| {
            let own = known.last_prices(**other);
            own.is_some_and(|own| own.iter().zip(&prices).all(|(own, price)| own >= price))
        };
        let mut done: Vec<PostId> = same.iter().filter(is_no_better).copied().collect();
        done.sort_unstable();
        done
    }

    /// The posts of which one more seat may be enough, dearest first: those of which a known proof does not say that it is not.
    ///
    /// For rules that compare no vacancy rates: a seat then moves a proof's total by the price of its post, and nothing else.
    pub(super) fn not_ruled_out(&self, others: &Changes, posts: &[PostId]) -> Vec<PostId> {
        let is_proved = || {
            self.pay(LOOK);
            let mut bench = self.bench.borrow_mut();
            let variant = bench.with(self.case, self.scenario, others);
            self.known.borrow_mut().has_proof(others, variant)
        };
        let is_proved = is_proved() || (self.possible(others) == Some(false) && is_proved());
        let mut left = posts.to_vec();
        let mut may = Vec::new();
        left.sort_by_cached_key(|&post| (self.price(post), post));
        while let Some(&post) = left.first().filter(|_| is_proved && may.len() < MOST_DEAR) {
            self.pay(1);
            let done = self.outdone(others, post, &left);
            if done.is_empty() {
                may.push(post);
                left.remove(0);
            } else {
                self.routes.borrow_mut().ruled_out += done.len();
                left.retain(|other| done.binary_search(other).is_err());
            }
        }
        may.extend(left);
        may
    }

    /// The lowest price that the proof used last has for a post: the more it asks of it, the more a seat may help.
    pub(super) fn price(&self, post: PostId) -> i128 {
        self.known.borrow().last_prices(post).and_then(|prices| prices.into_iter().min()).unwrap_or(i128::MIN)
    }
}

/// A certified plan of the variant, or a certified proof that there is none.
fn any(variant: &Variant, limits: &Limits<'_>) -> Option<Certified> {
    let (case, scenario) = (&variant.case, &variant.scenario);
    let model = model::build(case, scenario);
    certify(case, scenario, solve::any(case, scenario, &model, limits)).ok()
}

/// Whether a variant has a plan, with a certified plan or a certified proof that there is none.
pub(super) fn possible(variant: &Variant, limits: &Limits<'_>) -> Option<bool> {
    let scenario = Scenario { objectives: Vec::new(), ..variant.scenario.clone() };
    let certified = any(&Variant { case: variant.case.clone(), scenario }, limits)?;
    match (certified.status(), certified.plan()) {
        (Status::Impossible, _) => Some(false),
        (Status::Optimal | Status::Stopped, Some(_)) => Some(true),
        (Status::Optimal | Status::Stopped, None) => None,
    }
}
