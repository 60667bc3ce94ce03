//! The bullets of lists: our own, or added to the lists that a template has.

use crate::report::docx::read::{Broken, Element, with_value};
use crate::report::docx::styles::MAIN;

/// The one list of a package of our own.
pub(super) const OWN: &str = include_str!("numbering.xml");

/// Id of the list in [`OWN`].
pub(super) const OWN_LIST: &str = "1";

/// Another package's lists with ours, and the id of ours among them.
///
/// Definitions come before the lists that use them (ECMA-376, part 1, `CT_Numbering`).
pub(super) fn merged(theirs: &str) -> Result<(String, String), Broken> {
    let (there, own) = (Element::read(theirs)?, Element::read(OWN)?);
    let free = |name: &str, id: &str| {
        let ids = there.children.iter().filter(|child| child.is(name)).filter_map(|child| child.attribute(id));
        (ids.filter_map(|id| id.parse::<u32>().ok()).max().unwrap_or(0).saturating_add(1)).to_string()
    };
    let (look, list) = (free("abstractNum", "abstractNumId"), free("num", "numId"));
    let piece = |name: &'static str, id: &str, value: &str| {
        let text = own.child(name).ok_or(Broken::Lacks(name))?.text;
        let text = with_value(text, name, id, value)?;
        let text = with_value(&text, "abstractNumId", "val", &look)?;
        Ok::<_, Broken>(text.replacen(&format!("<w:{name} "), &format!("<w:{name} xmlns:w=\"{MAIN}\" "), 1))
    };
    let first = there.children.iter().find(|child| child.is("num") || child.is("numIdMacAtCleanup"));
    let last = there.children.iter().find(|child| child.is("numIdMacAtCleanup"));
    let looks_end = first.map_or(there.foot, |child| child.span.start);
    let lists_end = last.map_or(there.foot, |child| child.span.start);
    let mut text = theirs.to_owned();
    text.insert_str(lists_end, &piece("num", "numId", &list)?);
    text.insert_str(looks_end, &piece("abstractNum", "abstractNumId", &look)?);
    Ok((text, list))
}
