//! Pages.

pub fn operations() -> &'static str {
    ""
}
pub fn errors() -> &'static str {
    ""
}
pub fn used_link() -> axum::response::Html<&'static str> {
    axum::response::Html("")
}
