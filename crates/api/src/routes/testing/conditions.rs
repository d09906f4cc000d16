//! Conditions as text and as the tree that screens build them from.

use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use axum::Json;
use kernel::Problem;
use kernel::lang::Condition;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A condition in one of its two forms.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    #[serde(default)]
    #[schema(example = "outcome.interested == true and duration > 60")]
    text: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<Tree>)]
    tree: Option<Value>,
}

/// The condition in both forms.
#[derive(Debug, Serialize, ToSchema)]
pub struct Both {
    text: String,
    #[schema(value_type = Tree)]
    tree: Value,
}

/// One of: `all` or `any` of several, `not` one, a comparison of `left` and `right` by `operator`, or a `text` that the
/// builder has no form for.
#[derive(ToSchema)]
#[schema(as = Condition)]
#[allow(dead_code, reason = "schema only")]
pub struct Tree {
    #[schema(no_recursion)]
    all: Option<Vec<Tree>>,
    #[schema(no_recursion)]
    any: Option<Vec<Tree>>,
    #[schema(no_recursion)]
    not: Option<Box<Tree>>,
    /// An expression.
    #[schema(example = "outcome.budget")]
    left: Option<String>,
    /// `==`, `!=`, `>`, `>=`, `<`, `<=`, `in`, `contains`, `starts_with`, `ends_with`, `matches`, `is_empty` or `exists`.
    #[schema(example = ">=")]
    operator: Option<String>,
    /// An expression; none for `is_empty` and `exists`.
    #[schema(example = "1000")]
    right: Option<String>,
    text: Option<String>,
}

/// Convert a condition
///
/// From its text to its tree, or back; both mean the same.
#[utoipa::path(post, path = "/v1/conditions", tag = "testing", security(("key" = ["read"])), request_body = Given,
    responses((status = 200, body = Both)))]
pub async fn convert(caller: Caller<Read>, Body(given): Body<Given>) -> Result<Json<Both>> {
    let filters = caller.state.engine.filters();
    let below =
        |problem: Problem, form| Problem::new(format!("/{form}{}", problem.path), problem.message);
    let condition = match (&given.text, &given.tree) {
        (Some(text), None) => {
            Condition::of_text(text, filters).map_err(|problem| vec![below(problem, "text")])
        }
        (None, Some(tree)) => Condition::of_json(tree, filters).map_err(|problems| {
            let problems = problems.into_iter();
            problems.map(|problem| below(problem, "tree")).collect()
        }),
        _ => Err(vec![Problem::new("", "give either `text` or `tree`")]),
    };
    let condition = condition.map_err(|problems| Error::invalid(Code::InvalidRequest, problems))?;
    Ok(Json(Both {
        text: condition.text(),
        tree: condition.json(),
    }))
}
