//! Bars: how often each number of empty seats came, and how likely things are, with the intervals as lines.

use crate::quantity::write_decimal;
use crate::report::svg::{Anchor, Drawing, Shade, Stroke, scaled};
use crate::study::sweep::summary::{Point, Probability};

const WIDTH: i64 = 760;
const LEFT: i64 = 60;
const RIGHT: i64 = 740;
const FOOT: i64 = 240;
const TALL: i64 = 190;
/// The most bars of a distribution; with more numbers, neighbours are put together.
const MOST_BARS: i64 = 34;
/// Where the bars of probabilities begin.
const NAMES: i64 = 180;
const LINE: i64 = 26;

/// The distribution of empty seats.
pub(super) fn seats(point: &Point) -> Drawing {
    let (least, most) = (point.empty.least, point.empty.most);
    let step = ((most - least) / MOST_BARS + 1).max(1);
    let bins = usize::try_from((most - least) / step + 1).unwrap_or(1);
    let mut times = vec![0u64; bins];
    for &(value, count) in &point.bars {
        times[usize::try_from((value - least) / step).unwrap_or(0)] += count;
    }
    let highest = times.iter().copied().max().unwrap_or(0).max(1);
    let description = format!(
        "Bars for {least} to {most} empty seats; the table beside has mean and percentiles. The highest bar has {highest} draws."
    );
    let mut drawing = Drawing::new(WIDTH, FOOT + 50, "How often each number of seats is empty", description);
    let wide = (RIGHT - LEFT) / i64::try_from(bins).unwrap_or(1);
    for (at, &count) in (0..).zip(&times) {
        let tall = scaled(count, highest, TALL);
        let x = LEFT + at * wide;
        drawing.block((x + 1, FOOT - tall), ((wide - 2).max(1), tall), Shade::Middle);
        let from = least + at * step;
        if bins <= 18 || at % 4 == 0 {
            let label = if step == 1 { from.to_string() } else { format!("{from}-{}", from + step - 1) };
            drawing.words((x + wide / 2, FOOT + 16), Anchor::Middle, &label);
        }
    }
    drawing.line(&[(LEFT, FOOT), (RIGHT, FOOT)], Stroke::Thin);
    drawing.words((LEFT, 24), Anchor::Start, &format!("Draws; the highest bar: {highest}"));
    drawing.words((RIGHT, FOOT + 38), Anchor::End, "Empty seats");
    drawing
}

/// Probabilities as bars, each with its interval.
pub(super) fn chances(title: &str, lines: &[(String, &Probability)]) -> Drawing {
    let height = LINE * i64::try_from(lines.len()).unwrap_or(1) + 60;
    let description =
        "Bars from 0 to 100 %, the 95 % interval as a line across the end; the table beside has the figures.";
    let mut drawing = Drawing::new(WIDTH, height, title, description);
    drawing.words((NAMES, 20), Anchor::Start, title);
    let x = |part: u64, whole: u64| NAMES + scaled(part, whole, RIGHT - 80 - NAMES);
    for ((name, it), y) in lines.iter().zip((34..).step_by(26)) {
        drawing.words((NAMES - 8, y + 14), Anchor::End, name);
        drawing.block((NAMES, y), (x(it.hits, it.of) - NAMES, 18), Shade::Light);
        let [low, high] = [it.low, it.high].map(|end| x(end.into(), 10_000));
        drawing.line(&[(low, y + 9), (high, y + 9)], Stroke::Heavy);
        let percent = crate::quantity::share(
            i64::try_from(it.hits).unwrap_or(i64::MAX),
            i64::try_from(it.of).unwrap_or(i64::MAX),
        );
        let label = percent.map_or_else(String::new, |rate| format!("{} %", write_decimal(rate.0.into(), 2)));
        drawing.words((RIGHT, y + 14), Anchor::End, &label);
    }
    let foot = height - 22;
    drawing.line(&[(NAMES, foot), (x(1, 1), foot)], Stroke::Thin);
    drawing.words((NAMES, foot + 16), Anchor::Start, "0 %");
    drawing.words((x(1, 1), foot + 16), Anchor::End, "100 %");
    drawing
}
