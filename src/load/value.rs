//! One setting of a scenario, read as the kind that its key takes.

use crate::load::cell::report_misread;
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, did_you_mean};
use crate::load::scenario::report_word;
use crate::load::settings::{Setting, Value, entries};
use crate::quantity::{Misread, read_decimal, write_short};

/// A setting by its key.
pub(super) fn find<'s>(settings: &'s [Setting], key: &str) -> Option<&'s Setting> {
    settings.iter().find(|setting| setting.key == key)
}

/// Reports every key that is not one of these.
pub(super) fn check_keys(settings: &[Setting], known: &[&str], place: &str, faults: &mut Faults) {
    for setting in settings.iter().filter(|setting| !known.contains(&setting.key.as_str())) {
        let why = format!("{place} takes the keys {}", known.join(", "));
        let action = format!("correct the key or delete it{}", did_you_mean(&setting.key, known.iter().copied()));
        faults.add(Code::UnknownKey, setting.key_spot.clone(), &setting.key, why, action);
    }
}

/// What a value is, in words, and how it looks.
fn described(value: &Value) -> (&'static str, String) {
    match value {
        Value::Text(text) => ("a text", format!("\"{text}\"")),
        Value::Number(text) => ("a number", text.clone()),
        Value::Flag(flag) => ("a yes or no", flag.to_string()),
        Value::List(_) => ("a list", "[...]".to_owned()),
        Value::Section(_) => ("a section", "[...]".to_owned()),
        Value::Cell(text) => ("a cell", text.clone()),
        Value::Other(kind) => (kind, String::new()),
    }
}

fn wrong_type(setting: &Setting, wanted: &str, example: &str, faults: &mut Faults) {
    let (kind, found) = described(&setting.value);
    let why = format!("{} takes {wanted}, and this is {kind}", setting.key);
    let action = match &setting.value {
        Value::Cell(_) => format!("write {example}, without quotation marks or brackets"),
        _ => format!("write {} = {example}", setting.key),
    };
    faults.add(Code::WrongType, setting.spot.clone(), found, why, action);
}

/// A text.
pub(super) fn text(setting: &Setting, faults: &mut Faults) -> Option<String> {
    match &setting.value {
        Value::Text(text) | Value::Cell(text) => Some(text.trim().to_owned()),
        Value::Number(_) | Value::Flag(_) | Value::List(_) | Value::Section(_) | Value::Other(_) => {
            wrong_type(setting, "a text", "\"a text in quotation marks\"", faults);
            None
        }
    }
}

/// Yes or no.
pub(super) fn flag(setting: &Setting, faults: &mut Faults) -> Option<bool> {
    let flag = match &setting.value {
        Value::Flag(flag) => Some(*flag),
        Value::Cell(text) => match text.to_ascii_lowercase().as_str() {
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            _ => None,
        },
        Value::Text(_) | Value::Number(_) | Value::List(_) | Value::Section(_) | Value::Other(_) => None,
    };
    if flag.is_none() {
        wrong_type(setting, "true or false", "true", faults);
    }
    flag
}

/// A list of texts, each with its spot.
pub(super) fn list(setting: &Setting, faults: &mut Faults) -> Option<Vec<(String, Spot)>> {
    let Some(entries) = entries(setting) else {
        wrong_type(setting, "a list", "[\"one\", \"two\"]", faults);
        return None;
    };
    let mut texts = Vec::new();
    for (value, spot) in entries {
        let entry = Setting { key: setting.key.clone(), key_spot: setting.key_spot.clone(), value, spot };
        match &entry.value {
            Value::Text(text) | Value::Cell(text) => texts.push((text.trim().to_owned(), entry.spot.clone())),
            Value::Number(_) | Value::Flag(_) | Value::List(_) | Value::Section(_) | Value::Other(_) => {
                wrong_type(&entry, "a list of texts", "[\"one\", \"two\"]", faults);
            }
        }
    }
    Some(texts)
}

/// Keys and values.
pub(super) fn section<'s>(setting: &'s Setting, faults: &mut Faults) -> Option<&'s Vec<Setting>> {
    match &setting.value {
        Value::Section(inside) => Some(inside),
        Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::List(_) | Value::Cell(_) | Value::Other(_) => {
            let (kind, found) = described(&setting.value);
            let why = format!("{} is a section with keys of its own, and this is {kind}", setting.key);
            let action = format!("write [{}] on a line of its own and its keys below", setting.key);
            faults.add(Code::WrongType, setting.spot.clone(), found, why, action);
            None
        }
    }
}

/// A decimal within bounds, all in units of `10^-decimals`.
pub(super) fn decimal(setting: &Setting, decimals: u32, least: i64, most: i64, faults: &mut Faults) -> Option<i64> {
    let text = match &setting.value {
        Value::Number(text) => text.as_str(),
        Value::Cell(text) => text.as_str(),
        Value::Text(_) | Value::Flag(_) | Value::List(_) | Value::Section(_) | Value::Other(_) => {
            wrong_type(setting, "a number", "35, without quotation marks", faults);
            return None;
        }
    };
    match read_decimal(text, decimals) {
        Ok(value) if (least..=most).contains(&value) => Some(value),
        Ok(_) | Err(Misread::TooLarge) => {
            let (least, most) = (write_short(least, decimals), write_short(most, decimals));
            let why = format!("{} takes numbers from {least} to {most}", setting.key);
            faults.add(Code::ScenarioRange, setting.spot.clone(), text, why, "correct the number");
            None
        }
        Err(misread) => {
            report_misread(misread, decimals, text, setting.spot.clone(), faults);
            None
        }
    }
}

/// One of the contract's words.
pub(super) fn word<W: Copy>(
    setting: &Setting,
    all: &[W],
    word_of: fn(W) -> &'static str,
    faults: &mut Faults,
) -> Option<W> {
    let text = text(setting, faults)?;
    let found = all.iter().copied().find(|value| word_of(*value) == text);
    if found.is_none() {
        let words: Vec<&str> = all.iter().map(|value| word_of(*value)).collect();
        report_word(&text, &words, &format!("{} takes", setting.key), setting.spot.clone(), faults);
    }
    found
}
