//! Error codes of MySQL and MariaDB, by what can be done about them.

use super::wire::Packet;
use crate::Trouble;

/// What follows the first byte of an error.
pub(super) fn read(mut packet: Packet<'_>) -> Trouble {
    let Ok(code) = packet.number(2) else {
        return super::wire::nonsense();
    };
    let said = String::from_utf8_lossy(packet.0);
    let message = match said.strip_prefix('#') {
        Some(rest) => rest.get(5..).unwrap_or(rest).to_owned(),
        None => said.into_owned(),
    };
    match code {
        // Who may come in: user, host, the way of signing in, a password that has expired.
        1045 | 1129 | 1130 | 1251 | 1698 | 1820 | 1862 => Trouble::SignIn(message),
        1044 | 1049 => Trouble::NoDatabase(message),
        1317 | 1907 | 1969 | 3024 => Trouble::Time(message),
        1792 => Trouble::refused(format!(
            "{message}: `sql.query` only reads, `sql.execute` takes any statement"
        )),
        1295 => Trouble::refused(format!("{message}: such a statement cannot be a step")),
        // No room now, a conflict with somebody else, a server that ends, a node that only reads for now.
        1040 | 1041 | 1053 | 1079 | 1203 | 1205 | 1213 | 1226 | 1290 | 1927 | 3168 => {
            Trouble::Refused {
                message,
                again: true,
            }
        }
        _ => Trouble::refused(message),
    }
}
