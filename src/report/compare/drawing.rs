//! Where each employer's people go, as a drawing for each scenario with the same figures in a table.

use crate::case::Case;
use crate::report::compare::phrases::because;
use crate::report::page::{Block, Section, figures as number_column, paragraph, table, text};
use crate::report::svg::{Anchor, Drawing, Shade, scaled};
use crate::report::words::{authority, authority_code, people};
use crate::study::compare::figures::{Destination, Flow};
use crate::study::compare::{Column, Comparison, Made};

/// Units of the drawing.
const WIDTH: i64 = 640;
const TOP: i64 = 48;
const HEIGHT: i64 = 280;
const GAP: i64 = 20;
const LEFT: i64 = 120;
const RIGHT: i64 = 430;
const BAR: i64 = 14;
/// The lowest band in which its number can be read.
const LEAST: i64 = 14;

/// The section with a drawing and a table for each scenario.
pub(super) fn section(case: &Case, comparison: &Comparison) -> Section {
    let mut blocks = Vec::new();
    for column in &comparison.columns {
        let scenario = &column.scenario;
        blocks.push(Block::Heading(format!("{}: {}", scenario.id, scenario.name)));
        match &column.made {
            Made::Plan(figures) => {
                blocks.push(Block::Drawing(flow_drawing(case, &scenario.id, &figures.flows)));
                blocks.push(flow_table(case, column, &figures.flows));
            }
            Made::Impossible(leaves) => {
                blocks.push(paragraph(format!("No plan keeps {}.", because(case, scenario, leaves))));
            }
            Made::Stopped => blocks.push(paragraph("A limit was reached before the best plan was proved.")),
        }
    }
    Section { id: "flows", title: "Where each employer's people go".to_owned(), blocks }
}

fn flow_table(case: &Case, column: &Column, flows: &[Flow]) -> Block {
    let row = |flow: &Flow| vec![authority(case, flow.from), destination(case, flow.to), flow.people.to_string()];
    let columns = vec![text("Present employer"), text("Goes to"), number_column("People")];
    table(format!("{}: from the present employer", column.scenario.id), columns, flows.iter().map(row).collect())
}

/// A destination in words.
pub(super) fn destination(case: &Case, to: Destination) -> String {
    match to {
        Destination::Own(id) => format!("{}, own posts", authority_code(case, id)),
        Destination::Shared(id) => format!("{}, retained shared posts", authority_code(case, id)),
        Destination::AtRisk => "no post (at risk)".to_owned(),
    }
}

/// A node of either side: what it is called, its upper edge and its people.
struct Stack<T> {
    key: T,
    name: String,
    top: i64,
    people: usize,
}

/// People of each employer on the left, where they go on the right, and a band for each flow.
pub fn flow_drawing(case: &Case, id: &str, flows: &[Flow]) -> Drawing {
    let total: usize = flows.iter().map(|flow| flow.people).sum();
    let from = stacks(flows, total, |flow| flow.from, |key| authority_code(case, key).to_owned());
    let to = stacks(flows, total, |flow| flow.to, |key| destination(case, key));
    let foot = [from.last().map(|it| end(it, total)), to.last().map(|it| end(it, total))];
    let height = foot.into_iter().flatten().max().unwrap_or(TOP) + 24;
    let said: Vec<String> = flows
        .iter()
        .map(|flow| {
            format!(
                "{} from {} to {}",
                people(flow.people),
                authority_code(case, flow.from),
                destination(case, flow.to)
            )
        })
        .collect();
    let title = format!("Scenario {id}: from the present employer to the proposed authority");
    let mut drawing = Drawing::new(WIDTH, height, title, format!("{}.", said.join("; ")));
    drawing.words((LEFT + BAR, 24), Anchor::End, "Present employer");
    drawing.words((RIGHT, 24), Anchor::Start, "Proposed");
    bands(&mut drawing, flows, total, &from, &to);
    for stack in &from {
        drawing.block((LEFT, stack.top), (BAR, tall(stack.people, total)), Shade::Black);
        label(&mut drawing, (LEFT - 8, middle(stack, total)), Anchor::End, stack);
    }
    for stack in &to {
        drawing.block((RIGHT, stack.top), (BAR, tall(stack.people, total)), Shade::Black);
        label(&mut drawing, (RIGHT + BAR + 8, middle(stack, total)), Anchor::Start, stack);
    }
    drawing
}

fn stacks<T: Copy + Ord>(
    flows: &[Flow],
    total: usize,
    key: impl Fn(&Flow) -> T,
    name: impl Fn(T) -> String,
) -> Vec<Stack<T>> {
    let mut keys: Vec<T> = flows.iter().map(&key).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut top = TOP;
    let mut stack = |it: T| {
        let people = flows.iter().filter(|flow| key(flow) == it).map(|flow| flow.people).sum();
        let stack = Stack { key: it, name: name(it), top, people };
        top = end(&stack, total) + GAP;
        stack
    };
    keys.into_iter().map(&mut stack).collect()
}

/// How tall so many people are; a person is never nothing.
fn tall(people: usize, total: usize) -> i64 {
    scaled(people as u64, total as u64, HEIGHT).max(1)
}

fn end<T>(stack: &Stack<T>, total: usize) -> i64 {
    stack.top + tall(stack.people, total)
}

fn middle<T>(stack: &Stack<T>, total: usize) -> i64 {
    (stack.top + end(stack, total)) / 2 + 4
}

fn label<T>(drawing: &mut Drawing, at: (i64, i64), anchor: Anchor, stack: &Stack<T>) {
    drawing.words(at, anchor, &format!("{}: {}", stack.name, people(stack.people)));
}

/// Each band leaves its employer and reaches its destination below the ones before it.
fn bands(
    drawing: &mut Drawing,
    flows: &[Flow],
    total: usize,
    from: &[Stack<crate::id::AuthorityId>],
    to: &[Stack<Destination>],
) {
    let mut left: Vec<usize> = vec![0; from.len()];
    let mut right: Vec<usize> = vec![0; to.len()];
    // Numbers come last, so that no band covers them.
    let mut numbers: Vec<((i64, i64), String)> = Vec::new();
    for flow in flows {
        let a = from.iter().position(|it| it.key == flow.from).expect("every employer has a stack");
        let b = to.iter().position(|it| it.key == flow.to).expect("every destination has a stack");
        let edge = |top: i64, before: usize| {
            let part = |people: usize| if people == 0 { 0 } else { tall(people, total) };
            (top + part(before), (top + part(before + flow.people)).max(top + part(before) + 1))
        };
        let ((top1, foot1), (top2, foot2)) = (edge(from[a].top, left[a]), edge(to[b].top, right[b]));
        let shade = [Shade::Light, Shade::Middle, Shade::Dark][a % 3];
        drawing.band((LEFT + BAR, top1, foot1), (RIGHT, top2, foot2), shade);
        if foot1 - top1 >= LEAST {
            numbers.push(((LEFT + BAR + 6, (top1 + foot1) / 2 + 4), flow.people.to_string()));
        }
        left[a] += flow.people;
        right[b] += flow.people;
    }
    numbers.iter().for_each(|(at, number)| drawing.words(*at, Anchor::Start, number));
}
