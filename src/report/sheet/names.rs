//! Names that Excel takes: of sheets and of columns.

use std::collections::BTreeSet;

/// Letters that the name of a sheet may have.
const LONGEST: usize = 31;

/// The name of a table's sheet: its number, which no other has, and as much of its caption as there is room for.
pub(super) fn sheet(number: u32, caption: &str) -> String {
    let mut name = number.to_string();
    for word in caption.split_whitespace() {
        let is_allowed =
            |letter: &char| !letter.is_control() && !['[', ']', ':', '*', '?', '/', '\\', '\''].contains(letter);
        let word: String = word.chars().filter(is_allowed).collect();
        // Excel counts letters beyond the first plane twice.
        if name.encode_utf16().count() + 1 + word.encode_utf16().count() > LONGEST {
            break;
        }
        if !word.is_empty() {
            name.push(' ');
            name.push_str(&word);
        }
    }
    if name == number.to_string() { format!("Table {number}") } else { name }
}

/// Headings that differ, as a table of Excel wants them; none is empty.
pub(super) fn columns<'a>(headings: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut differing = |(index, heading): (usize, &str)| {
        let heading = if heading.trim().is_empty() { format!("Column {}", index + 1) } else { heading.to_owned() };
        let numbered = (2..).map(|number| format!("{heading} ({number})"));
        let mut names = std::iter::once(heading.clone()).chain(numbered);
        names.find(|name| taken.insert(name.to_lowercase())).expect("there are more names than columns")
    };
    headings.enumerate().map(&mut differing).collect()
}

#[cfg(test)]
mod tests {
    use super::{columns, sheet};

    #[test]
    fn sheets_have_names_that_excel_takes() {
        assert_eq!(sheet(3, "Posts on offer"), "3 Posts on offer");
        assert_eq!(sheet(12, "What if: [a/b]?"), "12 What if ab");
        assert_eq!(sheet(4, "People without a post in this plan"), "4 People without a post in this");
        assert_eq!(sheet(5, "Unverhältnismäßigkeitsprüfungsverfahren"), "Table 5");
        assert_eq!(sheet(6, ""), "Table 6");
    }

    #[test]
    fn columns_differ() {
        assert_eq!(columns(["Post", "", "post", "Post"].into_iter()), ["Post", "Column 2", "post (2)", "Post (3)"]);
    }
}
