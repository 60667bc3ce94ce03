//! Reads a page as anybody can: its tables, its words, its attributes. Knows nothing of how it was made.

/// A table of a page.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// The cell of a row and a column by their names.
    pub(crate) fn cell(&self, row: &str, column: &str) -> Option<&str> {
        let at = self.heads.iter().position(|head| head == column)?;
        let row = self.rows.iter().find(|cells| cells[0] == row)?;
        Some(&row[at])
    }
}

/// Every table of a page.
pub(crate) fn tables(page: &str) -> Vec<Table> {
    let pieces = page.split("<table").skip(1).map(|piece| piece.split("</table>").next().expect("an end"));
    pieces
        .map(|piece| {
            let caption = between(piece, "<caption", "</caption>").first().map(|it| words(it)).unwrap_or_default();
            let rows: Vec<Vec<String>> = between(piece, "<tr", "</tr>")
                .iter()
                .map(|row| {
                    let cells = row.split("<t").skip(1).filter(|it| it.starts_with('h') || it.starts_with('d'));
                    cells.map(words).collect()
                })
                .collect();
            // "Table 3: what it shows".
            let caption = caption.split_once(": ").map_or(caption.clone(), |(_, rest)| rest.to_owned());
            let (heads, rows) = rows.split_first().expect("a row of headings");
            Table { caption, heads: heads.clone(), rows: rows.to_vec() }
        })
        .collect()
}

/// The table whose caption begins so.
pub(crate) fn table<'t>(tables: &'t [Table], caption: &str) -> Option<&'t Table> {
    tables.iter().find(|table| table.caption.starts_with(caption))
}

/// The pieces between two marks; the rest of an opening tag stands before the first of their words.
fn between<'p>(text: &'p str, start: &str, end: &str) -> Vec<&'p str> {
    text.split(start).skip(1).filter_map(|piece| piece.split(end).next()).collect()
}

/// The words of a piece of a page, of which the first tag has lost its beginning.
fn words(piece: &str) -> String {
    let after = piece.split_once('>').map_or(piece, |(_, rest)| rest);
    let mut out = String::new();
    let mut is_tag = false;
    for letter in after.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => out.push(letter),
            _ => {}
        }
    }
    let out = out.replace("&amp;", "&").replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", "\"");
    out.trim().to_owned()
}

/// A count as it stands in a cell: the number, or nothing where it is kept back, rounded or a range.
pub(crate) fn number(cell: &str) -> Option<i64> {
    let word = cell.split_whitespace().next().filter(|_| !cell.contains(" to "))?;
    word.replace(',', "").parse().ok()
}

/// What a cell says of its number at a threshold: the least and the most that it can be.
pub(crate) fn range(cell: &str, threshold: i64) -> Option<(i64, i64)> {
    let step = if threshold <= 5 { 5 } else { 10 };
    if let Some(rounded) = cell.strip_prefix("about ") {
        let least = rounded.parse::<i64>().ok()? - step / 2;
        return Some((least, least + step - 1));
    }
    match cell.split_once(" to ") {
        Some((least, most)) => Some((least.parse().ok()?, most.parse().ok()?)),
        None => number(cell).map(|number| (number, number)),
    }
}
