//! A drawing with its caption, on the smallest paper on which it can be read.

use crate::report::pdf::flow::{Flow, spaced};
use crate::report::pdf::measure::{CAPTION, POINT};
use crate::report::pdf::strip::{Hold, Mark, Sheet, Stand, Strip, tall};
use crate::report::pdf::tags::{Role, Tag};
use crate::report::svg::Drawing;

/// A unit of a drawing on paper: 96 are an inch, as on screens.
const UNIT: i64 = 750;
/// Room for heading and caption beside a drawing that fills a page.
const CAPTION_ROOM: i64 = 60 * POINT;
/// Room for headings and caption beside a drawing that fills a page on A3.
const HEADING_ROOM: i64 = 90 * POINT;

/// The drawing, and its caption below it.
pub(super) fn figure<'a>(flow: &mut Flow<'a>, parent: Tag, drawing: &'a Drawing, last: Hold) {
    let (width, height) = drawing.size();
    let (sheet, size) = placed(width * UNIT, height * UNIT);
    let from = flow.strips.len();
    put(flow, parent, drawing, sheet, size, last);
    flow.strips[from].stand = Stand::Floating;
}

/// The drawing as large as a page on A3 has room for, but for a heading; it begins a page.
pub(super) fn filling<'a>(flow: &mut Flow<'a>, parent: Tag, drawing: &'a Drawing) {
    let (width, height) = drawing.size();
    let room = (Sheet::Large.width(), Sheet::Large.height() - HEADING_ROOM);
    put(flow, parent, drawing, Sheet::Large, grown((width * UNIT, height * UNIT), room), Hold::Free);
}

fn put<'a>(
    flow: &mut Flow<'a>,
    parent: Tag,
    drawing: &'a Drawing,
    sheet: Sheet,
    (width, height): (i64, i64),
    last: Hold,
) {
    let group = flow.tags.add(parent, Role::Group);
    let words = format!("{}. {}", drawing.title(), drawing.description());
    let tag = flow.tags.add(group, Role::Figure(words));
    let mut strip = Strip::new(10 * POINT, height);
    strip.sheet = sheet;
    strip.hold = Hold::WithNext;
    strip.marks.push(Mark::Picture { at: (0, 0), size: (width, height), drawing: flow.drawings.len(), tag });
    flow.drawings.push(drawing);
    flow.strips.push(strip);
    let caption_tag = flow.tags.add(group, Role::Caption);
    let caption = flow.captions.figure(drawing.title());
    let lines = spaced(&CAPTION.lines(&caption, sheet.width()));
    let mut strip = Strip::new(4 * POINT, tall(lines.len(), CAPTION.leading));
    strip.lines((0, 0), CAPTION, &lines, caption_tag);
    strip.sheet = sheet;
    strip.hold = last;
    flow.strips.push(strip);
}

/// As large as the room, but at most by two fifths larger, as A3 is beside A4.
fn grown((width, height): (i64, i64), (across, down): (i64, i64)) -> (i64, i64) {
    let wide = (width * 7 / 5).min(across).min(width * down / height.max(1));
    (wide, height * wide / width.max(1))
}

/// The first paper on which its letters are not made smaller than eight ninths, and its size there.
fn placed(width: i64, height: i64) -> (Sheet, (i64, i64)) {
    let readable = |sheet: &Sheet| width * 8 / 9 <= sheet.width() && height * 8 / 9 <= sheet.height() - CAPTION_ROOM;
    let sheets = [Sheet::Portrait, Sheet::Landscape, Sheet::Large];
    let fallback = if width > height { Sheet::Large } else { Sheet::Portrait };
    let sheet = sheets.into_iter().find(readable).unwrap_or(fallback);
    let (most_wide, most_tall) = (sheet.width(), sheet.height() - CAPTION_ROOM);
    let (mut fit_wide, mut fit_tall) = (width, height);
    if fit_wide > most_wide {
        (fit_wide, fit_tall) = (most_wide, height * most_wide / width.max(1));
    }
    if fit_tall > most_tall {
        (fit_wide, fit_tall) = (width * most_tall / height.max(1), most_tall);
    }
    (sheet, (fit_wide, fit_tall))
}

#[cfg(test)]
mod tests {
    use super::{grown, placed};
    use crate::report::pdf::strip::Sheet;

    #[test]
    fn a_drawing_goes_on_paper_on_which_it_can_be_read() {
        assert_eq!(placed(240_000, 90_000), (Sheet::Portrait, (240_000, 90_000)));
        assert_eq!(placed(500_000, 100_000).0, Sheet::Portrait);
        assert_eq!(placed(720_000, 300_000).0, Sheet::Landscape);
        assert_eq!(placed(1_000_000, 600_000).0, Sheet::Large);
        assert_eq!(grown((100_000, 50_000), (1_000_000, 600_000)), (140_000, 70_000));
        assert_eq!(grown((1_000_000, 1_200_000), (1_000_000, 600_000)), (500_000, 600_000));
        let (sheet, (width, height)) = placed(3_000_000, 9_000_000);
        assert!(width <= sheet.width() && height <= sheet.height());
    }
}
