//! Deferred acceptance against its definition, by trying every plan of small cases.

use demerge::case::Case;
use demerge::case::answer::Plan;
use demerge::case::scenario::Scenario;
use demerge::id::{Id, PersonId, PostId};
use demerge::load::SourceFile;
use demerge::load::priority::read_priority;
use demerge::model;
use demerge::study::stable::{Priority, Wishes, blocking, propose};

use crate::cases;
use crate::generate::{self, Size};

/// What a person may hold, from the arcs of the model.
fn options(case: &Case, scenario: &Scenario) -> Vec<Vec<PostId>> {
    let model = model::build(case, scenario);
    let mut options = vec![Vec::new(); case.people.len()];
    for arc in 0..u32::try_from(model.problem.network.arcs()).expect("few") {
        let (person, post) = model.pair(arc);
        options[person.index()].push(post);
    }
    options
}

/// The rank given; what was not listed comes last, and without a response all posts are alike.
fn rank(case: &Case, person: PersonId, post: PostId) -> u32 {
    if case.people[person].preference.response == demerge::case::Response::NoResponse {
        return 0;
    }
    case.ranks.get(&(person, post)).map_or(u32::MAX, |it| it.rank)
}

/// The definition, word by word: would rather have it, and an empty seat or somebody later in line.
fn blocks(case: &Case, order: &[PersonId], plan: &Plan, person: PersonId, post: PostId) -> bool {
    let wants = match plan.post(person) {
        None => true,
        Some(own) => rank(case, person, post) < rank(case, person, own),
    };
    let later = |other: PersonId| order.iter().position(|it| *it == other) > order.iter().position(|it| *it == person);
    let holders: Vec<PersonId> = plan.placed().filter(|&(_, held)| held == post).map(|(who, _)| who).collect();
    let empty = holders.len() < case.posts[post].capacity as usize;
    wants && (empty || holders.iter().any(|&holder| later(holder)))
}

/// Theorem (Gale and Shapley): the plan has no blocking pair; and the count of blocking pairs is the definition's.
#[test]
fn deferred_acceptance_leaves_no_blocking_pair() {
    let mut counted = 0;
    for seed in 0..400 {
        let (case, scenario) = generate::case(5_000_000 + seed, Size::BRUTE);
        let (wishes, priority) = (Wishes::of(&case, &scenario), Priority::by_service(&case));
        let plan = propose(&case, &wishes, &priority);
        assert_eq!(blocking(&case, &wishes, &priority, &plan), [], "seed {seed}");
        let options = options(&case, &scenario);
        let posts: Vec<Option<PostId>> = options.iter().map(|all| all.last().copied()).collect();
        let other = Plan::new(&case, posts);
        for plan in [&plan, &other] {
            let mut found = Vec::new();
            for person in case.people.ids() {
                for &post in &options[person.index()] {
                    if blocks(&case, &priority.order, plan, person, post) {
                        found.push((person, post));
                    }
                }
            }
            let mut told = blocking(&case, &wishes, &priority, plan);
            told.sort();
            assert_eq!(told, found, "seed {seed}");
            counted += found.len();
        }
    }
    assert!(counted > 100, "{counted} blocking pairs were found");
}

/// Theorem: with strict wishes nobody does better in any stable plan; here wishes are made strict by post id.
#[test]
fn nobody_does_better_in_another_stable_plan() {
    for seed in 0..60 {
        let (mut case, scenario) = generate::case(5_100_000 + seed, Size::BRUTE);
        let options = options(&case, &scenario);
        for (person, own) in case.people.ids().zip(&options).collect::<Vec<_>>() {
            case.people[person].preference.response = demerge::case::Response::Responded;
            for (rank, &post) in (1..).zip(own) {
                case.ranks.insert((person, post), demerge::case::Rank { row: 2, rank });
            }
        }
        let (wishes, priority) = (Wishes::of(&case, &scenario), Priority::by_service(&case));
        let best = propose(&case, &wishes, &priority);
        let mut stable = 0;
        each_plan(&case, &options, &mut Vec::new(), &mut |plan| {
            if blocking(&case, &wishes, &priority, plan).is_empty() {
                stable += 1;
                for person in case.people.ids() {
                    let worth = |post: Option<PostId>| post.map_or(u32::MAX, |post| rank(&case, person, post));
                    assert!(worth(best.post(person)) <= worth(plan.post(person)), "seed {seed}");
                }
            }
        });
        // One list for all posts: there is exactly one stable plan.
        assert_eq!(stable, 1, "seed {seed}");
    }
}

fn each_plan(case: &Case, options: &[Vec<PostId>], so_far: &mut Vec<Option<PostId>>, seen: &mut dyn FnMut(&Plan)) {
    let Some(own) = options.get(so_far.len()) else {
        return seen(&Plan::new(case, so_far.clone()));
    };
    for place in own.iter().copied().map(Some).chain([None]) {
        let full =
            |post: PostId| so_far.iter().filter(|it| **it == Some(post)).count() >= case.posts[post].capacity as usize;
        if !place.is_some_and(full) {
            so_far.push(place);
            each_plan(case, options, so_far, seen);
            so_far.pop();
        }
    }
}

/// Theorem: with one list for all posts, deferred acceptance is choosing in turn.
#[test]
fn with_one_list_it_is_choosing_in_turn() {
    for seed in 0..200 {
        let (case, scenario) = generate::case(5_200_000 + seed, Size::THEOREM);
        let priority = Priority::by_service(&case);
        let plan = propose(&case, &Wishes::of(&case, &scenario), &priority);
        let options = options(&case, &scenario);
        let mut taken = vec![0; case.posts.len()];
        for &person in &priority.order {
            let mut own = options[person.index()].clone();
            own.sort_by_key(|&post| (rank(&case, person, post), post));
            let chosen = own.into_iter().find(|&post| taken[post.index()] < case.posts[post].capacity);
            chosen.into_iter().for_each(|post| taken[post.index()] += 1);
            assert_eq!(plan.post(person), chosen, "seed {seed}");
        }
    }
}

/// By hand: P2 and P1 want A01 alike; longer service decides, and a list that was given decides otherwise.
#[test]
fn the_list_decides() {
    let mut case = cases::two_for_one();
    case.people[cases::person(1)].service_years = Some(3);
    let scenario = cases::scenario();
    let wishes = Wishes::of(&case, &scenario);
    let plan = propose(&case, &wishes, &Priority::by_service(&case));
    assert_eq!(plan, cases::plan(&case, &[None, Some(0)]), "unknown years come last");
    let list =
        |text: &str| read_priority(&case, &SourceFile { name: "list.csv".to_owned(), bytes: text.as_bytes().to_vec() });
    let given = list("priority,person_id\r\n2,P2\r\n1,P1\r\n").expect("a good list");
    let plan = propose(&case, &wishes, &Priority::given(&case, &given));
    assert_eq!(plan, cases::plan(&case, &[Some(0), None]));
    for (text, told) in [
        ("person_id,rank\nP1,1\n", "has the columns person_id and priority"),
        ("person_id,priority\nP1,1\n", "list.csv: without a priority: P2"),
        ("person_id,priority\nP1,1\nP1,2\nP2,3\n", "list.csv row 3: P1 stands in the list twice"),
        ("person_id,priority\nP1,first\nP2,2\n", "list.csv row 2: the priority of P1 is \"first\", not a whole number"),
        ("person_id,priority\nP1,1\nP2,2\nP9,3\n", "list.csv row 4: the case has no person P9"),
    ] {
        let fault = list(text).expect_err("a fault").to_string();
        assert!(fault.contains(told), "{fault}");
    }
}
