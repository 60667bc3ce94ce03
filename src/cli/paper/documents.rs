//! The documents of a pack: for everybody the paper and the short ones, for those who may see more the paper, the list for
//! representatives and a letter to each person.

use crate::cli::args::paper::{Form, Letter, Paper, Who};
use crate::cli::exit::Error;
use crate::cli::paper::pack::failed;
use crate::report::document::{Document, Front};
use crate::report::information_list::{information_list, is_due};
use crate::report::letters::{Letters, file_stem, merge_csv};
use crate::report::packed::drawings_svg;
use crate::report::paper::{self, Subject, short};
use crate::report::pdf::write_sheets;
use crate::study::redundancy::employers;

/// A document with the name of its files, without ending, and the formats that it comes in.
pub(super) struct Piece {
    pub(super) name: String,
    pub(super) document: Document,
    pub(super) forms: Vec<Form>,
}

/// What a pack is made of: documents, and files that are written already.
pub(super) struct Pieces {
    pub(super) documents: Vec<Piece>,
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// Every document that is wanted, each made in full.
pub(super) fn pieces(wanted: &Paper, subject: &Subject<'_>) -> Result<Pieces, Error> {
    let mut pieces = Pieces { documents: Vec::new(), files: Vec::new() };
    let (public, exempt) = match wanted.audience {
        Who::Public => (true, false),
        Who::Exempt => (false, true),
        Who::Both => (true, true),
    };
    let mut forms = wanted.formats.clone();
    forms.sort();
    forms.dedup();
    let piece = |name: &str, document| Piece { name: name.to_owned(), document, forms: forms.clone() };
    let charts = forms.contains(&Form::Pdf);
    if public {
        pieces.documents.push(piece("public/paper", paper::public(subject).map_err(failed)?));
        pieces.documents.push(piece("public/briefing", short::briefing(subject).map_err(failed)?));
        pieces.documents.push(piece("public/recommendations", short::recommendations(subject).map_err(failed)?));
        pieces.documents.push(piece("public/press", short::press(subject).map_err(failed)?));
        if charts {
            pieces.files.extend(on_a3("public", &paper::public_charts(subject).map_err(failed)?)?);
        }
    }
    if exempt {
        pieces.documents.push(piece("exempt/paper", paper::exempt(subject).map_err(failed)?));
        let front = paper::front(subject);
        let counted = employers(subject.case, &subject.gathered.certified, &subject.gathered.summary);
        if wanted.information_list || is_due(&counted) {
            let list = information_list(subject.case, subject.scenario, &counted, &front);
            pieces.documents.push(piece("exempt/information_list", list));
        }
        letters(wanted, subject, &front, &mut pieces);
        if charts {
            pieces.files.extend(on_a3("exempt", &paper::exempt_charts(subject).map_err(failed)?)?);
        }
    }
    Ok(pieces)
}

/// The structure charts in one file to print, and each as a drawing to go on working with.
fn on_a3(folder: &str, document: &Document) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let what = "the structure charts were made, and cannot be written as a PDF";
    let sheets = write_sheets(document).map_err(|error| Error::Unconfirmed(what, error.into()))?;
    let drawings = drawings_svg(document).into_iter();
    let drawings = drawings.map(|(file, bytes)| (format!("{folder}/structure_charts_a3/{file}"), bytes));
    Ok(std::iter::once((format!("{folder}/structure_charts_a3.pdf"), sheets)).chain(drawings).collect())
}

/// A letter to each person, and the list for a mail merge.
fn letters(wanted: &Paper, subject: &Subject<'_>, front: &Front, pieces: &mut Pieces) {
    let (form, ending) = match wanted.letters {
        Letter::None => return,
        Letter::Html => (Form::Html, "html"),
        Letter::Docx => (Form::Docx, "docx"),
        Letter::Pdf => (Form::Pdf, "pdf"),
    };
    let letters = Letters {
        case: subject.case,
        scenario: subject.scenario,
        certified: &subject.gathered.certified,
        summary: &subject.gathered.summary,
        front,
        reply: subject.imprint.reply,
    };
    let Some(exempt) = &subject.gathered.exempt else { return };
    let told = exempt.told(&subject.gathered.certified);
    pieces.documents.extend(told.iter().map(|told| Piece {
        name: format!("exempt/letters/{}", file_stem(&subject.case.people[told.person])),
        document: letters.letter(told),
        forms: vec![form],
    }));
    pieces.files.push(("exempt/letters/merge.csv".to_owned(), merge_csv(&letters, &told, ending)));
}
