//! A connection on the wire. What it holds of secrets is told by name alone.

use engine::connections;
use jiff::Timestamp;
use kernel::id::{ConnectionId, FlowId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConnection {
    /// Steps name it by this, or by its id. Unique in the workspace.
    #[schema(example = "Sales mail", max_length = 100)]
    name: String,
    /// See `GET /v1/connections/kinds`.
    #[schema(example = "smtp")]
    kind: String,
    /// The fields of its kind, secret ones too.
    #[schema(value_type = Object, example = json!({"host": "smtp.example.com", "user": "shop@example.com", "password": "…", "from": "Shop <shop@example.com>"}))]
    fields: Map<String, Value>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Connection {
    #[schema(value_type = String, example = "con_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: ConnectionId,
    /// Also the `ETag`.
    version: u32,
    name: String,
    kind: String,
    /// Those that are no secret.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
    /// Names of the secret fields that are set.
    secrets: Vec<String>,
    /// The last trial since it was changed.
    tested: Option<Trial>,
    used_by: Vec<User>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// What came of trying a connection.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectionTest)]
pub struct Trial {
    at: Timestamp,
    /// Null: there was nothing to try.
    works: Option<bool>,
    /// What was found, or what is wrong and what to do.
    message: String,
}

/// A flow that uses something.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FlowUser)]
pub struct User {
    #[schema(value_type = String)]
    id: FlowId,
    name: String,
}

impl From<(FlowId, String)> for User {
    fn from((id, name): (FlowId, String)) -> Self {
        Self { id, name }
    }
}

impl From<NewConnection> for connections::NewConnection {
    fn from(new: NewConnection) -> Self {
        Self {
            name: new.name,
            kind: new.kind,
            fields: new.fields,
        }
    }
}

impl From<connections::Connection> for Connection {
    fn from(connection: connections::Connection) -> Self {
        let users = connection.used_by.into_iter();
        Self {
            id: connection.id,
            version: connection.version,
            name: connection.name,
            kind: connection.kind,
            fields: connection.settings,
            secrets: connection.secrets,
            tested: connection.tried.map(Trial::from),
            used_by: users.map(User::from).collect(),
            created_at: connection.created_at,
            updated_at: connection.updated_at,
        }
    }
}

impl From<connections::Tried> for Trial {
    fn from(tried: connections::Tried) -> Self {
        Self {
            at: tried.at,
            works: tried.works,
            message: tried.message,
        }
    }
}
