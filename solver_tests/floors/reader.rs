//! Just enough reading of Rust to find imports: comments and texts out, `use` trees flattened.

/// The source without comments and without what stands in texts, one space between tokens at most.
pub(crate) fn code_of(source: &str) -> String {
    let bare = strip(source, true);
    let mut code = String::new();
    for piece in bare.split_whitespace() {
        code.push(' ');
        code.push_str(piece);
    }
    for sign in ["::", "{", "}", ",", ";", "*"] {
        code = code.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign);
    }
    code
}

/// The source without comments; texts stay.
pub(crate) fn without_comments(source: &str) -> String {
    strip(source, false)
}

fn strip(source: &str, texts_too: bool) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (length, is_comment) = token(rest, first, out.chars().last());
        let (token, after) = rest.split_at(length);
        let is_text = length > first.len_utf8() && !is_comment;
        match (is_comment, is_text && texts_too) {
            (true, _) => out.push(' '),
            (false, true) => out.push_str("\"\""),
            (false, false) => out.push_str(token),
        }
        rest = after;
    }
    out
}

/// Length in bytes of the comment or text that starts here (or of one character), and whether it is a comment.
fn token(rest: &str, first: char, before: Option<char>) -> (usize, bool) {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        (rest.find('\n').unwrap_or(rest.len()), true)
    } else if rest.starts_with("/*") {
        (block_comment(rest), true)
    } else if first == '"' {
        (text(rest), false)
    } else if first == 'r' && !in_word && rest[1..].trim_start_matches('#').starts_with('"') {
        (raw_text(rest), false)
    } else if first == '\'' {
        (character(rest), false)
    } else {
        (first.len_utf8(), false)
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_text(rest: &str) -> usize {
    let hashes = rest[1..].bytes().take_while(|&b| b == b'#').count();
    let close = format!("\"{}", "#".repeat(hashes));
    let start = 2 + hashes;
    rest[start..].find(&close).map_or(rest.len(), |at| start + at + close.len())
}

/// A character in quotes; a lifetime is one quote, then a name.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, c))) => {
            let after = at + c.len_utf8();
            rest[after..].find('\'').map_or(1, |close| after + close + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// Every path below `crate::` (or `super::`) in the code, such as `case::Case`.
pub(crate) fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for root in ["crate::", "super::"] {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest = &code[at + root.len()..];
            if rest.starts_with('{') {
                found.extend(branches(rest));
            } else {
                found.push(plain(rest));
            }
        }
    }
    found
}

/// The path at the start of this code.
fn plain(rest: &str) -> String {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
    rest[..end].trim_end_matches(':').to_owned()
}

/// The first path of each branch of `{a::b, c::{d, e}}`.
fn branches(rest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && (c == '{' || c == ',') {
            found.push(plain(&rest[at + 1..]));
        }
    }
    found.retain(|path| !path.is_empty());
    found
}

/// Every `use` that takes everything of a module, or several of our modules at once.
pub(crate) fn globs(code: &str) -> Vec<String> {
    let uses = starts(code, "use ").into_iter().map(|at| code[at..].split(';').next().unwrap_or_default());
    uses.filter(|line| line.contains("::*") || line.contains(",*") || line.contains("{*") || line.contains("crate::{"))
        .map(str::to_owned)
        .collect()
}

/// Whether the code names this word (or path, also through a `use` tree) by itself.
pub(crate) fn says(code: &str, word: &str) -> bool {
    let by_itself = starts(code, word).into_iter().any(|at| {
        let after = code[at + word.len()..].chars().next();
        word.ends_with('!') || !after.is_some_and(|c| c.is_alphabetic() || c == '_')
    });
    let in_tree = |inner: &str| {
        code.match_indices("std::{").any(|(at, _)| {
            let branches = branches(&code[at + "std::".len()..]);
            branches.iter().any(|path| path == inner || path.starts_with(&format!("{inner}::")))
        })
    };
    by_itself || word.strip_prefix("std::").is_some_and(in_tree)
}

/// Where this word starts, not in the middle of another name; a number may stand before a unit such as `f64`.
fn starts(code: &str, word: &str) -> Vec<usize> {
    let fresh = |at: &usize| !code[..*at].chars().next_back().is_some_and(|c| c.is_alphabetic() || c == '_');
    code.match_indices(word).map(|(at, _)| at).filter(fresh).collect()
}
