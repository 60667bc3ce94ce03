//! The pack: a folder for each audience, with the same paper in each format, written whole or not at all.

use std::io::Write;
use std::path::Path;

use crate::cli::args::paper::{Form, Paper, Who};
use crate::cli::exit::Error;
use crate::cli::paper::documents::{Piece, Pieces, pieces};
use crate::files::{self, Draft};
use crate::report::document::Document;
use crate::report::docx::{self, write_docx};
use crate::report::html::write_document;
use crate::report::packed::{document_json, tables_csv};
use crate::report::paper::texts::{Fault, Texts};
use crate::report::paper::{self, Subject};
use crate::report::pdf::write_pdf;
use crate::report::sheet::write_xlsx;
use crate::report::words::count;
use crate::study::disclosure::ledger::step;
use crate::study::paper::{Both, Figures, Told};

/// A file of a pack: its name within the folder, and its bytes.
type Written = (String, Vec<u8>);

/// Finds out before the work whether the folder can be meant.
pub(super) fn try_folder(out: &Path, case: &Path) -> Result<(), Error> {
    if out.is_file() {
        return Err(Error::Usage(format!("--out {}: this is a file; name a folder", out.display())));
    }
    let is_full = out.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if is_full || out.canonicalize().is_ok_and(|out| case.canonicalize().is_ok_and(|case| case == out)) {
        return Err(Error::Usage(format!(
            "--out {}: this folder is not empty; name a new one, so that nothing of an older pack stays in it",
            out.display()
        )));
    }
    Ok(())
}

/// The words of the paper, the user's own where there are any.
pub(super) fn texts(template: Option<&Path>) -> Result<Texts, Error> {
    let Some(path) = template else { return Texts::read(None).map_err(|faults| unfit(&faults)) };
    let path = if path.is_dir() { path.join("blocks.toml") } else { path.to_owned() };
    let bytes = files::read_file(&path)?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Texts::read(Some((&name, &bytes))).map_err(|faults| unfit(&faults))
}

fn unfit(faults: &[Fault]) -> Error {
    Error::Unfit(faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"))
}

pub(super) fn failed(error: paper::Error) -> Error {
    match error {
        paper::Error::Texts(faults) => unfit(&faults),
        paper::Error::Names(found) => {
            let lines = found.iter().map(|(id, text)| format!("  {id} in: {text}"));
            Error::Unfit(format!(
                "the public paper would name people by their ids; take them out of the texts:\n{}",
                lines.collect::<Vec<_>>().join("\n")
            ))
        }
    }
}

/// Makes every file, and then the folder.
pub(super) fn write(wanted: &Paper, subject: &Subject<'_>) -> Result<Vec<String>, Error> {
    let _span = tracing::info_span!("write").entered();
    let template = wanted.word_template.as_deref().map(files::read_file).transpose()?;
    let Pieces { documents, files } = pieces(wanted, subject)?;
    let mut all: Vec<Written> = Vec::new();
    for Piece { name, document, forms } in &documents {
        for &form in forms {
            all.extend(written(name, document, form, template.as_deref())?);
        }
    }
    all.extend(files);
    let draft = Draft::begin(&wanted.out)?;
    for (name, bytes) in &all {
        draft.write(name, |out| out.write_all(bytes))?;
    }
    draft.finish()?;
    Ok(documents.into_iter().map(|piece| piece.name).collect())
}

/// One document in one format; as lists it is several files.
fn written(name: &str, document: &Document, form: Form, template: Option<&[u8]>) -> Result<Vec<Written>, Error> {
    let what = "a document was made, and cannot be written in one of its formats";
    let one = match form {
        Form::Html => (format!("{name}.html"), write_document(document)),
        Form::Docx => {
            let bytes = write_docx(document, template).map_err(|error| match error {
                docx::Error::Picture(_) => Error::Unconfirmed(what, error.into()),
                error => Error::Unfit(format!("{}: {error}", "--word-template")),
            })?;
            (format!("{name}.docx"), bytes)
        }
        Form::Pdf => {
            let bytes = write_pdf(document).map_err(|error| Error::Unconfirmed(what, error.into()))?;
            (format!("{name}.pdf"), bytes)
        }
        Form::Xlsx => {
            let bytes = write_xlsx(document).map_err(|error| Error::Unconfirmed(what, error.into()))?;
            (format!("{name}.xlsx"), bytes)
        }
        Form::Csv => {
            let lists = tables_csv(document).into_iter();
            return Ok(lists.map(|(file, bytes)| (format!("{name}-tables/{file}"), bytes)).collect());
        }
        Form::Json => (format!("{name}.json"), document_json(document)),
    };
    Ok(vec![one])
}

/// What was written, for the screen.
pub(super) fn told(wanted: &Paper, both: &Both, written: &[String]) -> String {
    let (letters, papers): (Vec<&String>, Vec<&String>) = written.iter().partition(|name| name.contains("/letters/"));
    let mut names: Vec<String> = papers.into_iter().cloned().collect();
    if !letters.is_empty() {
        names.push(format!("exempt/letters/ ({})", count(letters.len() as u64, "letter", "letters")));
    }
    let mut text = format!("Written to {}: {}.\n", wanted.out.display(), names.join(", "));
    match wanted.audience {
        Who::Public | Who::Both => {
            text.push_str(&share_told(&both.public));
        }
        Who::Exempt => {}
    }
    match wanted.audience {
        Who::Exempt | Who::Both => {
            text.push_str("The folder exempt/ names people by their ids: not for publication.\n");
        }
        Who::Public => {}
    }
    text
}

/// How much the public paper tells, in a sentence.
fn share_told(public: &Figures) -> String {
    let step = step(public.threshold).unsigned_abs();
    let mut counts = [0; 4];
    for (_, told) in public.iter() {
        let place = match told {
            Told::Figure(_) => 0,
            Told::About(_) => 1,
            Told::Between(low, high) => {
                if high - low < step {
                    1
                } else {
                    2
                }
            }
            Told::Nothing => 3,
        };
        counts[place] += 1;
    }
    let [exact, close, vague, nothing] = counts;
    format!(
        "Of {} figures in the public paper {exact} are told as they are, {close} as closely as rounding to the nearest {step} does, {vague} \
         more\nvaguely, and {nothing} not at all, so that nothing follows about fewer than {} people. That nothing does was checked.\n",
        exact + close + vague + nothing,
        public.threshold
    )
}
