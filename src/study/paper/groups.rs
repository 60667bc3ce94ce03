//! The counts of equality: groups of people, and what the proposal means for each.
//!
//! They are judged twice. First as a reader of the exempt paper would see them, who knows all other figures; what is kept
//! back then is kept back from everybody. Then among all figures of the public paper, whose totals they could give away.

use crate::load::equality::Characteristics;
use crate::study::disclosure::hide;
use crate::study::disclosure::ledger::{Kind, Ledger, Var, Zero};
use crate::study::monitor::{Event, count, events};
use crate::study::paper::counts::{Builder, Subject, weight, whole};
use crate::study::paper::key::Key;

/// The events that are counted; who is at risk is everyone who is not placed.
pub(super) const EVENTS: [Event; 4] = [Event::Placed, Event::FirstChoice, Event::StatedAuthority, Event::MovedEmployer];

/// A cell of a table of one characteristic: its key, its number, and the sums in which it stands.
struct Cell {
    key: Key,
    var: Var,
}

/// Adds the counts of every characteristic.
pub(super) fn add(builder: &mut Builder, subject: &Subject<'_>, groups: &Characteristics, threshold: u32) {
    let met = events(subject.case, subject.certified);
    let number = |event: usize| whole(met.values().filter(|events| events[event]).count());
    let first = first_choice(builder, number(1));
    let totals = [builder.of(Key::Placed), first, builder.of(Key::Met), builder.of(Key::Moves)];
    for (at, column) in groups.columns.iter().enumerate() {
        let counts = count(column, &met);
        let mut alone = Ledger::default();
        let known = [0, 1, 2, 3].map(|event| {
            let total = number(event);
            alone.add("known", total, (total, total), Kind::Derived(Zero::Plain))
        });
        let cells = tables(&mut alone, at, &counts.sizes, &counts.parts, known, builder.people, &|_| true);
        let cover = hide(&alone, threshold);
        let open: Vec<Key> = cells.iter().filter(|it| cover.shown[it.var.index()]).map(|it| it.key).collect();
        let (people, may) = (builder.people, |key: &Key| open.contains(key));
        let cells = tables(&mut builder.ledger, at, &counts.sizes, &counts.parts, totals, people, &may);
        builder.keys.extend(cells.into_iter().map(|cell| (cell.key, cell.var)));
    }
}

/// People in the post that they ranked first, whether or not they are counted as having responded.
fn first_choice(builder: &mut Builder, number: i64) -> Var {
    let first = builder.ledger.add("first choices", number, (0, builder.people), Kind::Derived(Zero::Plain));
    let (ranked, silent) = (builder.of(Key::Ranked(1)), builder.of(Key::NoResponse));
    builder.ledger.between([(first, 1), (ranked, -1)], 0, builder.people);
    builder.ledger.between([(ranked, 1), (silent, 1), (first, -1)], 0, builder.people);
    first
}

/// The cells of one characteristic, with their sums.
fn tables(
    ledger: &mut Ledger,
    column: usize,
    sizes: &[u32],
    parts: &[[u32; 5]],
    totals: [Var; 4],
    people: i64,
    may: &dyn Fn(&Key) -> bool,
) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut cell = |ledger: &mut Ledger, key: Key, count: u32, weight: u8| {
        let kind = if may(&key) { Kind::People(Zero::Small, weight) } else { Kind::Derived(Zero::Small) };
        let var = ledger.add(format!("{key:?}"), i64::from(count), (0, people), kind);
        cells.push(Cell { key, var });
        var
    };
    let mut all = Vec::new();
    let mut sums: [Vec<(Var, i64)>; 4] = totals.map(|total| vec![(total, -1)]);
    let mut rests: [Vec<(Var, i64)>; 4] = totals.map(|total| vec![(total, 1)]);
    for (group, (&size, parts)) in sizes.iter().zip(parts).enumerate() {
        let size = cell(ledger, Key::Group(column, group), size, weight::GROUP);
        all.push((size, 1));
        let mut placed = None;
        for (at, &event) in EVENTS.iter().enumerate() {
            let part = cell(ledger, Key::Part(column, group, event), parts[at], weight::PART);
            rests[at].push((ledger.rest(size, part, Zero::Small), 1));
            sums[at].push((part, 1));
            match placed {
                None => placed = Some(part),
                // Nobody has a first choice, the stated authority or a new employer without a post.
                Some(placed) => ledger.between([(placed, 1), (part, -1)], 0, people),
            }
        }
    }
    ledger.sum(all, people);
    sums.into_iter().for_each(|sum| ledger.sum(sum, 0));
    rests.into_iter().for_each(|sum| ledger.sum(sum, people));
    cells
}
