//! The first sheet of the template: what it is, how to fill it in, in plain words.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::load::schema::{Kind, Need, SHEETS_WITHOUT_DATA, TABLES};
use crate::report::template::VERSION;

/// Name of the first sheet.
const READ_ME: &str = SHEETS_WITHOUT_DATA[0];
/// Name of the hidden sheet of drop-down lists.
pub(super) const LISTS: &str = SHEETS_WITHOUT_DATA[1];

/// What to know before the first cell is typed: topic and words.
const GUIDE: &[(&str, &str)] = &[
    (
        "What this is",
        "The facts that demerge needs to work out who could hold which post when a shared-management agreement ends: \
         one sheet for each table. demerge reads this workbook as it is.",
    ),
    (
        "How to fill it in",
        "One row for each person, post or other thing, from row 2 down. Rest the pointer on a \
         heading to read what it means. Choose from the drop-down where a cell has one. Fill in the sheets from left \
         to right: later drop-downs offer the ids of earlier sheets.",
    ),
    (
        "Ids, never names",
        "People appear by an id that names nobody, such as P01. Keep the list of who is who somewhere else, under \
         lock. Do not put names, dates of birth, health or equality data into any sheet.",
    ),
    (
        "Blank is not zero",
        "Leave a cell blank where the answer is not known. A blank is never counted as 0, as no, or as \"no \
         preference\". Where a figure is needed and missing, demerge check names the cell and stops.",
    ),
    (
        "Figures",
        "Plain numbers: 91472 or 91472.50 for pounds a year, 0.8 for hours as a share of full time, 37.5 for per \
         cent. No £ sign, no comma in thousands, no % sign.",
    ),
    ("Dates", "Type a date as 2026-03-02 (year, month, day)."),
    ("Lists in a cell", "Several values in one cell are separated by a semicolon: A1;A2."),
    ("Headings", "Do not rename headings or sheets. A column of your own is kept out of the model and listed."),
    (
        "When it is filled in",
        "Save, then run: demerge check CASE.xlsx. It lists everything that is missing or cannot be right, with the \
         cell to go to.",
    ),
];

/// A scenario to copy: key and value.
const EXAMPLE: &[(&str, &str, &str)] = &[
    ("name", "Baseline", "what the scenario is called"),
    ("purpose", "interim structures as consulted", "what it is for"),
    (
        "objectives",
        "placed;statutory;preference;match;rank;cost",
        "what is made best, first things first; also family, moves, critical, travel, and over ranks generous, greedy, \
         rank_maximal, bottleneck",
    ),
    ("use_pins", "yes", "whether the decisions of the sheet pins are used"),
    ("structures.A", "A1", "the structure chosen for authority A"),
    ("structures.B", "B1", "the structure chosen for authority B; one such row for each authority"),
    ("policy.rule", "preference_informed", "or employer_default, time_majority"),
    ("policy.retained_shared", "release", "or pin: people of services that stay shared keep a shared post"),
    ("policy.max_grades_down", "1", "how many grades below their own a person may be placed"),
    ("policy.promotion_into", "", "post_ids that a promotion may fill, separated by ;"),
    ("policy.unlisted_rank", "6", "rank counted for a post that a person did not list"),
    ("policy.on_cost_pct", "28", "on-cost added to pay"),
    ("statutory_cover.roles", "MO;S151", "roles that each authority needs"),
    ("statutory_cover.max_tier", "4", "the lowest tier at which such a role may be held"),
    (
        "fairness.1.kind",
        "people_share",
        "a fairness clause; also fte_share, budget, cover, vacancy_gap, preference_parity",
    ),
    ("fairness.1.authority", "B", "the clause is about this authority"),
    ("fairness.1.min_pct", "35", "at least this share of all people"),
    ("fairness.1.max_pct", "45", "at most this share of all people"),
    ("fairness.1.level", "must", "or report: measured and shown only. The next clause starts with fairness.2.kind"),
];

/// What a cell of this kind holds, in one sentence or two.
pub(super) fn cell_holds(kind: Kind) -> String {
    match kind {
        Kind::Text => "Free text.".into(),
        Kind::Key => "A short id of your own, different on every row, that names nobody.".into(),
        Kind::Id(table) => format!("An id from the sheet \"{table}\"."),
        Kind::Ids(table) => format!("Ids from the sheet \"{table}\", separated by ;"),
        Kind::List => "Several values are separated by ;".into(),
        Kind::Word(words) => format!("One of: {}.", words.join(", ")),
        Kind::Words(words) => format!("Any of: {}; several are separated by ;", words.join(", ")),
        Kind::Flag => "yes or no.".into(),
        Kind::Money => "Pounds a year as a plain number, at most 2 decimals: 91472.50.".into(),
        Kind::Fte => "A number above 0 and at most 1, at most 4 decimals: 0.8.".into(),
        Kind::Percent => "Per cent as a plain number from 0 to 100, at most 2 decimals: 37.5.".into(),
        Kind::Whole => "A whole number, 0 or more.".into(),
        Kind::Signed => "A whole number; it may be negative.".into(),
        Kind::Miles => "Miles as a plain number, at most 2 decimals: 12.5.".into(),
        Kind::Date => "A date, year first: 2026-03-02.".into(),
        Kind::AuthorityOr(words) => format!("An id from the sheet \"authorities\", or {}.", words.join(", or ")),
        Kind::PostOrAuthority => "An id from the sheet \"posts\" or \"authorities\", by what stands under kind.".into(),
    }
}

/// Whether the table is needed, in words.
fn need_in_words(need: Need) -> &'static str {
    match need {
        Need::Always => "always needed",
        Need::UnlessStarter => "needed; a first quick look works if all the sheets marked so are empty",
        Need::Optional => "if you have it",
        Need::ToSolve => "needed to solve; demerge match proposes it",
    }
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let topic = text.clone().set_bold();
    let title = Format::new().set_bold().set_font_size(16);
    let head = topic.clone().set_border_bottom(FormatBorder::Thin).set_background_color(Color::RGB(0x00D9_E2F3));
    sheet.set_name(READ_ME)?.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 26)?.set_column_width(1, 62)?.set_column_width(2, 62)?;
    sheet.write_string_with_format(0, 0, "demerge: workbook for a staff allocation case", &title)?;
    sheet.write_string(1, 0, format!("Template version {VERSION}"))?;
    let mut row = 3;
    for (name, words) in GUIDE {
        sheet.write_string_with_format(row, 0, *name, &topic)?;
        sheet.merge_range(row, 1, row, 2, words, &text)?;
        // Merged cells do not grow by themselves.
        let lines = u32::try_from(words.chars().count() / 115 + 1).expect("a guide is short");
        sheet.set_row_height(row, lines * 15 + 3)?;
        row += 1;
    }
    row += 1;
    write_row(sheet, row, ["Sheet", "What it is", "Needed?"], &[&head, &head, &head])?;
    for shape in TABLES {
        row += 1;
        sheet.write_url_with_format(row, 0, format!("internal:{}!A1", shape.name).as_str(), &text)?;
        write_row(sheet, row, [shape.name, shape.help, need_in_words(shape.need)], &[&topic, &text, &text])?;
    }
    row += 1;
    sheet.write_url_with_format(row, 0, "internal:scenarios!A1", &text)?;
    let what = "What is asked: one scenario is the group of rows with its scenario_id.";
    write_row(sheet, row, ["scenarios", what, "without one, a standard scenario is used"], &[&topic, &text, &text])?;
    row += 2;
    let caption = "A scenario to copy into the sheet scenarios: key and value, with S1 under scenario_id on each row";
    sheet.write_string_with_format(row, 0, caption, &Format::new().set_bold())?;
    row += 1;
    write_row(sheet, row, ["key", "value", "what it means"], &[&head, &head, &head])?;
    for (key, value, meaning) in EXAMPLE {
        row += 1;
        write_row(sheet, row, [key, value, meaning], &[&topic, &text, &text])?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: [&str; 3], formats: &[&Format; 3]) -> Result<(), XlsxError> {
    // Not every office program makes room for wrapped text by itself.
    let lines = cells.iter().map(|cell| cell.chars().count() / 66 + 1).max().unwrap_or(1);
    sheet.set_row_height(row, u32::try_from(lines * 15).expect("a guide is short"))?;
    for (column, (cell, format)) in (0u16..).zip(cells.iter().zip(formats)) {
        sheet.write_string_with_format(row, column, *cell, format)?;
    }
    Ok(())
}
