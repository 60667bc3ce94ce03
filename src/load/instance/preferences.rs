//! Preference sets: people with tie classes of posts, posts with room, groups of posts with room of their own.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::load::instance::Fault;

/// Who would take which post at which rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// For each person `(post, rank)`: best first, ranks from 0; equal ranks are ties. What is not listed is not acceptable.
    pub choices: Vec<Vec<(u32, u32)>>,
    /// How many people each post takes.
    pub capacity: Vec<u32>,
    /// The group of each post.
    pub group: Vec<Option<u32>>,
    /// How many people each group takes.
    pub group_capacity: Vec<u32>,
}

impl Preferences {
    /// How many ranks there are in the longest list.
    pub fn ranks(&self) -> usize {
        let last = self.choices.iter().flatten().map(|&(_, rank)| rank as usize + 1);
        last.max().unwrap_or(0)
    }
}

#[derive(Deserialize)]
struct File {
    agents: Vec<Agent>,
    posts: Vec<Post>,
    #[serde(default)]
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Agent {
    id: String,
    prefs: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Post {
    id: String,
    cap: u32,
    #[serde(default)]
    group: Option<String>,
}

#[derive(Deserialize)]
struct Group {
    id: String,
    cap: u32,
}

/// Reads a preference set; keys that are not needed (values, notes) are passed over.
///
/// # Errors
/// [`Fault::Line`] where it is not JSON of this shape; [`Fault::Part`] for an id that is used twice or is not known, or a
/// post that one person lists twice.
pub fn preferences(bytes: &[u8]) -> Result<Preferences, Fault> {
    let file: File =
        serde_json::from_slice(bytes).map_err(|error| Fault::Line { line: error.line(), what: error.to_string() })?;
    let posts = numbered("posts", file.posts.iter().map(|post| post.id.as_str()))?;
    let groups = numbered("groups", file.groups.iter().map(|group| group.id.as_str()))?;
    numbered("agents", file.agents.iter().map(|agent| agent.id.as_str()))?;
    let group = file.posts.iter().enumerate().map(|(at, post)| {
        let known = |id: &String| groups.get(id.as_str()).copied().ok_or_else(|| unknown("posts", at, &post.id, id));
        post.group.as_ref().map(known).transpose()
    });
    let choices = file.agents.iter().enumerate().map(|(at, agent)| ranked(at, agent, &posts));
    Ok(Preferences {
        choices: choices.collect::<Result<_, _>>()?,
        capacity: file.posts.iter().map(|post| post.cap).collect(),
        group: group.collect::<Result<_, _>>()?,
        group_capacity: file.groups.iter().map(|group| group.cap).collect(),
    })
}

/// The position of each id.
fn numbered<'a>(list: &str, ids: impl Iterator<Item = &'a str>) -> Result<BTreeMap<&'a str, u32>, Fault> {
    let mut found = BTreeMap::new();
    for (at, id) in ids.enumerate() {
        let number = u32::try_from(at).map_err(|_| part(list, at, id, "there are too many".to_owned()))?;
        if let Some(first) = found.insert(id, number) {
            return Err(part(list, at, id, format!("{list}[{first}] has the same id")));
        }
    }
    Ok(found)
}

fn ranked(at: usize, agent: &Agent, posts: &BTreeMap<&str, u32>) -> Result<Vec<(u32, u32)>, Fault> {
    let mut choices: Vec<(u32, u32)> = Vec::new();
    let mut listed = BTreeMap::new();
    for (rank, class) in (0u32..).zip(&agent.prefs) {
        for id in class {
            let &post = posts.get(id.as_str()).ok_or_else(|| unknown("agents", at, &agent.id, id))?;
            if listed.insert(post, rank).is_some() {
                return Err(part("agents", at, &agent.id, format!("lists {id:?} twice")));
            }
            choices.push((post, rank));
        }
    }
    Ok(choices)
}

fn unknown(list: &str, at: usize, id: &str, names: &str) -> Fault {
    part(list, at, id, format!("names {names:?}, which is not in the file"))
}

fn part(list: &str, at: usize, id: &str, what: String) -> Fault {
    Fault::Part { place: format!("{list}[{at}] {id:?}"), what }
}
