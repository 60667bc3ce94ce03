//! Warnings and notes in boxes of their own.

use crate::report::pdf::flow::{Flow, MEASURE, spaced};
use crate::report::pdf::measure::{BLACK, BLUE, BODY, Ink, PALE, POINT, STRONG};
use crate::report::pdf::strip::{Strip, tall};
use crate::report::pdf::tags::{Role, Tag};

/// Between the edge of a box and its text.
const PAD: i64 = 9 * POINT;
/// The bar at the left of a box.
const BAR: i64 = 5 * POINT;
/// Lines in one box; a longer text goes on in another.
const MOST: usize = 36;

/// Something that may not be overlooked.
pub(super) fn warning(flow: &mut Flow<'_>, parent: Tag, text: &str) {
    boxed(flow, parent, Some("Warning"), text, BLACK);
}

/// A remark.
pub(super) fn note(flow: &mut Flow<'_>, parent: Tag, text: &str) {
    boxed(flow, parent, None, text, BLUE);
}

fn boxed(flow: &mut Flow<'_>, parent: Tag, title: Option<&str>, text: &str, bar: Ink) {
    let group = flow.tags.add(parent, Role::Group);
    let title_tag = title.map(|title| (title, flow.tags.add(group, Role::Paragraph)));
    let tag = flow.tags.add(group, Role::Paragraph);
    let lines = spaced(&BODY.lines(text, MEASURE - BAR - 2 * PAD));
    for (position, part) in lines.chunks(MOST).enumerate() {
        let title = title_tag.filter(|_| position == 0);
        let above = if title.is_some() { STRONG.leading } else { 0 };
        let height = above + tall(part.len(), BODY.leading) + 2 * PAD - 4 * POINT;
        let mut strip = Strip::new(if position == 0 { 12 * POINT } else { 0 }, height);
        strip.area((0, 0), (MEASURE, height), PALE);
        strip.area((0, 0), (BAR, height), bar);
        let (x, top) = (BAR + PAD, PAD - 2 * POINT);
        if let Some((title, tag)) = title {
            strip.text((x, top), STRONG, title, Some(tag));
        }
        strip.lines((x, top + above), BODY, part, tag);
        flow.strips.push(strip);
    }
    flow.strips.push(Strip::new(0, 4 * POINT));
}
