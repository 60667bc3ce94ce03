//! Which strip stands on which page, and where.
//!
//! Strips that hold together move to the next page together; where a page begins within a table, its heading rows are
//! drawn again. A strip is never split, and what is written never reaches the footer.

use crate::report::pdf::strip::{EDGE, Hold, Place, Sheet, Strip};

/// A page with its strips and the top of each, from the upper edge of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheeted {
    pub(super) sheet: Sheet,
    pub(super) strips: Vec<(i64, Strip)>,
}

/// All pages; `headings` are the strips that are drawn again.
pub(super) fn pages(mut strips: Vec<Strip>, headings: &[Vec<Strip>]) -> Vec<Sheeted> {
    spread_sheets(&mut strips);
    let mut pages = Pages { done: Vec::new(), foot: 0, headings };
    let mut rest = strips.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while group.last().is_some_and(|it| it.hold == Hold::WithNext) {
            match rest.next_if(|next| next.place == Place::Next) {
                Some(next) => group.push(next),
                None => break,
            }
        }
        pages.place(group);
    }
    pages.done
}

/// What holds together stands on the same kind of paper: the largest of its strips'.
fn spread_sheets(strips: &mut [Strip]) {
    let mut start = 0;
    while start < strips.len() {
        let held = strips[start..].iter().take_while(|strip| strip.hold == Hold::WithNext).count();
        let end = (start + held + 1).min(strips.len());
        let group = &mut strips[start..end];
        let largest = group.iter().map(|strip| strip.sheet).max_by_key(|sheet| sheet.width());
        let sheet = largest.unwrap_or(Sheet::Portrait);
        group.iter_mut().for_each(|strip| strip.sheet = sheet);
        start = end;
    }
}

struct Pages<'a> {
    done: Vec<Sheeted>,
    foot: i64,
    headings: &'a [Vec<Strip>],
}

impl Pages<'_> {
    fn place(&mut self, group: Vec<Strip>) {
        let Some(first) = group.first() else { return };
        let height: i64 = group.iter().map(|strip| strip.before + strip.height).sum();
        let fits = |pages: &Self| pages.foot + height <= EDGE + first.sheet.height();
        if first.place == Place::NewPage || !self.is_on(first.sheet) || !fits(self) {
            self.begin(first);
        }
        for strip in group {
            if self.foot + strip.before + strip.height > EDGE + strip.sheet.height() {
                self.begin(&strip);
            }
            self.put(strip);
        }
    }

    fn is_on(&self, sheet: Sheet) -> bool {
        self.done.last().is_some_and(|page| page.sheet == sheet)
    }

    /// A new page that begins with this strip; none where the page is still empty.
    fn begin(&mut self, strip: &Strip) {
        if self.is_on(strip.sheet) && self.done.last().is_some_and(|page| page.strips.is_empty()) {
            return;
        }
        self.done.push(Sheeted { sheet: strip.sheet, strips: Vec::new() });
        self.foot = EDGE;
        for heading in strip.repeats.map_or(&[][..], |it| &self.headings[it]) {
            self.put(heading.as_decoration());
        }
    }

    fn put(&mut self, strip: Strip) {
        let Some(page) = self.done.last_mut() else { return };
        let top = if page.strips.is_empty() { EDGE } else { self.foot + strip.before };
        self.foot = top + strip.height;
        page.strips.push((top, strip));
    }
}
