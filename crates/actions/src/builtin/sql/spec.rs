//! What each of the actions takes, and how a form shows it.

use super::{Verb, inputs};
use crate::connection::database::{MYSQL, POSTGRES, SQLITE};
use crate::describe::Input::{Choice, Json, Number, Pairs, Sql, Text};
use crate::describe::{FieldWords, Words};
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use serde_json::json;
use std::time::Duration;

const KINDS: [&str; 3] = [POSTGRES.0.name, MYSQL.0.name, SQLITE.name];

pub(super) fn spec(verb: Verb) -> ActionSpec {
    let (name, on_unknown) = match verb {
        Verb::Query => ("sql.query", OnUnknown::Retry),
        // Done twice it comes to the same.
        Verb::Update => ("sql.update", OnUnknown::Retry),
        Verb::Insert => ("sql.insert", OnUnknown::Stop),
        Verb::Execute => ("sql.execute", OnUnknown::Stop),
    };
    ActionSpec {
        name,
        fields: fields(verb),
        retry: Retry {
            attempts: 5,
            schedule: Schedule::Exponential {
                first: Duration::from_secs(2),
                factor: 4.0,
                max: Duration::from_secs(600),
            },
        },
        timeout: Duration::from_secs(15),
        on_unknown,
        settles: false,
        connects: Connects {
            kinds: &KINDS,
            required: true,
        },
        complete: match verb {
            Verb::Query => |with| inputs::complete(Verb::Query, with),
            Verb::Insert => |with| inputs::complete(Verb::Insert, with),
            Verb::Update => |with| inputs::complete(Verb::Update, with),
            Verb::Execute => |with| inputs::complete(Verb::Execute, with),
        },
    }
}

fn fields(verb: Verb) -> Vec<Field> {
    let field = |name, place, help| Field {
        name,
        place,
        required: false,
        secrets: false,
        help,
    };
    let needed = |name, place, help| Field {
        required: true,
        ..field(name, place, help)
    };
    let secret = |field: Field| Field {
        secrets: true,
        ..field
    };
    let table = || {
        needed(
            "table",
            Place::Literal,
            "the table as the database spells it, with its schema if need be (`crm.leads`)",
        )
    };
    let returning = || {
        field(
            "returning",
            Place::Literal,
            "columns that come back in `rows`, with commas or as a list; `*` for all",
        )
    };
    match verb {
        Verb::Query | Verb::Execute => vec![
            secret(needed(
                "sql",
                Place::Sql,
                "one statement; each `{{ }}` in it is bound as a value, without quotes around it",
            )),
            secret(field(
                "params",
                Place::Json,
                "instead of `{{ }}`: a list of values for `$1`, `$2`, … (MySQL, SQLite: `?`)",
            )),
            field(
                "max_rows",
                Place::Literal,
                "a longer answer fails the step; 1,000 unless given, at most 10,000",
            ),
        ],
        Verb::Insert => vec![
            table(),
            field("values", Place::Json, "an object of column and value"),
            field(
                "rows",
                Place::Json,
                "several rows at once: a list of such objects, all with the same columns",
            ),
            field(
                "on_conflict",
                Place::Literal,
                "a row that is there already: `ignore` leaves it, `update` gives it the new values; else the step fails",
            ),
            field(
                "keys",
                Place::Literal,
                "with `on_conflict`: the columns that tell rows apart, with commas or as a list",
            ),
            returning(),
        ],
        Verb::Update => vec![
            table(),
            needed("set", Place::Json, "an object of column and new value"),
            needed(
                "where",
                Place::Json,
                "an object of column and value: rows where all are equal. A value that is missing fails the step",
            ),
            returning(),
        ],
    }
}

pub(super) fn words(verb: Verb) -> Words {
    let lookup = "select id, name, tier from customers where phone = {{ caller_number }} limit 1";
    let row = json!({ "call_id": "{{ call_id }}", "phone": "{{ caller_number }}", "summary": "{{ summary }}" });
    let params = || FieldWords::new("params", "Values of $1, $2, …", Json, json!([]));
    let table = || FieldWords::new("table", "Table", Text, "calls");
    let returning = || FieldWords::new("returning", "Columns to return", Text, "id");
    let max_rows = || FieldWords::new("max_rows", "Rows at most", Number(inputs::MOST_ROWS), 100);
    match verb {
        Verb::Query => Words {
            label: "Look up in a database",
            description: "Reads rows of a database of yours. It runs where the database itself refuses changes.",
            fields: vec![
                FieldWords::new("sql", "Statement", Sql, lookup),
                params(),
                max_rows(),
            ],
            sample_answer: json!({
                "count": 1, "rows": [{ "id": 7, "name": "Ada Lovelace", "tier": "gold" }]
            }),
        },
        Verb::Execute => Words {
            label: "Run a statement in a database",
            description: "Runs any one statement: a delete, a procedure, an insert with a query in it.",
            fields: vec![
                FieldWords::new(
                    "sql",
                    "Statement",
                    Sql,
                    "delete from callbacks where phone = {{ caller_number }}",
                ),
                params(),
                max_rows(),
            ],
            sample_answer: json!({ "count": 1, "rows": [] }),
        },
        Verb::Insert => Words {
            label: "Insert into a database",
            description: "Adds a row, or several, to a table of a database of yours.",
            fields: vec![
                table(),
                FieldWords::new("values", "Values", Pairs, row.clone()).one_of("What is inserted"),
                FieldWords::new("rows", "Rows", Json, json!([row])).one_of("What is inserted"),
                FieldWords::new(
                    "on_conflict",
                    "If it is there already",
                    Choice(&[
                        ("ignore", "Leave it as it is"),
                        ("update", "Give it the new values"),
                    ]),
                    "update",
                ),
                FieldWords::new("keys", "Columns that tell rows apart", Text, "call_id"),
                returning(),
            ],
            sample_answer: json!({ "count": 1, "rows": [{ "id": 42 }] }),
        },
        Verb::Update => Words {
            label: "Update in a database",
            description: "Gives rows of a table new values.",
            fields: vec![
                table(),
                FieldWords::new("set", "New values", Pairs, json!({ "status": "called" })),
                FieldWords::new(
                    "where",
                    "Where",
                    Pairs,
                    json!({ "phone": "{{ caller_number }}" }),
                ),
                returning(),
            ],
            sample_answer: json!({ "count": 1, "rows": [] }),
        },
    }
}
