//! Job matches: a person's own work at their grade or next to it, and a little of related work.
//!
//! A person looks at the posts of two families at most, so the pairs grow with the people. Whoever sits in a post in the planted
//! allocation is matched with it.

use std::collections::BTreeMap;

use crate::case::{Match, MatchKind, PostStatus};
use crate::id::{Id, PersonId, PostId};
use crate::study::generate::MOST_PAIRS;
use crate::study::generate::dice::Dice;
use crate::study::generate::families::Family;
use crate::study::generate::people::Member;
use crate::study::generate::posts::{Draft, Lists};

/// The most posts of one's own work and grade.
const MOST_OWN: usize = 14;
/// The most pairs before those with merged posts.
const MOST_PLAIN: usize = MOST_PAIRS - 6;

/// The posts by family, and what became of merged ones.
struct Board<'g> {
    families: &'g [Family],
    staff: &'g [Member],
    drafts: &'g [Draft],
    /// Open posts of each family, merged ones left out.
    by_family: Vec<Vec<usize>>,
    /// Merged posts of each authority.
    merged: BTreeMap<usize, Vec<usize>>,
    /// A family of related work for each.
    related: Vec<Option<usize>>,
    /// Posts that a person is matched with whatever is drawn.
    sure: Vec<Vec<usize>>,
}

/// Draws all pairs.
pub(super) fn draw(
    dice: &mut Dice,
    families: &[Family],
    staff: &[Member],
    drafts: &[Draft],
) -> BTreeMap<(PersonId, PostId), Match> {
    let board = board(families, staff, drafts);
    let mut row = 1;
    let mut all = Vec::new();
    for who in 0..staff.len() {
        for (post, kind) in board.of(dice, who) {
            row += 1;
            let found = board.found(row, who, post, kind);
            all.push(((PersonId::at(who), PostId::at(post)), found));
        }
    }
    // Sorted by person and post, so that the tree is built in one go.
    all.into_iter().collect()
}

fn board<'g>(families: &'g [Family], staff: &'g [Member], drafts: &'g [Draft]) -> Board<'g> {
    let mut by_family = vec![Vec::new(); families.len()];
    let mut merged: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut sure = vec![Vec::new(); staff.len()];
    for (position, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.status == PostStatus::Open) {
        match draft.lists {
            Lists::Second => merged.entry(draft.authority).or_default().push(position),
            Lists::Both | Lists::First => by_family[draft.families[0]].push(position),
        }
        draft.planted.iter().chain(&draft.surely).for_each(|&who| sure[who].push(position));
    }
    Board { families, staff, drafts, by_family, merged, related: related(families), sure }
}

/// For each family the next one of its directorate that has officers too.
fn related(families: &[Family]) -> Vec<Option<usize>> {
    let is_service = |family: &Family| !family.title.is_empty();
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    let mut related = vec![None; families.len()];
    for (position, family) in families.iter().enumerate().filter(|(_, family)| is_service(family)) {
        if let Some(before) = last.insert(family.directorate, position) {
            related[position] = Some(before);
        }
    }
    related
}

impl Board<'_> {
    /// The posts of a person with how well they match, in order of post.
    fn of(&self, dice: &mut Dice, who: usize) -> BTreeMap<usize, MatchKind> {
        let member = &self.staff[who];
        let mut kinds: BTreeMap<usize, MatchKind> = BTreeMap::new();
        for &post in &self.sure[who] {
            kinds.insert(post, self.kind(dice, who, post));
        }
        let mut near: Vec<usize> = self.by_family[member.family].clone();
        dice.shuffle(&mut near);
        let mut counted = [0; 4];
        for post in near {
            let Some(place) = self.wanted(dice, who, post) else { continue };
            counted[place] += 1;
            if counted[place] <= [MOST_OWN, 5, 2, 1][place] && kinds.len() < MOST_PLAIN {
                let kind = self.kind(dice, who, post);
                kinds.entry(post).or_insert(kind);
            }
        }
        if let Some(related) = self.related[member.family] {
            self.add_related(dice, who, related, &mut kinds);
        }
        self.add_merged(&mut kinds);
        kinds
    }

    /// Whether a post of one's own work is taken into account: 0 same grade, 1 one down, 2 one up, 3 two down.
    fn wanted(&self, dice: &mut Dice, who: usize, post: usize) -> Option<usize> {
        let (member, draft) = (&self.staff[who], &self.drafts[post]);
        if !member.holds(self.families, draft.asks(self.families)) {
            return None;
        }
        let (place, percent) = match (draft.level, member.level) {
            (there, here) if there == here => (0, 100),
            (there, here) if there + 1 == here => (1, 60),
            (there, here) if there == here + 1 => (2, 12),
            (there, here) if there + 2 == here => (3, 5),
            _ => return None,
        };
        dice.percent(percent).then_some(place)
    }

    fn kind(&self, dice: &mut Dice, who: usize, post: usize) -> MatchKind {
        let (member, draft) = (&self.staff[who], &self.drafts[post]);
        match draft.level {
            there if there > member.level => MatchKind::Promotion,
            there if there < member.level => dice.pick(&[MatchKind::Partial, MatchKind::Alternative]),
            _ if draft.authority == member.employer => MatchKind::Direct,
            _ => dice.weighted(&[(85, MatchKind::Direct), (15, MatchKind::Partial)]),
        }
    }

    fn add_related(&self, dice: &mut Dice, who: usize, related: usize, kinds: &mut BTreeMap<usize, MatchKind>) {
        let member = &self.staff[who];
        let mut added = 0;
        for &post in &self.by_family[related] {
            let draft = &self.drafts[post];
            let fits = draft.level == member.level && member.holds(self.families, draft.asks(self.families));
            if fits && added < 3 && kinds.len() < MOST_PLAIN && dice.percent(15) {
                added += 1;
                kinds.insert(post, MatchKind::Alternative);
            }
        }
    }

    /// Whoever is matched with a post that is merged is matched with half of the merged one.
    fn add_merged(&self, kinds: &mut BTreeMap<usize, MatchKind>) {
        let mut more = Vec::new();
        for &post in kinds.keys().filter(|&&post| self.drafts[post].lists == Lists::First) {
            let draft = &self.drafts[post];
            let merged = self.merged.get(&draft.authority).into_iter().flatten().copied();
            more.extend(merged.filter(|&whole| self.drafts[whole].families.contains(&draft.families[0])));
        }
        for post in more {
            if kinds.len() < MOST_PAIRS {
                kinds.entry(post).or_insert(MatchKind::Partial);
            }
        }
    }

    fn found(&self, row: u32, who: usize, post: usize, kind: MatchKind) -> Match {
        let rank = |level: usize| i32::try_from(level).expect("few levels");
        let grade_difference = rank(self.drafts[post].level) - rank(self.staff[who].level);
        let own = self.drafts[post].families.contains(&self.staff[who].family);
        let evidence = match (kind, own, grade_difference) {
            (MatchKind::Direct, _, _) => "same function and grade",
            (MatchKind::Promotion, _, _) => "same function; one grade up",
            (MatchKind::Partial, _, 0) => "part of the duties",
            (MatchKind::Partial | MatchKind::Alternative, true, -1) => "same function; one grade down",
            (MatchKind::Partial | MatchKind::Alternative, true, _) => "same function; two grades down",
            (MatchKind::Partial | MatchKind::Alternative, false, _) => "same grade; related function",
        };
        Match { row, kind, grade_difference, evidence: evidence.to_owned() }
    }
}
