//! `demerge paper`: can I have the consultation paper?
//!
//! Everything is worked out, checked and written into memory before the first file is made. The equality table is opened
//! only where `--equality` asks for it, and only after the plan has been made and certified.

mod documents;
mod pack;

use jiff::civil::Date;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Status;
use crate::cli::args::paper::{Paper, Who};
use crate::cli::compare::load_several;
use crate::cli::exit::{Error, Exit};
use crate::cli::{Done, answer, input, screen};
use crate::files;
use crate::load::equality::{self, Equality};
use crate::load::{Loaded, Want};
use crate::report::letters::Reply;
use crate::report::paper::{self, Imprint, Named, Subject};
use crate::study::explain::Checker;
use crate::study::paper::counts::{self, count};
use crate::study::paper::figures;
use crate::study::paper::gather::{Depth, Gathered, gather};

/// Gathers, counts, suppresses, checks, and writes the pack.
pub(super) fn run(wanted: &Paper) -> Done {
    pack::try_folder(&wanted.out, &wanted.one.case)?;
    let texts = pack::texts(wanted.template.as_deref())?;
    let sources = input::read(&wanted.one.case)?;
    let loaded = input::load_sources(&sources, Want::Solve(wanted.one.scenario.as_deref()))?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let date = day(wanted.date, case)?;
    let (beside, compared) = match &wanted.compare[..] {
        [] => (None, Vec::new()),
        ids if ids.contains(&scenario.id) => {
            return Err(Error::Usage(format!("--compare names {} itself; name other scenarios", scenario.id)));
        }
        ids => load_several(&sources, ids).map(|(loaded, scenarios)| (Some(loaded), scenarios))?,
    };
    let gathered = match gathered(wanted, case, scenario, &compared)? {
        Ok(gathered) => gathered,
        Err(status) => return without_plan(status),
    };
    let equality = read_equality(wanted, case)?;
    let subject = counts::Subject {
        case,
        scenario,
        certified: &gathered.certified,
        summary: &gathered.summary,
        others: &gathered.others,
    };
    let counts = count(&subject, equality.as_ref().map(|it| &it.characteristics), wanted.threshold);
    let what =
        "counts were kept back from the public paper, and the separate checker finds that one could be worked out";
    let both = figures(&counts, wanted.threshold).map_err(|flaw| Error::Unconfirmed(what, flaw.into()))?;
    let mut provenance = input::provenance(&loaded);
    provenance.inputs.extend(beside.into_iter().flat_map(|it: Loaded| it.inputs));
    provenance.inputs.extend(equality.as_ref().map(|it| it.input.clone()));
    provenance.inputs.sort_by(|a, b| a.file.cmp(&b.file));
    provenance.inputs.dedup();
    let reply = Reply { by: wanted.reply_by, to: wanted.reply_to.clone() };
    let subject = Subject {
        case,
        scenario,
        gathered: &gathered,
        both: &both,
        equality: &named(equality.as_ref()),
        diagnostics: &loaded.diagnostics,
        texts: &texts,
        imprint: Imprint { provenance: &provenance, date, draft: wanted.draft, reply: &reply },
    };
    let written = pack::write(wanted, &subject)?;
    screen::say(&(pack::told(wanted, &both, &written) + &input::made_up(&loaded)))?;
    Ok(Exit::Done)
}

/// The answer with everything that stands beside it, each explanation confirmed by its checker.
fn gathered(
    wanted: &Paper,
    case: &Case,
    scenario: &Scenario,
    compared: &[Scenario],
) -> Result<Result<Gathered, Status>, Error> {
    answer::within(&wanted.solving, |limits| {
        let depth = match wanted.audience {
            Who::Public => Depth::Counts,
            Who::Exempt | Who::Both => Depth::Everyone,
        };
        let found = gather(case, scenario, compared, depth, limits).map_err(Error::Refused)?;
        if let Ok(gathered) = &found
            && let Some(exempt) = &gathered.exempt
        {
            let mut told = exempt.explanations.iter().chain(&exempt.asked);
            let confirmed = Checker::near(case, scenario, &gathered.certified, limits)
                .and_then(|checker| told.try_for_each(|explanation| checker.check(explanation)));
            if !(limits.should_stop)() {
                let what = "an explanation was found, and the separate checker does not confirm it";
                confirmed.map_err(|fault| Error::Unconfirmed(what, fault.into()))?;
            }
        }
        Ok(found)
    })
}

fn without_plan(status: Status) -> Done {
    screen::complain(match status {
        Status::Impossible => "No plan keeps every rule, so there is nothing to propose; `demerge solve` says why.\n",
        Status::Stopped | Status::Optimal => {
            "The run was stopped before everything was proved, so no paper was written; run it again with a longer limit.\n"
        }
    });
    Ok(match status {
        Status::Impossible => Exit::Impossible,
        Status::Stopped | Status::Optimal => Exit::Stopped,
    })
}

fn read_equality(wanted: &Paper, case: &Case) -> Result<Option<Equality>, Error> {
    if !wanted.equality {
        return Ok(None);
    }
    let restricted = files::read_restricted(&wanted.one.case)?;
    equality::load(&restricted, case).map(Some).map_err(Error::Input)
}

fn named(equality: Option<&Equality>) -> Vec<Named> {
    let columns = equality.into_iter().flat_map(|it| &it.characteristics.columns);
    columns.map(|column| paper::named(column.name, &column.values)).collect()
}

/// The day of the paper: the one that was named, else the latest on which something was received or decided.
fn day(wanted: Option<Date>, case: &Case) -> Result<Date, Error> {
    let received = case.people.values().filter_map(|person| person.preference.received.as_deref());
    let decided = case.pins.iter().filter_map(|pin| pin.date.as_deref());
    let latest = || received.chain(decided).filter_map(|day| day.parse::<Date>().ok()).max();
    wanted.or_else(latest).ok_or_else(|| {
        let why = "the case says of nothing when it was received or decided, so the paper has no day";
        Error::Unfit(format!("{why}; name one with --date YYYY-MM-DD"))
    })
}
