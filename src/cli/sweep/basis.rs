//! What a sweep starts from: a case with its plan, and what its files say of both.

use std::path::Path;

use crate::cli::exit::Error;
use crate::cli::input;
use crate::diagnostic::{Diagnostic, Severity};
use crate::files;
use crate::fingerprint::sha256;
use crate::load::SourceFile;
use crate::load::sweep::{LoadedSweep, load};
use crate::report::provenance::Provenance;
use crate::report::sweep_rows::Origin;
use crate::study::sweep::Sweep;

/// A case with a plan, as they were read.
pub(in crate::cli) struct Basis {
    read: LoadedSweep,
    plan_sha256: String,
}

impl Basis {
    /// Reads both.
    ///
    /// # Errors
    /// [`Error::Files`], or [`Error::Input`] with every fault.
    pub(in crate::cli) fn read(case: &Path, plan: &Path) -> Result<Self, Error> {
        let sources = input::read(case)?;
        let bytes = files::read_file(plan)?;
        let plan_sha256 = sha256(&bytes);
        let file = SourceFile { name: plan.display().to_string(), bytes };
        let read = load(&sources, &file).map_err(Error::Input)?;
        Ok(Self { read, plan_sha256 })
    }

    /// The sweep, ready for any of its scenarios.
    pub(in crate::cli) fn sweep(&self) -> Sweep<'_> {
        Sweep::new(&self.read.loaded.case, &self.read.plan)
    }

    /// What the files of a part say of their origin, or those of the whole.
    pub(in crate::cli) fn origin(&self, shard: Option<(u64, u64)>) -> Origin {
        let plan = &self.read.plan;
        Origin {
            scenario: plan.base.clone(),
            seed: plan.seed,
            scenarios: plan.scenarios(),
            case_sha256: self.case_sha256(),
            plan_sha256: self.plan_sha256.clone(),
            shard,
        }
    }

    /// How many warnings there are about the case.
    pub(in crate::cli) fn warnings(&self) -> usize {
        let is_warning = |it: &&Diagnostic| it.severity == Severity::Warning;
        self.read.loaded.diagnostics.iter().filter(is_warning).count()
    }

    /// What pages say of their origin.
    pub(in crate::cli) fn provenance(&self) -> Provenance {
        input::provenance(&self.read.loaded)
    }

    /// The fingerprint of all input files of the case, the base scenario among them.
    fn case_sha256(&self) -> String {
        let loaded = &self.read.loaded;
        let lines: Vec<String> = loaded.inputs.iter().map(|it| format!("{} {}\n", it.sha256, it.file)).collect();
        let made_up = loaded.default_scenario.as_deref().unwrap_or_default();
        sha256(format!("{}{made_up}", lines.concat()).as_bytes())
    }
}
