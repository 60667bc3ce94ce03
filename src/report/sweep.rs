//! The summary of a sweep as a page: for the screen, for a file to read, and as JSON.
//!
//! Posts and authorities stand on every page. What becomes of single people stands only where it was asked for, and then the page is
//! marked: a chance of losing one's post is personal data, also under an id.

mod drawing;
mod phrases;
mod record;

use crate::case::Case;
use crate::case::sweep::SweepPlan;
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::sweep::drawing::{chances, seats};
use crate::report::sweep::phrases::{
    chance, first_sentence, input_name, is_fragile, mean, money, percentile, point_name, role_name, share_of_spread,
    without_plan,
};
use crate::report::words::{count, joined};
use crate::study::sweep::summary::{Input, Point, Spread, Summary, beyond};

pub use crate::report::sweep::record::summary_json;

/// What stands at the head of a page that speaks of single people.
pub const MARKING: &str = "Exempt: what may become of single people";

/// The most posts, functions and inputs that are listed.
const MOST_LINES: usize = 12;
/// Up to so many points are shown one by one; of more, the best.
const MOST_POINTS: usize = 3;

/// Where the methods come from.
const METHOD: &str = "Means have their standard error in brackets. 5 % and 95 % are the numbers that five draws in a hundred stay at \
     or below, or go above; in brackets the order statistics that hold the true number 95 times in a hundred (David & Nagaraja \
     2003, 7.1). Probabilities have the 95 % score interval of Wilson (1927). The share of the spread that an input explains is its \
     correlation ratio, less what chance alone would give (Kelley 1935), with the standard error of a jackknife over 20 batches of \
     draws; inputs that act together are counted with each, so the shares need not come to 100 %. Scenarios of different \
     settings see the same draws, so they are compared draw by draw. These are errors of drawing only: what they say of the future \
     is as good as the probabilities in the plan.";

/// What the page is made from.
#[derive(Debug, Clone, Copy)]
pub struct View<'v> {
    /// The case.
    pub case: &'v Case,
    /// The plan of the sweep.
    pub plan: &'v SweepPlan,
    /// The summary.
    pub summary: &'v Summary,
}

/// Whether single people are spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Posts and authorities only.
    LeftOut,
    /// Everyone's chances, for those who may see them.
    Shown,
}

/// The page.
pub fn page(view: &View<'_>, people: People) -> Page {
    let summary = view.summary;
    let title = format!("Sweep of scenario {}: what chance may bring", view.plan.base);
    let scenarios = count(summary.scenarios, "scenario", "scenarios");
    let points = count(summary.points.len() as u64, "setting", "settings");
    let mut sections = vec![answer(view)];
    if summary.points.len() > 1 {
        sections.push(grid(view));
    }
    let shown = shown(summary);
    let has_places = shown.iter().any(|point| !point.posts.is_empty());
    sections.push(empty_seats(view, &shown));
    sections.push(roles(view, &shown));
    if has_places {
        sections.push(posts(view, &shown));
        sections.push(functions(view, &shown));
    }
    sections.push(explained(view, people));
    if people == People::Shown {
        sections.push(everyone(view, &shown));
    }
    sections.push(Section { id: "method", title: "How to read this".to_owned(), blocks: vec![paragraph(METHOD)] });
    Page {
        title: if people == People::Shown { format!("{MARKING}. {title}") } else { title },
        lead: format!("{scenarios}, {points}, seed {}", view.plan.seed),
        sections,
    }
}

/// The points that are shown one by one.
fn shown(summary: &Summary) -> Vec<&Point> {
    if summary.points.len() <= MOST_POINTS {
        return summary.points.iter().collect();
    }
    best(summary).into_iter().collect()
}

/// The point with the least mean regret; the first of several.
fn best(summary: &Summary) -> Option<&Point> {
    let planned = summary.points.iter().filter(|point| point.draws.planned > 0);
    planned.min_by_key(|point| point.regret.map(|it| (it.at_risk.mean.thousandths, it.empty.mean.thousandths)))
}

fn answer(view: &View<'_>) -> Section {
    let mut blocks = Vec::new();
    let points = shown(view.summary);
    for point in &points {
        blocks.push(paragraph(first_sentence(view, point)));
        blocks.extend(without_plan(view, point).map(Block::Warning));
    }
    if view.summary.points.len() > points.len() {
        blocks.push(Block::Note(
            "The lines above and the tables below are about the setting with the least regret; the table of settings has all of \
             them, and --summary-json every figure of each."
                .to_owned(),
        ));
    }
    blocks.push(Block::Note(
        "A probability here says how often something happens in these draws. It is no forecast, and no decision about anybody."
            .to_owned(),
    ));
    Section { id: "answer", title: "The answer".to_owned(), blocks }
}

fn grid(view: &View<'_>) -> Section {
    let row = |point: &Point| {
        let planned = format!("{} of {}", point.draws.planned, point.draws.all());
        let none = || "none".to_owned();
        let regret = point.regret.filter(|_| point.draws.planned > 0);
        vec![
            point_name(view, point.point as usize),
            planned,
            mean(&point.at_risk),
            mean(&point.empty),
            regret.map_or_else(none, |it| mean(&it.at_risk)),
            regret.map_or_else(none, |it| chance(&it.best)),
        ]
    };
    let columns = vec![
        text("Setting"),
        figures("Draws with a plan"),
        figures("People at risk"),
        figures("Empty seats"),
        figures("Regret: more at risk than at the best"),
        figures("As good as the best in"),
    ];
    let rows = view.summary.points.iter().map(row).collect();
    let sentence = "Regret is how many more people are at risk than at the setting with fewest in the same draw; means over the \
                    draws in which a setting has a plan.";
    let blocks = vec![paragraph(sentence), table("Settings side by side", columns, rows)];
    Section { id: "settings", title: "Settings".to_owned(), blocks }
}

/// The blocks of each point, under its name where there are several.
fn each<'p>(view: &View<'_>, shown: &[&'p Point], blocks: impl Fn(&'p Point) -> Vec<Block>) -> Vec<Block> {
    let mut all = Vec::new();
    for &point in shown {
        if view.summary.points.len() > 1 {
            all.push(Block::Heading(point_name(view, point.point as usize)));
        }
        all.extend(blocks(point));
    }
    all
}

fn spread_row(name: String, spread: &Spread) -> Vec<String> {
    vec![name, mean(spread), percentile(&spread.low), percentile(&spread.high), spread.most.to_string()]
}

fn spread_columns(first: &'static str) -> Vec<crate::report::page::Column> {
    vec![text(first), figures("Mean"), figures("5 %"), figures("95 %"), figures("Worst seen")]
}

fn empty_seats(view: &View<'_>, shown: &[&Point]) -> Section {
    let blocks = each(view, shown, |point| {
        let mut rows = vec![spread_row("Empty seats, all authorities".to_owned(), &point.empty)];
        for (authority, spread) in &point.authorities {
            rows.push(spread_row(format!("Empty seats at {}", view.case.authorities[*authority].code), spread));
        }
        rows.push(spread_row("Still empty after recruitment".to_owned(), &point.still_empty));
        rows.push(spread_row("People at risk".to_owned(), &point.at_risk));
        let caption = "Empty seats and people at risk";
        let percent = beyond(point.draws.planned);
        let worst = format!(
            "Worse than the worst seen is not ruled out: a new draw goes beyond it with a probability of at most {}.{:02} % \
             (95 % sure, rule of three).",
            percent / 100,
            percent % 100
        );
        vec![
            Block::Drawing(seats(point)),
            table(caption, spread_columns("What"), rows),
            Block::Source(worst),
            paragraph(format!("Pay with on-cost a year: {}.", money(&point.cost))),
        ]
    });
    Section { id: "seats", title: "Empty seats".to_owned(), blocks }
}

fn roles(view: &View<'_>, shown: &[&Point]) -> Section {
    let blocks = each(view, shown, |point| {
        if point.roles.is_empty() {
            return vec![paragraph("No scenario asks for statutory cover, or none has a plan.")];
        }
        let row = |(name, covered)| vec![name, chance(covered)];
        let mut lines: Vec<_> = point.roles.iter().map(|it| (role_name(view.case, it), &it.covered)).collect();
        let bars = chances("How often each statutory role is covered", &lines);
        lines.extend(point.all_roles.as_ref().map(|all| ("All of them at once".to_owned(), all)));
        let columns = vec![text("Role"), figures("Covered in (95 % interval)")];
        vec![Block::Drawing(bars), table("Statutory roles", columns, lines.into_iter().map(row).collect())]
    });
    Section { id: "roles", title: "Statutory roles".to_owned(), blocks }
}

fn posts(view: &View<'_>, shown: &[&Point]) -> Section {
    let blocks = each(view, shown, |point| {
        let fragile: Vec<_> = point.posts.iter().filter(|it| is_fragile(&it.empty)).take(MOST_LINES).collect();
        let code = |it: &crate::study::sweep::summary::PostRisk| view.case.posts[it.post].code.clone();
        let lines: Vec<_> = fragile.iter().map(|it| (code(it), &it.empty)).collect();
        let bars = chances("How often a post has an empty seat", &lines);
        let row = |it: &&crate::study::sweep::summary::PostRisk| {
            let post = &view.case.posts[it.post];
            vec![post.code.clone(), post.title.clone(), chance(&it.empty), mean(&it.seats)]
        };
        let columns =
            vec![text("Post"), text("Title"), figures("Empty in (95 % interval)"), figures("Empty seats, mean")];
        let rows = fragile.iter().map(row).collect();
        let never = point.posts.iter().filter(|it| it.empty.hits == 0).count();
        let always: Vec<String> = point.posts.iter().filter(|it| it.empty.hits == it.empty.of).map(code).collect();
        let always = match always.len() {
            0 => "No post is empty in every draw.".to_owned(),
            _ => format!("A seat is empty in every draw in {}.", joined(&always, "and")),
        };
        let rest = format!("{always} {} never empty in these draws.", count(never as u64, "post is", "posts are"));
        vec![
            Block::Drawing(bars),
            table("Posts that are empty in some draws and not in others, most often first", columns, rows),
            Block::Source(rest),
        ]
    });
    Section { id: "posts", title: "Most fragile posts".to_owned(), blocks }
}

fn functions(view: &View<'_>, shown: &[&Point]) -> Section {
    let blocks = each(view, shown, |point| {
        let mut all: Vec<_> = point.functions.iter().filter(|(_, spread)| spread.most > 0).collect();
        all.sort_by_key(|(_, spread)| std::cmp::Reverse(spread.mean.thousandths));
        let rows = all.iter().take(MOST_LINES).map(|(name, spread)| spread_row(name.clone(), spread)).collect();
        let left = all.len().saturating_sub(MOST_LINES);
        let mut blocks = vec![table("Empty seats by function, most first", spread_columns("Function"), rows)];
        if left > 0 {
            let more = count(left as u64, "function has", "functions have");
            blocks.push(Block::Source(format!("{more} fewer empty seats.")));
        }
        blocks
    });
    Section { id: "functions", title: "Functions".to_owned(), blocks }
}

fn explained(view: &View<'_>, people: People) -> Section {
    let wanted = |input: Input| people == People::Shown || !matches!(input, Input::Person(_));
    let all: Vec<_> = view.summary.explained.iter().filter(|it| wanted(it.input)).collect();
    let row =
        |it: &&crate::study::sweep::summary::Explained| vec![input_name(view, it.input), share_of_spread(&it.share)];
    let blocks = match all.first() {
        None => vec![paragraph("Nothing that was drawn or varied explains the spread of empty seats.")],
        Some(first) => vec![
            paragraph(format!(
                "{} explains most of the spread of empty seats: {}.",
                input_name(view, first.input),
                share_of_spread(&first.share)
            )),
            table(
                "What explains the spread of empty seats",
                vec![text("What differs between scenarios"), figures("Share of the spread (standard error)")],
                all.iter().take(MOST_LINES).map(row).collect(),
            ),
        ],
    };
    Section { id: "explained", title: "What makes the difference".to_owned(), blocks }
}

fn everyone(view: &View<'_>, shown: &[&Point]) -> Section {
    let mut blocks = vec![Block::Warning(
        "This section says what may become of single people. It is for those who may see personal data, and is no decision about \
         anybody."
            .to_owned(),
    )];
    blocks.extend(each(view, shown, |point| {
        let mut columns = vec![text("Person")];
        columns.extend(view.case.authorities.values().map(|it| figures(format!("At {}", it.code))));
        columns.extend([figures("Kept shared"), figures("At risk"), figures("Left")]);
        let row = |it: &crate::study::sweep::summary::Outcomes| {
            let places = it.authorities.iter().map(|(_, probability)| probability);
            let cells = places.chain([&it.retained, &it.at_risk, &it.left]).map(chance);
            std::iter::once(view.case.people[it.person].code.clone()).chain(cells).collect()
        };
        vec![table("What becomes of each person", columns, point.people.iter().map(row).collect())]
    }));
    Section { id: "people", title: "People".to_owned(), blocks }
}
