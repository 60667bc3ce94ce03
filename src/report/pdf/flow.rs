//! The blocks of a document as strips, with what each piece is.

use crate::report::captions::Captions;
use crate::report::document::Document;
use crate::report::page::{Block, Section};
use crate::report::pdf::boxes::{note, warning};
use crate::report::pdf::cover::cover;
use crate::report::pdf::figure::{figure, filling};
use crate::report::pdf::measure::{BODY, HEADING, LINE, POINT, SECTION, SMALL, STRONG, Style};
use crate::report::pdf::strip::{Hold, Place, Sheet, Strip, tall};
use crate::report::pdf::table::table;
use crate::report::pdf::tags::{Points, Role, Tag, Tags};
use crate::report::svg::Drawing;

/// Longest line of text that is easy to read.
pub(super) const MEASURE: i64 = 440 * POINT;
/// Where the text of a point begins.
const INDENT: i64 = 16 * POINT;
/// Width of the terms of definitions.
const TERM: i64 = 170 * POINT;

/// What the contents and the bookmarks name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) level: Level,
}

/// How deep an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// A section: in contents and bookmarks.
    Section,
    /// A heading in a section: in the bookmarks.
    Heading,
}

/// Everything that is written, before it is put on pages.
pub(super) struct Flow<'a> {
    pub(super) strips: Vec<Strip>,
    /// Heading rows that are drawn again at the top of a page.
    pub(super) headings: Vec<Vec<Strip>>,
    pub(super) tags: Tags,
    pub(super) entries: Vec<Entry>,
    pub(super) drawings: Vec<&'a Drawing>,
    pub(super) captions: Captions,
    /// Entries whose place was written.
    written: usize,
}

/// The cover, the contents and every section.
pub(super) fn flow(document: &Document) -> Flow<'_> {
    let mut flow = Flow::begun(document);
    let cover_place = cover(&mut flow, document);
    for (position, it) in document.page.sections.iter().enumerate() {
        let first = flow.strips.len();
        section(&mut flow, it);
        if let (0, Some(strip)) = (position, flow.strips.get_mut(first)) {
            strip.place = cover_place;
        }
    }
    flow
}

/// The drawings alone, each on a page of A3 under the heading before it; the title stands on the first.
pub(super) fn sheets(document: &Document) -> Flow<'_> {
    let mut flow = Flow::begun(document);
    flow.entries.retain(|entry| entry.level == Level::Heading);
    flow.entries.iter_mut().for_each(|entry| entry.level = Level::Section);
    let tag = flow.tags.add(Tag::ROOT, Role::Heading(1, document.page.title.clone()));
    flow.text(tag, &document.page.title, HEADING, 0, Hold::WithNext);
    let mut tag = Tag::ROOT;
    let mut first = None;
    for block in document.page.sections.iter().flat_map(|section| &section.blocks) {
        let here = flow.strips.len();
        if let Some(title) = block.heading() {
            tag = flow.tags.add(Tag::ROOT, Role::Section);
            flow.heading(tag, title, HEADING, 4 * POINT, 2);
            first = Some(here);
        }
        if let Some(drawing) = block.drawing() {
            let is_first = flow.drawings.is_empty();
            filling(&mut flow, tag, drawing);
            if !is_first {
                flow.strips[first.unwrap_or(here)].place = Place::NewPage;
            }
            first = None;
        }
    }
    flow
}

fn entries(sections: &[Section]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for section in sections {
        entries.push(Entry { title: section.title.clone(), level: Level::Section });
        for block in &section.blocks {
            if let Block::Heading(title) = block {
                entries.push(Entry { title: title.clone(), level: Level::Heading });
            }
        }
    }
    entries
}

fn section<'a>(flow: &mut Flow<'a>, section: &'a Section) {
    let tag = flow.tags.add(Tag::ROOT, Role::Section);
    flow.heading(tag, &section.title, SECTION, 26 * POINT, 2);
    for (position, it) in section.blocks.iter().enumerate() {
        let hold = match section.blocks.get(position + 1) {
            Some(Block::Source(_)) => Hold::WithNext,
            Some(_) | None => Hold::Free,
        };
        block(flow, tag, it, hold);
    }
}

fn block<'a>(flow: &mut Flow<'a>, parent: Tag, block: &'a Block, last: Hold) {
    match block {
        Block::List(points) if points.is_empty() => {}
        Block::Definitions(rows) if rows.is_empty() => {}
        Block::Table(it) if it.columns.is_empty() => {}
        Block::Heading(text) => flow.heading(parent, text, HEADING, 16 * POINT, 3),
        Block::Paragraph(text) => {
            let tag = flow.tags.add(parent, Role::Paragraph);
            let last = if text.trim_end().ends_with(':') { Hold::WithNext } else { last };
            flow.text(tag, text, BODY, 8 * POINT, last);
        }
        Block::List(points) => list(flow, parent, points),
        Block::Table(it) => table(flow, parent, it, last),
        Block::Warning(text) => warning(flow, parent, text),
        Block::Note(text) => note(flow, parent, text),
        Block::Definitions(rows) => definitions(flow, parent, rows),
        Block::Source(text) => {
            let tag = flow.tags.add(parent, Role::Paragraph);
            flow.text(tag, text, SMALL, 4 * POINT, Hold::Free);
        }
        Block::Drawing(drawing) => figure(flow, parent, drawing, last),
    }
}

impl<'a> Flow<'a> {
    /// Nothing written yet.
    fn begun(document: &'a Document) -> Self {
        Flow {
            strips: Vec::new(),
            headings: Vec::new(),
            tags: Tags::new(),
            entries: entries(&document.page.sections),
            drawings: Vec::new(),
            captions: Captions::default(),
            written: 0,
        }
    }

    /// A heading with its entry; it stands with what follows.
    fn heading(&mut self, parent: Tag, text: &str, style: Style, before: i64, level: u16) {
        let tag = self.tags.add(parent, Role::Heading(level, text.to_owned()));
        let first = self.strips.len();
        self.text(tag, text, style, before, Hold::WithNext);
        self.strips[first].entry = Some(self.written);
        self.written += 1;
        for strip in &mut self.strips[first..] {
            strip.hold = Hold::WithNext;
        }
    }

    /// Text of the width that reads well, a strip for each line; its first and its last two lines stay together.
    pub(super) fn text(&mut self, tag: Tag, text: &str, style: Style, before: i64, last: Hold) {
        let lines = style.lines(text, MEASURE);
        for (position, line) in spaced(&lines).iter().enumerate() {
            let mut strip = Strip::new(if position == 0 { before } else { 0 }, style.leading);
            strip.text((0, 0), style, line, Some(tag));
            strip.hold = hold(position, lines.len(), last);
            self.strips.push(strip);
        }
    }
}

/// Whether the next line follows on the same page: two lines at least stand at the foot and at the head of a page.
fn hold(position: usize, lines: usize, last: Hold) -> Hold {
    if position + 1 == lines {
        last
    } else if position == 0 || position + 2 == lines {
        Hold::WithNext
    } else {
        Hold::Free
    }
}

/// Lines with a space after each but the last, so that words stay apart when the text is read out.
pub(super) fn spaced(lines: &[String]) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let broken = |line: &str| line.ends_with(['-', '/', ';', '\u{2013}', '\u{2014}', ' ']);
    let space = |(position, line): (usize, &String)| {
        if position == last || broken(line) { line.clone() } else { format!("{line} ") }
    };
    lines.iter().enumerate().map(space).collect()
}

fn list(flow: &mut Flow<'_>, parent: Tag, points: &[String]) {
    let list = flow.tags.add(parent, Role::List(Points::Bullets));
    // No point stands alone at the foot or at the head of a page.
    let with_next = if points.len() > 1 { Hold::WithNext } else { Hold::Free };
    for (position, point) in points.iter().enumerate() {
        let item = flow.tags.add(list, Role::Item);
        let (label, body) = (flow.tags.add(item, Role::Label), flow.tags.add(item, Role::Body));
        let lines = BODY.lines(point, MEASURE - INDENT);
        for (at, line) in spaced(&lines).iter().enumerate() {
            let before = match (position, at) {
                (0, 0) => 6 * POINT,
                (_, 0) => 3 * POINT,
                (_, _) => 0,
            };
            let mut strip = Strip::new(before, BODY.leading);
            if at == 0 {
                strip.text((4 * POINT, 0), BODY, "\u{2022}", Some(label));
            }
            strip.text((INDENT, 0), BODY, line, Some(body));
            strip.hold = hold(
                at,
                lines.len(),
                if position == 0 || position + 2 == points.len() { with_next } else { Hold::Free },
            );
            flow.strips.push(strip);
        }
    }
}

/// Terms on the left, what belongs to them on the right, a line below each.
pub(super) fn definitions(flow: &mut Flow<'_>, parent: Tag, rows: &[(String, String)]) {
    let list = flow.tags.add(parent, Role::List(Points::Terms));
    let most = usize::try_from(Sheet::Portrait.height() * 3 / 4 / BODY.leading).unwrap_or(1);
    for (position, (term, text)) in rows.iter().enumerate() {
        let item = flow.tags.add(list, Role::Item);
        let (label, body) = (flow.tags.add(item, Role::Label), flow.tags.add(item, Role::Body));
        let terms = spaced(&STRONG.lines(term, TERM - 12 * POINT));
        let texts = spaced(&BODY.lines(text, MEASURE - TERM));
        let lines = terms.len().max(texts.len());
        for first in (0..lines).step_by(most) {
            let here = most.min(lines - first);
            let height = tall(here, BODY.leading) + 6 * POINT;
            let mut strip = Strip::new(if position == 0 && first == 0 { 8 * POINT } else { 0 }, height);
            let part = |all: &[String]| all.iter().skip(first).take(most).cloned().collect::<Vec<_>>();
            strip.lines((0, 3 * POINT), STRONG, &part(&terms), label);
            strip.lines((TERM, 3 * POINT), BODY, &part(&texts), body);
            if first + here == lines {
                strip.area((0, height - POINT / 2), (MEASURE, POINT / 2), LINE);
            }
            if position + 2 == rows.len() {
                strip.hold = Hold::WithNext;
            }
            flow.strips.push(strip);
        }
    }
}
