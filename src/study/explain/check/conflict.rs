//! Whether the rules that leave no plan with a place are just those that are named.

use crate::case::answer::Leaf;
use crate::case::scenario::Level;
use crate::certify::{Force, Status};
use crate::id::PersonId;
use crate::study::explain::check::{Checker, Fault, forced};
use crate::study::variant::Variant;

impl Checker<'_> {
    /// With these rules alone nothing is possible, and without any one of them something is.
    pub(super) fn conflict(
        &self,
        person: PersonId,
        force: Force,
        leaves: &[Leaf],
    ) -> Result<Result<(), &'static str>, Fault> {
        let is_impossible = |leaves: &[Leaf]| -> Result<bool, Fault> {
            let best = forced(force, self.keeping(leaves), person).best(self.limits)?;
            Ok(best.status() == Status::Impossible)
        };
        if !leaves.is_sorted_by(|a, b| a < b) || !is_impossible(leaves)? {
            return Ok(Err("the rules named leave a plan"));
        }
        for left_out in leaves {
            let fewer: Vec<Leaf> = leaves.iter().filter(|leaf| *leaf != left_out).copied().collect();
            if is_impossible(&fewer)? {
                return Ok(Err("a rule is named that is not needed"));
            }
        }
        Ok(Ok(()))
    }

    /// The case with only these of the rules that can be left out.
    fn keeping(&self, leaves: &[Leaf]) -> Variant {
        let mut variant = Variant::of(self.case, self.scenario);
        let all = |position: usize, leaf: fn(usize) -> Leaf| leaves.contains(&leaf(position));
        let pins = self.case.pins.iter().enumerate().filter(|&(position, _)| all(position, Leaf::Pin));
        variant.case.pins = pins.map(|(_, pin)| pin.clone()).collect();
        let links = self.case.links.iter().enumerate().filter(|&(position, _)| all(position, Leaf::Link));
        variant.case.links = links.map(|(_, link)| link.clone()).collect();
        for person in self.case.people.ids().filter(|&person| !leaves.contains(&Leaf::Retained(person))) {
            variant.case.people[person].retained_shared = None;
        }
        for (position, rule) in variant.scenario.fairness.iter_mut().enumerate() {
            if !all(position, Leaf::Clause) {
                rule.level = Level::Report;
            }
        }
        variant
    }
}
