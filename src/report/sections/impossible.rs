//! Why there is no plan, in the user's own rows, and what would change it.

use std::collections::BTreeSet;

use crate::id::AuthorityId;
use crate::report::fixes::{crowd, fix, further, reach};
use crate::report::page::{Block, Section, paragraph};
use crate::report::sections::View;
use crate::report::words::{authority_code, joined, leaf_sentence};
use crate::study::impossible::{Fix, Further, Impossible, Kind};

/// The rules that contradict each other, the people and figures behind it, and each smallest change.
pub(super) fn reasons(view: &View<'_>, found: &Impossible) -> Section {
    let mut blocks = rules(view, found);
    let mut why: Vec<String> = found.crowd.iter().map(|it| crowd(view.case, it) + ".").collect();
    why.extend(found.reaches.iter().map(|it| reach(view.case, view.scenario, it)));
    if !why.is_empty() {
        let heading = if found.leaves.len() == 1 { "Why it cannot be kept" } else { "Why they cannot all be kept" };
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.push(Block::List(why));
        if found.leaves.len() > 1 && !found.reaches.is_empty() {
            let sentence = "Each figure is the nearest that any plan comes which keeps the other rules in this list.";
            blocks.push(Block::Source(sentence.to_owned()));
        }
    }
    blocks.extend(changes(view, found));
    Section { id: "reasons", title: "Why there is no plan".to_owned(), blocks }
}

fn rules(view: &View<'_>, found: &Impossible) -> Vec<Block> {
    let sentences: Vec<String> =
        found.leaves.iter().map(|&leaf| leaf_sentence(view.case, view.scenario, leaf)).collect();
    let head = match found.leaves.len() {
        1 => "One rule cannot be kept by any plan:".to_owned(),
        many => format!("These {many} rules cannot all be kept:"),
    };
    let tail = match (found.fixes.is_empty(), found.leaves.len()) {
        (true, _) => {
            "Other rules of the scenario contradict each other too, so no change to one of these is enough by itself."
        }
        (false, 1) => "Without this rule there is a plan.",
        (false, _) => "Any one of them can give way; which one is for you to decide.",
    };
    vec![paragraph(head), Block::List(sentences), paragraph(tail)]
}

fn changes(view: &View<'_>, found: &Impossible) -> Vec<Block> {
    let say = |it: Fix| fix(view.case, view.scenario, it);
    let mut points: Vec<String> =
        found.fixes.iter().copied().filter(|it| !matches!(it, Fix::Seat(_))).map(say).collect();
    points.extend(seats(view, &found.fixes));
    points.extend(more_posts(view, found));
    let mut blocks = Vec::new();
    if !points.is_empty() {
        blocks.push(Block::Heading("Any one of these is enough".to_owned()));
        blocks.push(Block::List(points));
    }
    if !found.pairs.is_empty() {
        blocks.push(Block::Heading("Two changes together, where neither is enough alone".to_owned()));
        blocks.push(Block::List(pairs(view, found)));
    }
    if !blocks.is_empty() {
        let sentence = "Each change is the smallest of its kind: with it there is a plan, and with a hundredth of a point, a \
                        penny or a person less there is none. Both were solved and checked.";
        blocks.push(Block::Source(sentence.to_owned()));
    }
    if !found.further_complete {
        let sentence =
            "There was no time to work out every number of further posts, so some that are enough may not be named.";
        blocks.push(Block::Source(sentence.to_owned()));
    }
    if !found.complete {
        blocks.push(Block::Warning("The run was stopped at a limit, so these lists may be incomplete.".to_owned()));
    }
    blocks
}

/// Each number of further posts; functions of one authority of which one more is enough are named together.
fn more_posts(view: &View<'_>, found: &Impossible) -> Vec<String> {
    let authority = |it: &Further| match &it.kind {
        Kind::Function(authority, _) if it.more() == 1 => Some(*authority),
        Kind::Function(..) | Kind::Post(_) => None,
    };
    let mut points = Vec::new();
    let mut told: BTreeSet<AuthorityId> = BTreeSet::new();
    for it in &found.further {
        let Some(place) = authority(it) else {
            points.push(further(view.case, it));
            continue;
        };
        if told.insert(place) {
            let same: Vec<&Further> = found.further.iter().filter(|it| authority(it) == Some(place)).collect();
            points.push(if same.len() == 1 { further(view.case, it) } else { one_of(view, place, &same) });
        }
    }
    points
}

/// `open one more post at A with function Finance (for example like A03) or Housing (like A05)`.
fn one_of(view: &View<'_>, place: AuthorityId, same: &[&Further]) -> String {
    let each = |(at, it): (usize, &&Further)| match (&it.kind, &it.like[..]) {
        (Kind::Function(_, function), [(post, _), ..]) => {
            let example = if at == 0 { "for example like" } else { "like" };
            Some(format!("{function} ({example} {})", view.case.posts[*post].code))
        }
        (Kind::Function(..) | Kind::Post(_), _) => None,
    };
    let functions: Vec<String> = same.iter().enumerate().filter_map(each).collect();
    format!("open one more post at {} with function {}", authority_code(view.case, place), joined(&functions, "or"))
}

/// `give A06 or B01 one more seat, …`, of the posts among these changes of which that is said.
fn seats(view: &View<'_>, fixes: &[Fix]) -> Option<String> {
    let posts: Vec<String> = fixes
        .iter()
        .filter_map(|&it| match it {
            Fix::Seat(id) => Some(view.case.posts[id].code.clone()),
            Fix::Limit { .. } | Fix::Drop(_) | Fix::Open(_) | Fix::Promote(_) => None,
        })
        .collect();
    let posts = (!posts.is_empty()).then(|| joined(&posts, "or"))?;
    Some(format!("give {posts} one more seat, or add a post for which the same people are matched"))
}

/// Each pair; of those that begin with the same change the seats are named together.
fn pairs(view: &View<'_>, found: &Impossible) -> Vec<String> {
    let say = |it: Fix| fix(view.case, view.scenario, it);
    let is_seat = |it: Fix| matches!(it, Fix::Seat(_));
    let mut points = Vec::new();
    let mut firsts: Vec<Fix> = Vec::new();
    for &[first, second] in &found.pairs {
        if !is_seat(second) {
            points.push(format!("{}; and {}", say(first), say(second)));
        } else if !firsts.contains(&first) {
            firsts.push(first);
        }
    }
    for first in firsts {
        let own = found.pairs.iter().filter(|pair| pair[0] == first).map(|pair| pair[1]);
        let own: Vec<Fix> = own.collect();
        points.extend(seats(view, &own).map(|seats| format!("{}; and {seats}", say(first))));
    }
    points
}
