//! The only way to a query: its file below `queries/`, without the suffix.

macro_rules! sql {
    ($($name:tt)+) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/queries/", $($name)+, ".sql"))
    };
}
pub(crate) use sql;
