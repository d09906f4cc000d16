//! PostgreSQL's error codes, by what can be done about them.

use crate::Trouble;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

pub(super) fn read(error: Error) -> Trouble {
    if let Some(refused) = error.as_db_error() {
        return judge(refused);
    }
    if error.is_closed() {
        return Trouble::broken("the server has hung up");
    }
    let said = error.to_string();
    match error.into_source() {
        Some(source) if source.is::<std::io::Error>() => Trouble::Broken(source),
        Some(source) => Trouble::Nonsense(format!("{said}: {source}")),
        None => Trouble::Nonsense(said),
    }
}

/// While the line is opened, what is neither refused nor broken is about the way of signing in.
pub(super) fn at_the_door(error: Error) -> Trouble {
    match read(error) {
        Trouble::Nonsense(why) => Trouble::SignIn(why),
        other => other,
    }
}

fn judge(refused: &DbError) -> Trouble {
    let mut message = refused.message().to_owned();
    if let Some(detail) = refused.detail() {
        message = format!("{message}: {detail}");
    }
    let code = refused.code();
    let class = code.code().get(..2).unwrap_or_default();
    match class {
        "28" => Trouble::SignIn(message),
        "3D" => Trouble::NoDatabase(message),
        _ if *code == SqlState::QUERY_CANCELED => Trouble::Time(message),
        _ if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Trouble::refused(format!(
            "{message}: `sql.query` only reads, `sql.execute` takes any statement"
        )),
        // A conflict with somebody else, no room now, or a server that starts or ends.
        "40" | "53" | "55" | "57" => Trouble::Refused {
            message,
            again: true,
        },
        _ => Trouble::refused(message),
    }
}
