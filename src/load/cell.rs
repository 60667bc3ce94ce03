//! One cell, read as the kind of its column.

use jiff::civil::Date;

use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, any_of, did_you_mean};
use crate::load::grid::MAX_CELL;
use crate::load::schema::{Column, Kind, TableShape};
use crate::quantity::{Misread, read_decimal, write_short};

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Nothing.
    Blank,
    /// Text, an id, a word or an ISO date.
    Text(String),
    /// An integer in the unit of the column's kind.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A list, without blanks.
    List(Vec<String>),
    /// Something that was reported as a fault.
    Bad,
}

impl Cell {
    /// The text, id, word or date.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            Cell::Blank | Cell::Number(_) | Cell::Flag(_) | Cell::List(_) | Cell::Bad => None,
        }
    }

    /// The number.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Cell::Number(number) => Some(*number),
            Cell::Blank | Cell::Text(_) | Cell::Flag(_) | Cell::List(_) | Cell::Bad => None,
        }
    }

    /// The flag.
    pub(super) fn flag(&self) -> Option<bool> {
        match self {
            Cell::Flag(flag) => Some(*flag),
            Cell::Blank | Cell::Text(_) | Cell::Number(_) | Cell::List(_) | Cell::Bad => None,
        }
    }

    /// The entries of the list, none where it is blank.
    pub(super) fn list(&self) -> &[String] {
        match self {
            Cell::List(list) => list,
            Cell::Blank | Cell::Text(_) | Cell::Number(_) | Cell::Flag(_) | Cell::Bad => &[],
        }
    }
}

/// Works out where a cell stands; asked only where there is a fault, as most cells have none.
type At<'s> = &'s dyn Fn() -> Spot;

/// Reads trimmed text as the kind of its column.
pub(super) fn read(column: &Column, shape: &TableShape, text: &str, spot: At<'_>, faults: &mut Faults) -> Cell {
    if text.is_empty() {
        return blank(column, spot, faults);
    }
    if is_formula_error(text) {
        let why = "the spreadsheet could not work this cell out, so its value is unknown";
        let action = "repair the formula, or type the value";
        faults.add(Code::FormulaError, spot(), text, why, action);
        return Cell::Bad;
    }
    if text.len() > MAX_CELL && text.chars().count() > MAX_CELL {
        let why = format!("a cell may hold at most {MAX_CELL} characters; a lost quotation mark often does this");
        let action = "look for a quotation mark that opens here and closes rows below, or shorten the text";
        faults.add(Code::LongCell, spot(), text, why, action);
        return Cell::Bad;
    }
    match column.kind {
        Kind::Text => Cell::Text(text.to_owned()),
        Kind::Key => id(text, shape.name == "people", spot, faults),
        Kind::Id(table) => id(text, table == "people", spot, faults),
        Kind::AuthorityOr(_) | Kind::PostOrAuthority => id(text, false, spot, faults),
        Kind::Ids(_) | Kind::List => match split(text) {
            none if none.is_empty() => blank(column, spot, faults),
            list => Cell::List(list),
        },
        Kind::Word(words) => word(text, words, spot, faults),
        Kind::Words(words) => words_of(text, words, spot, faults),
        Kind::Flag => flag(text, spot, faults),
        Kind::Date => date(text, spot, faults),
        Kind::Money | Kind::Fte | Kind::Percent | Kind::Whole | Kind::Signed | Kind::Miles => {
            number(column, shape, text, spot, faults)
        }
    }
}

fn blank(column: &Column, spot: At<'_>, faults: &mut Faults) -> Cell {
    if column.blank {
        return Cell::Blank;
    }
    let why = match column.kind {
        Kind::Money => format!("absent is not £0; the column holds: {}", column.help),
        Kind::Fte | Kind::Percent | Kind::Whole | Kind::Signed | Kind::Miles => {
            format!("absent is not nought; the column holds: {}", column.help)
        }
        _ => format!("the column holds: {}", column.help),
    };
    faults.add(Code::Blank, spot(), "", why, "fill in the cell, or delete the row if it is not needed");
    Cell::Bad
}

/// Parts of a list, trimmed, without blanks.
pub(super) fn split(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn is_formula_error(text: &str) -> bool {
    let known =
        ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"];
    known.iter().any(|error| text.eq_ignore_ascii_case(error))
}

fn id(text: &str, names_a_person: bool, spot: At<'_>, faults: &mut Faults) -> Cell {
    if names_a_person && looks_like_a_name(text) {
        let why = "results are passed round: an id must not say who the person is";
        let action = "use a pay number or a running number in every table, and keep the list of names elsewhere";
        faults.add(Code::PersonName, spot(), text, why, action);
        return Cell::Bad;
    }
    if text.contains(|c: char| c == ';' || c.is_control()) {
        let why = "a semicolon separates the entries of a list, and an id has only visible characters";
        faults.add(Code::BadId, spot(), text, why, "give it another id, the same in every table");
        return Cell::Bad;
    }
    Cell::Text(text.to_owned())
}

/// `Jane Smith`, `Smith, Jane` or `O'Brien-Jones, Mary`: capitalised words of letters only.
fn looks_like_a_name(text: &str) -> bool {
    let is_name = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'));
        plain && letters >= 1 && word.starts_with(char::is_uppercase)
    };
    let long = |word: &&str| word.chars().count() >= 2 && word.chars().any(char::is_lowercase);
    let words: Vec<&str> = text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    words.len() >= 2 && words.iter().all(|word| is_name(word)) && words.iter().any(long)
}

fn word(text: &str, words: &[&str], spot: At<'_>, faults: &mut Faults) -> Cell {
    if words.contains(&text) {
        return Cell::Text(text.to_owned());
    }
    let why = format!("the column takes {}", any_of(words));
    let action = format!("write one of these words exactly{}", did_you_mean(text, words.iter().copied()));
    faults.add(Code::UnknownWord, spot(), text, why, action);
    Cell::Bad
}

fn words_of(text: &str, words: &[&str], spot: At<'_>, faults: &mut Faults) -> Cell {
    let list = split(text);
    let before = list.len();
    let known: Vec<String> = list.into_iter().filter(|part| word(part, words, spot, faults) != Cell::Bad).collect();
    if known.len() == before { Cell::List(known) } else { Cell::Bad }
}

fn flag(text: &str, spot: At<'_>, faults: &mut Faults) -> Cell {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" => Cell::Flag(true),
        "no" | "false" => Cell::Flag(false),
        _ => {
            let why = "the column takes yes or no, or stays blank where it is not known";
            faults.add(Code::NotAFlag, spot(), text, why, "write yes or no, or clear the cell");
            Cell::Bad
        }
    }
}

fn date(text: &str, spot: At<'_>, faults: &mut Faults) -> Cell {
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).collect();
    let is_digits = |part: &&&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<i16> = parts.iter().filter(is_digits).filter_map(|part| part.parse().ok()).collect();
    let is_iso = parts.iter().map(|part| part.len()).eq([4, 2, 2]) && text.matches('-').count() == 2;
    if let [year, month, day] = numbers[..]
        && is_iso
    {
        let small = |number: i16| i8::try_from(number).unwrap_or(0);
        if Date::new(year, small(month), small(day)).is_ok() {
            return Cell::Text(text.to_owned());
        }
        let why = "there is no such day in the calendar";
        faults.add(Code::NotADate, spot(), text, why, "correct the date; it is written year-month-day, as 2026-03-02");
        return Cell::Bad;
    }
    if parts.len() == 3 && numbers.len() == 3 {
        let why =
            "day and month can be read either way round: 02/03/2026 is 2 March to one reader and 3 February to another";
        let action = "write the date in ISO order, year-month-day with two digits each, as 2026-03-02";
        faults.add(Code::DateOrder, spot(), text, why, action);
    } else {
        let why = "the column takes a date";
        faults.add(Code::NotADate, spot(), text, why, "write it year-month-day, as 2026-03-02");
    }
    Cell::Bad
}

/// Decimals, least and greatest value (in units) of a column.
fn limits(column: &Column, shape: &TableShape) -> (u32, i64, i64) {
    match column.kind {
        // Above these a sum of pence times hours times on-cost could leave 64 bits.
        Kind::Money if shape.name == "authorities" => (2, 0, 1_000_000_000_000),
        Kind::Money => (2, 0, 1_000_000_000),
        Kind::Fte => (4, 1, 10_000),
        Kind::Percent => (2, 0, 10_000),
        Kind::Miles => (2, 0, 1_000_000),
        Kind::Signed => (0, -1000, 1000),
        Kind::Whole if matches!(column.name, "capacity" | "tier" | "rank") => (0, 1, 10_000),
        _ => (0, 0, 10_000),
    }
}

fn number(column: &Column, shape: &TableShape, text: &str, spot: At<'_>, faults: &mut Faults) -> Cell {
    let (decimals, least, most) = limits(column, shape);
    let range = format!("from {} to {}", write_short(least, decimals), write_short(most, decimals));
    let range = if column.kind == Kind::Fte { "above 0 and at most 1".to_owned() } else { range };
    match read_decimal(text, decimals) {
        Ok(value) if (least..=most).contains(&value) => return Cell::Number(value),
        Ok(_) | Err(Misread::TooLarge) => {
            let why = format!("the column takes numbers {range}: {}", column.help);
            faults.add(Code::OutOfRange, spot(), text, why, out_of_range_action(column));
        }
        Err(misread) => report_misread(misread, decimals, text, spot(), faults),
    }
    Cell::Bad
}

/// Says why a text is not a plain decimal; shared with the scenario reader.
pub(super) fn report_misread(misread: Misread, decimals: u32, text: &str, spot: Spot, faults: &mut Faults) {
    match misread {
        Misread::ThousandsSeparator => {
            let why = "a comma can be read two ways: 50,213 is fifty thousand to one reader and fifty to another";
            faults.add(Code::ThousandsSeparator, spot, text, why, "write the digits without separators, as 50213");
        }
        Misread::TooManyDecimals => {
            let why = match decimals {
                0 => "the value is a whole number, and the program never rounds what it reads".to_owned(),
                some => format!("the value has at most {some} decimals, and the program never rounds what it reads"),
            };
            let action = match decimals {
                0 => "write a whole number".to_owned(),
                some => format!("round the number to {some} decimals or fewer"),
            };
            faults.add(Code::TooManyDecimals, spot, text, why, action);
        }
        Misread::NotANumber | Misread::TooLarge => {
            let why = "only digits and a decimal point are read: no £, no %, no words";
            faults.add(Code::NotANumber, spot, text, why, "write the bare number, as 50213 or 0.8");
        }
    }
}

fn out_of_range_action(column: &Column) -> &'static str {
    match column.kind {
        Kind::Fte => "write hours as a part of full time: 0.6 for three days in five, 1 for full time",
        Kind::Percent => "correct the percentage; 35 means 35 %",
        _ => "correct the number",
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like_a_name;

    #[test]
    fn names_are_told_from_ids() {
        for name in ["Jane Smith", "Smith, Jane", "O'Brien, Mary", "J. Smith", "Smith,J", "José García López"] {
            assert!(looks_like_a_name(name), "{name}");
        }
        for id in ["P05", "E 1042", "P 05", "HR-1042", "Finance", "AB CD", "post 7", "Jane"] {
            assert!(!looks_like_a_name(id), "{id}");
        }
    }
}
