//! The tree as JSON: `{all: […]}`, `{any: […]}`, `{not: …}`, `{left, operator, right?}` or `{text}`. What is wrong in one that
//! somebody sent is said with its place, all at once.

use super::{Condition, UNARY, is_operand};
use crate::Problem;
use crate::lang::expr::Expr;
use crate::lang::relation::Relation;
use crate::lang::{Filters, MAX_DEPTH, nearest};
use serde_json::{Map, Value, json};

const FORMS: &str = "a condition is one of {\"all\": […]}, {\"any\": […]}, {\"not\": …}, \
                     {\"left\", \"operator\", \"right\"}, {\"text\": …}";
const OPERATORS: [&str; 13] = [
    "==",
    "!=",
    ">",
    ">=",
    "<",
    "<=",
    "in",
    "contains",
    "starts_with",
    "ends_with",
    "matches",
    "is_empty",
    "exists",
];

impl Condition {
    pub fn json(&self) -> Value {
        let list = |terms: &[Condition]| terms.iter().map(Condition::json).collect::<Value>();
        match self {
            Condition::All(terms) => json!({ "all": list(terms) }),
            Condition::Any(terms) => json!({ "any": list(terms) }),
            Condition::Not(term) => json!({ "not": term.json() }),
            Condition::Compare {
                left,
                operator,
                right: None,
            } => json!({ "left": left, "operator": operator }),
            Condition::Compare {
                left,
                operator,
                right: Some(right),
            } => json!({ "left": left, "operator": operator, "right": right }),
            Condition::Text(text) => json!({ "text": text }),
        }
    }

    /// Reads a tree; its text is then known to parse.
    pub fn of_json(value: &Value, filters: Filters) -> Result<Condition, Vec<Problem>> {
        let mut reader = Reader {
            filters,
            problems: Vec::new(),
        };
        let condition = reader.condition(value, "", 0);
        if !reader.problems.is_empty() {
            return Err(reader.problems);
        }
        // Each part is right; the whole may still be too long or too deep.
        Expr::parse(&condition.text(), "", filters).map_err(|problem| vec![problem])?;
        Ok(condition)
    }
}

struct Reader {
    filters: Filters,
    problems: Vec<Problem>,
}

impl Reader {
    fn refuse(&mut self, at: &str, message: impl Into<String>) -> Condition {
        self.problems.push(Problem::new(at, message));
        Condition::Text(String::new())
    }

    fn condition(&mut self, value: &Value, at: &str, depth: usize) -> Condition {
        if depth > MAX_DEPTH {
            return self.refuse(at, format!("a condition may nest at most {MAX_DEPTH} deep"));
        }
        let Some(object) = value.as_object() else {
            return self.refuse(at, FORMS);
        };
        let names: Vec<&str> = object.keys().map(String::as_str).collect();
        match names.as_slice() {
            ["all"] => Condition::All(self.group(&object["all"], &format!("{at}/all"), depth)),
            ["any"] => Condition::Any(self.group(&object["any"], &format!("{at}/any"), depth)),
            ["not"] => {
                let term = self.condition(&object["not"], &format!("{at}/not"), depth + 1);
                Condition::Not(Box::new(term))
            }
            ["text"] => match object["text"].as_str() {
                Some(text) => {
                    self.parsed(text, &format!("{at}/text"));
                    Condition::Text(text.to_owned())
                }
                None => self.refuse(&format!("{at}/text"), "must be a text"),
            },
            names if names.contains(&"left") || names.contains(&"operator") => {
                self.compare(object, at)
            }
            _ => self.refuse(at, FORMS),
        }
    }

    fn group(&mut self, value: &Value, at: &str, depth: usize) -> Vec<Condition> {
        match value.as_array() {
            Some(terms) if !terms.is_empty() => {
                let term =
                    |(number, term)| self.condition(term, &format!("{at}/{number}"), depth + 1);
                terms.iter().enumerate().map(term).collect()
            }
            _ => {
                self.refuse(at, "must be a list of at least one condition");
                Vec::new()
            }
        }
    }

    fn compare(&mut self, object: &Map<String, Value>, at: &str) -> Condition {
        for name in object.keys() {
            if !["left", "operator", "right"].contains(&name.as_str()) {
                self.refuse(&format!("{at}/{name}"), "is not known in a comparison");
            }
        }
        let operator = object.get("operator").and_then(Value::as_str);
        let operator = operator.unwrap_or_default();
        let unary = UNARY.contains(&operator);
        if !unary && Relation::named(operator).is_none() {
            let near = nearest(operator, OPERATORS);
            let hint = near.map(|near| format!("; did you mean `{near}`?"));
            let known = hint.unwrap_or_else(|| format!("; known: {}", OPERATORS.join(" ")));
            let message = format!("`{operator}` is not an operator{known}");
            self.refuse(&format!("{at}/operator"), message);
        }
        let left = self.operand(object.get("left"), &format!("{at}/left"));
        let right = object.get("right").filter(|right| !right.is_null());
        let right_at = format!("{at}/right");
        let right = match (unary, right) {
            (true, None) => None,
            (true, Some(_)) => {
                self.refuse(
                    &right_at,
                    format!("`{operator}` takes nothing on its right"),
                );
                None
            }
            (false, right) => Some(self.operand(right, &right_at)),
        };
        Condition::Compare {
            left,
            operator: operator.to_owned(),
            right,
        }
    }

    fn operand(&mut self, value: Option<&Value>, at: &str) -> String {
        let Some(text) = value.and_then(Value::as_str) else {
            let message =
                "must be an expression written as a text, such as \"outcome.budget\" or \"'high'\"";
            self.refuse(at, message);
            return String::new();
        };
        if self.parsed(text, at) && !is_operand(text) {
            let message =
                format!("`{text}` compares by itself: put it in brackets, or make it a group");
            self.refuse(at, message);
        }
        text.to_owned()
    }

    fn parsed(&mut self, text: &str, at: &str) -> bool {
        match Expr::parse(text, at, self.filters) {
            Ok(_) => true,
            Err(problem) => {
                self.problems.push(problem);
                false
            }
        }
    }
}
