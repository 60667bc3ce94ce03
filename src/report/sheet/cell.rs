//! A cell of the workbook: a number with the look that it has in print, or text.
//!
//! A spreadsheet holds binary fractions; a decimal becomes the nearest one here and nowhere else, and its look shows the
//! decimals that it had.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use crate::quantity::write_decimal;
use crate::report::page::ColumnKind;
use crate::report::typed::{Typed, typed};

/// Writes a cell of a table.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    kind: ColumnKind,
) -> Result<(), XlsxError> {
    let format = Format::new().set_align(FormatAlign::Top);
    let (decimal, look) = match typed(text, kind) {
        Typed::Text | Typed::Suppressed => return write_text(sheet, (row, column), text, kind, format),
        Typed::Whole(value) => {
            (value.to_string(), if text.contains(',') { "#,##0".to_owned() } else { "0".to_owned() })
        }
        Typed::Decimal(value, places) => (write_decimal(value, places), decimals("0", places)),
        Typed::Money(pence) => (write_decimal(pence.0, 2), "£#,##0.00".to_owned()),
        // Excel keeps a share as a part of one, so hundredths of a per cent are four decimals.
        Typed::Percent(share) => {
            let places = text.split_once('.').map_or(0, |(_, decimals)| decimals.len() - 1);
            let places = u32::try_from(places).expect("at most two");
            (write_decimal(share.0.into(), 4), format!("{}%", decimals("0", places)))
        }
    };
    let number: f64 = decimal.parse().expect("a decimal is a number");
    sheet.write_number_with_format(row, column, number, &format.set_num_format(look)).map(drop)
}

fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    kind: ColumnKind,
    format: Format,
) -> Result<(), XlsxError> {
    let format = match kind {
        ColumnKind::Text => format.set_text_wrap(),
        ColumnKind::Figures => format.set_align(FormatAlign::Right).set_text_wrap(),
    };
    if text.is_empty() {
        return Ok(());
    }
    sheet.write_string_with_format(row, column, text, &format).map(drop)
}

fn decimals(whole: &str, places: u32) -> String {
    if places == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(places as usize)) }
}
