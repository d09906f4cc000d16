//! Whether words were said: compared by their letters and digits alone, whatever the case, spaces and punctuation; and
//! whether they are about the call or addressed to whoever reads its transcript.

use crate::about::About;

/// Letters and digits in lower case, one space between words.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        } else if c != '\'' && c != '’' && !plain.ends_with(' ') && !plain.is_empty() {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// Whether the words stand in a plain text, as words of their own.
pub(crate) fn holds(text: &str, words: &str) -> bool {
    if words.is_empty() {
        return false;
    }
    let whole = |from: usize| {
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || !c.is_ascii());
        let before = text[..from].chars().next_back();
        let after = text[from + words.len()..].chars().next();
        let (first, last) = (words.chars().next(), words.chars().next_back());
        let loose = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        // Scripts without spaces have no words to be whole.
        (apart(before) || loose(first)) && (apart(after) || loose(last))
    };
    text.match_indices(words).any(|(from, _)| whole(from))
}

/// The turn of a person that has these words: the one that is named, if it is among them.
pub(crate) fn find(quote: &str, named: Option<usize>, about: &About) -> Option<usize> {
    let words = plain(quote);
    let has = |turn: &usize| {
        about.is_said(*turn)
            && about
                .plain
                .get(*turn)
                .is_some_and(|text| holds(text, &words))
    };
    let named = named.filter(&has);
    named.or_else(|| (0..about.plain.len()).find(has))
}

const VERBS: [&str; 5] = ["ignore", "disregard", "forget", "override", "bypass"];
const ORDERS: [&str; 6] = [
    "instruction",
    "instructions",
    "prompt",
    "prompts",
    "guidelines",
    "directives",
];
/// Orders only where they are somebody's: `the rules`, but `our own rules of thumb`.
const RULES: [&str; 2] = ["rules", "system"];
const WHOSE: [&str; 6] = ["the", "your", "all", "these", "any", "previous"];
const SETTERS: [&str; 6] = ["set", "mark", "make", "put", "change", "record"];
/// Names of the form that no caller has a use for.
const FIELDS: [&str; 5] = ["status", "disposition", "sentiment", "outcome", "variable"];

/// Whether the words tell a reader of the transcript what to do.
pub(crate) fn is_instruction(text: &str) -> bool {
    let text = text.to_lowercase();
    let plain = plain(&text);
    let words: Vec<&str> = plain.split(' ').collect();
    let near = |from: usize, most: usize, list: &[&str]| {
        words
            .iter()
            .skip(from + 1)
            .take(most)
            .any(|word| list.contains(word))
    };
    let rules = |from: usize| {
        let pairs = words.windows(2).skip(from + 1).take(6);
        pairs
            .into_iter()
            .any(|pair| WHOSE.contains(&pair[0]) && RULES.contains(&pair[1]))
    };
    let told = words.iter().enumerate().any(|(at, word)| {
        (VERBS.contains(word) && (near(at, 6, &ORDERS) || rules(at)))
            || (SETTERS.contains(word)
                && near(at, 4, &FIELDS)
                && near(at, 8, &["true", "false", "yes", "no", "to", "as"]))
    });
    told || [
        "system prompt",
        "output json",
        "return json",
        "respond with json",
        "you are an ai",
        "as an ai",
    ]
    .iter()
    .any(|known| holds(&plain, known))
        || assigns(&text)
}

/// `is_interested = true`, `"status": true`, `set lead_score to 9`: a name as only forms have it, and a value for it.
fn assigns(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let given = |word: Option<&&str>| {
        word.is_some_and(|word| {
            ["=", ":=", "to", "is", "as", "equals", "true", "false"].contains(word)
        })
    };
    let named = words.iter().enumerate().any(|(at, word)| {
        let name = word.trim_end_matches(['=', ':']);
        let snake = name.trim_matches('_').contains('_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        snake && (name.len() < word.len() || given(words.get(at + 1)))
    });
    named || text.contains("\":")
}
