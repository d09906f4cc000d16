//! A URL template: scheme and authority are always literal, so that no value can choose where a request goes; a value
//! is one percent-encoded component and cannot leave its path segment.

use super::super::escape::Escape;
use super::text::Guard;
use super::{Piece, Text};

pub(super) fn compile(pieces: Vec<Piece>) -> Result<Text, String> {
    match pieces.as_slice() {
        [Piece::Placeholder(expr)] if expr.secret().is_some() => return Ok(Text::with(pieces)),
        [Piece::Literal(start), rest @ ..] => check_start(start, rest.is_empty())?,
        [Piece::Placeholder(_), ..] => {
            return Err("a url starts with its scheme and host as they are; \
                        of placeholders only a secret may be one, and then all of it"
                .to_owned());
        }
        [] => return Err("the url is empty".to_owned()),
    }
    let mut sample = String::new();
    for piece in &pieces {
        match piece {
            Piece::Literal(text) => sample.push_str(check_literal(text)?),
            Piece::Placeholder(_) => sample.push('x'),
        }
    }
    check_path(&sample)?;
    let text = pieces
        .into_iter()
        .fold(Text::default(), |text, piece| text.and(piece, Escape::Url));
    Ok(text.guarded(Guard::Url))
}

fn check_literal(text: &str) -> Result<&str, String> {
    match text
        .chars()
        .find(|c| c.is_whitespace() || c.is_control() || *c == '\\')
    {
        Some(c) => Err(format!(
            "a url cannot hold `{}`; percent-encode it",
            c.escape_debug()
        )),
        None => Ok(text),
    }
}

/// `https://host/…` with the host complete, or a path of an app's own host.
fn check_start(start: &str, whole: bool) -> Result<(), String> {
    if start.starts_with('/') && !start.starts_with("//") {
        return Ok(());
    }
    let Some(rest) = after_scheme(start) else {
        return Err(format!("`{start}` does not start with https:// or http://"));
    };
    let end = rest.find(['/', '?', '#', '\\']);
    let authority = &rest[..end.unwrap_or(rest.len())];
    match authority {
        _ if end.is_none() && !whole => Err(format!(
            "a placeholder cannot stand in the host of a url (`{start}…`)"
        )),
        "" => Err(format!("the url `{start}` has no host")),
        _ if authority.contains('@') => {
            Err("a url cannot hold a user or password; send a header instead".to_owned())
        }
        _ => Ok(()),
    }
}

fn after_scheme(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    ["https", "http"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then_some(rest)
}

/// Refuses `.` and `..` as path segments, also percent-encoded, which is how a value would climb out of its own.
pub(super) fn check_path(url: &str) -> Result<(), String> {
    let rest = after_scheme(url).unwrap_or(url);
    let path = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let climbs = |segment: &&str| {
        segment.len() <= 6
            && [".", ".."].contains(&segment.to_ascii_lowercase().replace("%2e", ".").as_str())
    };
    match path.split('/').skip(1).find(climbs) {
        Some(segment) => Err(format!("a url's path cannot hold the segment `{segment}`")),
        None => Ok(()),
    }
}
