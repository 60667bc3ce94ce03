//! People who go from one place to another, as bands between two rows of blocks.

use crate::report::charts::fitting::{LINE, PLAIN, STRONG, tall, wrapped};
use crate::report::shown::Shown;
use crate::report::svg::{Anchor, Drawing, Shade, scaled};

/// Units of the drawing.
const WIDTH: i64 = 640;
const TOP: i64 = 44;
const HEIGHT: i64 = 300;
const GAP: i64 = 22;
const LEFT: i64 = 130;
const RIGHT: i64 = 450;
const BLOCK: i64 = 14;
/// The lowest band in which its number can be read.
const READABLE: i64 = 15;
/// A band whose figure is not shown as it is, whatever the figure.
const SUPPRESSED: i64 = 16;

/// People who go from one place to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Where they are now.
    pub from: String,
    /// Where they go.
    pub to: String,
    /// How many they are.
    pub people: Shown,
}

/// Bands from the left, "Present employer", to the right, "Proposed".
///
/// Places stand in the order in which bands first name them, on the right those of `order` first. A total is shown where
/// each of its bands is.
pub fn flow(title: &str, bands: &[Band], order: &[String]) -> Drawing {
    let total: u64 = bands.iter().map(|band| figure(band.people).unwrap_or(0)).sum();
    let from = stacks(bands, total, &[], |band| &band.from);
    let to = stacks(bands, total, order, |band| &band.to);
    let foot = [&from, &to].into_iter().filter_map(|side| side.last()).map(Stack::foot).max().unwrap_or(TOP);
    let mut drawing = Drawing::new(WIDTH, foot + 20, title, description(bands));
    drawing.lettered((LEFT + BLOCK, 20), Anchor::End, STRONG, "Present employer");
    drawing.lettered((RIGHT, 20), Anchor::Start, STRONG, "Proposed");
    draw_bands(&mut drawing, bands, total, &from, &to);
    for stack in &from {
        drawing.block((LEFT, stack.top), (BLOCK, stack.height), Shade::Black);
        label(&mut drawing, stack, LEFT - 8, Anchor::End, LEFT - 16);
    }
    for stack in &to {
        drawing.block((RIGHT, stack.top), (BLOCK, stack.height), Shade::Black);
        label(&mut drawing, stack, RIGHT + BLOCK + 8, Anchor::Start, WIDTH - RIGHT - BLOCK - 16);
    }
    drawing
}

fn figure(people: Shown) -> Option<u64> {
    match people {
        Shown::Figure(figure) => Some(figure),
        Shown::About(_) | Shown::Between(..) | Shown::Suppressed => None,
    }
}

fn persons(people: Shown) -> String {
    match people {
        Shown::Figure(1) => "1 person".to_owned(),
        Shown::Figure(_) | Shown::About(_) | Shown::Between(..) | Shown::Suppressed => format!("{people} people"),
    }
}

fn description(bands: &[Band]) -> String {
    let said = bands.iter().map(|band| format!("{} from {} to {}", persons(band.people), band.from, band.to));
    format!("{}.", said.collect::<Vec<_>>().join("; "))
}

/// A place of either side.
struct Stack<'a> {
    name: &'a str,
    people: Shown,
    top: i64,
    height: i64,
}

impl Stack<'_> {
    fn foot(&self) -> i64 {
        self.top + self.height
    }

    fn lines(&self, room: i64) -> Vec<String> {
        wrapped(&format!("{}: {}", self.name, persons(self.people)), PLAIN, room, 3)
    }
}

/// How tall a band is; a person is never nothing.
fn thick(people: Shown, total: u64) -> i64 {
    match people {
        Shown::Figure(0) => 0,
        Shown::Figure(figure) => scaled(figure, total, HEIGHT).max(2),
        Shown::About(_) | Shown::Between(..) | Shown::Suppressed => SUPPRESSED,
    }
}

fn stacks<'a>(
    bands: &'a [Band],
    total: u64,
    order: &'a [String],
    name: impl Fn(&'a Band) -> &'a String,
) -> Vec<Stack<'a>> {
    let mut stacks: Vec<Stack<'a>> = Vec::new();
    for key in order.iter().chain(bands.iter().map(&name)) {
        if stacks.iter().any(|stack| stack.name == key) || bands.iter().all(|band| name(band) != key) {
            continue;
        }
        let own = || bands.iter().filter(|band| name(band) == key).map(|band| band.people);
        let people = own().map(figure).sum::<Option<u64>>().map_or(Shown::Suppressed, Shown::Figure);
        let height = own().map(|people| thick(people, total)).sum::<i64>().max(2);
        // Three lines of a name have room, whatever the height of the block.
        let top = stacks.last().map_or(TOP, |last| last.foot() + GAP.max(tall(3) + 8 - (last.height + height) / 2));
        stacks.push(Stack { name: key, people, top, height });
    }
    stacks
}

fn label(drawing: &mut Drawing, stack: &Stack<'_>, x: i64, anchor: Anchor, room: i64) {
    let lines = stack.lines(room);
    let first = stack.top + stack.height / 2 - tall(lines.len()) / 2 + LINE - 3;
    for (line, y) in lines.iter().zip((first..).step_by(usize::try_from(LINE).expect("positive"))) {
        drawing.lettered((x, y), anchor, PLAIN, line);
    }
}

/// Each band leaves its place and reaches the other below the ones before it.
fn draw_bands(drawing: &mut Drawing, bands: &[Band], total: u64, from: &[Stack<'_>], to: &[Stack<'_>]) {
    let mut left: Vec<i64> = from.iter().map(|stack| stack.top).collect();
    let mut right: Vec<i64> = to.iter().map(|stack| stack.top).collect();
    // Numbers come last, so that no band covers them.
    let mut numbers = Vec::new();
    for band in bands {
        let a = from.iter().position(|stack| stack.name == band.from).expect("every band has a stack");
        let b = to.iter().position(|stack| stack.name == band.to).expect("every band has a stack");
        let height = thick(band.people, total);
        if height == 0 {
            continue;
        }
        let shade = match band.people {
            Shown::Figure(_) => [Shade::Light, Shade::Middle, Shade::Dark][a % 3],
            Shown::About(_) | Shown::Between(..) | Shown::Suppressed => Shade::White,
        };
        let ends = ((LEFT + BLOCK, left[a], left[a] + height), (RIGHT, right[b], right[b] + height));
        drawing.band(ends.0, ends.1, shade);
        if height >= READABLE {
            numbers.push(((LEFT + BLOCK + 6, left[a] + height / 2 + 4), band.people.to_string()));
        }
        left[a] += height;
        right[b] += height;
    }
    numbers.iter().for_each(|(at, number)| drawing.lettered(*at, Anchor::Start, STRONG, number));
}
