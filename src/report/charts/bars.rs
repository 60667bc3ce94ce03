//! Bars in groups, from the left, each with its name and its figure beside it.

use crate::report::charts::fitting::{LINE, PLAIN, STRONG, tall, wrapped};
use crate::report::shown::Shown;
use crate::report::svg::{Anchor, Drawing, Lettering, Shade, Weight, scaled};

/// Units of the drawing.
const WIDTH: i64 = 640;
/// Where bars begin, and the length of the longest.
const START: i64 = 210;
const LONGEST: i64 = 360;
/// Height of a bar, and what is free below it.
const BAR: i64 = 16;
const GAP: i64 = 8;
/// Height beyond which a chart is drawn in parts: a page upright.
const TALLEST: i64 = 820;

const HEADING: Lettering = Lettering { size: 12, weight: Weight::Strong };

/// Bars that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Its bars, from the top.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is called.
    pub name: String,
    /// How long it is.
    pub value: Shown,
}

/// Groups of bars, in as many drawings as pages are needed.
///
/// A suppressed bar has no length, says `[c]` or in which range its figure lies, and is longer or shorter than no other.
pub fn bars(title: &str, groups: &[Group]) -> Vec<Drawing> {
    let parts = parts(groups);
    let count = parts.len();
    let longest = groups.iter().flat_map(|group| &group.bars).filter_map(|bar| figure(bar.value)).max().unwrap_or(0);
    let of_part = |(position, groups): (usize, &[Group])| {
        let title = if count > 1 { format!("{title} (part {} of {count})", position + 1) } else { title.to_owned() };
        part(&title, groups, longest)
    };
    parts.into_iter().enumerate().map(of_part).collect()
}

fn figure(value: Shown) -> Option<u64> {
    match value {
        Shown::Figure(figure) | Shown::About(figure) => Some(figure),
        Shown::Between(..) | Shown::Suppressed => None,
    }
}

/// The groups in runs that fit on a page.
fn parts(groups: &[Group]) -> Vec<&[Group]> {
    let (mut parts, mut start, mut height) = (Vec::new(), 0, 0);
    for (position, group) in groups.iter().enumerate() {
        let own = tall_group(group);
        if position > start && height + own > TALLEST {
            parts.push(&groups[start..position]);
            (start, height) = (position, 0);
        }
        height += own;
    }
    parts.push(&groups[start..]);
    parts
}

fn labels(bar: &Bar) -> Vec<String> {
    wrapped(&bar.name, PLAIN, START - 24, 2)
}

fn tall_bar(bar: &Bar) -> i64 {
    tall(labels(bar).len()).max(BAR) + GAP
}

fn tall_group(group: &Group) -> i64 {
    tall(heading(group).len()) + 12 + group.bars.iter().map(tall_bar).sum::<i64>() + 12
}

fn heading(group: &Group) -> Vec<String> {
    wrapped(&group.name, HEADING, WIDTH - 24, 2)
}

fn part(title: &str, groups: &[Group], longest: u64) -> Drawing {
    let height: i64 = groups.iter().map(tall_group).sum();
    let mut drawing = Drawing::new(WIDTH, height.max(40), title, description(groups));
    let mut top = 0;
    for group in groups {
        for line in heading(group) {
            top += LINE + 1;
            drawing.lettered((12, top), Anchor::Start, HEADING, &line);
        }
        top += 8;
        let from = top;
        for (position, bar) in group.bars.iter().enumerate() {
            one(&mut drawing, bar, top, longest, [Shade::Middle, Shade::Light, Shade::Dark][position % 3]);
            top += tall_bar(bar);
        }
        drawing.line(&[(START, from - 3), (START, top - GAP + 3)], crate::report::svg::Stroke::Thin);
        top += 10;
    }
    drawing
}

fn one(drawing: &mut Drawing, bar: &Bar, top: i64, longest: u64, shade: Shade) {
    let labels = labels(bar);
    let middle = top + (tall_bar(bar) - GAP) / 2;
    let first = middle - tall(labels.len()) / 2 + LINE - 3;
    for (line, y) in labels.iter().zip((first..).step_by(usize::try_from(LINE).expect("positive"))) {
        drawing.lettered((START - 10, y), Anchor::End, PLAIN, line);
    }
    let length = figure(bar.value).map_or(0, |figure| scaled(figure, longest, LONGEST));
    if length > 0 {
        drawing.block((START, middle - BAR / 2), (length, BAR), shade);
    }
    drawing.lettered((START + length + 8, middle + 4), Anchor::Start, STRONG, &bar.value.to_string());
}

/// Every figure in words, in the order of the bars.
fn description(groups: &[Group]) -> String {
    let of_group = |group: &Group| {
        let bars: Vec<String> = group.bars.iter().map(|bar| format!("{} {}", bar.name, bar.value)).collect();
        format!("{}: {}.", group.name, bars.join(", "))
    };
    groups.iter().map(of_group).collect::<Vec<_>>().join(" ")
}
