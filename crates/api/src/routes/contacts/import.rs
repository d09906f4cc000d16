//! A table of contacts, read in while it is being sent: a piece of it and one batch of rows are in memory, however long it is.

use crate::audit::ChangedNothing;
use crate::auth::{Caller, Operate};
use crate::body::media_type;
use crate::errors::{Code, Error, Result};
use crate::params::Params;
use axum::body::Body;
use axum::extract::Request;
use axum::{Extension, Json};
use calls::confidential::MASK;
use calls::contact::Contact;
use engine::contacts::{Import, ImportPlan, Mode, Tally};
use http_body_util::BodyExt;
use kernel::Problem;
use serde::Serialize;
use serde_json::{Map, Value};
use sheet::{Reader, Row};
use utoipa::{IntoParams, ToSchema};

const MOST_BYTES: usize = 256 << 20;
const MOST_ROWS: u64 = 1_000_000;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct ImportQuery {
    /// JSON: by heading what its column feeds (`phone`, `first_name`, `last_name`, `full_name`, `email`, `company`, `do_not_call`, a
    /// column of your own), or null for nothing. Headings that are not named are guessed.
    #[param(example = json!("{\"Handy\": \"phone\", \"Notes\": null}"))]
    mapping: Option<String>,
    /// What becomes of rows whose number is known: `skip` leaves the contact alone, `update` takes over what the row says.
    #[param(default = "skip")]
    mode: Option<String>,
    /// Where numbers without a country are dialled.
    #[param(example = "US")]
    country: Option<String>,
    /// Say what would happen, and write nothing.
    #[param(default = false)]
    dry_run: Option<bool>,
    /// The sign between columns; found in the first line unless given.
    #[param(example = ";")]
    delimiter: Option<String>,
}

/// What has come of a table.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactImport)]
pub struct Imported {
    dry_run: bool,
    /// Rows below the headings.
    rows: u64,
    created: u64,
    updated: u64,
    /// Known, and nothing new.
    unchanged: u64,
    /// Known, and left alone.
    skipped: u64,
    refused: u64,
    /// The first 100 rows that were refused.
    refusals: Vec<Refusal>,
    /// Why what comes behind this was not read; what came before is kept.
    #[schema(required = true)]
    stopped: Option<String>,
    columns: Vec<Fed>,
    /// The first rows, as contacts.
    #[schema(value_type = Vec<super::shape::New>)]
    samples: Vec<Contact>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedContact)]
pub struct Refusal {
    /// From 1, the headings included.
    line: u64,
    #[schema(required = true)]
    field: Option<String>,
    #[schema(
        example = "`555-0100` has no country: write it as +14155550100, or say which country numbers without one are of"
    )]
    reason: String,
}

/// A column of the table, and what it feeds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactColumn)]
pub struct Fed {
    heading: String,
    /// Null: nothing.
    #[schema(required = true)]
    feeds: Option<String>,
}

/// Import contacts
///
/// A table with headings in its first line, as spreadsheets export it: commas, semicolons, tabs or bars between columns; UTF-8,
/// UTF-16 or Windows-1252; lines inside quotation marks. At most 1,000,000 rows and 256 MiB. Contacts are told apart by their
/// numbers, so sending a table again changes nothing. A row that is refused keeps no other one back.
#[utoipa::path(post, path = "/v1/contacts/import", tag = "contacts", security(("key" = ["operate"])), params(ImportQuery),
    request_body(content = String, content_type = "text/csv"), responses((status = 200, body = Imported)))]
pub async fn import(
    caller: Caller<Operate>,
    params: Params,
    request: Request,
) -> Result<(Option<Extension<ChangedNothing>>, Json<Imported>)> {
    let (plan, separator) = read(params)?;
    if media_type(request.headers()).is_some_and(|kind| kind.ends_with("json")) {
        let detail = "send the table as text/csv";
        return Err(Error::new(Code::UnsupportedMediaType, detail));
    }
    let table = Table {
        caller: &caller,
        dry_run: plan.dry_run,
        plan: Some(plan),
        reader: Reader::new(separator),
        import: None,
        rows: 0,
    };
    let dry = table.dry_run.then_some(Extension(ChangedNothing));
    let imported = table.read(request.into_body()).await?;
    Ok((dry, Json(imported)))
}

fn read(mut params: Params) -> Result<(ImportPlan, Option<u8>)> {
    let mapping = params.text("mapping").unwrap_or_else(|| "{}".into());
    let mapping: Map<String, Value> = serde_json::from_str(&mapping).unwrap_or_else(|error| {
        params.refuse("mapping", format!("is no JSON object: {error}"));
        Map::new()
    });
    let mode = match params.text("mode").as_deref() {
        None | Some("skip") => Mode::Skip,
        Some("update") => Mode::Update,
        Some(other) => {
            params.refuse("mode", format!("`{other}` is neither `skip` nor `update`"));
            Mode::Skip
        }
    };
    let plan = ImportPlan {
        mapping,
        mode,
        country: params.text("country"),
        dry_run: params.parsed("dry_run").unwrap_or_default(),
    };
    let delimiter = params.text("delimiter");
    let separator = match delimiter.as_deref().map(str::as_bytes) {
        None => None,
        Some([sign @ (b',' | b';' | b'\t' | b'|')]) => Some(*sign),
        Some(_) => {
            params.refuse("delimiter", "is one of `,` `;` `|` and the tab");
            None
        }
    };
    params.finish()?;
    Ok((plan, separator))
}

/// A table on its way in.
struct Table<'c> {
    caller: &'c Caller<Operate>,
    /// Until the headings are known.
    plan: Option<ImportPlan>,
    dry_run: bool,
    reader: Reader,
    import: Option<Import>,
    rows: u64,
}

impl Table<'_> {
    async fn read(mut self, mut body: Body) -> Result<Imported> {
        let (mut taken, mut rows, mut stopped) = (0, Vec::new(), None);
        while let Some(frame) = body.frame().await {
            let frame =
                frame.map_err(|_| Error::new(Code::InvalidJson, "the table ended early"))?;
            let Ok(piece) = frame.into_data() else {
                continue;
            };
            taken += piece.len();
            let read = self.reader.push(&piece, &mut rows);
            stopped = self.take(&mut rows).await?;
            stopped = stopped.or(read.err().map(|error| error.to_string()));
            if taken > MOST_BYTES {
                let why = format!("the table has more than {} MiB", MOST_BYTES >> 20);
                stopped = stopped.or(Some(why));
            }
            if stopped.is_some() {
                break;
            }
        }
        if stopped.is_none() {
            let read = self.reader.finish(&mut rows);
            stopped = self.take(&mut rows).await?;
            stopped = stopped.or(read.err().map(|error| error.to_string()));
        }
        let Some(import) = self.import else {
            let why = stopped.unwrap_or_else(|| "the table has no headings".into());
            let problem = Problem::new("", why);
            return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
        };
        Ok(shown(import.finish().await?, self.dry_run, stopped))
    }

    /// Says why no more is taken.
    async fn take(&mut self, rows: &mut Vec<Row>) -> Result<Option<String>> {
        for mut row in rows.drain(..) {
            match &mut self.import {
                None => {
                    let plan = self.plan.take().unwrap_or_default();
                    let headings: Vec<String> = row
                        .fields
                        .iter()
                        .map(|cell| cell.trim().to_owned())
                        .collect();
                    let engine = &self.caller.state.engine;
                    let import = engine.import_contacts(self.caller.workspace, plan, &headings);
                    self.import = Some(import?);
                }
                Some(_) if self.rows == MOST_ROWS => {
                    let why = format!(
                        "line {}: the table has more than {MOST_ROWS} rows",
                        row.line
                    );
                    return Ok(Some(why));
                }
                Some(import) => {
                    self.rows += 1;
                    // Out of an export of somebody who had not seen the values.
                    let masked = row.fields.iter_mut().filter(|cell| cell.trim() == MASK);
                    masked.for_each(|cell| cell.clear());
                    import.row(row.line, &row.fields).await?;
                }
            }
        }
        Ok(None)
    }
}

fn shown(tally: Tally, dry_run: bool, stopped: Option<String>) -> Imported {
    let refusals = tally.refusals.into_iter().map(|refused| Refusal {
        line: refused.line,
        field: refused.field.filter(|field| !field.is_empty()),
        reason: refused.reason,
    });
    let columns = tally.columns.into_iter();
    let columns = columns.map(|(heading, feeds)| Fed { heading, feeds });
    Imported {
        dry_run,
        rows: tally.rows,
        created: tally.created,
        updated: tally.updated,
        unchanged: tally.unchanged,
        skipped: tally.skipped,
        refused: tally.refused,
        refusals: refusals.collect(),
        stopped,
        columns: columns.collect(),
        samples: tally.samples,
    }
}
