//! The known name that somebody probably meant. Only a suggestion: nothing is ever replaced by it.

/// The nearest of `known` within a third of the name's length in single-letter changes.
pub(crate) fn name<'a>(meant: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let meant: Vec<char> = meant
        .chars()
        .take(64)
        .flat_map(char::to_lowercase)
        .collect();
    let changes = |name: &'a str| (changes(&meant, name), name);
    let (fewest, name) = known.into_iter().map(changes).min()?;
    (fewest <= meant.len().div_ceil(3).min(3)).then_some(name)
}

fn changes(from: &[char], to: &str) -> usize {
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (i, letter) in to.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in from.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[from.len()]
}
