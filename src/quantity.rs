//! Exact quantities: money, hours, percentages and miles are integers everywhere.
//!
//! A figure that is defended before a tribunal may not depend on rounding in binary, so a decimal cell is read
//! into a scaled integer once and is written back from it. No floating point lives here.

use std::fmt;

/// Why a decimal cell is not the quantity that its column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misread {
    /// Not digits with at most one decimal point.
    NotANumber,
    /// A comma or space splits the digits ("50,213").
    ThousandsSeparator,
    /// More decimals than the column holds.
    TooManyDecimals,
    /// Too large for any real plan.
    TooLarge,
}

/// Reads a plain decimal into an integer of `10^-decimals` units.
///
/// - Accepts an optional sign, digits, and at most `decimals` digits after a point; trailing zeros beyond do not count.
/// - Surrounding white space is the caller's business.
///
/// # Errors
/// [`Misread`] says what is wrong with the text.
pub fn read_decimal(text: &str, decimals: u32) -> Result<i64, Misread> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(fraction) || !all_digits(whole) || digits.ends_with('.') {
        let separators = [',', ' ', '\u{a0}', '\u{202f}', '\''];
        let joined: String = digits.chars().filter(|c| !separators.contains(c)).collect();
        let (w, f) = joined.split_once('.').unwrap_or((&joined, ""));
        let reads_without = joined.len() < digits.len() && !w.is_empty() && all_digits(w) && all_digits(f);
        return Err(if reads_without { Misread::ThousandsSeparator } else { Misread::NotANumber });
    }
    let fraction = fraction.trim_end_matches('0');
    let width = decimals as usize;
    if fraction.len() > width {
        return Err(Misread::TooManyDecimals);
    }
    let padded = format!("{whole}{fraction:0<width$}");
    let trimmed = padded.trim_start_matches('0');
    if trimmed.len() > 15 {
        return Err(Misread::TooLarge);
    }
    let value: i64 = if trimmed.is_empty() { 0 } else { trimmed.parse().map_err(|_| Misread::TooLarge)? };
    Ok(if negative { -value } else { value })
}

/// Writes an integer of `10^-decimals` units as a plain decimal with exactly that many decimals.
pub fn write_decimal(value: i64, decimals: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs();
    if decimals == 0 {
        return format!("{sign}{magnitude}");
    }
    let unit = 10u64.pow(decimals);
    format!("{sign}{}.{:0width$}", magnitude / unit, magnitude % unit, width = decimals as usize)
}

/// Writes like [`write_decimal`] but without trailing zeros: `0.8`, `35`, `36.17`.
pub fn write_short(value: i64, decimals: u32) -> String {
    let long = write_decimal(value, decimals);
    if decimals == 0 {
        return long;
    }
    long.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Groups the digits of a whole number in threes: `2,651,696`.
pub fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if value < 0 { format!("-{out}") } else { out }
}

/// Money a year, in pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pence(pub i64);

/// Full-time equivalent, in ten-thousandths of a full-time post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fte(pub i32);

/// A percentage, in hundredths of one per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct BasisPoints(pub i32);

/// A distance, in hundredths of a mile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Miles(pub i64);

impl Fte {
    /// One full-time post.
    pub const FULL: Fte = Fte(10_000);
}

impl BasisPoints {
    /// One hundred per cent.
    pub const WHOLE: BasisPoints = BasisPoints(10_000);
}

impl fmt::Display for Pence {
    /// `£2,651,696.65`, or `£50,213` when there are no odd pence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pence = self.0.unsigned_abs() % 100;
        let pounds = grouped(i64::try_from(self.0.unsigned_abs() / 100).unwrap_or(i64::MAX));
        if pence == 0 { write!(f, "{sign}£{pounds}") } else { write!(f, "{sign}£{pounds}.{pence:02}") }
    }
}

impl fmt::Display for Fte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write_short(self.0.into(), 4))
    }
}

impl fmt::Display for BasisPoints {
    /// The number of per cent without its sign: `36.17`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write_short(self.0.into(), 2))
    }
}

impl fmt::Display for Miles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write_short(self.0, 2))
    }
}

/// `part / whole` in basis points, rounded half up; `None` where `whole` is nought.
pub fn share(part: i64, whole: i64) -> Option<BasisPoints> {
    if whole == 0 {
        return None;
    }
    let doubled = i128::from(part) * 20_000 + i128::from(whole);
    i32::try_from(doubled.div_euclid(i128::from(whole) * 2)).ok().map(BasisPoints)
}

#[cfg(test)]
mod tests {
    use super::{Misread, Pence, grouped, read_decimal, share, write_decimal, write_short};

    #[test]
    fn decimals_round_trip() {
        for (text, decimals, value) in
            [("0.8", 4, 8000), ("91472", 2, 9_147_200), ("-0.05", 2, -5), ("1.50000", 4, 15000)]
        {
            assert_eq!(read_decimal(text, decimals), Ok(value));
            assert_eq!(read_decimal(&write_decimal(value, decimals), decimals), Ok(value));
        }
        assert_eq!(write_short(3617, 2), "36.17");
        assert_eq!(write_short(3500, 2), "35");
    }

    #[test]
    fn misreadings_are_told_apart() {
        assert_eq!(read_decimal("50,213", 2), Err(Misread::ThousandsSeparator));
        assert_eq!(read_decimal("50 213.50", 2), Err(Misread::ThousandsSeparator));
        assert_eq!(read_decimal("0.333", 2), Err(Misread::TooManyDecimals));
        assert_eq!(read_decimal("9999999999999999", 0), Err(Misread::TooLarge));
        for text in ["", ".", "1.", ".5", "1e5", "#N/A", "--1", "1.2.3", "£5", ","] {
            assert_eq!(read_decimal(text, 2), Err(Misread::NotANumber), "{text}");
        }
    }

    #[test]
    fn money_and_shares_read_well() {
        assert_eq!(Pence(265_169_665).to_string(), "£2,651,696.65");
        assert_eq!(Pence(5_021_300).to_string(), "£50,213");
        assert_eq!(grouped(-1_234), "-1,234");
        assert_eq!(share(17, 47).map(|s| s.to_string()).as_deref(), Some("36.17"));
        assert_eq!(share(1, 0), None);
    }
}
