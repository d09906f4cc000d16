//! What a statement begins with, for a word in time: the database decides what may be changed, not this.

const READING: [&str; 9] = [
    "select", "with", "values", "table", "show", "explain", "describe", "desc", "(",
];

/// Whether the statement begins as those do that only read.
pub fn is_reading(text: &str) -> bool {
    READING.contains(&first_word(text).as_str())
}

/// The first word behind comments, in small letters; a bracket is a word of its own.
pub fn first_word(text: &str) -> String {
    let mut rest = text.trim_start();
    loop {
        let after = match (rest.strip_prefix("--"), rest.strip_prefix("/*")) {
            (Some(line), _) => line.split_once('\n').map(|(_, after)| after),
            (_, Some(block)) => block.split_once("*/").map(|(_, after)| after),
            _ => break,
        };
        rest = after.unwrap_or_default().trim_start();
    }
    match rest.chars().next() {
        Some('(') => "(".into(),
        _ => rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .take(40)
            .flat_map(char::to_lowercase)
            .collect(),
    }
}
