//! A structure as one drawing, or as several where it could not be read on one.

use crate::report::charts::fitting::{LINE, PLAIN, STRONG, shortened, tall, width, wrapped};
use crate::report::charts::structure::cards::{Card, shade};
use crate::report::charts::structure::columns::{BETWEEN, Begins, Column, Run, SPINE, columns};
use crate::report::charts::structure::{Paper, Post, Sharing, Structure};
use crate::report::shown::Shown;
use crate::report::svg::{Anchor, Drawing, Shade, Stroke};

/// The narrowest and the widest column.
const NARROW: i64 = 150;
const WIDE: i64 = 230;
/// A card at the top of the structure.
const TOP_CARD: i64 = 260;
/// From the cards at the top to the columns.
const BUS: i64 = 22;
/// The key at the foot, with the remark below it.
const KEY: i64 = 34;
const REMARK: usize = 2;
/// A square of the key.
const SWATCH: i64 = 12;

impl Paper {
    /// Room for a drawing beside margins, footer and caption, in units of 1/96 inch: A4 upright, A3 on its side.
    pub fn room(self) -> (i64, i64) {
        match self {
            Paper::A4 => (640, 860),
            Paper::A3 => (1_436, 866),
        }
    }
}

/// The structure in drawings that each fit the paper at their own size, with letters of 11 units (8¼ points).
///
/// - On A3 it is arranged so that its letters can be made larger, where that is possible in one drawing.
pub fn structure(structure: &Structure, paper: Paper) -> Vec<Drawing> {
    let room = paper.room();
    match paper {
        Paper::A4 => within(structure, room),
        Paper::A3 => {
            let smaller = [14, 12].map(|tenths| (room.0 * 10 / tenths, room.1 * 10 / tenths));
            let larger = smaller.into_iter().map(|room| within(structure, room)).find(|drawings| drawings.len() == 1);
            larger.unwrap_or_else(|| within(structure, room))
        }
    }
}

/// The structure in drawings of at most this size.
fn within(structure: &Structure, room: (i64, i64)) -> Vec<Drawing> {
    // Outlines stand half outside.
    let (across, down) = (room.0 - 2, room.1);
    let top: Vec<Card> = structure.top.iter().map(|post| Card::new(post, TOP_CARD)).collect();
    let top_height = top.iter().map(Card::height).max().map_or(0, |height| height + BUS);
    let room = down - top_height - KEY - tall(REMARK);
    let most = (across + BETWEEN) / (NARROW + BETWEEN);
    let mut found = None;
    for count in 1..=most {
        let wide = ((across + BETWEEN) / count - BETWEEN).min(WIDE);
        let columns = columns(&structure.directorates, wide, room);
        if i64::try_from(columns.len()).expect("few columns") <= count {
            return vec![sheet(structure, &top, &columns, wide, &structure.title)];
        }
        found = Some((wide, columns));
    }
    let Some((wide, columns)) = found else { return Vec::new() };
    let parts = parts(&columns, usize::try_from(most).expect("positive"));
    let count = parts.len();
    let part = |(position, columns): (usize, &[Column])| {
        let title = format!("{} (part {} of {count}: {})", structure.title, position + 1, names(columns));
        let top = if position == 0 { top.as_slice() } else { &[] };
        sheet(structure, top, columns, wide, &title)
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// The columns in runs that fit on a page; one ends before a directorate rather than within it, if it is not short.
fn parts(columns: &[Column], most: usize) -> Vec<&[Column]> {
    let (mut parts, mut rest) = (Vec::new(), columns);
    while rest.len() > most {
        let end = (most / 2..=most).rev().find(|&end| begins(&rest[end])).unwrap_or(most).max(1);
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// Whether a directorate begins with this column.
fn begins(column: &Column) -> bool {
    column.runs.first().is_some_and(|run| run.begins == Begins::Here)
}

/// The directorates of these columns, each once.
fn names(columns: &[Column]) -> String {
    let mut names: Vec<&str> = columns.iter().flat_map(|column| &column.runs).map(|run| run.name.as_str()).collect();
    names.dedup();
    names.join("; ")
}

fn sheet(structure: &Structure, top: &[Card], columns: &[Column], wide: i64, title: &str) -> Drawing {
    let count = i64::try_from(columns.len()).expect("few columns");
    let cards = i64::try_from(top.len()).expect("few cards");
    let for_top = cards * (TOP_CARD + BETWEEN) - BETWEEN;
    let across = (count * (wide + BETWEEN) - BETWEEN).max(for_top).max(460) + 2;
    let top_height = top.iter().map(Card::height).max().map_or(1, |height| height + BUS);
    let tallest = columns.iter().map(Column::height).max().unwrap_or(0);
    let remark = wrapped(&structure.remark, PLAIN, across - 2, REMARK);
    let height = top_height + tallest + KEY + tall(remark.len());
    let mut drawing = Drawing::new(across, height, title, description(structure, columns, top));
    let left = (across - (count * (wide + BETWEEN) - BETWEEN)) / 2;
    let at = |position: usize| left + i64::try_from(position).expect("few columns") * (wide + BETWEEN);
    if let Some(tallest) = top.iter().map(Card::height).max() {
        join(&mut drawing, columns, across / 2, tallest, &|position| at(position) + wide / 2);
        let mut x = (across - for_top) / 2;
        for card in top {
            card.draw(&mut drawing, (x, 1), TOP_CARD);
            x += TOP_CARD + BETWEEN;
        }
    }
    for (position, column) in columns.iter().enumerate() {
        let mut y = top_height;
        for run in &column.runs {
            draw_run(&mut drawing, run, (at(position), y), wide);
            y += run.height() + BETWEEN;
        }
    }
    let foot = top_height + tallest + 14;
    key(&mut drawing, structure, foot, across);
    for (line, y) in remark.iter().zip((foot + SWATCH + LINE + 3..).step_by(usize::try_from(LINE).expect("positive"))) {
        drawing.lettered((1, y), Anchor::Start, PLAIN, line);
    }
    drawing
}

/// Lines from the top to each column in which a directorate begins.
fn join(drawing: &mut Drawing, columns: &[Column], middle: i64, from: i64, x: &dyn Fn(usize) -> i64) {
    let ends: Vec<i64> = columns.iter().enumerate().filter(|it| begins(it.1)).map(|it| x(it.0)).collect();
    let (Some(first), Some(last)) = (ends.iter().min(), ends.iter().max()) else { return };
    let bus = from + BUS / 2;
    drawing.line(&[(middle, from), (middle, bus)], Stroke::Thin);
    drawing.line(&[((*first).min(middle), bus), ((*last).max(middle), bus)], Stroke::Thin);
    ends.iter().for_each(|&x| drawing.line(&[(x, bus), (x, from + BUS)], Stroke::Thin));
}

fn draw_run(drawing: &mut Drawing, run: &Run, (x, y): (i64, i64), wide: i64) {
    drawing.block((x, y), (wide, run.heading_height()), Shade::White);
    let mut foot = y + 2;
    for line in &run.heading {
        foot += LINE;
        drawing.lettered((x + 6, foot), Anchor::Start, STRONG, line);
    }
    let spine = x + SPINE / 2;
    for (top, (indent, card)) in run.tops().into_iter().zip(&run.cards) {
        let (card_x, card_y) = (x + indent, y + top);
        let middle = card_y + card.height() / 2;
        drawing.line(&[(spine, y + run.heading_height()), (spine, middle), (card_x, middle)], Stroke::Thin);
        card.draw(drawing, (card_x, card_y), wide - indent);
    }
}

/// What each colour stands for, in the words that stand on the cards too.
fn key(drawing: &mut Drawing, structure: &Structure, top: i64, across: i64) {
    let posts = || structure.top.iter().chain(structure.directorates.iter().flat_map(|it| &it.posts));
    let mut seen: Vec<(Shade, String)> = Vec::new();
    for post in posts() {
        let entry = (shade(&post.sharing), key_words(&post.sharing));
        if !seen.contains(&entry) {
            seen.push(entry);
        }
    }
    let mut x = 1;
    for (shade, words) in seen {
        drawing.block((x, top), (SWATCH, SWATCH), shade);
        drawing.lettered((x + SWATCH + 5, top + SWATCH - 2), Anchor::Start, PLAIN, &words);
        x += SWATCH + 5 + width(&words, PLAIN) + 16;
    }
    if posts().all(|post| post.vacant == Shown::Figure(0)) {
        return;
    }
    drawing.open_block((x, top), (SWATCH, SWATCH), Shade::White);
    let words = shortened("broken outline: vacant", PLAIN, (across - x - SWATCH - 5).max(40));
    drawing.lettered((x + SWATCH + 5, top + SWATCH - 2), Anchor::Start, PLAIN, &words);
}

fn key_words(sharing: &Sharing) -> String {
    match sharing {
        Sharing::Only(_, code) => format!("{code} only"),
        Sharing::Shared(_) => "shared".to_owned(),
        Sharing::Retained(_) => "retained shared".to_owned(),
    }
}

/// Every post of the drawing in words.
fn description(structure: &Structure, columns: &[Column], top: &[Card]) -> String {
    let said = |posts: &[Post]| {
        let posts = posts.iter().map(|post| format!("{}, {}", post.name(), post.words()));
        posts.collect::<Vec<_>>().join("; ")
    };
    let mut sentences = Vec::new();
    if !structure.remark.is_empty() {
        sentences.push(structure.remark.clone());
    }
    if !top.is_empty() {
        sentences.push(format!("Top: {}.", said(&structure.top)));
    }
    let drawn = |name: &str| columns.iter().flat_map(|column| &column.runs).any(|run| run.name == name);
    for directorate in structure.directorates.iter().filter(|it| drawn(&it.name)) {
        sentences.push(format!("{}: {}.", directorate.name, said(&directorate.posts)));
    }
    sentences.join(" ")
}
