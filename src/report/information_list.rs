//! The list of information that an employer gives to representatives before collective consultation.
//!
//! Trade Union and Labour Relations (Consolidation) Act 1992, section 188(4): (a) reasons, (b) numbers and descriptions of those
//! proposed for dismissal, (c) the total number of that description, (d) how they are selected, (e) how and when dismissals are
//! carried out, (f) how payments beyond the statutory ones are worked out, (g) to (i) agency workers. The case knows (a) to
//! (d); for (e) to (i) the list says what the employer adds, because an empty heading would look like an answer.

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::document::{Audience, Document, Front};
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::words::{aims, authority, count, joined, people, policy_sentence};
use crate::study::redundancy::{Description, Duty, Employer, LARGE, Range, THRESHOLD};

/// The list for each employer in one document.
pub fn information_list(case: &Case, scenario: &Scenario, employers: &[Employer], front: &Front) -> Document {
    let mut sections = vec![duty(case, employers), reasons(case, scenario, employers)];
    sections.extend([numbers(case, employers), selection(case, scenario), beyond()]);
    let page = Page {
        title: "Information for employee representatives".to_owned(),
        lead: "Trade Union and Labour Relations (Consolidation) Act 1992, section 188(4)".to_owned(),
        sections,
    };
    front.document(Audience::Exempt, page)
}

/// Whether any employer has to consult collectively, or may have to.
pub fn is_due(employers: &[Employer]) -> bool {
    employers.iter().any(|employer| employer.duty() != Duty::None)
}

fn duty(case: &Case, employers: &[Employer]) -> Section {
    let row = |employer: &Employer| {
        vec![
            authority(case, employer.employer),
            employer.employed.to_string(),
            range(employer.without),
            duty_words(employer.duty()).to_owned(),
        ]
    };
    let columns = vec![
        text("Employer"),
        figures("Employees in this case"),
        figures("Without a post"),
        text("Collective consultation"),
    ];
    Section {
        id: "duty",
        title: "Whether collective consultation is due".to_owned(),
        blocks: vec![
            table("Proposed redundancies by employer", columns, employers.iter().map(row).collect()),
            Block::Note(format!(
                "The duty begins at {THRESHOLD} proposed dismissals at one establishment within 90 days (30 days before the first), \
                 and at {LARGE} lasts 45 days. All employees of an employer in this case count as one establishment here. Dismissals \
                 for other reasons, at other establishments or proposed apart from this case are not known to it and count as well. \
                 Whoever would rather leave counts too, until an agreement to leave is made."
            )),
        ],
    }
}

fn duty_words(duty: Duty) -> &'static str {
    match duty {
        Duty::None => "not due by these numbers",
        Duty::Depends => "turns on how pools are settled: prepare for 30 days",
        Duty::Thirty => "30 days, and notice to the Secretary of State (form HR1)",
        Duty::FortyFive => "45 days, and notice to the Secretary of State (form HR1)",
    }
}

fn range(range: Range) -> String {
    if range.least == range.most { range.least.to_string() } else { format!("{} to {}", range.least, range.most) }
}

fn reasons(case: &Case, scenario: &Scenario, employers: &[Employer]) -> Section {
    let councils: Vec<String> = case.authorities.values().map(|it| it.name.clone()).collect();
    let structures: Vec<String> = scenario
        .structures
        .iter()
        .map(|(&authority, &structure)| {
            let (authority, structure) = (&case.authorities[authority], &case.structures[structure]);
            match structure.label.as_str() {
                "" => format!("{} for {}", structure.code, authority.name),
                label => format!("{} ({label}) for {}", structure.code, authority.name),
            }
        })
        .collect();
    let sum = |of: fn(&Range) -> usize| employers.iter().map(|it| of(&it.without)).sum();
    let without = Range { least: sum(|it| it.least), most: sum(|it| it.most) };
    let text = format!(
        "{} end the arrangement under which they employ staff jointly. Each needs a structure of its own; the proposal is {}. Of {} \
         employed jointly, {} would have no post in it.",
        joined(&councils, "and"),
        joined(&structures, "and"),
        people(case.people.len()),
        range(without)
    );
    Section { id: "reasons", title: "(a) Reasons for the proposals".to_owned(), blocks: vec![paragraph(text)] }
}

fn numbers(case: &Case, employers: &[Employer]) -> Section {
    let mut blocks = Vec::new();
    for employer in employers.iter().filter(|employer| employer.without.most > 0) {
        let row = |it: &&Description| {
            let function = if it.function.is_empty() { "no present post" } else { &it.function };
            let grade = case.grades[it.grade].code.clone();
            vec![function.to_owned(), grade, range(it.without), it.employed.to_string()]
        };
        let of: Vec<&Description> = employer.descriptions.iter().filter(|it| it.without.most > 0).collect();
        let columns = vec![
            text("Function"),
            text("Grade"),
            figures("(b) Proposed for dismissal"),
            figures("(c) Employed of this description"),
        ];
        let caption = format!("{}: numbers and descriptions", authority(case, employer.employer));
        blocks.push(table(caption, columns, of.iter().map(row).collect()));
    }
    if blocks.is_empty() {
        blocks.push(paragraph("No employee is proposed for dismissal."));
    } else {
        blocks.push(Block::Source(
            "A description is a function of the present post with a grade (joint_posts.csv, people.csv). From \u{2026} to \u{2026}: how pools \
             are settled decides."
                .to_owned(),
        ));
    }
    Section { id: "numbers", title: "(b), (c) Numbers and descriptions".to_owned(), blocks }
}

fn selection(case: &Case, scenario: &Scenario) -> Section {
    let rule = policy_sentence(scenario.policy.rule);
    let clauses = match scenario.fairness.len() {
        0 => String::new(),
        rules => format!(" under {}", count(rules as u64, "rule of fairness", "rules of fairness")),
    };
    let mut blocks = vec![
        paragraph(format!(
            "{rule} A person can only be placed in a post that their present job was matched to and whose essential qualification \
             they hold. All {} were looked at together{clauses}, and among all plans that keep the rules one was chosen that is best in \
             this order, each point counting before all that follow:",
            people(case.people.len()),
        )),
        Block::List(aims(scenario)),
    ];
    blocks.push(paragraph(
        "Where plans are equally good for different people, they form a ring-fence. It is settled by competitive slot-in, an interview \
         on criteria agreed beforehand, and not by cost, chance or order of names.",
    ));
    Section { id: "selection", title: "(d) How employees are selected".to_owned(), blocks }
}

fn beyond() -> Section {
    Section {
        id: "beyond",
        title: "(e) to (i) What the employer adds".to_owned(),
        blocks: vec![
            paragraph("The files of this case do not hold what follows. The list is complete only with it:"),
            Block::List(vec![
                "(e) how dismissals are to be carried out, with any agreed procedure, and over what period;".to_owned(),
                "(f) how payments beyond statutory redundancy pay are worked out;".to_owned(),
                "(g) how many agency workers work for the employer, (h) where, and (i) at what kind of work."
                    .to_owned(),
            ]),
        ],
    }
}
