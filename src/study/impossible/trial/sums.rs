//! Questions to the solver about the most or the least of a sum.

use crate::case::answer::{Outcome, Plan};
use crate::case::goal::Goal;
use crate::case::scenario::Objective;
use crate::id::{PersonId, PostId};
use crate::kernel::problem::Row;
use crate::model::{self, Model, Target};
use crate::solve;
use crate::study::impossible::changes::Changes;
use crate::study::impossible::trial::Trial;
use crate::study::variant::Variant;

impl Trial<'_> {
    /// What a plan in which the sum of `worth` is most has of `measure`; `None` without a plan, or where that is not proved.
    pub(in crate::study::impossible) fn most(
        &self,
        changes: &Changes,
        worth: &dyn Fn(&Variant, PersonId, PostId) -> i64,
        measure: &dyn Fn(&Variant, &Plan) -> Option<i64>,
    ) -> Option<i64> {
        let mut bench = self.bench.borrow_mut();
        let variant = bench.with(self.case, self.scenario, changes);
        let mut model = model::build(&variant.case, &variant.scenario);
        let arcs = 0..u32::try_from(model.problem.network.arcs()).expect("fewer than 2^32 allowed pairs");
        let terms = arcs.map(|arc| {
            let (person, post) = model.pair(arc);
            (arc, -worth(variant, person, post))
        });
        let row = Row { arcs: terms.filter(|&(_, k)| k != 0).collect(), ..Row::default() };
        let plan = self.best(variant, &mut model, row)?;
        let most = measure(variant, &plan);
        self.known.borrow_mut().remember(self.case, self.scenario, plan);
        most
    }

    /// The fewest further seats of these posts with which there is a plan, post by post; for rules that compare no vacancy rates.
    pub(in crate::study::impossible) fn fewest(&self, posts: &[PostId]) -> Option<Vec<(PostId, u32)>> {
        let whole = Changes::default();
        let taken = {
            let mut bench = self.bench.borrow_mut();
            let variant = bench.with(self.case, self.scenario, &whole);
            let mut model = model::with_twins(&variant.case, &variant.scenario, posts);
            let first = model.posts.len() - posts.len();
            let twins = (0u32..).zip(&model.problem.network.column).filter(|&(_, &column)| column as usize >= first);
            let row = Row { arcs: twins.map(|(arc, _)| (arc, 1)).collect(), ..Row::default() };
            self.best(variant, &mut model, row)?
        };
        let holders = taken.holders(self.case);
        let more = |&post: &PostId| holders[post].checked_sub(self.case.posts[post].capacity).filter(|&more| more > 0);
        let like: Vec<(PostId, u32)> = posts.iter().filter_map(|post| Some((*post, more(post)?))).collect();
        self.known.borrow_mut().remember(self.case, self.scenario, taken);
        let changes = Changes { seats: like.iter().copied().collect(), ..whole };
        (self.possible(&changes) == Some(true)).then_some(like)
    }

    /// The plan in which the row is least, where that is proved.
    fn best(&self, variant: &Variant, model: &mut Model, row: Row) -> Option<Plan> {
        // A name for the goal; what it counts stands in the target.
        model.goals = vec![Goal::whole(0, Objective::Moves)];
        model.targets = vec![Target::Sum(row)];
        self.count(|routes| &mut routes.sums);
        let outcome = self.ask(|limits| solve::best(&variant.case, &variant.scenario, model, limits));
        let found = outcome.and_then(Outcome::proved).map(|answer| answer.plan);
        self.open.set(self.open.get() || found.is_none());
        found
    }
}
