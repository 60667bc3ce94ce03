//! The posts of the interim structures, made from the seats of the planted allocation.
//!
//! About 93 people in a hundred are given a seat: mostly at the authority that they stated, mostly at their own grade. Equal
//! seats are put together into posts. To these come some posts that the plan leaves empty, the statutory posts that each
//! authority needs, and for some authorities a second structure in which heads of service are merged. Together there are
//! fewer seats than people.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Criticality, Post, PostStatus, Preference, StatutoryRole};
use crate::id::{AuthorityId, Id, PostId, StructureId, Table};
use crate::quantity::{Fte, Pence};
use crate::study::generate::Ask;
use crate::study::generate::catalogue::{ASSISTANT_DIRECTOR, AUTHORITIES, CHIEF, HEAD, LEVELS, grade};
use crate::study::generate::dice::Dice;
use crate::study::generate::families::Family;
use crate::study::generate::people::{Member, title};

/// Which structures of its authority list a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// All.
    Both,
    /// The first, while the second has a merged post instead.
    First,
    /// The second: a merged post.
    Second,
}

/// A post as drawn.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Whose.
    pub(super) authority: usize,
    /// Its level.
    pub(super) level: usize,
    /// Families whose work it is; none for a chief executive.
    pub(super) families: Vec<usize>,
    /// Hours.
    pub(super) fte: Fte,
    /// Seats.
    pub(super) seats: u32,
    /// Whether it is on offer.
    pub(super) status: PostStatus,
    /// In which structures.
    pub(super) lists: Lists,
    /// Who has a seat in the planted allocation.
    pub(super) planted: Vec<usize>,
    /// Who else is matched with it whatever is drawn.
    pub(super) surely: Vec<usize>,
}

impl Draft {
    fn new(authority: usize, level: usize, families: Vec<usize>, fte: Fte) -> Self {
        let (planted, surely) = (Vec::new(), Vec::new());
        let (status, lists) = (PostStatus::Open, Lists::Both);
        Self { authority, level, families, fte, seats: 1, status, lists, planted, surely }
    }

    /// The role that goes with it.
    pub(super) fn role(&self, families: &[Family]) -> Option<StatutoryRole> {
        if self.level == CHIEF { Some(StatutoryRole::Hops) } else { families[self.families[0]].role }
    }

    /// The qualification that it asks for; a merged post asks for none.
    pub(super) fn asks(&self, families: &[Family]) -> Option<&'static str> {
        match self.families[..] {
            [only] => families[only].asks(self.level),
            _ => None,
        }
    }
}

/// Draws every post, in the order of their ids.
pub(super) fn draw(
    dice: &mut Dice,
    ask: &Ask,
    families: &[Family],
    staff: &[Member],
    stated: &[Preference],
) -> Vec<Draft> {
    let left_out = left_out(dice, families, staff);
    let mut drafts = seats(dice, families, staff, stated, &left_out);
    give_the_left_out_a_match(dice, staff, &left_out, &mut drafts);
    drafts.extend(empty_statutory(families, staff, &drafts));
    drafts.extend(empty(dice, families, staff));
    drafts.extend(taken(dice, ask, families, staff));
    drafts.extend(
        (0..ask.authorities as usize)
            .map(|authority| Draft { status: PostStatus::Held, ..Draft::new(authority, CHIEF, Vec::new(), Fte::FULL) }),
    );
    for authority in 0..ask.authorities as usize {
        if dice.percent(50) {
            merge(dice, authority, families, &mut drafts);
        }
    }
    drafts.sort_by_key(|draft| (draft.authority, Reverse(draft.level), draft.families.clone(), Reverse(draft.fte)));
    drafts
}

/// Seven people in a hundred who get no seat: only where somebody of the same work and grade gets one.
fn left_out(dice: &mut Dice, families: &[Family], staff: &[Member]) -> BTreeSet<usize> {
    let mut peers: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for member in staff {
        *peers.entry((member.family, member.level)).or_default() += 1;
    }
    let mut order: Vec<usize> = (0..staff.len()).filter(|&who| families[staff[who].family].role.is_none()).collect();
    dice.shuffle(&mut order);
    let wanted = (staff.len() * 7).div_ceil(100);
    let mut chosen = BTreeSet::new();
    for who in order {
        let left = peers.get_mut(&(staff[who].family, staff[who].level)).expect("counted above");
        if chosen.len() < wanted && *left > 1 {
            *left -= 1;
            chosen.insert(who);
        }
    }
    chosen
}

/// What makes two seats equal.
type Kind = (usize, usize, usize, Fte);

fn seats(
    dice: &mut Dice,
    families: &[Family],
    staff: &[Member],
    stated: &[Preference],
    left_out: &BTreeSet<usize>,
) -> Vec<Draft> {
    let mut equal: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    let mut turn: BTreeMap<usize, usize> = BTreeMap::new();
    for who in (0..staff.len()).filter(|who| !left_out.contains(who)) {
        let (member, family) = (&staff[who], &families[staff[who].family]);
        let wish = stated[who].stated().map(Id::index);
        let wished = wish.filter(|authority| family.authorities.contains(authority) && dice.percent(80));
        let any = dice.pick(&family.authorities);
        let authority = if family.role.is_some() {
            // Holders of a role are spread, one to an authority.
            let next = turn.entry(member.family).or_default();
            *next += 1;
            family.authorities[*next - 1]
        } else {
            wished.unwrap_or(any)
        };
        let below = dice.percent(8) && (1..HEAD).contains(&member.level);
        let fte = if dice.percent(40) { member.fte } else { Fte::FULL };
        let level = member.level - usize::from(below);
        equal.entry((authority, level, member.family, fte)).or_default().push(who);
    }
    equal.into_iter().flat_map(|(kind, people)| together(dice, kind, &people)).collect()
}

/// Equal seats as posts of one to four seats; managers have a post each.
fn together(dice: &mut Dice, (authority, level, family, fte): Kind, people: &[usize]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut rest = people;
    while !rest.is_empty() {
        let most = if level >= HEAD { 1 } else { dice.weighted(&[(70, 1), (18, 2), (8, 3), (4, 4)]) };
        let (here, more) = rest.split_at(most.min(rest.len()));
        let seats = u32::try_from(here.len()).expect("few seats");
        drafts.push(Draft { seats, planted: here.to_vec(), ..Draft::new(authority, level, vec![family], fte) });
        rest = more;
    }
    drafts
}

/// Everybody without a seat is matched with the post of somebody of the same work and grade.
fn give_the_left_out_a_match(dice: &mut Dice, staff: &[Member], left_out: &BTreeSet<usize>, drafts: &mut [Draft]) {
    let mut peers: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (position, draft) in drafts.iter().enumerate() {
        for &who in &draft.planted {
            peers.entry((staff[who].family, staff[who].level)).or_default().push(position);
        }
    }
    for &who in left_out {
        let posts = &peers[&(staff[who].family, staff[who].level)];
        drafts[dice.pick(posts)].surely.push(who);
    }
}

/// The statutory posts of the authorities to which no holder was given.
fn empty_statutory(families: &[Family], staff: &[Member], drafts: &[Draft]) -> Vec<Draft> {
    let mut more = Vec::new();
    for (position, family) in families.iter().enumerate().filter(|(_, family)| family.role.is_some()) {
        let has =
            |authority: usize| drafts.iter().any(|draft| draft.families == [position] && draft.authority == authority);
        let holders: Vec<usize> = (0..staff.len()).filter(|&who| staff[who].family == position).collect();
        for &authority in family.authorities.iter().filter(|&&authority| !has(authority)) {
            let draft = Draft::new(authority, ASSISTANT_DIRECTOR, vec![position], Fte::FULL);
            more.push(Draft { surely: holders.clone(), ..draft });
        }
    }
    more
}

/// Posts for which somebody is matched, but which the planted allocation leaves empty: three for each hundred people.
fn empty(dice: &mut Dice, families: &[Family], staff: &[Member]) -> Vec<Draft> {
    let mut more = Vec::new();
    while more.len() < staff.len() * 3 / 100 {
        let who = dice.below(staff.len());
        let (member, family) = (&staff[who], &families[staff[who].family]);
        if family.role.is_some() {
            continue;
        }
        let draft = Draft::new(dice.pick(&family.authorities), member.level, vec![member.family], Fte::FULL);
        more.push(Draft { surely: vec![who], ..draft });
    }
    more
}

/// Posts that are filled already: one for each hundred people. Nobody is matched with them.
fn taken(dice: &mut Dice, ask: &Ask, families: &[Family], staff: &[Member]) -> Vec<Draft> {
    let mut more = Vec::new();
    while more.len() < ask.people as usize / 100 {
        let member = &staff[dice.below(staff.len())];
        let family = &families[member.family];
        if family.role.is_none() {
            let draft = Draft::new(dice.pick(&family.authorities), member.level, vec![member.family], Fte::FULL);
            more.push(Draft { status: PostStatus::Filled, ..draft });
        }
    }
    more
}

/// A second structure of an authority: a third of the pairs of heads of service are one post, at least one pair.
fn merge(dice: &mut Dice, authority: usize, families: &[Family], drafts: &mut Vec<Draft>) {
    let can = |draft: &Draft| {
        let plain = draft.families.iter().all(|&family| !families[family].retained);
        draft.authority == authority && draft.level == HEAD && draft.status == PostStatus::Open && plain
    };
    let mut heads: Vec<usize> = (0..drafts.len()).filter(|&position| can(&drafts[position])).collect();
    dice.shuffle(&mut heads);
    let mut merged = Vec::new();
    for pair in heads.chunks_exact(2) {
        let [one, other] = [&drafts[pair[0]], &drafts[pair[1]]];
        if one.families == other.families || (!merged.is_empty() && !dice.percent(33)) {
            continue;
        }
        let mut both = [one.families.clone(), other.families.clone()].concat();
        both.sort_unstable();
        merged.push(Draft { lists: Lists::Second, ..Draft::new(authority, HEAD, both, Fte::FULL) });
        pair.iter().for_each(|&position| drafts[position].lists = Lists::First);
    }
    drafts.extend(merged);
}

/// The table of posts.
pub(super) fn table(ask: &Ask, families: &[Family], drafts: &[Draft]) -> Table<PostId, Post> {
    let most = (0..ask.authorities as usize).map(|a| drafts.iter().filter(|draft| draft.authority == a).count()).max();
    let width = most.unwrap_or(0).to_string().len().max(2);
    let second: BTreeSet<usize> =
        drafts.iter().filter(|draft| draft.lists == Lists::Second).map(|draft| draft.authority).collect();
    let first_of = |authority: usize| authority + second.iter().filter(|&&other| other < authority).count();
    let mut numbers = [0; AUTHORITIES.len()];
    let mut posts = Vec::with_capacity(drafts.len());
    for draft in drafts {
        numbers[draft.authority] += 1;
        let first = StructureId::at(first_of(draft.authority));
        let other = second.contains(&draft.authority).then(|| StructureId::at(first_of(draft.authority) + 1));
        let structures = match draft.lists {
            Lists::Both => Some(first).into_iter().chain(other).collect(),
            Lists::First => Some(first).into_iter().collect(),
            Lists::Second => other.into_iter().collect(),
        };
        let code = format!("{}{:0width$}", AUTHORITIES[draft.authority].0, numbers[draft.authority]);
        posts.push(record(families, draft, code, posts.len(), structures));
    }
    Table::new(posts)
}

fn record(
    families: &[Family],
    draft: &Draft,
    code: String,
    position: usize,
    structures: BTreeSet<StructureId>,
) -> Post {
    let level = &LEVELS[draft.level];
    let role = draft.role(families);
    let titles: Vec<String> = draft.families.iter().map(|&family| title(&families[family], draft.level)).collect();
    let criticality = match draft.level {
        _ if role.is_some() => Criticality::Statutory,
        HEAD.. => Criticality::High,
        _ => Criticality::Normal,
    };
    Post {
        code,
        row: u32::try_from(position + 2).expect("few posts"),
        authority: AuthorityId::at(draft.authority),
        title: if titles.is_empty() { level.title.to_owned() } else { titles.join(" and ") },
        tier: level.tier,
        functions: match draft.families[..] {
            [] => BTreeSet::from(["chief_executive".to_owned()]),
            _ => draft.families.iter().map(|&family| families[family].function.clone()).collect(),
        },
        grade: grade(draft.level),
        fte: draft.fte,
        capacity: draft.seats,
        statutory_role: role,
        essential_qualification: draft.asks(families).map(str::to_owned),
        criticality,
        status: draft.status,
        structures,
        retained_shared: Some(draft.families.iter().any(|&family| families[family].retained)),
        salary_min: Pence(level.pay[0] * 100),
        salary_max: Pence(level.pay[1] * 100),
    }
}
