//! What chance decides in one scenario: the same for the same seed, sample and ids, whoever asks, in whatever order.
//!
//! There is no stream of random numbers that a thread could be late for. Each question has a number of its own: the
//! SHA-256 (FIPS 180-4) of a short text that names seed, sample, purpose and the text id of the person or post. Anyone can
//! check a draw with any other program. The text ids stand there, not rows, so that a file sorted otherwise draws alike; the
//! sample stands there, not the point of the grid, so that points differ by their settings and not by luck.

use sha2::{Digest, Sha256};

use crate::case::change::Change;
use crate::case::sweep::{Chance, Chances, Wish};
use crate::case::{Case, Preferred, Response};
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::study::sweep::row::Counts;

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Whether a person leaves.
    Leaves,
    /// Whether a person changes their mind, and to what.
    Changes,
    /// What a person without an answer would state.
    Answers,
    /// Whether a post is withdrawn.
    Withdrawn,
    /// Whether an empty seat is filled from outside.
    Recruited,
}

impl Purpose {
    /// The word in the text that is hashed.
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Leaves => "leaves",
            Purpose::Changes => "changes",
            Purpose::Answers => "answers",
            Purpose::Withdrawn => "withdrawn",
            Purpose::Recruited => "recruited",
        }
    }
}

/// The numbers of one sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dice {
    /// The seed of the plan.
    pub seed: u64,
    /// The number of the sample.
    pub sample: u32,
}

/// Three numbers for one question, each below 2⁶⁴.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roll([u64; 3]);

impl Dice {
    /// The numbers for one question.
    ///
    /// - The first 24 bytes of the SHA-256 of `demerge/sweep/1|seed|sample|purpose|subject`, as three big-endian numbers.
    pub fn roll(self, purpose: Purpose, subject: &str) -> Roll {
        Asking::of(self).roll(purpose, subject)
    }
}

/// The text of the questions of one sample, of which the beginning is written once.
struct Asking {
    text: String,
    beginning: usize,
}

impl Asking {
    fn of(dice: Dice) -> Self {
        let text = format!("demerge/sweep/1|{}|{}|", dice.seed, dice.sample);
        Self { beginning: text.len(), text }
    }

    fn roll(&mut self, purpose: Purpose, subject: &str) -> Roll {
        self.text.truncate(self.beginning);
        [purpose.word(), "|", subject].into_iter().for_each(|word| self.text.push_str(word));
        let digest = Sha256::digest(self.text.as_bytes());
        let number = |at: usize| u64::from_be_bytes(std::array::from_fn(|byte| digest[at * 8 + byte]));
        Roll([number(0), number(1), number(2)])
    }
}

impl Roll {
    /// Whether something of this chance happens: the first number, scaled to millionths, lies below it.
    pub fn happens(self, chance: Chance) -> bool {
        scaled(self.0[0], 1_000_000) < u64::from(chance.0)
    }

    /// Which of these wishes it is, by the second number; their chances come to 1.
    fn wish(self, wishes: &[(Wish, Chance)]) -> Option<Wish> {
        let mut at = scaled(self.0[1], 1_000_000);
        for &(wish, chance) in wishes {
            match at.checked_sub(u64::from(chance.0)) {
                Some(rest) => at = rest,
                None => return Some(wish),
            }
        }
        None
    }

    /// Which of so many equal things it is, by the third number.
    fn one_of(self, count: usize) -> usize {
        usize::try_from(scaled(self.0[2], count as u64)).expect("below a count of things in memory")
    }
}

/// `number / 2⁶⁴ × count`, rounded down: each result as likely as any other to within 2⁻⁴⁴ for a million.
fn scaled(number: u64, count: u64) -> u64 {
    u64::try_from((u128::from(number) * u128::from(count)) >> 64).expect("below the count")
}

/// What was drawn before anyone is placed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Drawn {
    /// Who left, lowest first.
    pub leavers: Vec<PersonId>,
    /// Who states something else than in the case, and what, lowest first.
    pub changed: Vec<(PersonId, Preferred)>,
    /// Who did not answer in the case and states something, lowest first.
    pub answered: Vec<(PersonId, Preferred)>,
    /// Posts on offer that were withdrawn, lowest first.
    pub withdrawn: Vec<PostId>,
}

impl Drawn {
    /// What it changes in the case.
    pub fn change(&self) -> Change {
        let mut stated: Vec<(PersonId, Preferred)> = self.changed.iter().chain(&self.answered).copied().collect();
        stated.sort_unstable();
        Change { gone: self.leavers.clone(), stated, withdrawn: self.withdrawn.clone() }
    }

    /// How many of each.
    pub fn counts(&self) -> Counts {
        let count = |length: usize| u32::try_from(length).expect("tables hold fewer than 2^32 records");
        Counts {
            leavers: count(self.leavers.len()),
            changed: count(self.changed.len()),
            answered: count(self.answered.len()),
            withdrawn: count(self.withdrawn.len()),
        }
    }
}

/// Draws for one scenario, in which these posts are on offer, lowest first.
///
/// - Whoever has left neither answers nor changes their mind. Only posts on offer are withdrawn.
/// - Someone who draws what they stated has not changed their mind.
pub fn draw(case: &Case, offered: &[PostId], chances: &Chances, dice: Dice) -> Drawn {
    let mut drawn = Drawn::default();
    let mut asking = Asking::of(dice);
    for (person, record) in case.people.iter() {
        let mut roll = |purpose| asking.roll(purpose, &record.code);
        if may(chances.leaves[person]) && roll(Purpose::Leaves).happens(chances.leaves[person]) {
            drawn.leavers.push(person);
            continue;
        }
        let now = record.preference.preferred;
        match record.preference.stated() {
            Some(stated) if may(chances.changes[person]) => {
                let roll = roll(Purpose::Changes);
                let wish = roll.happens(chances.changes[person]).then(|| roll.wish(&chances.changed_to)).flatten();
                let new = wish.map_or(now, |wish| preferred(case, wish, stated, roll));
                drawn.changed.extend((new != now).then_some((person, new)));
            }
            Some(_) => {}
            None if is_silent(record.preference.response, now) && !chances.answers.is_empty() => {
                let wish = roll(Purpose::Answers).wish(&chances.answers);
                if let Some(Wish::Is(new)) = wish
                    && new != now
                {
                    drawn.answered.push((person, new));
                }
            }
            None => {}
        }
    }
    let mut withdrawn = |&post: &PostId| {
        may(chances.withdrawn[post])
            && asking.roll(Purpose::Withdrawn, &case.posts[post].code).happens(chances.withdrawn[post])
    };
    drawn.withdrawn = offered.iter().copied().filter(|post| withdrawn(post)).collect();
    drawn
}

/// How many of these empty seats are filled from outside, by authority; each seat of a post draws for itself.
pub fn recruit(case: &Case, empty: &[(PostId, u32)], chances: &Chances, dice: Dice) -> Vec<u32> {
    let mut filled = vec![0; case.authorities.len()];
    for &(post, seats) in empty.iter().filter(|(post, _)| may(chances.recruited[*post])) {
        let record = &case.posts[post];
        let is_filled = |seat: &u32| {
            let subject = format!("{}#{seat}", record.code);
            dice.roll(Purpose::Recruited, &subject).happens(chances.recruited[post])
        };
        filled[record.authority.index()] +=
            u32::try_from((1..=seats).filter(is_filled).count()).expect("so many seats");
    }
    filled
}

fn may(chance: Chance) -> bool {
    chance > Chance::NEVER
}

/// Someone who was asked and has said nothing.
fn is_silent(response: Response, preferred: Preferred) -> bool {
    response == Response::NoResponse && preferred == Preferred::Blank
}

fn preferred(case: &Case, wish: Wish, stated: AuthorityId, roll: Roll) -> Preferred {
    match wish {
        Wish::Is(preferred) => preferred,
        Wish::Other => {
            let others: Vec<AuthorityId> = case.authorities.ids().filter(|&it| it != stated).collect();
            Preferred::Authority(others[roll.one_of(others.len())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dice, Purpose, scaled};
    use crate::case::sweep::Chance;

    /// Truth: `printf 'demerge/sweep/1|7|12|leaves|P05' | sha256sum`.
    #[test]
    fn a_draw_can_be_checked_with_another_program() {
        let roll = Dice { seed: 7, sample: 12 }.roll(Purpose::Leaves, "P05");
        assert_eq!(format!("{:016x}{:016x}{:016x}", roll.0[0], roll.0[1], roll.0[2]), DIGEST);
    }
    const DIGEST: &str = "fd7c845c4b990044c48e7c39622104045ed041128dd2e128";

    #[test]
    fn what_is_certain_happens_and_what_never_happens_does_not() {
        for sample in 0..1_000 {
            let roll = Dice { seed: 1, sample }.roll(Purpose::Leaves, "P");
            assert!(roll.happens(Chance::CERTAIN) && !roll.happens(Chance::NEVER));
        }
        assert_eq!((scaled(0, 10), scaled(u64::MAX, 10)), (0, 9));
    }
}
