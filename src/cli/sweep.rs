//! `demerge sweep`: what if? Thousands of scenarios of one case.

mod basis;
mod begin;
mod only;
pub(super) mod outputs;
mod progress;
pub(super) mod recount;
mod shard;
pub(super) mod summary;

pub(super) use crate::cli::sweep::basis::Basis;

use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::thread;

use crate::cli::Done;
use crate::cli::args::sweep::Sweep as Wanted;
use crate::cli::exit::{Error, Exit};
use crate::cli::sweep::begin::Begun;
use crate::cli::sweep::progress::Shown;
use crate::cli::{screen, stop};
use crate::files::Overwrite;
use crate::files::sweep_journal::{Header, SweepJournal, beside};
use crate::quantity;
use crate::report::provenance::Provenance;
use crate::report::sweep_rows::Origin;
use crate::report::words::count;
use crate::study::sweep::cells::Shape;
use crate::study::sweep::run::{self, End};
use crate::study::sweep::{Scene, Sweep};

/// Draws and solves every scenario of the plan, and writes them when all are done.
pub(super) fn run(wanted: &Wanted) -> Done {
    let basis = Basis::read(&wanted.case, &wanted.plan)?;
    let sweep = basis.sweep();
    if let Some(number) = wanted.only {
        return only::run(wanted, &sweep, number);
    }
    let shard = wanted.shard.as_deref().map(shard::read).transpose()?;
    let out = wanted.out.as_deref().expect("clap asks for it");
    let range = shard::range(shard, sweep.plan().scenarios());
    let (origin, warnings, provenance) = (basis.origin(shard), basis.warnings(), basis.provenance());
    let task = Task { wanted, out, sweep: &sweep, range, origin, warnings, provenance };
    task.run()
}

/// One run of one part of a sweep.
struct Task<'a> {
    wanted: &'a Wanted,
    out: &'a Path,
    sweep: &'a Sweep<'a>,
    range: Range<u64>,
    origin: Origin,
    /// Warnings about the case.
    warnings: usize,
    provenance: Provenance,
}

impl Task<'_> {
    fn run(&self) -> Done {
        match self.begin()? {
            Begun::Run(kept, overwrite) => self.go(kept, overwrite),
            Begun::Count => self.count(),
            Begun::Complete => {
                let out = self.out.display();
                screen::say(&format!("{out} is complete already; there is nothing to go on with.\n"))?;
                Ok(Exit::Done)
            }
        }
    }

    /// Solves what is not done yet, and writes everything once all is.
    fn go(&self, mut kept: SweepJournal, overwrite: Overwrite) -> Done {
        let end = self.solve(&mut kept)?;
        if end == End::Stopped {
            let done = grouped(kept.done());
            screen::say(&format!(
                "Stopped with {done} of {} done, seed {}.\nThey are kept in {}; the same command with --resume goes on.\n",
                self.scenarios(),
                self.origin.seed,
                beside(self.out).display()
            ))?;
            return Ok(Exit::Stopped);
        }
        let counts = self.write(&kept, overwrite)?;
        let mut text = self.told(counts);
        if self.wanted.told.is_wanted() {
            let summary = summary::of_journal(self.sweep, self.shape(), &kept)?;
            let page = summary::write(&self.wanted.told, self.sweep, &summary, &self.provenance, overwrite)?;
            text = format!("{page}\n{text}");
        }
        kept.remove()?;
        screen::say(&text)?;
        Ok(Exit::Done)
    }

    /// Counts a sweep that is complete from its own files.
    fn count(&self) -> Done {
        let people = self.wanted.people.as_deref().expect("else it is solved again");
        let [rows, places] = [self.out, people].map(recount::open);
        let summary = recount::of_files(self.sweep, &[rows?], &[places?])?;
        let overwrite = Overwrite::from(self.wanted.force);
        let page = summary::write(&self.wanted.told, self.sweep, &summary, &self.provenance, overwrite)?;
        let out = self.out.display();
        screen::say(&format!("{page}\n{out} is complete already; the summary was counted from it.\n"))?;
        Ok(Exit::Done)
    }

    fn header(&self) -> Header {
        Header {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            case_sha256: self.origin.case_sha256.clone(),
            plan_sha256: self.origin.plan_sha256.clone(),
            from: self.range.start,
            to: self.range.end,
            people: self.keeps_places(),
            record: self.shape().bytes(),
        }
    }

    /// Whether it is kept where everyone is: for a file of it, or to be counted.
    fn keeps_places(&self) -> bool {
        self.wanted.people.is_some() || self.wanted.told.is_wanted()
    }

    fn shape(&self) -> Shape<'_> {
        let people = if self.keeps_places() { self.sweep.case().people.len() } else { 0 };
        Shape { columns: self.sweep.columns(), people }
    }

    /// Solves what is not done yet.
    fn solve(&self, kept: &mut SweepJournal) -> Result<End, Error> {
        stop::listen();
        let should_stop = stop::limit(self.wanted.limit);
        let all = self.range.end - self.range.start;
        let left = self.range.start + kept.done().min(all)..self.range.end;
        let mut shown = Shown::start(self.wanted.progress, kept.done(), all);
        let shape = self.shape();
        let mut take = |scenes: &[Scene]| -> Result<(), Error> {
            let records: Vec<Vec<u8>> = scenes.iter().map(|scene| record(shape, scene)).collect();
            kept.append(records.iter().map(Vec::as_slice))?;
            shown.tell(kept.done());
            Ok(())
        };
        let ended = run::run(self.sweep, left, self.threads(), &should_stop, &mut take);
        shown.finish();
        ended.map_err(|fault| match fault {
            run::Fault::Refused(scenario, refusal) => Error::Scenario(scenario, refusal),
            run::Fault::Taking(error) => error,
        })
    }

    fn threads(&self) -> NonZeroUsize {
        let all = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.wanted.threads.unwrap_or_else(all)
    }

    /// `10,000 scenarios`, or those of the part.
    fn scenarios(&self) -> String {
        let own = count(self.range.end - self.range.start, "scenario", "scenarios");
        match self.origin.shard {
            None => own,
            Some((part, parts)) => {
                format!("{own} (part {part} of {parts}, of {} in all)", grouped(self.origin.scenarios))
            }
        }
    }
}

/// A number of scenarios, in threes.
fn grouped(number: u64) -> String {
    quantity::grouped(i64::try_from(number).unwrap_or(i64::MAX))
}

fn record(shape: Shape<'_>, scene: &Scene) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(shape.bytes());
    shape.write(scene, &mut bytes);
    bytes
}
