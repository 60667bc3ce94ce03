//! Which part of a sweep a run does: given, or found in the environment of a job array.

use std::env;
use std::ops::Range;

use crate::cli::exit::Error;

/// Reads `3/8`, `auto` or `auto/8`: the part, from 1, and how many there are.
///
/// # Errors
/// [`Error::Usage`] says what is missing.
pub(super) fn read(text: &str) -> Result<(u64, u64), Error> {
    match text.split_once('/') {
        Some(("auto", parts)) => auto(Some(number(parts, text)?)),
        Some((part, parts)) => fitting(number(part, text)?, number(parts, text)?, text),
        None if text == "auto" => auto(None),
        None => Err(unread(text)),
    }
}

/// The scenarios of a part: parts follow each other, and differ by at most one scenario.
pub(super) fn range(shard: Option<(u64, u64)>, scenarios: u64) -> Range<u64> {
    let Some((part, parts)) = shard else { return 0..scenarios };
    let cut =
        |at: u64| u64::try_from(u128::from(scenarios) * u128::from(at) / u128::from(parts)).expect("a part of it");
    cut(part - 1)..cut(part)
}

fn unread(text: &str) -> Error {
    Error::Usage(format!("--shard {text}: write part and parts, as 3/8, or auto in a job array"))
}

fn number(digits: &str, text: &str) -> Result<u64, Error> {
    digits.parse().map_err(|_| unread(text))
}

fn fitting(part: u64, parts: u64, text: &str) -> Result<(u64, u64), Error> {
    if (1..=parts).contains(&part) {
        return Ok((part, parts));
    }
    Err(Error::Usage(format!("--shard {text}: the first part is 1, and there is none after part {parts}")))
}

/// From Slurm (`SLURM_ARRAY_TASK_ID`, `_MIN`, `_COUNT`, `_STEP`) or Kubernetes (`JOB_COMPLETION_INDEX`, from nought).
fn auto(parts: Option<u64>) -> Result<(u64, u64), Error> {
    let found = |name: &str| env::var(name).ok().and_then(|text| text.trim().parse::<u64>().ok());
    let part = match (found("SLURM_ARRAY_TASK_ID"), found("JOB_COMPLETION_INDEX")) {
        (Some(task), _) => {
            let step = found("SLURM_ARRAY_TASK_STEP").filter(|&step| step > 0).unwrap_or(1);
            task.checked_sub(found("SLURM_ARRAY_TASK_MIN").unwrap_or(1)).map(|at| at / step + 1)
        }
        (None, index) => index.map(|index| index + 1),
    };
    let Some(part) = part else {
        let text = "--shard auto: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX says which part this is";
        return Err(Error::Usage(text.to_owned()));
    };
    let Some(parts) = parts.or_else(|| found("SLURM_ARRAY_TASK_COUNT")) else {
        let text = "--shard auto: nothing says how many parts there are; write it, as --shard auto/8";
        return Err(Error::Usage(text.to_owned()));
    };
    fitting(part, parts, &format!("auto ({part}/{parts})"))
}

#[cfg(test)]
mod tests {
    use super::{range, read};

    #[test]
    fn parts_follow_each_other_and_leave_nothing_out() {
        for (scenarios, parts) in [(10_000, 7), (3, 5), (0, 2), (100_000_000, 999)] {
            let all: Vec<_> = (1..=parts).map(|part| range(Some((part, parts)), scenarios)).collect();
            assert_eq!((all[0].start, all[all.len() - 1].end), (0, scenarios));
            assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start));
            let sizes = all.iter().map(|it| it.end - it.start);
            assert!(sizes.clone().max().zip(sizes.min()).is_some_and(|(most, least)| most - least <= 1));
        }
    }

    #[test]
    fn parts_are_counted_from_one() {
        assert_eq!(read("3/8").ok(), Some((3, 8)));
        for text in ["0/8", "9/8", "3", "3/", "/8", "a/b", "-1/8", "3/8/9"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
