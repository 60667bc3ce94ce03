//! What is no template is refused with what to do.

use std::io::{Cursor, Write};

use demerge::report::docx::{Error, write_docx};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::documents::sample;
use crate::docx::template::{TEMPLATE, packed};

fn fault(template: &[u8]) -> Error {
    write_docx(&sample(), Some(template)).expect_err("it is no template")
}

#[test]
fn other_files_are_no_templates() {
    for bytes in [&b"hello"[..], b"", b"PK\x03\x04 and then nothing", &packed(&[("a.txt", "a")])] {
        let fault = fault(bytes);
        assert!(matches!(fault, Error::NotADocument(_)), "{fault:?}");
        assert!(fault.to_string().contains("save it as \"Word Document (*.docx)\""), "{fault}");
    }
    let locked = fault(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    assert!(matches!(locked, Error::Locked), "{locked:?}");
}

/// Each fault by one change to a good template.
#[test]
fn documents_of_other_kinds_are_no_templates() {
    let with = |part: &str, from: &str, to: &str| {
        let changed: Vec<(&str, String)> = TEMPLATE
            .iter()
            .map(|(name, text)| (*name, if *name == part { text.replace(from, to) } else { (*text).to_owned() }))
            .collect();
        let changed: Vec<(&str, &str)> = changed.iter().map(|(name, text)| (*name, text.as_str())).collect();
        fault(&packed(&changed))
    };
    let types = "[Content_Types].xml";
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let macros = with(types, main, "application/vnd.ms-word.document.macroEnabled.main+xml");
    assert!(matches!(macros, Error::Macros), "{macros:?}");
    let sheet = with(types, main, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    assert!(matches!(sheet, Error::NotADocument(_)), "{sheet:?}");
    let strict = with(
        "word/document.xml",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    assert!(matches!(strict, Error::Strict), "{strict:?}");
    for part in ["word/styles.xml", "word/document.xml", "word/footer1.xml", types, "_rels/.rels"] {
        let broken = with(part, "</", "<");
        assert!(matches!(broken, Error::NotADocument(_)), "{part}: {broken:?}");
    }
}

/// Truth: 65 MiB of blanks are a zip file of some 70 KB.
#[test]
fn what_unpacks_to_too_much_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("a name");
    let blanks = vec![b' '; 1024 * 1024];
    for _ in 0..65 {
        zip.write_all(&blanks).expect("memory takes it");
    }
    let bytes = zip.finish().expect("a zip file").into_inner();
    assert!(bytes.len() < 1024 * 1024);
    let found = fault(&bytes);
    assert!(matches!(found, Error::TooLarge), "{found:?}");
}

/// Any byte of a template may be wrong; nothing panics.
#[test]
fn a_damaged_template_is_refused_or_used() {
    let good = packed(TEMPLATE);
    for place in (0..good.len()).step_by(7) {
        let mut bytes = good.clone();
        bytes[place] ^= 0x55;
        drop(write_docx(&sample(), Some(&bytes)));
        drop(write_docx(&sample(), Some(&good[..place])));
    }
}
