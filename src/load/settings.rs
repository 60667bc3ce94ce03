//! A scenario as keys and values with their places, whether it came from a TOML file or from rows of a sheet.
//!
//! Both become the same tree here, so that `scenario` reads either form with the same code. Numbers stay the text
//! that was written: a percentage never passes through floating point.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Place;
use crate::load::RawTable;
use crate::load::cell::split;
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot};
use crate::load::gather::ScenarioFile;
use crate::load::grid::Grid;
use crate::load::schema::SCENARIO_COLUMNS;
use crate::load::table;

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    /// The key, without the section that it stands in.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) key_spot: Spot,
    /// What it says.
    pub(super) value: Value,
    /// Where the value stands.
    pub(super) spot: Spot,
}

/// A value, not yet known to be of the right kind.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A text.
    Text(String),
    /// A decimal number as it was written.
    Number(String),
    /// Yes or no.
    Flag(bool),
    /// A list.
    List(Vec<(Value, Spot)>),
    /// Keys and values.
    Section(Vec<Setting>),
    /// The text of a cell, which may mean any of the others but a section.
    Cell(String),
    /// Something that no key takes, by the name of its kind.
    Other(&'static str),
}

/// One scenario as it was written.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its id, or the name of its file.
    pub(super) id: String,
    /// The file without folder and `.toml`; `None` for a sheet.
    pub(super) stem: Option<String>,
    /// The file that it came from; `None` for a sheet.
    pub(super) file: Option<String>,
    /// Where it begins.
    pub(super) spot: Spot,
    /// Its keys, in file order; `None` where it could not be parsed.
    pub(super) settings: Option<Vec<Setting>>,
    /// What went wrong so far.
    pub(super) faults: Faults,
}

/// Parses one scenario file.
pub(super) fn from_toml(file: &ScenarioFile<'_>) -> Draft {
    let name = file.file.rsplit('/').next().unwrap_or(file.file);
    let stem = name.rfind('.').map_or(name, |dot| &name[..dot]).to_owned();
    let mut faults = Faults::default();
    let start = Lines { file: file.file, order: file.order, text: "" }.spot(0);
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes);
    let settings = match std::str::from_utf8(bytes) {
        Ok(text) => parse(&Lines { file: file.file, order: file.order, text }, &mut faults),
        Err(error) => {
            let text = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            let spot = Lines { file: file.file, order: file.order, text }.spot(text.len());
            let why = match bytes {
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16, where every character takes two bytes",
                _ => "the file looks like Windows-1252, the older Windows character set",
            };
            faults.add(Code::NotUtf8, spot, "", why, "save the file again with the encoding UTF-8");
            None
        }
    };
    let id = settings.as_deref().and_then(id_of).unwrap_or_else(|| stem.clone());
    Draft { id, stem: Some(stem), file: Some(file.file.to_owned()), spot: start, settings, faults }
}

fn id_of(settings: &[Setting]) -> Option<String> {
    settings.iter().find(|setting| setting.key == "id").and_then(|setting| match &setting.value {
        Value::Text(text) | Value::Cell(text) => Some(text.trim().to_owned()).filter(|id| !id.is_empty()),
        Value::Number(_) | Value::Flag(_) | Value::List(_) | Value::Section(_) | Value::Other(_) => None,
    })
}

/// Byte offsets of a text to lines and columns.
struct Lines<'t> {
    file: &'t str,
    order: u32,
    text: &'t str,
}

impl Lines<'_> {
    /// Line and column, in characters from 1.
    fn spot(&self, offset: usize) -> Spot {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        let column = u32::try_from(before[start..].chars().count() + 1).unwrap_or(u32::MAX);
        let place = Place::Line { file: self.file.to_owned(), line, column };
        Spot { order: (self.order, line, column), place, heading: None, subject: None }
    }
}

fn parse(lines: &Lines<'_>, faults: &mut Faults) -> Option<Vec<Setting>> {
    let (table, errors) = DeTable::parse_recoverable(lines.text);
    for error in &errors {
        let spot = lines.spot(error.span().map_or(0, |span| span.start));
        let action = "compare the line with data/README.md (docs/SWEEP.md for a sweep); texts stand in \"quotation marks\", lists in [brackets]";
        let found = spot_line(lines, error.span().map_or(0, |span| span.start));
        faults.add(Code::TomlSyntax, spot, found, plain_message(error.message()), action);
    }
    errors.is_empty().then(|| section(lines, table.get_ref()))
}

fn plain_message(message: &str) -> String {
    message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

fn spot_line(lines: &Lines<'_>, offset: usize) -> String {
    let mut offset = offset.min(lines.text.len());
    while !lines.text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = lines.text[..offset].rfind('\n').map_or(0, |at| at + 1);
    lines.text[start..].lines().next().unwrap_or_default().to_owned()
}

fn section(lines: &Lines<'_>, table: &DeTable<'_>) -> Vec<Setting> {
    let mut settings: Vec<(usize, Setting)> = table
        .iter()
        .map(|(key, found)| {
            let key_spot = lines.spot(key.span().start);
            let spot = lines.spot(found.span().start);
            let setting =
                Setting { key: key.get_ref().to_string(), key_spot, value: value(lines, found.get_ref()), spot };
            (key.span().start, setting)
        })
        .collect();
    settings.sort_by_key(|(start, _)| *start);
    settings.into_iter().map(|(_, setting)| setting).collect()
}

fn value(lines: &Lines<'_>, found: &DeValue<'_>) -> Value {
    match found {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Value::Number(number.as_str().to_owned()),
        DeValue::Integer(_) => Value::Other("a number in another notation"),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Array(list) => {
            let entry =
                |entry: &toml::Spanned<DeValue<'_>>| (value(lines, entry.get_ref()), lines.spot(entry.span().start));
            Value::List(list.iter().map(entry).collect())
        }
        DeValue::Table(table) => Value::Section(section(lines, table)),
    }
}

/// Reads the sheet `scenarios`: one draft for each scenario id, in the order of their first rows.
pub(super) fn from_sheet(grid: &Grid, faults: &mut Faults) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let Some(headed) = table::header(grid, &SCENARIO_COLUMNS) else { return drafts };
    let mut columns = [0; 3];
    for (column, name) in columns.iter_mut().zip(SCENARIO_COLUMNS) {
        let found = headed.headings.iter().find(|(_, heading)| crate::load::grid::plain_name(heading) == name);
        let Some((at, _)) = found else {
            let why = "the sheet scenarios holds scenario_id, key and value";
            let action = format!("add a column headed {name}; `demerge template` shows the sheet");
            faults.add(Code::MissingColumn, grid.spot(Some(headed.row.number), None), "", why, action);
            return drafts;
        };
        *column = *at;
    }
    for row in headed.below {
        let [id, key, text] = columns.map(|column| row.text(column));
        let [id_spot, key_spot, spot] =
            columns.map(|column| grid.spot(Some(row.number), Some(column)).about(format!("scenario {id}")));
        if id.is_empty() || key.is_empty() {
            let spot = grid.spot(Some(row.number), Some(if id.is_empty() { columns[0] } else { columns[1] }));
            let why = "each row names a scenario and one of its keys";
            faults.add(Code::Blank, spot, "", why, "fill in the cell, or delete the row");
            continue;
        }
        let at = drafts.iter().position(|draft| draft.id == id).unwrap_or_else(|| {
            let (id, faults) = (id.to_owned(), Faults::default());
            drafts.push(Draft { id, stem: None, file: None, spot: id_spot, settings: Some(Vec::new()), faults });
            drafts.len() - 1
        });
        let draft = &mut drafts[at];
        let settings = draft.settings.as_mut().expect("a draft of a sheet has settings");
        let leaf = |key: &str| Setting {
            key: key.to_owned(),
            key_spot: key_spot.clone(),
            value: Value::Cell(text.to_owned()),
            spot: spot.clone(),
        };
        place(settings, key, &leaf, &mut draft.faults);
    }
    drafts
}

/// Puts a row at its path: `name`, `policy.rule`, `structures.A`, `fairness.1.kind`.
fn place(settings: &mut Vec<Setting>, path: &str, leaf: &dyn Fn(&str) -> Setting, faults: &mut Faults) {
    let section = |settings: &mut Vec<Setting>, key: &str, empty: Value| -> usize {
        settings.iter().position(|setting| setting.key == key).unwrap_or_else(|| {
            settings.push(Setting { value: empty, ..leaf(key) });
            settings.len() - 1
        })
    };
    let Some((head, rest)) = path.split_once('.') else { return push_once(settings, leaf(path), faults) };
    if head != "fairness" {
        let at = section(settings, head, Value::Section(Vec::new()));
        return match &mut settings[at].value {
            Value::Section(inside) => push_once(inside, leaf(rest), faults),
            _ => push_once(settings, leaf(head), faults),
        };
    }
    let number = rest.split_once('.').and_then(|(number, key)| Some((number.parse::<u16>().ok()?, key)));
    let Some((number, key)) = number else {
        let why = "a clause is written as fairness, its number and its key, as in fairness.1.kind";
        let setting = leaf(path);
        faults.add(Code::UnknownKey, setting.key_spot, path, why, "correct the key");
        return;
    };
    let at = section(settings, head, Value::Section(Vec::new()));
    let Value::Section(clauses) = &mut settings[at].value else { return push_once(settings, leaf(head), faults) };
    // The clauses are kept as a section keyed by number; `clauses` turns it into a list.
    let number = format!("{number:05}");
    let at = section(clauses, &number, Value::Section(Vec::new()));
    if let Value::Section(inside) = &mut clauses[at].value {
        push_once(inside, leaf(key), faults);
    }
}

fn push_once(settings: &mut Vec<Setting>, setting: Setting, faults: &mut Faults) {
    if settings.iter().any(|other| other.key == setting.key) {
        let why = "each key of a scenario has one value";
        faults.add(Code::KeyTwice, setting.key_spot, setting.key, why, "delete one of the two rows");
    } else {
        settings.push(setting);
    }
}

/// The clauses of `fairness`, whether they were written as a list or as numbered rows.
pub(super) fn clauses(setting: &Setting) -> Option<Vec<(Vec<Setting>, Spot)>> {
    match &setting.value {
        Value::List(entries) => entries
            .iter()
            .map(|(entry, spot)| match entry {
                Value::Section(inside) => Some((inside.clone(), spot.clone())),
                _ => None,
            })
            .collect(),
        Value::Section(numbered)
            if numbered.iter().all(|s| matches!(s.value, Value::Section(_)) && s.key.len() == 5) =>
        {
            let mut numbered: Vec<&Setting> = numbered.iter().collect();
            numbered.sort_by(|a, b| a.key.cmp(&b.key));
            numbered
                .into_iter()
                .map(|clause| match &clause.value {
                    Value::Section(inside) => Some((inside.clone(), clause.spot.clone())),
                    _ => None,
                })
                .collect()
        }
        _ => None,
    }
}

/// All drafts as rows of the sheet `scenarios`.
pub(super) fn as_rows(drafts: &[Draft]) -> RawTable {
    let mut rows = Vec::new();
    for draft in drafts {
        for setting in draft.settings.iter().flatten().filter(|setting| setting.key != "id") {
            flatten(&draft.id, "", setting, &mut rows);
        }
    }
    RawTable { name: "scenarios".to_owned(), headings: SCENARIO_COLUMNS.map(str::to_owned).to_vec(), rows }
}

fn flatten(id: &str, prefix: &str, setting: &Setting, rows: &mut Vec<Vec<String>>) {
    let path = format!("{prefix}{}", setting.key);
    if setting.key == "fairness"
        && let Some(clauses) = clauses(setting)
    {
        for (number, (inside, _)) in (1..).zip(clauses) {
            inside.iter().for_each(|setting| flatten(id, &format!("fairness.{number}."), setting, rows));
        }
        return;
    }
    if let Value::Section(inside) = &setting.value {
        inside.iter().for_each(|setting| flatten(id, &format!("{path}."), setting, rows));
        return;
    }
    rows.push(vec![id.to_owned(), path, cell_text(&setting.value)]);
}

/// A value as a cell of the sheet `scenarios` would hold it.
pub(super) fn cell_text(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Cell(text) | Value::Number(text) => text.trim().to_owned(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::List(list) => list.iter().map(|(entry, _)| cell_text(entry)).collect::<Vec<_>>().join(";"),
        Value::Section(_) | Value::Other(_) => String::new(),
    }
}

/// The entries of a list, or of a cell with semicolons.
pub(super) fn entries(setting: &Setting) -> Option<Vec<(Value, Spot)>> {
    match &setting.value {
        Value::List(list) => Some(list.clone()),
        Value::Cell(text) => {
            Some(split(text).into_iter().map(|part| (Value::Cell(part), setting.spot.clone())).collect())
        }
        Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::Section(_) | Value::Other(_) => None,
    }
}
