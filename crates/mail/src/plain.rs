//! The text that an HTML mail says, for readers without HTML: paragraphs, lists, and where links go. It is no browser: what
//! it does not know it leaves out, and it runs once over its input.

/// Never fails; `<` that opens no tag stands for itself.
pub fn from_html(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        rest = &rest[at..];
        let Some((name, attributes, after)) = tag(rest) else {
            writer.text("<");
            rest = &rest[1..];
            continue;
        };
        rest = after;
        let skipped = ["script", "style", "head", "title"];
        if skipped.contains(&name.as_str()) {
            rest = past_end_of(rest, &name);
            continue;
        }
        writer.tag(&name, attributes);
    }
    writer.text(rest);
    writer.finish()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Line breaks to come before the next word.
    breaks: usize,
    space: bool,
    /// Where the links that are open go.
    link: Option<(usize, String)>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let text = decode(text);
        let mut words = text
            .split(|c: char| c.is_whitespace() && c != '\u{A0}')
            .peekable();
        while let Some(word) = words.next() {
            if !word.is_empty() {
                self.word(word);
            }
            self.space |= words.peek().is_some();
        }
    }

    fn word(&mut self, word: &str) {
        if !self.out.is_empty() {
            self.out.extend(std::iter::repeat_n('\n', self.breaks));
            if self.space && self.breaks == 0 {
                self.out.push(' ');
            }
        }
        (self.breaks, self.space) = (0, false);
        self.out.push_str(word);
    }

    fn tag(&mut self, name: &str, attributes: &str) {
        match name {
            "br" | "/br" => self.breaks += 1,
            "li" => {
                self.breaks = self.breaks.max(1);
                self.word("- ");
            }
            "p" | "/p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "/h1" | "/h2" | "/h3"
            | "/h4" | "/h5" | "/h6" | "ul" | "/ul" | "ol" | "/ol" | "table" | "/table"
            | "blockquote" | "/blockquote" | "hr" => {
                self.breaks = self.breaks.max(2);
            }
            "div" | "/div" | "tr" | "/tr" | "/li" | "section" | "/section" => {
                self.breaks = self.breaks.max(1)
            }
            "td" | "th" => self.space = true,
            "a" => {
                self.link = attribute(attributes, "href")
                    .filter(|to| !to.starts_with('#'))
                    .map(|to| (self.out.len(), to));
            }
            "/a" => {
                if let Some((from, to)) = self.link.take()
                    && !self.out[from..].contains(&to)
                {
                    self.space = true;
                    self.word(&format!("({to})"));
                }
            }
            _ => {}
        }
        self.breaks = self.breaks.min(2);
    }

    fn finish(self) -> String {
        let lines: Vec<&str> = self.out.lines().map(str::trim_end).collect();
        lines.join("\n")
    }
}

/// Name in lower case (`/` before it at the end of an element), attributes, and what is after the tag.
fn tag(text: &str) -> Option<(String, &str, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let after = comment.split_once("-->").map_or("", |(_, after)| after);
        return Some((String::new(), "", after));
    }
    let (inside, after) = text[1..].split_once('>')?;
    let named = inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    let end = inside
        .find(|c: char| c.is_whitespace())
        .unwrap_or(inside.len());
    let name = inside[..end].trim_end_matches('/').to_ascii_lowercase();
    named.then_some((name, &inside[end..], after))
}

/// What is after `</name>`; the whole rest belongs to an element that does not end.
fn past_end_of<'t>(text: &'t str, name: &str) -> &'t str {
    let end = format!("</{name}");
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let at = from + at;
        let is_end = text
            .get(at..at + end.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(&end));
        if is_end {
            return text[at..].split_once('>').map_or("", |(_, after)| after);
        }
        from = at + 2;
    }
    ""
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = attributes[at + name.len() + 1..].trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    Some(decode(value))
}

fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let name = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        match name.and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((sign, after)) => {
                out.push(sign);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "euro" => '€',
        "copy" => '©',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::from_html;

    #[test]
    fn html_reads_as_text() {
        for (html, text) in [
            ("", ""),
            ("plain", "plain"),
            ("<p>One\n  two</p><p>three</p>", "One two\n\nthree"),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("<ul><li>one</li><li><b>two</b></li></ul>", "- one\n- two"),
            (
                "<a href='https://e.com/?a=1&amp;b=2'>here</a>!",
                "here (https://e.com/?a=1&b=2)!",
            ),
            (
                "<a href=\"https://e.com\">https://e.com</a>",
                "https://e.com",
            ),
            (
                "<style>p { color: red }</style>Hi<script>alert('<p>')</script>",
                "Hi",
            ),
            ("<!-- <p>no</p> -->yes", "yes"),
            (
                "1 &lt; 2 &amp; 3 &#8364; &#x20AC; &bogus; &amp",
                "1 < 2 & 3 € € &bogus; &amp",
            ),
            ("a < b <3", "a < b <3"),
            ("<script>never ends", ""),
            ("<p", "<p"),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                "a b\nc",
            ),
            ("é<ÉÉ>&é;", "é<ÉÉ>&é;"),
        ] {
            assert_eq!(from_html(html), text, "{html}");
        }
    }
}
