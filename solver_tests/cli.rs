//! The program as a user meets it: exit codes, files and words of `demerge`.

mod answers;
mod explain;
mod golden;
mod manners;
pub(crate) mod run;
mod same;
mod verify;
