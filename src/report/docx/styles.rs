//! The styles of the paper: what each is for, and which of them another package has already.
//!
//! How they look stands in `styles.xml`. A council's template keeps its own styles: one of the same name is used as it is,
//! and only what it lacks is added, so that the council's look stays.

use std::collections::BTreeMap;

use crate::report::document::LANGUAGE;
use crate::report::docx::read::{Broken, Child, Element, with_value};

/// The styles as a package of our own has them.
pub(super) const OWN: &str = include_str!("styles.xml");

/// The vocabulary of WordprocessingML, as every Word since 2007 writes it.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Normal,
    Title,
    Subtitle,
    Heading1,
    Heading2,
    ListBullet,
    Caption,
    ContentsHeading,
    Contents1,
    Contents2,
    Header,
    Footer,
    Marking,
    Note,
    Warning,
    Source,
    Definition,
    Figure,
    TableText,
    TableFigures,
    SmallText,
    SmallFigures,
    /// The end of a stretch of pages that lie one way.
    Break,
    Strong,
    Hyperlink,
    Table,
}

impl Style {
    /// Its id in [`OWN`].
    fn own_id(self) -> &'static str {
        match self {
            Style::Normal => "Normal",
            Style::Title => "Title",
            Style::Subtitle => "Subtitle",
            Style::Heading1 => "Heading1",
            Style::Heading2 => "Heading2",
            Style::ListBullet => "ListBullet",
            Style::Caption => "Caption",
            Style::ContentsHeading => "TOCHeading",
            Style::Contents1 => "TOC1",
            Style::Contents2 => "TOC2",
            Style::Header => "PaperHeader",
            Style::Footer => "PaperFooter",
            Style::Marking => "PaperMarking",
            Style::Note => "PaperNote",
            Style::Warning => "PaperWarning",
            Style::Source => "PaperSource",
            Style::Definition => "PaperDefinition",
            Style::Figure => "PaperFigure",
            Style::TableText => "PaperTableText",
            Style::TableFigures => "PaperTableFigures",
            Style::SmallText => "PaperSmallText",
            Style::SmallFigures => "PaperSmallFigures",
            Style::Break => "PaperBreak",
            Style::Strong => "Strong",
            Style::Hyperlink => "Hyperlink",
            Style::Table => "PaperTable",
        }
    }
}

/// Ids of our styles in a package, where they differ from our own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The id of a style.
    pub(super) fn of(&self, style: Style) -> &str {
        self.used(style.own_id())
    }

    fn used<'a>(&'a self, own: &'a str) -> &'a str {
        self.0.get(own).map_or(own, String::as_str)
    }
}

/// A style as a file has it.
#[derive(Debug, Clone)]
struct Found<'a> {
    kind: String,
    id: String,
    name: String,
    is_numbered: bool,
    child: Child<'a>,
}

/// Another package's styles with ours where it has none, and the ids to use; the language is British English throughout.
///
/// - `bullet`: the id of our list in the package, for a template without a bulleted list of its own.
pub(super) fn merged(theirs: &str, bullet: &str) -> Result<(String, Names), Broken> {
    let (there, own) = (found(theirs)?, found(OWN)?);
    let mut names = Names::default();
    let mut lacking = Vec::new();
    for mut style in own {
        let twin = there.iter().find(|it| it.kind == style.kind && it.name.eq_ignore_ascii_case(&style.name));
        if let Some(twin) = twin.filter(|twin| twin.is_numbered || !style.is_numbered) {
            names.0.insert(style.id, twin.id.clone());
            continue;
        }
        let mut id = style.id.clone();
        while there.iter().any(|it| it.id.eq_ignore_ascii_case(&id)) {
            id.push_str("Paper");
        }
        if twin.is_some() {
            style.name = format!("Paper {}", style.name);
        }
        names.0.insert(style.id.clone(), id);
        lacking.push(style);
    }
    let ours: Result<String, Broken> = lacking.iter().map(|style| renamed(style, &names, bullet)).collect();
    let mut styles = british(theirs)?;
    let foot = Element::read(&styles)?.foot;
    styles.insert_str(foot, &ours?);
    Ok((styles, names))
}

/// Whether a package has bulleted lists of its own.
pub(super) fn has_bullets(theirs: &str) -> Result<bool, Broken> {
    let is_bullets =
        |it: &Found<'_>| it.is_numbered && it.kind == "paragraph" && it.name.eq_ignore_ascii_case("List Bullet");
    Ok(found(theirs)?.iter().any(is_bullets))
}

/// Every style of a file, in its order.
fn found(text: &str) -> Result<Vec<Found<'_>>, Broken> {
    let styles = Element::read(text)?;
    if !styles.is("styles") {
        return Err(Broken::Lacks("styles"));
    }
    let all = styles.children.into_iter().filter(|child| child.is("style"));
    all.map(|child| {
        let name = Element::read(child.text)?.child("name").and_then(|name| name.attribute("val"));
        let of = |name| child.attribute(name).unwrap_or_default();
        let (kind, id, is_numbered) = (of("type"), of("styleId"), child.text.contains("numPr"));
        Ok(Found { kind, id, name: name.unwrap_or_default(), is_numbered, child })
    })
    .collect()
}

/// A style of ours with the ids that the package has; never the package's default.
fn renamed(style: &Found<'_>, names: &Names, bullet: &str) -> Result<String, Broken> {
    let mut text = with_value(style.child.text, "style", "styleId", names.used(&style.id))?;
    text = with_value(&text, "style", "default", "0")?;
    text = with_value(&text, "name", "val", &style.name)?;
    text = with_value(&text, "numId", "val", bullet)?;
    for link in ["basedOn", "next", "link"] {
        let to = Element::read(style.child.text)?.child(link).and_then(|child| child.attribute("val"));
        if let Some(to) = to {
            text = with_value(&text, link, "val", names.used(&to))?;
        }
    }
    Ok(text.replacen("<w:style ", &format!("<w:style xmlns:w=\"{MAIN}\" "), 1))
}

/// Styles whose every language is ours, and which name it where nothing else does.
fn british(theirs: &str) -> Result<String, Broken> {
    let mut text = with_value(theirs, "lang", "val", LANGUAGE)?;
    let language = format!("<w:lang xmlns:w=\"{MAIN}\" w:val=\"{LANGUAGE}\"/>");
    let styles = Element::read(&text)?;
    let Some(defaults) = styles.child("docDefaults") else {
        let piece = format!(
            "<w:docDefaults xmlns:w=\"{MAIN}\"><w:rPrDefault><w:rPr>{language}</w:rPr></w:rPrDefault></w:docDefaults>"
        );
        let place = styles.children.first().map_or(styles.foot, |child| child.span.start);
        text.insert_str(place, &piece);
        return Ok(text);
    };
    if defaults.text.contains("lang") {
        return Ok(text);
    }
    let mut place = defaults.span.start;
    let mut inside = Element::read(defaults.text)?;
    for name in ["rPrDefault", "rPr"] {
        let Some(child) = inside.child(name).cloned() else { return Ok(text) };
        place += child.span.start;
        inside = Element::read(child.text)?;
    }
    if !inside.children.is_empty() {
        let place = place + inside.foot;
        text.insert_str(place, &language);
    }
    Ok(text)
}
