//! The first page: who puts it forward, what it is, for whom, which draft, and what it contains.

use crate::report::document::{Audience, Document};
use crate::report::pdf::flow::{Flow, Level, MEASURE, definitions, spaced};
use crate::report::pdf::measure::{BLUE, BODY, HEADING, LEAD, POINT, SECTION, SHORT_TITLE, SMALL, STRONG, TITLE};
use crate::report::pdf::strip::{Hold, Mark, Place, Side, Strip, Words, tall};
use crate::report::pdf::tags::{Role, Tag};

/// Room for a page number and the space before it.
const NUMBER: i64 = 40 * POINT;

/// Fewer sections need no contents.
const FEWEST_SECTIONS: usize = 8;
/// From so many on, the contents need the room above the title.
const MANY_SECTIONS: usize = 16;

/// Writes it, and says where the first section stands.
pub(super) fn cover(flow: &mut Flow<'_>, document: &Document) -> Place {
    let tag = flow.tags.add(Tag::ROOT, Role::Paragraph);
    flow.text(tag, &document.organisation, HEADING, 0, Hold::Free);
    let sections = flow.entries.iter().filter(|entry| entry.level == Level::Section).count();
    let is_short = match document.audience {
        Audience::Personal => false,
        Audience::Public | Audience::Exempt => sections < FEWEST_SECTIONS,
    };
    // Short papers begin on their cover, and long contents stand on one page with the title.
    let air = match sections {
        _ if is_short => 14 * POINT,
        0..MANY_SECTIONS => 70 * POINT,
        MANY_SECTIONS.. => 28 * POINT,
    };
    let mut rule = Strip::new(6 * POINT, air);
    rule.area((0, 0), (MEASURE, 2 * POINT), BLUE);
    flow.strips.push(rule);
    let tag = flow.tags.add(Tag::ROOT, Role::Heading(1, document.page.title.clone()));
    let title = if is_short { SHORT_TITLE } else { TITLE };
    flow.text(tag, &document.page.title, title, 0, Hold::WithNext);
    if !document.page.lead.is_empty() {
        let tag = flow.tags.add(Tag::ROOT, Role::Paragraph);
        flow.text(tag, &document.page.lead, LEAD, 8 * POINT, Hold::Free);
    }
    if is_short {
        let tag = flow.tags.add(Tag::ROOT, Role::Paragraph);
        flow.text(tag, &format!("{} \u{b7} {}", document.footer(), document.program), SMALL, 6 * POINT, Hold::Free);
        return Place::Next;
    }
    flow.strips.push(Strip::new(0, 14 * POINT));
    let rows = [
        ("Marking", document.audience.marking().to_owned()),
        ("Draft", document.draft.to_string()),
        ("Date", document.day()),
        ("Made by", document.program.clone()),
    ];
    definitions(flow, Tag::ROOT, &rows.map(|(term, text)| (term.to_owned(), text)));
    match document.audience {
        Audience::Personal => Place::Next,
        Audience::Public | Audience::Exempt => {
            contents(flow);
            Place::NewPage
        }
    }
}

/// The sections with the pages on which they begin, each a link.
fn contents(flow: &mut Flow<'_>) {
    let tag = flow.tags.add(Tag::ROOT, Role::Heading(2, "Contents".to_owned()));
    flow.text(tag, "Contents", SECTION, 34 * POINT, Hold::WithNext);
    flow.strips.push(held(4 * POINT));
    let list = flow.tags.add(Tag::ROOT, Role::Contents);
    for position in 0..flow.entries.len() {
        let entry = &flow.entries[position];
        if entry.level == Level::Section {
            let title = entry.title.clone();
            line(flow, list, position, &title);
        }
    }
}

fn held(height: i64) -> Strip {
    let mut strip = Strip::new(0, height);
    strip.hold = Hold::WithNext;
    strip
}

fn line(flow: &mut Flow<'_>, list: Tag, entry: usize, title: &str) {
    let item = flow.tags.add(list, Role::Entry);
    let tag = flow.tags.add(item, Role::Link);
    let lines = BODY.lines(title, MEASURE - NUMBER);
    let mut strip = Strip::new(0, tall(lines.len(), BODY.leading) + 3 * POINT);
    let mut words = spaced(&lines);
    if let Some(last) = words.last_mut() {
        last.push(' ');
    }
    strip.lines((0, 0), BODY, &words, tag);
    let foot = tall(lines.len() - 1, BODY.leading) + STRONG.baseline();
    let words = Words::PageOf(entry);
    strip.marks.push(Mark::Text { at: (MEASURE, foot), side: Side::Right, style: STRONG, words, tag: Some(tag) });
    strip.marks.push(Mark::Link { at: (0, 0), size: (MEASURE, strip.height - 3 * POINT), entry, tag });
    flow.strips.push(strip);
}
