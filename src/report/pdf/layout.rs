//! Which strip stands on which page, and where.
//!
//! Strips that hold together move to the next page together; where a page begins within a table, its heading rows are
//! drawn again. A strip is never split, and what is written never reaches the footer. Where a figure or a wide table would
//! leave much of a page empty, the text after it fills that page, and the figure begins the next.

use crate::report::pdf::strip::{EDGE, Hold, Place, Sheet, Stand, Strip};

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
    let mut waiting: Vec<Vec<Strip>> = Vec::new();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while group.last().is_some_and(|it| it.hold == Hold::WithNext) {
            match rest.next_if(|next| next.place == Place::Next) {
                Some(next) => group.push(next),
                None => break,
            }
        }
        if is_floating(&group) && (!waiting.is_empty() || pages.leaves_much(&group)) {
            waiting.push(group);
            continue;
        }
        if !waiting.is_empty() && begins_a_block(&group) && pages.turns(&group) {
            waiting.drain(..).for_each(|group| pages.place(group));
        }
        pages.place(group);
    }
    waiting.into_iter().for_each(|group| pages.place(group));
    pages.done
}

fn is_floating(group: &[Strip]) -> bool {
    group.first().is_some_and(|strip| strip.stand == Stand::Floating)
}

/// Whether a group is no further row of a table and no further line of a paragraph.
fn begins_a_block(group: &[Strip]) -> bool {
    group.first().is_some_and(|strip| strip.repeats.is_none() && strip.before > 0)
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
        if self.turns(&group) {
            self.begin(first);
        }
        for strip in group {
            if self.foot + strip.before + strip.height > EDGE + strip.sheet.height() {
                self.begin(&strip);
            }
            self.put(strip);
        }
    }

    /// Whether a group needs a new page.
    fn turns(&self, group: &[Strip]) -> bool {
        let Some(first) = group.first() else { return false };
        let height: i64 = group.iter().map(|strip| strip.before + strip.height).sum();
        let fits = self.foot + height <= EDGE + first.sheet.height();
        first.place == Place::NewPage || !self.is_on(first.sheet) || !fits
    }

    /// Whether a group would leave more than a sixth of the page empty.
    fn leaves_much(&self, group: &[Strip]) -> bool {
        let Some(page) = self.done.last().filter(|page| !page.strips.is_empty()) else { return false };
        let room = EDGE + page.sheet.height() - self.foot;
        self.turns(group) && room > page.sheet.height() / 6
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

#[cfg(test)]
mod tests {
    use super::{Sheeted, pages};
    use crate::report::pdf::strip::{EDGE, Hold, Place, Sheet, Stand, Strip};

    /// Strips of heights and holds that look like chance, each known by its entry.
    fn strips(count: usize) -> Vec<Strip> {
        let mut state = 7_u64;
        let mut chance = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut strip = |entry: usize| {
            let mut strip = Strip::new(5_000, 10_000 + i64::try_from(chance(60_000)).expect("small"));
            strip.entry = Some(entry);
            strip.hold = if chance(3) == 0 { Hold::WithNext } else { Hold::Free };
            strip.place = if chance(40) == 0 { Place::NewPage } else { Place::Next };
            strip.sheet = if chance(30) == 0 { Sheet::Landscape } else { Sheet::Portrait };
            strip.repeats = (chance(2) == 0).then_some(0);
            strip
        };
        (0..count).map(&mut strip).collect()
    }

    fn entries(page: &Sheeted) -> Vec<usize> {
        page.strips.iter().filter_map(|(_, strip)| strip.entry).collect()
    }

    #[test]
    fn every_strip_stands_once_in_order_within_its_page() {
        let heading = Strip::new(0, 30_000);
        let all = pages(strips(900), &[vec![heading]]);
        assert_eq!(all.iter().flat_map(entries).collect::<Vec<_>>(), (0..900).collect::<Vec<_>>());
        for page in &all {
            let mut foot = EDGE;
            for (top, strip) in &page.strips {
                assert!(*top >= foot && (strip.entry.is_none() || strip.sheet == page.sheet));
                foot = top + strip.height;
            }
            assert!(foot <= EDGE + page.sheet.height(), "nothing reaches the footer");
        }
    }

    #[test]
    fn text_fills_the_page_before_a_figure() {
        let text = |entry: usize| Strip { entry: Some(entry), ..Strip::new(5_000, 100_000) };
        let figure = |entry: usize, sheet| Strip { sheet, stand: Stand::Floating, ..text(entry) };
        let tall = Strip { height: 700_000, ..figure(2, Sheet::Portrait) };
        let strips =
            vec![text(1), tall, figure(3, Sheet::Landscape), text(4), text(5), text(6), text(7), text(8), text(9)];
        let all = pages(strips, &[]);
        let found: Vec<Vec<usize>> = all.iter().map(entries).collect();
        assert_eq!(found, [vec![1, 4, 5, 6, 7, 8], vec![2], vec![3], vec![9]]);
        assert_eq!(pages(vec![text(1), Strip { height: 700_000, ..figure(2, Sheet::Portrait) }], &[]).len(), 2);
    }

    #[test]
    fn what_holds_on_never_ends_a_page() {
        let all = pages(strips(900), &[vec![Strip::new(0, 30_000)]]);
        for pair in all.windows(2) {
            let last = pair[0].strips.last().expect("a page is not empty");
            let next = pair[1].strips.iter().find(|(_, strip)| strip.entry.is_some()).expect("it has one");
            let held: i64 = 6 * 75_000;
            let is_short = held <= pair[0].sheet.height();
            assert!(is_short && (last.1.hold == Hold::Free || next.1.place == Place::NewPage), "{:?}", last.1.entry);
        }
    }

    #[test]
    fn a_table_that_goes_on_has_its_heading_again() {
        let row = |entry: usize| Strip { entry: Some(entry), repeats: Some(0), ..Strip::new(0, 20_000) };
        let all = pages((0..200).map(row).collect(), &[vec![Strip::new(0, 30_000)]]);
        assert!(all.len() > 3);
        for page in &all[1..] {
            assert_eq!((page.strips[0].1.entry, page.strips[0].1.height), (None, 30_000));
        }
    }
}
