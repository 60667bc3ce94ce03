//! A page as it is filed: whom it is for, which draft it is, of which day, and who puts it forward.
//!
//! The paper, the letters and the lists are documents; the writers of HTML, DOCX, PDF and XLSX take one and only write it.
//! What may be said to whom was settled when the page was made: a document carries its audience, it does not filter.

use jiff::civil::Date;

use crate::report::page::Page;

/// Language of everything that is written, as in `lang` attributes (BCP 47).
pub const LANGUAGE: &str = "en-GB";

/// Whom a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: posts and roles, small numbers suppressed, nothing that identifies a person.
    Public,
    /// Members and officers who may see exempt information: person ids, explanations, salaries where needed.
    Exempt,
    /// One person: the letter about their own outcome.
    Personal,
}

impl Audience {
    /// The marking on every page.
    ///
    /// Source: Local Government Act 1972, section 100A(4) and Schedule 12A, Part 1, paragraphs 1 (information relating to
    /// any individual), 2 (likely to reveal the identity of an individual) and 4 (consultations on labour relations).
    pub fn marking(self) -> &'static str {
        match self {
            Audience::Public => "Public",
            Audience::Exempt => "Not for publication: Local Government Act 1972, Schedule 12A, paragraphs 1, 2 and 4",
            Audience::Personal => "Personal and confidential",
        }
    }
}

/// A page with what stands on its cover, in its footer and in its properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it says.
    pub page: Page,
    /// Whom it is for.
    pub audience: Audience,
    /// Number of the draft, from 1.
    pub draft: u32,
    /// Day of the document, and of every time stamp in its file.
    pub date: Date,
    /// Who puts it forward: the councils, in words.
    pub organisation: String,
    /// Name and version of the program.
    pub program: String,
}

/// What documents of one run share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// Number of the draft, from 1.
    pub draft: u32,
    /// Day of the documents.
    pub date: Date,
    /// Who puts them forward: the councils, in words.
    pub organisation: String,
    /// Name and version of the program.
    pub program: String,
}

impl Front {
    /// A document with this page.
    pub fn document(&self, audience: Audience, page: Page) -> Document {
        let Front { draft, date, organisation, program } = self.clone();
        Document { page, audience, draft, date, organisation, program }
    }
}

impl Document {
    /// The day in words, such as "5 March 2021".
    pub fn day(&self) -> String {
        spoken(self.date)
    }

    /// What stands at the very end.
    pub fn closing(&self) -> String {
        format!("Made by {}. The program proposes; a named officer decides and records why.", self.program)
    }

    /// What the footer of each page says before its number.
    pub fn footer(&self) -> String {
        format!("{} \u{b7} Draft {} \u{b7} {}", self.audience.marking(), self.draft, self.day())
    }
}

/// A day as it is read out: "5 March 2021".
pub fn spoken(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
