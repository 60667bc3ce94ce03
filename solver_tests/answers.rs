//! What answers still to come could change: against trying every answer and every plan, against facts of case47.

mod mutants;
mod verb;

use std::collections::BTreeMap;

use demerge::case::answer::Plan;
use demerge::case::goal::{Goal, Part};
use demerge::case::scenario::{Objective, Scenario};
use demerge::case::{Case, Preference, Preferred, Response};
use demerge::id::{AuthorityId, PersonId};
use demerge::report::answers::add_note;
use demerge::report::page::Page;
use demerge::report::terminal::write_text;
use demerge::study::answers::check::{MOST_RECOUNTED, check};
use demerge::study::answers::figure::Figure;
use demerge::study::answers::open::{Kind, Open, Said};
use demerge::study::answers::weight::Weight;
use demerge::study::answers::{Answered, Asked, MOST_SOLVES, Range, Ranges, ranges};

use crate::cases::{self, a, authority, b, person};
use crate::generate::Size;
use crate::oracle::{self, Truth};
use crate::price::{LIMITS, loaded};
use crate::truth;

/// The ranges, where the case has a plan today.
pub(super) fn found(case: &Case, scenario: &Scenario, most: usize) -> Option<Ranges> {
    match ranges(case, scenario, most, &LIMITS).expect("certified") {
        Answered::Ranges(ranges) => Some(*ranges),
        Answered::Impossible => None,
        Answered::Stopped => panic!("nothing stops it"),
    }
}

/// What a test says that people may answer, from the words of the contract; the first is what the file has.
fn may_say(case: &Case, scenario: &Scenario, who: PersonId) -> Vec<Option<Preferred>> {
    let preference = &case.people[who].preference;
    let offers = |authority: AuthorityId| {
        case.posts.iter().any(|(id, post)| post.authority == authority && offered(case, scenario, id))
    };
    let placed_by_rule = certify_demands(case, scenario, who);
    let leave = (!placed_by_rule).then_some(Some(Preferred::Leave));
    let none: Vec<Option<Preferred>> = vec![None];
    match (preference.response, preference.preferred) {
        (Response::NoResponse | Response::Declined, _) => {
            let stated = case.authorities.ids().filter(|&it| offers(it)).map(|it| Some(Preferred::Authority(it)));
            none.into_iter().chain(stated).chain([Some(Preferred::NoPreference)]).chain(leave).collect()
        }
        (Response::Late, Preferred::Leave) => none.into_iter().chain([Some(Preferred::Blank)]).chain(leave).collect(),
        (Response::Late, _) => vec![None, Some(Preferred::Blank)],
        (Response::Responded, Preferred::Leave) => none.into_iter().chain(leave).collect(),
        (Response::Responded, _) => none,
    }
}

fn offered(case: &Case, scenario: &Scenario, post: demerge::id::PostId) -> bool {
    let row = &case.posts[post];
    let chosen = scenario.structures.get(&row.authority);
    row.status == demerge::case::PostStatus::Open && chosen.is_some_and(|it| row.structures.contains(it))
}

fn certify_demands(case: &Case, scenario: &Scenario, who: PersonId) -> bool {
    use demerge::case::Decision::{MustAuthority, MustPost};
    let pinned = |pin: &demerge::case::Pin| pin.person == who && matches!(pin.decision, MustPost(_) | MustAuthority(_));
    let kept = scenario.policy.retained_shared == demerge::case::scenario::RetainedShared::Pin;
    scenario.use_pins && case.pins.iter().any(pinned) || kept && case.people[who].retained_shared == Some(true)
}

/// The files with this answer written into them: blank is "no answer", and who goes has no match.
fn write(case: &mut Case, who: PersonId, said: Option<Preferred>) {
    match said {
        None => {}
        Some(Preferred::Blank) => case.people[who].preference = Preference::ABSENT,
        Some(preferred) => {
            case.people[who].preference.preferred = preferred;
            case.people[who].preference.response = Response::Responded;
            if preferred == Preferred::Leave {
                case.matches.retain(|&(it, _), _| it != who);
            }
        }
    }
}

/// Outcomes of a plan, counted here.
fn count(case: &Case, scenario: &Scenario, plan: &Plan, values: &[i64]) -> BTreeMap<Figure, i64> {
    let placed: Vec<_> = plan.placed().collect();
    let number = |count: usize| i64::try_from(count).expect("few");
    let stated = |who: PersonId| match case.people[who].preference.preferred {
        Preferred::Authority(it) => Some(it),
        Preferred::NoPreference | Preferred::Leave | Preferred::Blank => None,
    };
    let met = number(placed.iter().filter(|(who, post)| stated(*who) == Some(case.posts[*post].authority)).count());
    let all = number(case.people.ids().filter(|&who| stated(who).is_some()).count());
    let mut counted = BTreeMap::from([
        (Figure::Placed, number(placed.len())),
        (Figure::Met, met),
        (Figure::NotMet, all - met),
        (Figure::Vacancies, 0),
        (Figure::Cover, 0),
    ]);
    for (id, post) in case.posts.iter().filter(|(id, _)| offered(case, scenario, *id)) {
        let empty = i64::from(post.capacity) - number(placed.iter().filter(|(_, held)| *held == id).count());
        *counted.get_mut(&Figure::Vacancies).expect("there") += empty;
        *counted.entry(Figure::VacanciesAt(post.authority)).or_default() += empty;
    }
    for authority in case.authorities.ids() {
        for &role in &scenario.statutory_cover.roles {
            let covers = |(who, post): &&(PersonId, demerge::id::PostId)| {
                case.posts[*post].authority == authority
                    && case.posts[*post].tier <= scenario.statutory_cover.max_tier
                    && case.people[*who].statutory_roles.contains(&role)
            };
            let is_covered = i64::from(placed.iter().any(|it| covers(&it)));
            counted.insert(Figure::CoverAt(authority, role), is_covered);
            *counted.get_mut(&Figure::Cover).expect("there") += is_covered;
        }
    }
    if scenario.objectives.iter().all(|objective| objective.profile().is_none()) {
        for ((position, &objective), &value) in scenario.objectives.iter().enumerate().zip(values) {
            counted.insert(Figure::Goal(Goal { position, objective, part: Part::Whole }), value);
        }
    }
    counted
}

/// Outcomes of every combination of answers, found by trying every plan of each; none where there is no plan.
pub(super) fn every_answer(
    case: &Case,
    scenario: &Scenario,
    most: usize,
) -> Option<Vec<Option<BTreeMap<Figure, i64>>>> {
    let mut cases = vec![case.clone()];
    for who in case.people.ids() {
        let answers = may_say(case, scenario, who);
        if cases.len() * answers.len() > most {
            return None;
        }
        let with = |said: &Option<Preferred>| {
            cases
                .iter()
                .map(|it| {
                    let mut it = it.clone();
                    write(&mut it, who, *said);
                    it
                })
                .collect::<Vec<Case>>()
        };
        cases = answers.iter().flat_map(with).collect();
    }
    let outcome = |case: &Case| match oracle::truth(case, scenario) {
        Truth::Impossible => None,
        Truth::Best { plan, values, .. } => Some(count(case, scenario, &plan, &values)),
    };
    Some(cases.iter().map(outcome).collect())
}

/// Least and most of a figure over the combinations that have a plan.
fn ends(all: &[Option<BTreeMap<Figure, i64>>], figure: Figure) -> Option<(i64, i64)> {
    let values = || all.iter().flatten().map(|values| values.get(&figure).copied().unwrap_or(0));
    Some((values().min()?, values().max()?))
}

fn pair(range: &Range) -> (i64, i64) {
    let (worst, best) = (range.worst.value, range.best.value);
    (worst.min(best), worst.max(best))
}

/// What a seed tried: cases, ranges that are no single value, combinations without a plan, solves saved.
type Tried = [usize; 4];

fn agrees(case: &Case, scenario: &Scenario) -> Result<Tried, String> {
    let Some(all) = every_answer(case, scenario, 80) else { return Ok([0; 4]) };
    let Some(ranges) = found(case, scenario, usize::MAX) else {
        return if all[0].is_none() { Ok([0; 4]) } else { Err("it has a plan today".to_owned()) };
    };
    let without_plan = all.iter().filter(|it| it.is_none()).count();
    if !ranges.is_whole() || ranges.combinations != all.len() as u128 {
        return Err(format!("{} combinations, not {}", ranges.combinations, all.len()));
    }
    if ranges.without_plan != without_plan as u128 {
        return Err(format!("{} without a plan, not {without_plan}", ranges.without_plan));
    }
    let mut moved = 0;
    for range in ranges.ranges.iter().filter(|range| is_counted(scenario, range.figure)) {
        if Some(pair(range)) != ends(&all, range.figure) {
            return Err(format!("{range:?}, not {:?}", ends(&all, range.figure)));
        }
        moved += usize::from(range.worst.value != range.best.value);
    }
    check(case, scenario, &ranges, &LIMITS).map_err(|fault| fault.to_string())?;
    Ok([1, moved, without_plan, all.len().saturating_sub(ranges.solves)])
}

/// The oracle has the values of a scenario's objectives in one row; where one is over ranks they are not told apart here.
fn is_counted(scenario: &Scenario, figure: Figure) -> bool {
    match figure {
        Figure::Goal(_) => scenario.objectives.iter().all(|objective| objective.profile().is_none()),
        _ => true,
    }
}

fn total(seeds: std::ops::Range<u64>, check: &dyn Fn(&Case, &Scenario) -> Result<Tried, String>) -> Tried {
    seeds.fold([0; 4], |sum, seed| {
        let tried = truth::on_seed(seed, Size::BRUTE, check);
        std::array::from_fn(|at| sum[at] + tried[at])
    })
}

/// Truth: every combination of answers, and every plan of each.
#[test]
fn every_range_is_what_trying_every_answer_finds() {
    let seeds = truth::setting("DEMERGE_ANSWER_CASES", 100);
    let [cases, moved, without_plan, saved] = total(7_000_000..7_000_000 + seeds, &agrees);
    println!("{cases} cases, {moved} ranges, {without_plan} without a plan, {saved} solves saved");
    assert!(cases > 40 && moved > 200 && without_plan > 5 && saved > 200, "{cases} {moved} {without_plan} {saved}");
}

/// What is shown where not everything is tried: the range found lies within the truth, and the truth within the bounds.
fn is_honest(case: &Case, scenario: &Scenario, most: usize) -> Result<Tried, String> {
    let Some(all) = every_answer(case, scenario, 80) else { return Ok([0; 4]) };
    let Some(ranges) = found(case, scenario, most).filter(|ranges| !ranges.is_whole()) else { return Ok([0; 4]) };
    if ranges.known >= ranges.combinations || ranges.combinations != all.len() as u128 {
        return Err(format!("{} of {} combinations", ranges.known, ranges.combinations));
    }
    let (mut bounded, mut tight) = (0, 0);
    for range in ranges.ranges.iter().filter(|range| is_counted(scenario, range.figure)) {
        let (least, most) = ends(&all, range.figure).expect("today has a plan");
        let (low, high) = pair(range);
        if low < least || high > most {
            return Err(format!("{range:?} is not within {least} to {most}"));
        }
        let is_most = range.figure.sense() == demerge::case::scenario::Sense::Most;
        let (floor, roof) =
            if is_most { (range.bound.worst, range.bound.best) } else { (range.bound.best, range.bound.worst) };
        if floor.is_some_and(|floor| floor > least) || roof.is_some_and(|roof| roof < most) {
            return Err(format!("{range:?} does not hold {least} to {most}"));
        }
        bounded += usize::from(floor.is_some()) + usize::from(roof.is_some());
        tight += usize::from(floor == Some(least)) + usize::from(roof == Some(most));
    }
    check(case, scenario, &ranges, &LIMITS).map_err(|fault| fault.to_string())?;
    Ok([1, bounded, tight, 0])
}

/// Truth: every combination of answers, and every plan of each.
#[test]
fn bounds_hold_every_answer_and_what_is_found_is_reached() {
    let [mut cases, mut bounded, mut tight] = [0; 3];
    for most in [1, 3, 8] {
        let tried = total(7_100_000..7_100_060, &|case, scenario| is_honest(case, scenario, most));
        (cases, bounded, tight) = (cases + tried[0], bounded + tried[1], tight + tried[2]);
    }
    println!("{cases} cases, {bounded} bounds, {tight} of them reached");
    assert!(cases > 30 && bounded > 100 && tight > bounded / 2, "{cases} {bounded} {tight}");
}

/// Truth: every combination solved by itself, in cases too large for trying every plan; `check` does that for few combinations.
#[test]
fn larger_cases_are_what_every_combination_says() {
    let (mut tried, mut apart) = (0, 0);
    for seed in 0..16 {
        let (mut case, scenario) = crate::generate::case(7_200_000 + seed, Size::THEOREM);
        let mut left = 3;
        for who in case.people.ids() {
            let is_open = may_say(&case, &scenario, who).len() > 1;
            let preference = &mut case.people[who].preference;
            if is_open && left > 0 {
                left -= 1;
            } else if is_open {
                preference.response = Response::Responded;
                preference.preferred = Preferred::NoPreference;
            }
        }
        let Some(ranges) = found(&case, &scenario, usize::MAX) else { continue };
        assert!(ranges.is_whole(), "seed {seed}");
        if ranges.combinations > MOST_RECOUNTED {
            continue;
        }
        check(&case, &scenario, &ranges, &LIMITS).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        tried += 1;
        apart += usize::from(ranges.groups.len() > 1);
    }
    assert!(tried > 4 && apart > 0, "{tried} cases, {apart} with groups apart");
}

/// By the contract's words: what each kind of person may still say.
#[test]
fn each_kind_of_person_may_say_what_the_contract_lets_them() {
    let (mut case, mut scenario) = (cases::tiny(), cases::scenario());
    let said = |case: &Case, scenario: &Scenario| {
        let ranges = found(case, scenario, MOST_SOLVES).expect("a plan");
        ranges.open.into_iter().map(|it| (it.person, it.kind, it.answers)).collect::<Vec<_>>()
    };
    let any = vec![
        Said::AsToday,
        Said::Authority(authority(a())),
        Said::Authority(authority(b())),
        Said::NoPreference,
        Said::Leaves,
    ];
    assert_eq!(said(&case, &scenario), [(person(3), Kind::NoResponse, any.clone())]);
    case.people[person(0)].preference.response = Response::Late;
    case.people[person(1)].preference.response = Response::Declined;
    case.people[person(2)].preference.preferred = Preferred::Leave;
    let all = [
        (person(0), Kind::Late, vec![Said::AsToday, Said::NotCounted]),
        (person(1), Kind::Declined, any.clone()),
        (person(2), Kind::WouldLeave, vec![Said::AsToday, Said::Leaves]),
        (person(3), Kind::NoResponse, any.clone()),
    ];
    assert_eq!(said(&case, &scenario), all);
    // Whom a decision keeps in a post cannot go; an authority without a post on offer cannot be asked for.
    case.pins = vec![cases::pin(3, demerge::case::Decision::MustAuthority(authority(b())))];
    assert_eq!(said(&case, &scenario)[3].2, any[..4]);
    scenario.structures.remove(&authority(a()));
    assert_eq!(said(&case, &scenario)[1].2, [&any[..1], &any[2..]].concat());
    // A decision to go that must be placed all the same is no open answer.
    case.pins = vec![cases::pin(2, demerge::case::Decision::MustAuthority(authority(b())))];
    assert_eq!(said(&case, &scenario)[2].2, [Said::AsToday]);
}

/// By hand: four people on four posts. P4 may go (an empty seat), or state A or B (met either way, all seats being alike).
#[test]
fn a_small_case_is_what_it_is_by_hand() {
    let (case, scenario) = (cases::tiny(), cases::scenario());
    let ranges = found(&case, &scenario, MOST_SOLVES).expect("a plan");
    let is = |figure| {
        let range = ranges.range(figure).expect("a range");
        [range.worst.value, range.today, range.best.value]
    };
    assert_eq!(is(Figure::Vacancies), [1, 0, 0]);
    assert_eq!(is(Figure::Placed), [3, 4, 4]);
    // P1 stated A, P2 and P3 B: all met today, with P4 at A. Who states A is met, who states B is the third there.
    assert_eq!(is(Figure::Met), [3, 3, 4]);
    assert_eq!(is(Figure::NotMet), [1, 0, 0]);
    assert_eq!((ranges.combinations, ranges.known, ranges.without_plan), (5, 5, 0));
    let weight = &ranges.weights[0];
    assert_eq!((weight.position, weight.alone, weight.whatever), (0, Some([1, 0, 1, 1]), Some([1, 0, 1, 1])));
}

/// Where nobody's answer is open, there is one combination, and it is today's.
#[test]
fn without_open_answers_every_range_is_one_value() {
    let (mut case, scenario) = (cases::tiny(), cases::scenario());
    case.people[person(3)].preference.response = Response::Responded;
    let ranges = found(&case, &scenario, MOST_SOLVES).expect("a plan");
    assert!(ranges.open.is_empty() && ranges.combinations == 1 && ranges.known == 1);
    assert!(ranges.ranges.iter().all(|range| range.worst.value == range.today && range.best.value == range.today));
    check(&case, &scenario, &ranges, &LIMITS).expect("it holds");
}

/// By construction: twenty people in as many small cases side by side, so 5^20 combinations, and every one is accounted for.
#[test]
fn people_who_are_in_nobodys_way_are_taken_apart() {
    let letters: Vec<String> = (0..20).map(|at| format!("{at:02}")).collect();
    let people = letters.iter().map(|at| cases::person_record(&format!("P{at}"), a(), None)).collect();
    let posts = letters.iter().map(|at| cases::post_record(&format!("A{at}"), a()));
    let other = letters.iter().map(|at| cases::post_record(&format!("B{at}"), b()));
    let mut case = cases::case_of(people, posts.chain(other).collect());
    case.matches.retain(|&(who, post), _| own(who, post));
    let scenario = cases::scenario();
    let ranges = found(&case, &scenario, MOST_SOLVES).expect("a plan");
    assert_eq!((ranges.combinations, ranges.known, ranges.groups.len()), (5u128.pow(20), 5u128.pow(20), 20));
    let placed = ranges.range(Figure::Placed).expect("a range");
    assert_eq!((placed.worst.value, placed.today, placed.best.value), (0, 20, 20));
    let met = ranges.range(Figure::Met).expect("a range");
    assert_eq!((met.worst.value, met.best.value), (0, 20));
    assert!(ranges.solves <= 100, "{}", ranges.solves);
    check(&case, &scenario, &ranges, &LIMITS).expect("it holds");
}

/// The post of the same number, at either authority.
fn own(who: PersonId, post: demerge::id::PostId) -> bool {
    use demerge::id::Id;
    post.index() % 20 == who.index()
}

/// Facts of case47: A22 and A32 have nobody but P28 and P45 to go there, and P41 has answered late.
#[test]
fn the_answers_of_case47_are_known() {
    let (case, scenario) = loaded("case47", "S1");
    let ranges = found(&case, &scenario, MOST_SOLVES).expect("a plan");
    let codes: Vec<&str> = ranges.open.iter().map(|it| case.people[it.person].code.as_str()).collect();
    assert_eq!(codes, ["P28", "P41", "P45"]);
    assert_eq!((ranges.combinations, ranges.known, ranges.without_plan), (50, 50, 0));
    let is = |figure| {
        let range = ranges.range(figure).expect("a range");
        [range.worst.value, range.today, range.best.value]
    };
    println!(
        "{:#?}",
        ranges.ranges.iter().map(|it| (it.figure, it.worst.value, it.today, it.best.value)).collect::<Vec<_>>()
    );
    assert_eq!(is(Figure::Vacancies), [11, 9, 9]);
    assert_eq!(is(Figure::Placed), [44, 46, 46]);
    assert_eq!(is(Figure::VacanciesAt(authority(a()))), [9, 7, 7]);
    assert_eq!(is(Figure::VacanciesAt(authority(b()))), [2, 2, 2]);
    assert_eq!(is(Figure::Cover), [4, 4, 4]);
    let first: Vec<&str> =
        ranges.weights.iter().map(|it| case.people[ranges.open[it.position].person].code.as_str()).collect();
    assert_eq!(first, ["P28", "P45", "P41"]);
    assert!(ranges.weights[0].ties(&ranges.weights[1]));
    let objective = |it: &Range| matches!(it.figure, Figure::Goal(Goal { objective: Objective::Placed, .. }));
    let placed = ranges.ranges.iter().find(|it| objective(it)).expect("an objective");
    assert_eq!((placed.worst.value, placed.best.value), (44, 46));
    check(&case, &scenario, &ranges, &LIMITS).expect("it holds");
}

/// By hand: that no answer by itself moves a figure does not say that several together move none.
#[test]
fn what_is_not_known_is_not_denied() {
    let case = cases::tiny();
    let open =
        vec![Open { person: person(3), kind: Kind::NoResponse, answers: vec![Said::AsToday, Said::NoPreference] }];
    let told = |whatever| {
        let weight = Weight { position: 0, may_be_impossible: false, alone: Some([0; 4]), whatever };
        let mut page = Page { title: String::new(), lead: String::new(), sections: Vec::new() };
        add_note(&mut page, &case, &Asked { open: open.clone(), weights: vec![weight] });
        write_text(&page, 500)
    };
    assert!(told(None).contains("No answer by itself moves vacancies"), "{}", told(None));
    assert!(told(Some([0; 4])).contains("Nothing that may still be said moves vacancies"));
    let once = "once others have answered, their answer may move 1 vacancy and 1 placement.";
    assert!(told(Some([1, 0, 1, 0])).contains(once), "{}", told(Some([1, 0, 1, 0])));
}
