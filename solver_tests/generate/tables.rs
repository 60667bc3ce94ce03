//! The tables of a random case.

use std::collections::{BTreeMap, BTreeSet};

use demerge::case::{
    Authority, Case, Contract, Criticality, Decision, Disposition, EmploymentStatus, Grade, JointPost, Link, LinkKind,
    Match, MatchKind, Person, Pin, Post, PostStatus, Preference, Preferred, Rank, Response, Round, StatutoryRole,
    Strength, Structure,
};
use demerge::id::{AuthorityId, GradeId, Id, PersonId, PostId, StructureId, Table};
use demerge::quantity::{BasisPoints, Fte, Miles, Pence};

use crate::generate::{Dice, Size};

pub(crate) const FUNCTIONS: [&str; 3] = ["finance", "legal", "planning"];
const QUALIFICATIONS: [&str; 2] = ["CCAB", "solicitor"];

/// Every table but pins and links.
pub(crate) fn case(dice: &mut Dice, size: Size) -> Case {
    let authority_count = dice.pick(&[2, 2, 2, 3, 3, 4]);
    let mut case = Case {
        authorities: authorities(dice, authority_count),
        structures: structures(dice, authority_count),
        grades: grades(),
        people: Table::new(Vec::new()),
        joint_posts: Table::new(Vec::new()),
        posts: Table::new(Vec::new()),
        matches: BTreeMap::new(),
        ranks: BTreeMap::new(),
        pins: Vec::new(),
        links: Vec::new(),
        travel: None,
    };
    case.joint_posts = joint_posts(dice, authority_count);
    case.posts = posts(dice, size, &case);
    case.people = people(dice, size, &case);
    case.matches = matches(dice, size, &case);
    case.ranks = ranks(dice, &case);
    case.travel = travel(dice, &case);
    case
}

/// Adds pins and links.
pub(crate) fn decide(dice: &mut Dice, case: &mut Case) {
    case.pins = pins(dice, case);
    case.links = links(dice, case);
}

/// Between the two, rather more than fewer.
fn more(dice: &mut Dice, (low, high): (i64, i64)) -> i64 {
    dice.between(low, high).max(dice.between(low, high))
}

fn authorities(dice: &mut Dice, count: usize) -> Table<AuthorityId, Authority> {
    let one = |code: &&str| Authority {
        code: (*code).to_owned(),
        name: format!("{code} District Council"),
        cost_share: None,
        budget: dice.chance(50).then(|| Pence(dice.between(1, 90_000_000))),
    };
    Table::new(["A", "B", "C", "D"][..count].iter().map(one).collect())
}

fn structures(dice: &mut Dice, count: usize) -> Table<StructureId, Structure> {
    let mut rows = Vec::new();
    for (position, letter) in ["A", "B", "C", "D"][..count].iter().enumerate() {
        for version in 1..=dice.pick(&[1, 1, 2, 3]) {
            rows.push(Structure {
                code: format!("{letter}{version}"),
                authority: AuthorityId::at(position),
                label: String::new(),
                note: String::new(),
            });
        }
    }
    Table::new(rows)
}

fn grades() -> Table<GradeId, Grade> {
    let one = |rank: i32| Grade {
        code: format!("G{rank}"),
        scheme: "NJC".to_owned(),
        rank,
        salary_min: Pence(i64::from(rank) * 1_200_000 + 900_000),
        salary_max: Pence(i64::from(rank) * 1_200_000 + 2_300_000),
    };
    Table::new((1..=5).map(one).collect())
}

/// Shares in many shapes: halves, just over and just under a half, all or nothing, three ways.
fn shares(dice: &mut Dice, count: usize) -> BTreeMap<AuthorityId, BasisPoints> {
    let shapes: &[&[i32]] = &[
        &[5_000, 5_000],
        &[6_000, 4_000],
        &[5_001, 4_999],
        &[10_000, 0],
        &[10_000],
        &[3_334, 3_333, 3_333],
        &[5_000, 2_500, 2_500],
        &[6_000, 2_500, 1_500],
    ];
    let fitting: Vec<&[i32]> = shapes.iter().copied().filter(|shape| shape.len() <= count).collect();
    let shape = dice.pick(&fitting);
    let mut order: Vec<usize> = (0..count).collect();
    dice.shuffle(&mut order);
    order.iter().zip(shape).map(|(&a, &share)| (AuthorityId::at(a), BasisPoints(share))).collect()
}

fn joint_posts(dice: &mut Dice, count: usize) -> Table<demerge::id::JointPostId, JointPost> {
    let joint_count = dice.pick(&[0, 2, 3, 5]);
    let one = |position: i64| JointPost {
        code: format!("J{position:02}"),
        title: String::new(),
        tier: dice.count(1, 5),
        directorate: String::new(),
        function: dice.pick(&FUNCTIONS).to_owned(),
        grade: GradeId::at(dice.below(5)),
        fte: fte(dice),
        employer: AuthorityId::at(dice.below(count)),
        disposition: dice.pick(Disposition::ALL),
        shares: shares(dice, count),
    };
    Table::new((1..=joint_count).map(one).collect())
}

fn fte(dice: &mut Dice) -> Fte {
    match dice.below(10) {
        0..=4 => Fte::FULL,
        5..=7 => Fte(dice.int(1, 10) * 1_000),
        8 => Fte(dice.pick(&[1, 3_333, 5_405, 7_143, 8_108, 9_999])),
        _ => Fte(dice.int(1, 10_000)),
    }
}

fn flag(dice: &mut Dice, yes: usize) -> Option<bool> {
    match dice.below(100) {
        roll if roll < yes => Some(true),
        roll if roll < 85 => Some(false),
        _ => None,
    }
}

fn posts(dice: &mut Dice, size: Size, case: &Case) -> Table<PostId, Post> {
    let count = more(dice, size.posts);
    let retained = dice.pick(&[10, 40, 70]);
    let rows = (1..=count).map(|position| post(dice, case, u32::try_from(position).expect("few posts"), retained));
    Table::new(rows.collect())
}

fn post(dice: &mut Dice, case: &Case, position: u32, retained: usize) -> Post {
    let authority = AuthorityId::at(dice.below(case.authorities.len()));
    let own: Vec<StructureId> =
        case.structures.iter().filter(|(_, s)| s.authority == authority).map(|(id, _)| id).collect();
    let mut structures: BTreeSet<StructureId> = dice.some(&own, 80).into_iter().collect();
    if structures.is_empty() {
        structures.insert(dice.pick(&own));
    }
    let mut functions: BTreeSet<String> = dice.some(&FUNCTIONS, 40).into_iter().map(str::to_owned).collect();
    if functions.is_empty() {
        functions.insert(dice.pick(&FUNCTIONS).to_owned());
    }
    let grade = dice.pick(&[0, 1, 2, 2, 2, 3, 4]);
    let salary_min = Pence(i64::try_from(grade).expect("few grades") * 1_200_000 + dice.between(1_900_000, 2_900_001));
    Post {
        code: format!("X{position:02}"),
        row: position + 1,
        authority,
        title: String::new(),
        tier: dice.count(1, 5),
        functions,
        grade: GradeId::at(grade),
        fte: fte(dice),
        capacity: dice.pick(&[1, 1, 1, 1, 2, 3]),
        statutory_role: dice.chance(20).then(|| dice.pick(StatutoryRole::ALL)),
        essential_qualification: dice.chance(15).then(|| dice.pick(&QUALIFICATIONS).to_owned()),
        criticality: dice.pick(Criticality::ALL),
        status: if dice.chance(88) { PostStatus::Open } else { dice.pick(PostStatus::ALL) },
        structures,
        retained_shared: flag(dice, retained),
        salary_min,
        salary_max: Pence(salary_min.0 + dice.between(0, 1_500_000)),
    }
}

fn people(dice: &mut Dice, size: Size, case: &Case) -> Table<PersonId, Person> {
    let count = more(dice, size.people);
    // Few different salaries and hours in some cases, so that many plans tie.
    let alike = dice.chance(40);
    let rows = (1..=count).map(|position| person(dice, case, u32::try_from(position).expect("few people"), alike));
    Table::new(rows.collect())
}

fn person(dice: &mut Dice, case: &Case, position: u32, alike: bool) -> Person {
    let joint_post = if case.joint_posts.is_empty() || dice.chance(20) {
        None
    } else {
        Some(demerge::id::JointPostId::at(dice.below(case.joint_posts.len())))
    };
    let employer = match joint_post {
        Some(joint) if dice.chance(70) => case.joint_posts[joint].employer,
        _ => AuthorityId::at(dice.below(case.authorities.len())),
    };
    let grade = dice.pick(&[1, 2, 2, 2, 3]);
    Person {
        code: format!("P{position:02}"),
        row: position + 1,
        joint_post,
        employer,
        grade: GradeId::at(grade),
        salary: if alike { Pence(3_600_000) } else { Pence(dice.between(2_000_000, 6_000_000)) },
        fte: if alike { Fte::FULL } else { fte(dice) },
        contract: dice.pick(Contract::ALL),
        fixed_term_end: None,
        service_years: dice.chance(80).then(|| dice.count(0, 40)),
        qualifications: dice.some(&QUALIFICATIONS, 50).into_iter().map(str::to_owned).collect(),
        statutory_roles: dice.some(StatutoryRole::ALL, 30).into_iter().collect(),
        status: dice.pick(EmploymentStatus::ALL),
        retained_shared: flag(dice, 20),
        preference: preference(dice, case),
    }
}

fn preference(dice: &mut Dice, case: &Case) -> Preference {
    if dice.chance(10) {
        return Preference::ABSENT;
    }
    let preferred = match dice.below(10) {
        0..=6 => Preferred::Authority(AuthorityId::at(dice.below(case.authorities.len()))),
        7 => Preferred::NoPreference,
        8 => Preferred::Leave,
        _ => Preferred::Blank,
    };
    Preference {
        preferred,
        strength: dice.chance(70).then(|| dice.pick(Strength::ALL)),
        response: if dice.chance(60) { Response::Responded } else { dice.pick(Response::ALL) },
        round: dice.chance(70).then(|| dice.pick(Round::ALL)),
        received: None,
    }
}

fn matches(dice: &mut Dice, size: Size, case: &Case) -> BTreeMap<(PersonId, PostId), Match> {
    let density = if case.people.len() > 7 { dice.pick(&[15, 25, 40]) } else { dice.pick(&[50, 70, 90, 100]) };
    let mut pairs: Vec<Vec<PostId>> = Vec::new();
    for person in case.people.values() {
        let posts: Vec<PostId> = case.posts.ids().collect();
        let fits = |post: &PostId| {
            (-2..=1).contains(&(case.grades[case.posts[*post].grade].rank - case.grades[person.grade].rank))
        };
        let mut fitting: Vec<PostId> = posts.into_iter().filter(fits).collect();
        fitting.retain(|_| dice.chance(density));
        pairs.push(fitting);
    }
    thin(dice, &mut pairs, size.plans);
    let mut all = BTreeMap::new();
    let mut row = 1;
    for (person, posts) in case.people.ids().zip(pairs) {
        for post in posts {
            row += 1;
            let difference = case.grades[case.posts[post].grade].rank - case.grades[case.people[person].grade].rank;
            let kind = match_kind(dice, difference);
            all.insert((person, post), Match { row, kind, grade_difference: difference, evidence: String::new() });
        }
    }
    all
}

/// Takes options away until all plans can be tried.
fn thin(dice: &mut Dice, pairs: &mut [Vec<PostId>], plans: u64) {
    while pairs.iter().try_fold(1u64, |n, posts| n.checked_mul(posts.len() as u64 + 1)).is_none_or(|n| n > plans) {
        if plans == u64::MAX {
            return;
        }
        let longest = pairs.iter_mut().max_by_key(|posts| posts.len()).expect("a product above 1 has a factor");
        let gone = dice.below(longest.len());
        longest.remove(gone);
    }
}

fn match_kind(dice: &mut Dice, difference: i32) -> MatchKind {
    match difference {
        1 => dice.pick(&[MatchKind::Promotion, MatchKind::Promotion, MatchKind::Partial, MatchKind::Direct]),
        0 => dice.pick(&[MatchKind::Direct, MatchKind::Direct, MatchKind::Partial, MatchKind::Alternative]),
        _ => dice.pick(MatchKind::ALL),
    }
}

fn ranks(dice: &mut Dice, case: &Case) -> BTreeMap<(PersonId, PostId), Rank> {
    let listed = dice.pick(&[0, 50, 80, 100]);
    let highest = dice.pick(&[2, 4, 9]);
    let mut all = BTreeMap::new();
    for pair in case.people.ids().flat_map(|person| case.posts.ids().map(move |post| (person, post))) {
        let percent = if case.matches.contains_key(&pair) { listed } else { 3 };
        if dice.chance(percent) {
            let row = u32::try_from(all.len()).expect("few ranks") + 2;
            all.insert(pair, Rank { row, rank: dice.count(1, highest) });
        }
    }
    all
}

fn travel(dice: &mut Dice, case: &Case) -> Option<BTreeMap<(PersonId, AuthorityId), Miles>> {
    if dice.chance(35) {
        return None;
    }
    let pairs = case.people.ids().flat_map(|person| case.authorities.ids().map(move |a| (person, a)));
    let kept: Vec<_> = pairs.filter(|_| dice.chance(85)).collect();
    Some(kept.into_iter().map(|pair| (pair, Miles(dice.between(0, 6_000)))).collect())
}

fn pins(dice: &mut Dice, case: &Case) -> Vec<Pin> {
    let percent = dice.pick(&[0, 0, 8, 25]);
    let mut decisions = Vec::new();
    for person in case.people.ids() {
        if dice.chance(percent) {
            decisions.extend(decide_one(dice, case, person).into_iter().map(|decision| (person, decision)));
        }
    }
    dice.shuffle(&mut decisions);
    let pin = |(row, (person, decision))| Pin {
        row,
        person,
        decision,
        reason: String::new(),
        decided_by: "chief executive".to_owned(),
        date: None,
    };
    (2..).zip(decisions).map(pin).collect()
}

/// Decisions about one person that do not contradict each other.
fn decide_one(dice: &mut Dice, case: &Case, person: PersonId) -> Vec<Decision> {
    let all: Vec<PostId> = case.posts.ids().collect();
    let matched: Vec<PostId> = all.iter().copied().filter(|&post| case.matches.contains_key(&(person, post))).collect();
    let pool = if matched.is_empty() || dice.chance(8) { &all } else { &matched };
    let post = dice.pick(pool);
    let authority = case.posts[post].authority;
    let others: Vec<PostId> = all.iter().copied().filter(|&other| other != post).collect();
    let bars = |dice: &mut Dice| dice.some(&others, 25).into_iter().map(Decision::NotPost).collect::<Vec<_>>();
    match dice.below(10) {
        0 | 1 => vec![Decision::MustPost(post)],
        2 => vec![Decision::MustAuthority(authority), Decision::MustPost(post)],
        3 => vec![Decision::MustAuthority(authority)],
        4 => [vec![Decision::MustAuthority(authority)], bars(dice)].concat(),
        5..=7 => vec![Decision::NotAuthority(authority)],
        8 => [vec![Decision::NotPost(post)], bars(dice)].concat(),
        _ => vec![Decision::NotPost(post)],
    }
}

fn links(dice: &mut Dice, case: &Case) -> Vec<Link> {
    let mut pairs: Vec<[PersonId; 2]> =
        case.people.ids().flat_map(|a| case.people.ids().filter(move |&b| a < b).map(move |b| [a, b])).collect();
    dice.shuffle(&mut pairs);
    pairs.truncate(dice.pick(&[0, 0, 0, 1, 2, 3]));
    (2..).zip(pairs).map(|(row, people)| Link { row, people, kind: dice.pick(LinkKind::ALL) }).collect()
}
