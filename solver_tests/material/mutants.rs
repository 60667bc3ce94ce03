//! A judgement with one entry altered is refused: by construction.

use demerge::quantity::Pence;
use demerge::study::material::check::check;
use demerge::study::material::{Amount, Change, Field, FieldChange, Found, Judged, Judgement, Verdict};

use crate::material::{judged, shipped, side};

#[test]
fn an_altered_judgement_is_refused() {
    let ((case, was), (_, is)) = (side("case47", "S1"), side("case47", "S4"));
    let mut is = is;
    // Something for every line.
    let post = is.posts.get_mut("A05").expect("A05");
    (post.grade, post.fte.0, post.salary_min) = ("DIR".to_owned(), 5_000, Pence(1));
    for id in ["P01", "P02", "P03"] {
        let person = is.people.get_mut(id).expect("in the case");
        (person.shown, person.all) = (None, [None].into());
    }
    is.cost.0 += 1;
    let rule = shipped(&case);
    let good = judged(&rule, &was, &is);
    let refused = |name: &str, at: usize, alter: &dyn Fn(&mut Judged)| {
        let mut bad = good.clone();
        alter(&mut bad.lines[at]);
        assert_ne!(bad, good, "{name} changes line {at}");
        assert!(check(&rule, &was, &is, &bad).is_err(), "{name} in line {at}");
    };
    for at in 0..good.lines.len() {
        refused("the verdict", at, &|line| {
            line.verdict = if line.verdict == Verdict::Within { Verdict::Beyond } else { Verdict::Within };
        });
        refused("an open verdict", at, &|line| line.verdict = Verdict::Open);
        refused("the amount", at, &|line| match &mut line.amount {
            Amount::Count { sure, .. } => *sure += 1,
            Amount::Cost { is, .. } => is.0 += 1,
        });
        refused("the line", at, &|line| line.line.max_tier = Some(1));
        if at == 8 {
            continue;
        }
        assert!(!good.lines[at].found.is_empty(), "line {at} has something to alter");
        refused("one fewer", at, &|line| drop(line.found.pop()));
        refused("one twice", at, &|line| line.found.push(line.found[0].clone()));
        refused("another id", at, &|line| match &mut line.found[0] {
            Found::Post { id, .. } | Found::Person { id, .. } => id.push('x'),
        });
        refused("a row", at, &|line| match &mut line.found[0] {
            Found::Post { was_row, is_row, .. } => (*was_row, *is_row) = (Some(1), Some(1)),
            Found::Person { was, .. } => was.row += 1,
        });
        refused("what changed", at, &|line| match &mut line.found[0] {
            Found::Post { changes, .. } => {
                changes.push(FieldChange { field: Field::Tier, was: "1".to_owned(), is: "2".to_owned() });
            }
            Found::Person { change, .. } => *change = Change::Open,
        });
    }
    let whole: [fn(&mut Judgement); 2] = [|it| drop(it.lines.pop()), |it| it.strangers.push("P01".to_owned())];
    for alter in whole {
        let mut bad = good.clone();
        alter(&mut bad);
        assert!(check(&rule, &was, &is, &bad).is_err());
    }
}
