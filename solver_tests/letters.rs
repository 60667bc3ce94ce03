//! Letters and the list for representatives: everyone has one, nobody else is in it, and figures are the answer's.

use demerge::certify::Certified;
use demerge::load::{Loaded, Want};
use demerge::report::document::{Audience, Document, Front};
use demerge::report::html::write_html;
use demerge::report::information_list::{information_list, is_due};
use demerge::report::letters::{Letters, Reply, merge_csv};
use demerge::report::provenance::Provenance;
use demerge::solve::{Limits, Solver};
use demerge::study::explain::{Explainer, Explanation};
use demerge::study::redundancy::{Duty, Employer, Range, employers};
use demerge::study::settlement::settle;
use demerge::study::summary::{Summary, summarise};
use demerge::study::variant::Variant;
use jiff::civil::date;

const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

struct Proposal {
    loaded: Loaded,
    certified: Certified,
    summary: Summary,
}

impl Proposal {
    fn letters<'a>(&'a self, front: &'a Front, reply: &'a Reply) -> Letters<'a> {
        let Proposal { loaded, certified, summary } = self;
        Letters { case: &loaded.case, scenario: &loaded.scenarios[0], certified, summary, front, reply }
    }
}

fn proposal(scenario: &str) -> Proposal {
    let loaded = crate::check::loaded47(Want::Solve(Some(scenario)));
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let certified = Variant::of(case, scenario).answer(&LIMITS).expect("the checker confirms the solver");
    let mut summary = summarise(case, scenario, &certified);
    summary.settled = Some(settle(case, scenario, &certified, &summary.pools, LIMITS.should_stop));
    Proposal { loaded, certified, summary }
}

fn front() -> Front {
    Front {
        draft: 1,
        date: date(2021, 3, 5),
        organisation: "Brackmere and Southfen".to_owned(),
        program: "demerge".to_owned(),
    }
}

fn everyone(proposal: &Proposal) -> Vec<Explanation> {
    let (case, scenario) = (&proposal.loaded.case, &proposal.loaded.scenarios[0]);
    let explainer = Explainer::new(case, scenario, &proposal.certified, &LIMITS).expect("proved best");
    let open = |person| proposal.certified.undecided().iter().any(|it| it.person == person);
    let told = |person| {
        if !open(person) {
            return explainer.explain(person, None).expect("certified");
        }
        let mut all =
            case.ranked(person).into_iter().map(|(_, post)| explainer.explain(person, Some(post)).expect("certified"));
        let mut told = all.next().expect("everyone undecided in case47 ranked a post");
        told.choices.extend(all.flat_map(|it| it.choices));
        told
    };
    case.people.ids().map(told).collect()
}

fn words(document: &Document) -> String {
    let none: [(&str, &[u8]); 0] = [];
    String::from_utf8(write_html(&document.page, &Provenance::new(none))).expect("UTF-8")
}

/// Ids of people in a text: `P` and two digits, as case47 has them.
fn named(text: &str) -> Vec<&str> {
    let id = |at: usize| text.get(at..at + 3).filter(|id| id[1..].bytes().all(|b| b.is_ascii_digit()));
    text.match_indices('P').filter_map(|(at, _)| id(at)).collect()
}

#[test]
fn a_letter_names_its_person_and_nobody_else() {
    for scenario in ["S1", "S7"] {
        let proposal = proposal(scenario);
        let (case, front, reply) = (&proposal.loaded.case, front(), Reply::default());
        let letters = proposal.letters(&front, &reply);
        for told in &everyone(&proposal) {
            let code = case.people[told.person].code.as_str();
            let letter = letters.letter(told);
            assert_eq!(letter.audience, Audience::Personal);
            let text = words(&letter);
            assert!(
                !named(&text).is_empty() && named(&text).iter().all(|&id| id == code),
                "{code}: {:?}",
                named(&text)
            );
            assert!(!text.contains('£'), "{code}: a sum of money");
            assert!(!text.contains("stopped") && !text.contains(".csv"), "{code}");
        }
    }
}

#[test]
fn the_merge_list_has_everyone_and_leaves_open_what_is_open() {
    let proposal = proposal("S1");
    let (front, reply) = (front(), Reply::default());
    let letters = proposal.letters(&front, &reply);
    let bytes = merge_csv(&letters, &everyone(&proposal), "docx");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(text.lines().count(), 48);
    // P05 and P07 share A06 (data contract): neither is told that it is theirs.
    let row = |code: &str| text.lines().find(|line| line.starts_with(code)).expect("a row").to_owned();
    assert!(row("P05").contains("not_decided") && row("P07").contains("not_decided"));
    assert!(!row("P07").contains("A06"));
    let open = proposal.summary.pools.iter().map(|pool| pool.people.len()).sum::<usize>();
    assert_eq!(text.matches("not_decided").count(), open);
}

/// Truth: the data contract. One of 47 has no post in S1: P05 or P07, both employed by one council or one by each.
#[test]
fn redundancies_are_counted_by_employer_over_the_ways_to_settle() {
    let proposal = proposal("S1");
    let case = &proposal.loaded.case;
    let counted = employers(case, &proposal.certified, &proposal.summary);
    assert_eq!(counted.iter().map(|it| it.employed).sum::<usize>(), 47);
    let may: Vec<usize> = counted.iter().map(|it| it.without.most).collect();
    let employer_of = |code: &str| case.people[case.people_by_code()[code]].employer;
    let expected: Vec<usize> =
        counted.iter().map(|it| ["P05", "P07"].iter().any(|code| employer_of(code) == it.employer).into()).collect();
    assert_eq!(may, expected);
    for employer in &counted {
        let parts: usize = employer.descriptions.iter().map(|it| it.employed).sum();
        assert_eq!(parts, employer.employed);
        assert!(employer.descriptions.iter().all(|it| it.without.most <= it.employed));
    }
    assert!(!is_due(&counted));
    let text = words(&information_list(case, &proposal.loaded.scenarios[0], &counted, &front()));
    assert!(text.contains("not due by these numbers") && named(&text).is_empty());
}

/// Truth: section 188(1A) of the 1992 Act.
#[test]
fn the_duty_begins_at_twenty_and_grows_at_a_hundred() {
    let duty = |least, most| {
        let employer = crate::cases::authority(0);
        Employer { employer, descriptions: Vec::new(), without: Range { least, most }, employed: 200 }.duty()
    };
    assert_eq!([duty(0, 0), duty(19, 19), duty(19, 20)], [Duty::None, Duty::None, Duty::Depends]);
    assert_eq!(
        [duty(20, 20), duty(20, 99), duty(99, 100), duty(100, 100)],
        [Duty::Thirty, Duty::Thirty, Duty::FortyFive, Duty::FortyFive]
    );
}

/// P05 and P07 hold A06 in equally good plans; their letters may not tell which of them the plan shows.
#[test]
fn letters_to_a_pool_do_not_tell_who_is_shown() {
    let proposal = proposal("S1");
    let (front, reply) = (front(), Reply::default());
    let case = &proposal.loaded.case;
    let letters = proposal.letters(&front, &reply);
    let told = everyone(&proposal);
    let letter = |code: &str| {
        let told = told.iter().find(|told| case.people[told.person].code == code).expect("everyone is told");
        (told, letters.letter(told))
    };
    let ((shown, first), (_, second)) = (letter("P07"), letter("P05"));
    assert!(shown.post.is_some());
    let [first, second] = [first, second].map(|letter| format!("{:?}", (&letter.page.title, &letter.page.sections[1])));
    assert_eq!(first, second);
    // Shown without the post, P07 would be told the same.
    let mut turned = shown.clone();
    turned.post = None;
    assert_eq!(letters.letter(shown), letters.letter(&turned));
}

/// Whatever the clock says.
#[test]
fn a_letter_is_the_same_twice() {
    let proposal = proposal("S1");
    let (front, reply) = (front(), Reply { by: Some(date(2021, 4, 9)), to: Some("the HR office".to_owned()) });
    let letters = proposal.letters(&front, &reply);
    let told = everyone(&proposal);
    let texts: Vec<String> = told.iter().map(|told| words(&letters.letter(told))).collect();
    let again: Vec<String> = everyone(&proposal).iter().map(|told| words(&letters.letter(told))).collect();
    assert_eq!(texts, again);
    assert!(texts[0].contains("by 9 April 2021") && texts[0].contains("the HR office"));
}
