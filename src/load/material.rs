//! A rule on material change: a TOML file of lines, or every fault in it at once.

use crate::case::Case;
use crate::case::material::{Line, MaterialRule, Outcome, Test};
use crate::diagnostic::{Diagnostic, Place};
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot};
use crate::load::gather::ScenarioFile;
use crate::load::scenario::{report_id, report_word};
use crate::load::settings::{Setting, clauses, from_toml};
use crate::load::{Diagnostics, SourceFile, value};
use crate::quantity::{BasisPoints, Fte, Pence};

const KEYS: &[&str] = &["name", "source", "line"];

/// The kinds of line with their own keys.
const KINDS: &[(&str, &[&str])] = &[
    ("posts_added", &["kind", "authority", "max_tier", "max"]),
    ("posts_deleted", &["kind", "authority", "max_tier", "max"]),
    ("posts_regraded", &["kind", "authority", "max_tier", "max"]),
    ("posts_hours", &["kind", "authority", "max_tier", "by_more_than_fte", "max"]),
    ("posts_pay", &["kind", "authority", "max_tier", "by_more_than_pct", "max"]),
    ("statutory_posts", &["kind", "authority", "max_tier", "max"]),
    ("people_changed", &["kind", "authority", "what", "max_people", "max_pct"]),
    ("newly_at_risk", &["kind", "authority", "max"]),
    ("cost", &["kind", "max_gbp", "max_pct"]),
];

/// Faults of a scenario's settings that bear another code in a rule.
const OWN: &[(Code, Code)] = &[
    (Code::UnknownKey, Code::RuleKey),
    (Code::ScenarioWord, Code::RuleWord),
    (Code::ScenarioRange, Code::RuleRange),
    (Code::ScenarioId, Code::RuleId),
];

/// The most of anything that a line can allow.
const MOST: i64 = 1_000_000;
/// The largest change of cost that a line can allow, in pence.
const MOST_PENCE: i64 = 100_000_000_000;

/// Reads a rule on material change.
///
/// # Errors
/// Every fault of the file, with its line: keys, words and numbers that a rule does not know, lines without a limit.
pub fn read_material(case: &Case, file: &SourceFile) -> Result<MaterialRule, Diagnostics> {
    let mut draft = from_toml(&ScenarioFile { file: &file.name, order: 1, bytes: &file.bytes });
    let mut faults = std::mem::take(&mut draft.faults);
    let rule = draft.settings.as_deref().and_then(|settings| rule(case, settings, draft.spot.clone(), &mut faults));
    match rule {
        Some(rule) if !faults.stop() => Ok(rule),
        _ => Err(Diagnostics(faults.into_sorted().into_iter().map(own_code).collect())),
    }
}

fn own_code(mut diagnostic: Diagnostic) -> Diagnostic {
    if let Some((_, own)) = OWN.iter().find(|(code, _)| code.code() == diagnostic.code) {
        (diagnostic.code, diagnostic.title) = (own.code(), own.title().to_owned());
    }
    diagnostic
}

fn rule(case: &Case, settings: &[Setting], start: Spot, faults: &mut Faults) -> Option<MaterialRule> {
    value::check_keys(settings, KEYS, "a rule on material change", faults);
    let text = |key: &str, faults: &mut Faults| value::find(settings, key).and_then(|it| value::text(it, faults));
    let name = text("name", faults).unwrap_or_else(|| "Material change".to_owned());
    let source = text("source", faults).unwrap_or_default();
    let action = "write [[line]] on a line of its own before each line of the rule";
    let Some(setting) = value::find(settings, "line") else {
        faults.add(Code::RuleEmpty, start, "", "without a line nothing is ever material", action);
        return None;
    };
    let Some(listed) = clauses(setting) else {
        let why = "line is a list, each entry with keys of its own";
        faults.add(Code::WrongType, setting.spot.clone(), "", why, action);
        return None;
    };
    if listed.is_empty() {
        faults.add(Code::RuleEmpty, setting.spot.clone(), "", "without a line nothing is ever material", action);
    }
    let lines = listed.iter().filter_map(|(keys, spot)| line(&Keys { case, keys, spot }, faults)).collect();
    Some(MaterialRule { name, source, lines })
}

/// The keys of one line.
struct Keys<'k> {
    case: &'k Case,
    keys: &'k [Setting],
    spot: &'k Spot,
}

fn line(keys: &Keys<'_>, faults: &mut Faults) -> Option<Line> {
    let setting = keys.need("kind", "what is counted", faults)?;
    let kind = value::text(setting, faults)?;
    let Some((kind, known)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        let words: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        report_word(&kind, &words, "the kinds of line are", setting.spot.clone(), faults);
        return None;
    };
    value::check_keys(keys.keys, known, &format!("a line of kind {kind}"), faults);
    let authority = keys.authority(faults);
    let max_tier = keys.number("max_tier", 0, 1, 99, faults).and_then(|tier| u32::try_from(tier).ok());
    let test = test(keys, kind, faults)?;
    Some(Line { place: place(keys.spot), test, authority, max_tier })
}

fn test(keys: &Keys<'_>, kind: &str, faults: &mut Faults) -> Option<Test> {
    Some(match kind {
        "posts_added" => Test::PostsAdded { max: keys.max(faults)? },
        "posts_deleted" => Test::PostsDeleted { max: keys.max(faults)? },
        "posts_regraded" => Test::PostsRegraded { max: keys.max(faults)? },
        "posts_hours" => {
            let by_more_than = keys.number("by_more_than_fte", 4, 0, MOST, faults).unwrap_or(0);
            Test::PostsHours { by_more_than: Fte(i32::try_from(by_more_than).ok()?), max: keys.max(faults)? }
        }
        "posts_pay" => {
            let by_more_than = keys.share("by_more_than_pct", faults).unwrap_or(BasisPoints(0));
            Test::PostsPay { by_more_than, max: keys.max(faults)? }
        }
        "statutory_posts" => Test::StatutoryPosts { max: keys.max(faults)? },
        "people_changed" => {
            let what = match value::find(keys.keys, "what") {
                Some(setting) => value::word(setting, Outcome::ALL, Outcome::word, faults),
                None => Some(Outcome::Post),
            };
            keys.one_of(["max_people", "max_pct"], faults)?;
            let max_people = keys.number("max_people", 0, 0, MOST, faults).and_then(|it| u32::try_from(it).ok());
            let max_share = keys.share("max_pct", faults);
            Test::PeopleChanged { what: what?, max_people, max_share }
        }
        "newly_at_risk" => Test::NewlyAtRisk { max: keys.max(faults)? },
        _ => {
            keys.one_of(["max_gbp", "max_pct"], faults)?;
            let max_change = keys.number("max_gbp", 2, 0, MOST_PENCE, faults).map(Pence);
            Test::Cost { max_change, max_share: keys.share("max_pct", faults) }
        }
    })
}

impl<'k> Keys<'k> {
    fn need(&self, key: &str, meaning: &str, faults: &mut Faults) -> Option<&'k Setting> {
        let found = value::find(self.keys, key);
        if found.is_none() {
            let action = format!("add the key {key} to the line");
            faults.add(Code::RuleLimit, self.spot.clone(), key, format!("{key} says {meaning}"), action);
        }
        found
    }

    /// The limit of a line that counts; nought is written, never assumed.
    fn max(&self, faults: &mut Faults) -> Option<u32> {
        self.need("max", "how many are still within the rule, such as 0", faults)?;
        self.number("max", 0, 0, MOST, faults).and_then(|max| u32::try_from(max).ok())
    }

    fn number(&self, key: &str, decimals: u32, least: i64, most: i64, faults: &mut Faults) -> Option<i64> {
        value::find(self.keys, key).and_then(|setting| value::decimal(setting, decimals, least, most, faults))
    }

    fn share(&self, key: &str, faults: &mut Faults) -> Option<BasisPoints> {
        self.number(key, 2, 0, 10_000, faults).and_then(|it| i32::try_from(it).ok()).map(BasisPoints)
    }

    /// At least one of two limits.
    fn one_of(&self, keys: [&str; 2], faults: &mut Faults) -> Option<()> {
        if keys.iter().any(|key| value::find(self.keys, key).is_some()) {
            return Some(());
        }
        let (found, action) = (keys.join(", "), format!("add {}, {} or both", keys[0], keys[1]));
        faults.add(Code::RuleLimit, self.spot.clone(), found, "without a limit the line says nothing", action);
        None
    }

    fn authority(&self, faults: &mut Faults) -> Option<String> {
        let setting = value::find(self.keys, "authority")?;
        let id = value::text(setting, faults)?;
        let known = || self.case.authorities.values().map(|it| it.code.as_str());
        if !known().any(|code| code == id) {
            report_id(&id, "authority", known(), setting.spot.clone(), faults);
        }
        Some(id)
    }
}

/// File and line, without the column.
fn place(spot: &Spot) -> String {
    match &spot.place {
        Place::Line { file, line, .. } => format!("{file} line {line}"),
        place @ (Place::Csv { .. } | Place::Sheet { .. } | Place::Whole(_)) => place.to_string(),
    }
}
