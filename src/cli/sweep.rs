//! `demerge sweep`: what if? Thousands of scenarios of one case.

mod only;
pub(super) mod outputs;
mod progress;
mod shard;
mod summary;

use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;

use crate::cli::Done;
use crate::cli::args::sweep::Sweep as Wanted;
use crate::cli::exit::{Error, Exit};
use crate::cli::sweep::progress::Shown;
use crate::cli::{input, screen, stop};
use crate::diagnostic::{Diagnostic, Severity};
use crate::files::sweep_journal::{Found, Header, SweepJournal, beside, look};
use crate::files::{self, Overwrite};
use crate::fingerprint::sha256;
use crate::load::sweep::{LoadedSweep, load};
use crate::load::{Loaded, SourceFile};
use crate::quantity;
use crate::report::parquet::Reading;
use crate::report::provenance::Provenance;
use crate::report::sweep_rows::{Origin, PEOPLE, ROWS};
use crate::report::words::count;
use crate::study::sweep::cells::Shape;
use crate::study::sweep::run::{self, End};
use crate::study::sweep::{Scene, Sweep};

/// Draws and solves every scenario of the plan, and writes them when all are done.
pub(super) fn run(wanted: &Wanted) -> Done {
    let sources = input::read(&wanted.case)?;
    let bytes = files::read_file(&wanted.plan)?;
    let plan_sha256 = sha256(&bytes);
    let file = SourceFile { name: wanted.plan.display().to_string(), bytes };
    let LoadedSweep { loaded, plan } = load(&sources, &file).map_err(Error::Input)?;
    let sweep = Sweep::new(&loaded.case, &plan);
    if let Some(number) = wanted.only {
        return only::run(wanted, &sweep, number);
    }
    let shard = wanted.shard.as_deref().map(shard::read).transpose()?;
    let origin = Origin {
        scenario: plan.base.clone(),
        seed: plan.seed,
        scenarios: plan.scenarios(),
        case_sha256: case_sha256(&loaded),
        plan_sha256,
        shard,
    };
    let out = wanted.out.as_deref().expect("clap asks for it");
    let is_warning = |it: &&Diagnostic| it.severity == Severity::Warning;
    let warnings = loaded.diagnostics.iter().filter(is_warning).count();
    let (range, provenance) = (shard::range(shard, plan.scenarios()), input::provenance(&loaded));
    let task = Task { wanted, out, sweep: &sweep, range, origin, warnings, provenance };
    task.run()
}

/// The fingerprint of all input files of a case, the base scenario among them.
fn case_sha256(loaded: &Loaded) -> String {
    let lines: Vec<String> = loaded.inputs.iter().map(|it| format!("{} {}\n", it.sha256, it.file)).collect();
    let made_up = loaded.default_scenario.as_deref().unwrap_or_default();
    sha256(format!("{}{made_up}", lines.concat()).as_bytes())
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
        let journal = beside(self.out);
        let Some((mut kept, overwrite)) = self.begin(&journal)? else {
            screen::say(&format!("{} is complete already; there is nothing to go on with.\n", self.out.display()))?;
            return Ok(Exit::Done);
        };
        let end = self.solve(&mut kept)?;
        if end == End::Stopped {
            let done = grouped(kept.done());
            screen::say(&format!(
                "Stopped with {done} of {} done, seed {}.\nThey are kept in {}; the same command with --resume goes on.\n",
                self.scenarios(),
                self.origin.seed,
                journal.display()
            ))?;
            return Ok(Exit::Stopped);
        }
        let counts = self.write(&kept, overwrite)?;
        let mut text = self.told(counts);
        if summary::is_wanted(self.wanted) {
            let page = summary::write(self.wanted, self.sweep, self.shape(), &kept, &self.provenance, overwrite)?;
            text = format!("{page}\n{text}");
        }
        kept.remove()?;
        screen::say(&text)?;
        Ok(Exit::Done)
    }

    /// The journal to write to, and whether the outputs may be replaced; `None` where all is done already.
    fn begin(&self, path: &Path) -> Result<Option<(SweepJournal, Overwrite)>, Error> {
        let header = self.header();
        let overwrite = Overwrite::from(self.wanted.force);
        let going_on = match look(path)? {
            Found::Run(begun) if self.wanted.resume => match begun.objection(&header) {
                None => true,
                Some(objection) => {
                    return Err(Error::Unfit(format!(
                        "{} cannot be gone on with: {objection}.\nUndo the change, or begin anew with --force and without \
                         --resume",
                        path.display()
                    )));
                }
            },
            Found::Other if !self.wanted.force => {
                return Err(Error::Unfit(format!("{} is no unfinished sweep; it is left alone", path.display())));
            }
            Found::Run(_) if !self.wanted.force => {
                return Err(Error::Unfit(format!(
                    "{} holds an unfinished sweep; go on with --resume, or begin anew with --force",
                    path.display()
                )));
            }
            Found::Run(_) | Found::Other | Found::Nothing => false,
        };
        if going_on {
            // A run that was killed between its last two steps has written the file: with the same bytes.
            return Ok(Some((SweepJournal::resume(path, &header)?, Overwrite::Replace)));
        }
        if self.wanted.resume && self.is_complete() {
            return Ok(None);
        }
        for file in self.outputs() {
            files::may_write(file, overwrite)?;
        }
        Ok(Some((SweepJournal::create(path, &header)?, overwrite)))
    }

    fn outputs(&self) -> impl Iterator<Item = &PathBuf> {
        let summary = self.wanted.summary.iter().flatten().chain(&self.wanted.summary_json);
        self.wanted.out.iter().chain(&self.wanted.people).chain(summary)
    }

    /// Whether every output is there and says that it is of this sweep.
    fn is_complete(&self) -> bool {
        let is = |file: &Path, schema: &str| {
            let notes = std::fs::File::open(file).ok().and_then(|file| Reading::new(file).ok()).map(|it| it.notes());
            notes.is_some_and(|notes| notes == self.origin.notes(schema))
        };
        is(self.out, ROWS) && self.wanted.people.as_ref().is_none_or(|file| is(file, PEOPLE))
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
        self.wanted.people.is_some() || summary::is_wanted(self.wanted)
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
