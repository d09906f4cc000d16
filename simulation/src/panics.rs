//! A panic in a task of the engine would end that task silently: it is noted here, by thread, and makes its seed fail.

use std::cell::RefCell;
use std::sync::Once;

thread_local! {
    static TOLD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Begins to listen, with a clean slate.
pub fn forget() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            TOLD.with_borrow_mut(|told| _ = told.get_or_insert_with(|| format!("a panic: {info}")));
            before(info);
        }));
    });
    TOLD.with_borrow_mut(|told| *told = None);
}

pub fn told() -> Option<String> {
    TOLD.with_borrow_mut(Option::take)
}
