//! Captions with their numbers: "Table 3: posts on offer", counted once through a document.
//!
//! Every writer counts with this, so that "table 3" is the same table in each format of a paper.

/// The numbers given out so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Captions {
    tables: u32,
    figures: u32,
}

impl Captions {
    /// Caption of the next table.
    pub fn table(&mut self, caption: &str) -> String {
        self.tables += 1;
        numbered("Table", self.tables, caption)
    }

    /// Caption of the next drawing.
    pub fn figure(&mut self, title: &str) -> String {
        self.figures += 1;
        numbered("Figure", self.figures, title)
    }
}

fn numbered(kind: &str, number: u32, caption: &str) -> String {
    if caption.is_empty() { format!("{kind} {number}") } else { format!("{kind} {number}: {caption}") }
}
