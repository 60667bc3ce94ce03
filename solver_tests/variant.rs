//! Variants of a case: forcing a place gives what trying every plan with that place gives.

use demerge::certify::Status;
use demerge::id::{Id, PersonId};
use demerge::solve::{Limits, Solver};
use demerge::study::variant::{Variant, changes, is_proved};

use crate::generate::Size;
use crate::oracle::{self, Truth};
use crate::truth;

/// The oracle knows pins and matches and no variant: it gets the case with them written out.
#[test]
fn a_forced_place_is_worth_what_trying_every_plan_finds() {
    let limits = Limits { solver: Solver::Network, should_stop: &|| false };
    for seed in 0..60 {
        truth::on_seed(3_000_000 + seed, Size::BRUTE, &|case, scenario| {
            let person = PersonId::at(usize::try_from(seed).expect("few") % case.people.len());
            let posts = case.matches.keys().filter(|&&(who, _)| who == person).map(|&(_, post)| Some(post));
            for place in posts.chain([None]) {
                let variant = Variant::of(case, scenario).forced(person, place);
                let best = variant.best(&limits).map_err(|refusal| refusal.to_string())?;
                match oracle::truth(&variant.case, &variant.scenario) {
                    Truth::Impossible if best.status() == Status::Impossible => {}
                    Truth::Best { values, .. } if is_proved(&best) => {
                        let found: Vec<i64> = best.objectives().iter().map(|scored| scored.value).collect();
                        if found != values {
                            return Err(format!("{person:?} at {place:?}: {found:?}, not {values:?}"));
                        }
                        if best.plan().map(|plan| plan.post(person)) != Some(place) {
                            return Err(format!("{person:?} is not at {place:?}"));
                        }
                        if changes(&best, &best).iter().any(|change| change.was != change.is) {
                            return Err("an answer differs from itself".to_owned());
                        }
                    }
                    truth => return Err(format!("{person:?} at {place:?}: {:?}, not {truth:?}", best.status())),
                }
            }
            Ok(())
        });
    }
}
