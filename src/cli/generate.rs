//! `demerge generate`: can I have a made-up case of any size?

use std::io::Write;

use crate::case::PostStatus;
use crate::cli::Done;
use crate::cli::args::generate::Generate;
use crate::cli::exit::{Error, Exit};
use crate::cli::screen;
use crate::files;
use crate::quantity::grouped;
use crate::report::generate::{read_me, scenario_toml, table_files, write_protected, write_table};
use crate::study::generate::{Ask, Generated, generate};

/// Draws a case from its seed and writes it as a folder.
pub(super) fn run(wanted: &Generate) -> Done {
    let ask = Ask::new(wanted.people, wanted.authorities, wanted.seed, wanted.links);
    let ask = ask.map_err(|fault| Error::Usage(fault.to_string()))?;
    let draft = files::Draft::begin(&wanted.out)?;
    let made = generate(&ask);
    write(&draft, &ask, &made)?;
    draft.finish()?;
    screen::say(&told(wanted, &made))?;
    Ok(Exit::Done)
}

fn write(draft: &files::Draft, ask: &Ask, made: &Generated) -> Result<(), Error> {
    for file in table_files(&made.case) {
        draft.write(&file, |out| write_table(&file, &made.case, out))?;
    }
    for scenario in &made.scenarios {
        let file = format!("scenarios/{}.toml", scenario.id);
        draft.write(&file, |out| out.write_all(scenario_toml(&made.case, scenario).as_bytes()))?;
    }
    draft.write("equality_restricted.csv", |out| write_protected(ask, made, out))?;
    let text = read_me(ask, made, env!("CARGO_PKG_VERSION"));
    draft.write("README.md", |out| out.write_all(text.as_bytes()))?;
    Ok(())
}

fn told(wanted: &Generate, made: &Generated) -> String {
    let case = &made.case;
    let number = |count: usize| grouped(i64::try_from(count).unwrap_or(i64::MAX));
    let open = case.posts.values().filter(|post| post.status == PostStatus::Open);
    let seats = |id: &str| {
        let chosen = made.scenarios.iter().find(|scenario| scenario.id == id);
        let on_offer = open.clone().filter(|post| {
            chosen.is_some_and(|it| it.structures.get(&post.authority).is_some_and(|s| post.structures.contains(s)))
        });
        on_offer.map(|post| post.capacity as usize).sum::<usize>()
    };
    let ids: Vec<&str> = made.scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    format!(
        "A made-up case with seed {}: {} people, {} authorities, {} posts with {} seats on offer\n\
         in scenario S1, {} job matches, {} ranks. Nobody and nothing in it exists.\n\
         Written to {}. Scenarios: {}. The same command gives the same files.\n",
        wanted.seed,
        number(case.people.len()),
        number(case.authorities.len()),
        number(case.posts.len()),
        number(seats("S1")),
        number(case.matches.len()),
        number(case.ranks.len()),
        wanted.out.display(),
        ids.join(", "),
    )
}
