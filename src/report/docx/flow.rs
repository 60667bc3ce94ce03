//! Which way the pages of a section lie: a wide table takes its heading and its source with it onto pages that lie across.

use crate::report::docx::setup::{Lie, Setup};
use crate::report::docx::widths;
use crate::report::page::{Block, Section};

/// Pieces before a wide one among which its heading is looked for.
const LEAD: usize = 4;

/// So many pieces without a table get no page of their own between or after wide ones.
const FEW: usize = 2;

/// Twentieths of a point to a pixel. A drawing that would be smaller upright by more than a sixth lies across.
const TWIPS_A_PIXEL: i64 = 15;

/// How the heading of a section lies, then each of its blocks.
pub(super) fn lies(section: &Section, setup: &Setup) -> Vec<Lie> {
    let blocks = &section.blocks;
    let mut lies = vec![Lie::Upright; blocks.len() + 1];
    for (index, block) in blocks.iter().enumerate() {
        if wants(block, setup) == Lie::Across {
            lies[lead(blocks, index)..=index + 1].fill(Lie::Across);
            let after = blocks[index + 1..].iter().take_while(|block| follows(block)).count();
            lies[index + 2..index + 2 + after].fill(Lie::Across);
        }
    }
    fill(blocks, &mut lies);
    lies
}

fn wants(block: &Block, setup: &Setup) -> Lie {
    match block {
        Block::Table(table) => widths::lie(table, setup),
        Block::Drawing(drawing) => {
            let wide = drawing.size().0.saturating_mul(TWIPS_A_PIXEL);
            if wide * 5 > i64::from(setup.room(Lie::Upright)) * 6 { Lie::Across } else { Lie::Upright }
        }
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Warning(_)
        | Block::Note(_)
        | Block::Definitions(_)
        | Block::Source(_) => Lie::Upright,
    }
}

/// Where what leads to a block begins (0 is the heading of the section): at the nearest heading, else at the block itself.
fn lead(blocks: &[Block], index: usize) -> usize {
    for back in 1..=LEAD {
        let Some(before) = index.checked_sub(back) else { return 0 };
        match &blocks[before] {
            Block::Heading(_) => return before + 1,
            Block::Paragraph(_) | Block::Warning(_) | Block::Note(_) | Block::Drawing(_) | Block::Source(_) => {}
            Block::Table(_) | Block::List(_) | Block::Definitions(_) => break,
        }
    }
    index + 1
}

/// Whether a block belongs to the one before it.
fn follows(block: &Block) -> bool {
    match block {
        Block::Source(_) | Block::Note(_) => true,
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Table(_)
        | Block::Warning(_)
        | Block::Definitions(_)
        | Block::Drawing(_) => false,
    }
}

/// Turns short stretches that touch a wide one, so that they need no page of their own.
fn fill(blocks: &[Block], lies: &mut [Lie]) {
    let mut begin = 0;
    while begin < lies.len() {
        let end = (begin..lies.len()).find(|&at| lies[at] != lies[begin]).unwrap_or(lies.len());
        let touches = begin > 0 || end < lies.len();
        let has_table = (begin..end).any(|at| at > 0 && blocks[at - 1].table().is_some());
        if lies[begin] == Lie::Upright && touches && end - begin <= FEW && !has_table {
            lies[begin..end].fill(Lie::Across);
        }
        begin = end;
    }
}

#[cfg(test)]
mod tests {
    use super::lies;
    use crate::report::docx::setup::Lie::{Across, Upright};
    use crate::report::docx::setup::Setup;
    use crate::report::page::{Block, Section, paragraph, table, text};

    fn wide() -> Block {
        table("Wide", (0..14).map(|_| text("Preference met")).collect(), vec![vec!["Brackmere".to_owned(); 14]])
    }

    fn of(blocks: Vec<Block>) -> Vec<super::Lie> {
        lies(&Section { id: "a", title: "A".to_owned(), blocks }, &Setup::own())
    }

    #[test]
    fn a_heading_never_parts_from_its_table() {
        assert_eq!(of(vec![paragraph("a"), wide()]), [Across, Across, Across]);
        let blocks = vec![paragraph("a"), paragraph("b"), paragraph("c"), Block::Heading("h".to_owned()), wide()];
        assert_eq!(of(blocks), [Upright, Upright, Upright, Upright, Across, Across]);
    }

    #[test]
    fn a_source_stays_with_its_table_and_a_remark_needs_no_page() {
        let source = Block::Source("posts.csv".to_owned());
        assert_eq!(of(vec![wide(), source.clone(), paragraph("a")]), [Across; 4]);
        let blocks = vec![wide(), source, paragraph("a"), paragraph("b"), paragraph("c")];
        assert_eq!(of(blocks), [Across, Across, Across, Upright, Upright, Upright]);
    }
}
