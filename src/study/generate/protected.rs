//! Made-up protected characteristics, so that equality monitoring can be tried; drawn last, and part of no case.

use crate::case::Person;
use crate::study::generate::dice::{Dice, Purpose};
use crate::study::generate::{Ask, Generated};

/// The columns after `person_id`.
pub const COLUMNS: [&str; 5] = ["sex", "age_at_separation", "disability", "ethnicity", "caring_responsibilities"];

/// One row of characteristics for each person, in the order of [`COLUMNS`].
pub fn draw<'g>(ask: &Ask, made: &'g Generated) -> impl Iterator<Item = (&'g Person, [String; 5])> {
    let mut dice = Dice::of(ask, Purpose::Protected);
    made.case.people.values().map(move |person| (person, row(&mut dice)))
}

fn row(dice: &mut Dice) -> [String; 5] {
    let sex = dice.weighted(&[(62, "F"), (36, "M"), (2, "")]);
    let age = dice.between(19, 44) + dice.between(0, 22);
    let disability = dice.weighted(&[(84, "no"), (9, "yes"), (7, "prefer_not_to_say")]);
    let ethnicity = dice.weighted(&[(78, "white"), (14, "minority_ethnic"), (8, "prefer_not_to_say")]);
    let caring = dice.weighted(&[(60, "no"), (30, "yes"), (10, "")]);
    [sex.to_owned(), age.to_string(), disability.to_owned(), ethnicity.to_owned(), caring.to_owned()]
}
