//! Drop-downs and messages of the template: what a cell may hold, said before it is typed.
//!
//! Ids of other tables come through defined names that grow with the table, so a drop-down never offers blanks (a
//! list with a blank in it makes Excel accept anything). An id that is not in its list yet is warned about, not
//! refused: people fill in sheets in any order. A wrong word is refused.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, Workbook, Worksheet,
    XlsxError,
};

use crate::diagnostic::column_letters;
use crate::load::schema::{Column, Kind, TABLES};
use crate::report::template::read_me::{LISTS, cell_holds};
use crate::report::words::capital;

/// Authorities that a mixed list (words, then authority ids) has room for.
const MIXED_ROWS: usize = 50;

/// Every column that takes an authority id or a word: its table, its name, the words.
fn mixed_columns() -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
    TABLES.iter().flat_map(|shape| {
        shape.columns.iter().filter_map(|column| match column.kind {
            Kind::AuthorityOr(words) => Some((shape.name, column.name, words)),
            Kind::Text
            | Kind::Key
            | Kind::Id(_)
            | Kind::Ids(_)
            | Kind::List
            | Kind::Word(_)
            | Kind::Words(_)
            | Kind::Flag
            | Kind::Money
            | Kind::Fte
            | Kind::Percent
            | Kind::Whole
            | Kind::Signed
            | Kind::Miles
            | Kind::Date
            | Kind::PostOrAuthority => None,
        })
    })
}

/// The hidden sheet: for each mixed column its words, then the authority ids as they are typed.
pub(super) fn write_lists(sheet: &mut Worksheet, authorities: &[&str]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?.set_hidden(true);
    for (at, (table, name, words)) in (0u16..).zip(mixed_columns()) {
        sheet.write_string(0, at, format!("{table}.{name}"))?;
        for (row, word) in (1u32..).zip(words) {
            sheet.write_string(row, at, *word)?;
        }
        let first = 1 + u32::try_from(words.len()).unwrap_or(u32::MAX);
        for (offset, row) in (first..).take(MIXED_ROWS).enumerate() {
            let cell = format!("authorities!$A${}", offset + 2);
            let shown = authorities.get(offset).copied().unwrap_or_default();
            let formula = Formula::new(format!("=IF({cell}=\"\",\"\",{cell})")).set_result(shown);
            sheet.write_formula(row, at, formula)?;
        }
    }
    Ok(())
}

/// The names that drop-downs refer to: the ids of each table that has one key column, and the mixed lists.
pub(super) fn define_names(book: &mut Workbook, rows: usize) -> Result<(), XlsxError> {
    let last = rows + 1;
    for shape in TABLES.iter().filter(|shape| shape.columns[0].kind == Kind::Key) {
        let keys = format!("{}!$A$2:$A${last}", shape.name);
        let filled = format!("={0}!$A$2:INDEX({keys},MAX(1,COUNTA({keys})))", shape.name);
        book.define_name(ids_name(shape.name), &filled)?;
    }
    for (at, (table, name, words)) in (0u32..).zip(mixed_columns()) {
        let letter = column_letters(at);
        let end = words.len() + MIXED_ROWS;
        let list = format!("{LISTS}!${letter}$2:${letter}${}", end + 1);
        let count = format!("MIN({end},{}+COUNTA(authorities!$A$2:$A${last}))", words.len());
        book.define_name(mixed_name(table, name), &format!("={LISTS}!${letter}$2:INDEX({list},{count})"))?;
    }
    Ok(())
}

fn ids_name(table: &str) -> String {
    format!("ids_{table}")
}

fn mixed_name(table: &str, column: &str) -> String {
    format!("list_{table}_{column}")
}

/// What Excel checks and says in the cells of this column; `None` for free text.
pub(super) fn validation(table: &str, column: &Column, at: u16) -> Result<Option<DataValidation>, XlsxError> {
    use DataValidationRule::{Between, GreaterThanOrEqualTo};
    let rule = DataValidation::new();
    let rule = match column.kind {
        Kind::Text => return Ok(None),
        Kind::Key | Kind::Ids(_) | Kind::List | Kind::Words(_) => return told(column).map(Some),
        Kind::Word(words) => rule.allow_list_strings(words)?,
        Kind::Flag => rule.allow_list_strings(&["yes", "no"])?,
        Kind::Id(other) => lenient(rule.allow_list_formula(Formula::new(format!("={}", ids_name(other))))),
        Kind::AuthorityOr(_) => {
            lenient(rule.allow_list_formula(Formula::new(format!("={}", mixed_name(table, column.name)))))
        }
        Kind::PostOrAuthority => {
            // The kind of decision stands one column to the left, and its word ends in what the target is.
            let kind = column_letters(u32::from(at.saturating_sub(1)));
            let (posts, authorities) = (ids_name("posts"), ids_name("authorities"));
            let list = format!("=IF(RIGHT(${kind}2,4)=\"post\",{posts},{authorities})");
            lenient(rule.allow_list_formula(Formula::new(list)))
        }
        Kind::Money | Kind::Miles => rule.allow_decimal_number(GreaterThanOrEqualTo(0.0)),
        Kind::Fte => rule.allow_decimal_number(Between(0.0001, 1.0)),
        Kind::Percent => rule.allow_decimal_number(Between(0.0, 100.0)),
        Kind::Whole => rule.allow_whole_number(GreaterThanOrEqualTo(0)),
        Kind::Signed => rule.allow_whole_number(Between(-1_000, 1_000)),
        Kind::Date => rule.allow_date(GreaterThanOrEqualTo(&ExcelDateTime::from_ymd(1901, 1, 1)?)),
    };
    let rule = rule.set_error_title(title(column))?.set_error_message(clipped(&error(column)))?;
    Ok(Some(rule))
}

/// A message beside the cell, and no check: ids of one's own, and lists.
fn told(column: &Column) -> Result<DataValidation, XlsxError> {
    let help = format!("{}. {}", capital(column.help), cell_holds(column.kind));
    DataValidation::new().allow_any_value().set_input_title(title(column))?.set_input_message(clipped(&help))
}

/// Asks instead of refusing.
fn lenient(rule: DataValidation) -> DataValidation {
    rule.set_error_style(DataValidationErrorStyle::Warning)
}

/// Excel shows at most 32 characters.
fn title(column: &Column) -> String {
    column.name.chars().take(32).collect()
}

/// Excel shows at most 255 characters.
fn clipped(text: &str) -> String {
    text.chars().take(255).collect()
}

/// What is said when the cell does not fit.
fn error(column: &Column) -> String {
    let blank = if column.blank { " Leave it blank if it is not known." } else { "" };
    match column.kind {
        Kind::Id(other) => {
            format!("This id is not in the sheet \"{other}\" yet. Add it there, or choose one from the list.{blank}")
        }
        Kind::AuthorityOr(words) => {
            let words = words.join(" or ");
            format!("Choose an authority_id from the sheet \"authorities\", or {words}.{blank}")
        }
        Kind::PostOrAuthority => format!("Choose an id that is in the sheet \"posts\" or \"authorities\".{blank}"),
        Kind::Word(_) | Kind::Flag => format!("Choose one of the words in the list, spelt exactly so.{blank}"),
        Kind::Text
        | Kind::Key
        | Kind::Ids(_)
        | Kind::List
        | Kind::Words(_)
        | Kind::Money
        | Kind::Fte
        | Kind::Percent
        | Kind::Whole
        | Kind::Signed
        | Kind::Miles
        | Kind::Date => format!("{}{blank}", cell_holds(column.kind)),
    }
}
