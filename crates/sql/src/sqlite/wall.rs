//! What a statement in a file may not do, and how large its parts may be. The file itself may be hostile: its schema is not
//! trusted either.

use rusqlite::Connection;
use rusqlite::config::DbConfig::{
    SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER,
    SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_WRITABLE_SCHEMA,
};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;

/// Of one value, and of one statement, in bytes.
const MAX_VALUE: i32 = 8 << 20;
const MAX_STATEMENT: i32 = 1 << 20;

pub(super) fn raise(file: &Connection) -> rusqlite::Result<()> {
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, MAX_STATEMENT),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 200),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 20),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        file.set_limit(limit, most)?;
    }
    for (setting, on) in [
        (SQLITE_DBCONFIG_DEFENSIVE, true),
        (SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
        (SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
    ] {
        file.set_db_config(setting, on)?;
    }
    // Memory is bounded; what is larger goes to temporary files until the time is over.
    file.execute_batch(
        "pragma mmap_size = 0; pragma cell_size_check = on; pragma cache_size = -8000",
    )
}

/// Asked while the statement is prepared, about everything that it would do.
pub(super) fn judge(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Attach { .. }
        | AuthAction::Detach { .. }
        | AuthAction::Pragma { .. }
        | AuthAction::Transaction { .. }
        | AuthAction::Savepoint { .. }
        | AuthAction::CreateVtable { .. }
        | AuthAction::DropVtable { .. }
        | AuthAction::Unknown { .. } => Authorization::Deny,
        AuthAction::Function { function_name }
            if [
                "load_extension",
                "fts3_tokenizer",
                "readfile",
                "writefile",
                "edit",
            ]
            .iter()
            .any(|name| function_name.eq_ignore_ascii_case(name)) =>
        {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }
}
