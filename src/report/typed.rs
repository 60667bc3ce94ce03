//! A printed cell as the quantity that it shows, for formats that hold numbers.
//!
//! Only a cell that would be printed the same again is a number: ids such as `0042`, ranks such as `1st` and `[c]` stay text.

use crate::quantity::{BasisPoints, Pence, grouped, read_decimal, write_decimal};
use crate::report::page::ColumnKind;
use crate::report::shown::KEPT_BACK;

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Words, ids, or nothing.
    Text,
    /// A figure that is not shown: `[c]`.
    Suppressed,
    /// A whole number.
    Whole(i64),
    /// A number with so many decimals, in units of the last.
    Decimal(i64, u32),
    /// Money: `£100,879` or `£7,400.50`.
    Money(Pence),
    /// A share: `36.17%`.
    Percent(BasisPoints),
}

/// Most decimals of a number.
const MOST_DECIMALS: u32 = 4;

/// What a cell of such a column shows; a column of text holds no numbers.
pub fn typed(text: &str, kind: ColumnKind) -> Typed {
    match kind {
        _ if text == KEPT_BACK => Typed::Suppressed,
        ColumnKind::Text => Typed::Text,
        ColumnKind::Figures => figure(text),
    }
}

fn figure(text: &str) -> Typed {
    if let Some(money) = money(text) {
        return Typed::Money(money);
    }
    if let Some(share) = text.strip_suffix('%') {
        let share = read_decimal(share, 2).ok().and_then(|value| i32::try_from(value).ok()).map(BasisPoints);
        return share.filter(|share| format!("{share}%") == text).map_or(Typed::Text, Typed::Percent);
    }
    if let Ok(value) = read_decimal(&text.replace(',', ""), 0)
        && (value.to_string() == text || grouped(value) == text)
    {
        return Typed::Whole(value);
    }
    let decimal = |places| read_decimal(text, places).ok().filter(|value| write_decimal(*value, places) == text);
    let found = (1..=MOST_DECIMALS).find_map(|places| decimal(places).map(|value| (value, places)));
    found.map_or(Typed::Text, |(value, places)| Typed::Decimal(value, places))
}

fn money(text: &str) -> Option<Pence> {
    let plain = text.replacen('£', "", 1).replace(',', "");
    let pence = Pence(read_decimal(&plain, 2).ok()?);
    (text.contains('£') && pence.to_string() == text).then_some(pence)
}

impl Typed {
    /// The number as a plain decimal, in pounds or per cent where it is money or a share.
    pub fn plain(self) -> Option<String> {
        match self {
            Typed::Text | Typed::Suppressed => None,
            Typed::Whole(value) => Some(value.to_string()),
            Typed::Decimal(value, places) => Some(write_decimal(value, places)),
            Typed::Money(pence) => Some(write_decimal(pence.0, 2)),
            Typed::Percent(share) => Some(share.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Typed, typed};
    use crate::quantity::{BasisPoints, Pence};
    use crate::report::page::ColumnKind::{Figures, Text};

    #[test]
    fn a_figure_is_what_prints_the_same_again() {
        for (text, is) in [
            ("12", Typed::Whole(12)),
            ("-3", Typed::Whole(-3)),
            ("1,234", Typed::Whole(1_234)),
            ("0.60", Typed::Decimal(60, 2)),
            ("0.8", Typed::Decimal(8, 1)),
            ("£100,879", Typed::Money(Pence(10_087_900))),
            ("-£7,400.50", Typed::Money(Pence(-740_050))),
            ("36.17%", Typed::Percent(BasisPoints(3617))),
            ("[c]", Typed::Suppressed),
        ] {
            assert_eq!(typed(text, Figures), is, "{text}");
        }
        for text in ["", "0042", "1st", "12 of 47", "1,23", "£1000", "£1.5", "36.170%", "+5", "A01", "1.23456", "£"]
        {
            assert_eq!(typed(text, Figures), Typed::Text, "{text}");
        }
        assert_eq!(typed("12", Text), Typed::Text);
        assert_eq!(typed("[c]", Text), Typed::Suppressed);
    }
}
