//! Staff allocation for shared services that separate: exact, explained, checkable.
//!
//! Two councils share their managers; the agreement ends; each person goes to one council or the other, or to neither.
//! The problem is small (some fifty people) and the answer weighs heavily, so nothing here is traded for speed: every
//! figure is a whole number (pence, ten-thousandths of full time), every answer is the best one *and proved to be*, and
//! whatever cannot be decided by the figures is said to be undecided and left to a named officer.
//!
//! # The way through it
//! ```text
//! bytes ──load──▶ Case ──model──▶ Model ──solve──▶ Outcome ──certify──▶ Certified ──study──▶ Summary ──report──▶ Page ──▶ bytes
//!    └─ Diagnostics (all of them, with cells)         │ Placed │ Impossible(Conflict) │ Stopped(bounds)
//! ```
//! Six calls, each a pure function of its arguments; the shell (`files`, `cli`) reads before them and writes after them.
//! What an answer *is* lives in [`case`](mod@case), so that [`certify`] knows plans without knowing solvers: it derives each figure
//! again from the words of the rules and multiplies out each proof, and [`report`] takes nothing but what it passed.
//!
//! ```
//! use std::path::Path;
//!
//! use demerge::certify::{self, Status};
//! use demerge::load::{self, Sources, Want};
//! use demerge::report::provenance::Provenance;
//! use demerge::solve::{self, Limits, Solver};
//! use demerge::{files, model, report, study};
//!
//! // The shell's part: the bytes of the files. The core never opens one.
//! let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/case47");
//! let sources = files::read_case(&folder)?;
//! let Sources::Folder(read) = &sources else { panic!("case47 is a folder") };
//! let provenance = Provenance::new(read.iter().map(|it| (it.name.as_str(), it.bytes.as_slice())));
//!
//! // 1. Bytes to a case without errors, or every fault in them with its cell.
//! let loaded = load::load(&sources, Want::Solve(Some("S1")))?;
//! let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
//!
//! // 2. The case as numbers. Cannot fail.
//! let model = model::build(case, scenario);
//!
//! // 3. The best plan with its proofs, or why there is none.
//! let limits = Limits { solver: Solver::Network, should_stop: &|| false };
//! let outcome = solve::solve(case, scenario, &model, &limits);
//!
//! // 4. Derived again by a checker that shares no code with the solver. A refusal is a bug of ours.
//! let certified = certify::certify(case, scenario, outcome).expect("the checker confirms the solver");
//! assert_eq!(certified.status(), Status::Optimal);
//! let values: Vec<i64> = certified.objectives().iter().map(|scored| scored.value).collect();
//! assert_eq!(values, [46, 4, 35, 1, 51, 265_169_665]); // placed, statutory, preference, match, rank, pence
//!
//! // 5. Counted once, for every page and list: here, four pools of two people that an officer decides between.
//! let summary = study::summary::summarise(case, scenario, &certified);
//! assert_eq!(summary.pools.len(), 4);
//! assert!(summary.pools.iter().all(|pool| pool.people.len() == 2));
//!
//! // 6. A page, and its bytes.
//! let page = report::sections::page(case, scenario, &certified, &summary, &loaded.diagnostics, &provenance);
//! let html = report::html::write_html(&page, &provenance);
//! assert!(html.starts_with(b"<!DOCTYPE html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `docs/ARCHITECTURE.md` draws the floors and the walls between them, `docs/MODEL.md` says what is decided in notation,
//! `docs/RULES.md` each rule in words.

pub mod case;
pub mod certify;
pub mod cli;
pub mod diagnostic;
pub mod files;
pub mod fingerprint;
pub mod id;
pub mod kernel;
pub mod load;
pub mod model;
pub mod quantity;
pub mod report;
pub mod solve;
pub mod study;
