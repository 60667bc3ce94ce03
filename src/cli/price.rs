//! `demerge price`: what does each rule cost?

use crate::cli::Done;
use crate::cli::args::price::Price;
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen};
use crate::files;
use crate::report::price::{page, prices_csv, prices_json};
use crate::report::terminal::write_text;
use crate::study::price::seats::{SeatPrice, seats};
use crate::study::price::{Prices, Worth, price};

/// Solves the case again without each rule, and shows what changes.
pub(super) fn run(wanted: &Price) -> Done {
    let loaded = input::load_one(&wanted.one)?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let found = answer::within(&wanted.conduct.solving, |limits| {
        let prices = price(case, scenario, limits)?;
        let seats = wanted.seats.then(|| seats(case, scenario, limits)).transpose()?;
        Ok((prices, seats))
    });
    let (prices, seats) = found.map_err(Error::Refused)?;
    let seats = seats.as_deref();
    if let Some(file) = &wanted.out {
        files::write_one(file, &prices_csv(case, scenario, &prices, seats), wanted.conduct.force.into())?;
    }
    if let Some(file) = &wanted.json {
        files::write_one(file, &prices_json(case, scenario, &prices, seats), wanted.conduct.force.into())?;
    }
    let mut text = write_text(&page(case, scenario, &prices, seats), screen::WIDTH);
    text.push_str(&input::made_up(&loaded));
    screen::say(&text)?;
    Ok(ending(&prices, seats.unwrap_or_default()))
}

fn ending(prices: &Prices, seats: &[SeatPrice]) -> Exit {
    let rows = prices.rows.iter().map(|row| &row.worth);
    let mut all = rows.chain(seats.iter().flat_map(|seat| [&seat.more, &seat.fewer]));
    match prices.base {
        Worth::Stopped => Exit::Stopped,
        Worth::Best(_) | Worth::Impossible if all.any(|worth| *worth == Worth::Stopped) => Exit::Stopped,
        Worth::Impossible => Exit::Impossible,
        Worth::Best(_) => Exit::Done,
    }
}
