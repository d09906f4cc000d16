//! Text to HTML: everything is escaped first; of Markdown only paragraphs, `code` and **strong** are known.

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// One line of Markdown.
pub fn inline(text: &str) -> String {
    let code = between(&escape(text), "`", "code");
    between(&code, "**", "strong")
}

/// Paragraphs of Markdown.
pub fn prose(text: &str) -> String {
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty());
    paragraphs
        .map(|paragraph| format!("<p>{}</p>", inline(paragraph)))
        .collect()
}

/// Puts what stands between two marks into an element; a mark without a second one stays as it is.
fn between(text: &str, mark: &str, element: &str) -> String {
    let mut parts: Vec<&str> = text.split(mark).collect();
    let rest = if parts.len().is_multiple_of(2) {
        parts.pop()
    } else {
        None
    };
    let wrap = |(index, part): (usize, &&str)| match index % 2 {
        0 => (*part).to_owned(),
        _ => format!("<{element}>{part}</{element}>"),
    };
    let mut html: String = parts.iter().enumerate().map(wrap).collect();
    if let Some(rest) = rest {
        html += mark;
        html += rest;
    }
    html
}
