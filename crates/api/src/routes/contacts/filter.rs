//! Which contacts are meant: the filters of the list, of its export and of counting.

use crate::auth::Caller;
use crate::params::Params;
use crate::redact::UNSEEN;
use engine::contacts::ContactFilter;
use serde_json::{Map, Value};
use utoipa::IntoParams;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct ContactQuery {
    /// Parts of names, company, address or number.
    search: Option<String>,
    /// Whether they are not to be called.
    do_not_call: Option<bool>,
    /// JSON: fields or columns with the value that each must have, as in a campaign's `contacts`.
    #[param(example = json!("{\"list\": \"spring\"}"))]
    columns: Option<String>,
}

pub fn read<P>(params: &mut Params, caller: &Caller<P>) -> ContactFilter {
    let columns = params.text("columns").unwrap_or_else(|| "{}".into());
    let columns: Map<String, Value> = serde_json::from_str(&columns).unwrap_or_else(|error| {
        params.wrong("columns", format!("is no JSON object: {error}"));
        Map::new()
    });
    let is_hidden = |name: &String| {
        let hidden = caller.hidden.as_ref();
        hidden.is_some_and(|hidden| hidden.hides(&format!("contact.{name}")))
    };
    if columns.keys().any(is_hidden) {
        params.wrong("columns", UNSEEN);
    }
    let search = params.search();
    if !search.is_empty() && caller.misses("contact") {
        params.wrong("search", UNSEEN);
    }
    ContactFilter {
        search,
        do_not_call: params.parsed("do_not_call"),
        columns,
    }
}
