//! `console.log` and its kin: lines for people, as many as are worth reading.

use crate::clock::Clock;
use rquickjs::function::Rest;
use rquickjs::{Coerced, Ctx, Function, Object, Result, Value};
use std::cell::RefCell;
use std::rc::Rc;

const MOST_LINES: usize = 100;
const LONGEST_LINE: usize = 2_000;
const NAMES: [&str; 5] = ["log", "info", "warn", "error", "debug"];

#[derive(Default, Clone)]
pub(crate) struct Log(Rc<RefCell<Lines>>);

#[derive(Default)]
struct Lines {
    kept: Vec<String>,
    left_out: u64,
}

impl Log {
    fn is_full(&self) -> bool {
        self.0.borrow().kept.len() >= MOST_LINES
    }

    fn leave_out(&self) {
        self.0.borrow_mut().left_out += 1;
    }

    fn add(&self, mut line: String) {
        // To show a value may run code, which logs as well.
        if self.is_full() {
            return self.leave_out();
        }
        if let Some((end, _)) = line.char_indices().nth(LONGEST_LINE) {
            line.truncate(end);
            line.push('…');
        }
        self.0.borrow_mut().kept.push(line);
    }

    /// What was logged.
    pub(crate) fn take(&self) -> Vec<String> {
        let mut lines = self.0.take();
        if lines.left_out > 0 {
            lines.kept.push(format!("… and {} more", lines.left_out));
        }
        lines.kept
    }
}

pub(crate) fn install<'js>(ctx: &Ctx<'js>, log: &Log, clock: &Rc<Clock>) -> Result<()> {
    let console = Object::new(ctx.clone())?;
    for name in NAMES {
        let (log, clock) = (log.clone(), clock.clone());
        let write = move |ctx: Ctx<'js>, values: Rest<Value<'js>>| {
            if log.is_full() {
                log.leave_out();
            } else {
                log.add(line(&ctx, &values, &clock));
            }
        };
        console.set(name, Function::new(ctx.clone(), write)?)?;
    }
    ctx.globals().set("console", console)
}

/// One value after the other is copied out of the engine, and none once the line is full: its limit of memory is not ours.
fn line<'js>(ctx: &Ctx<'js>, values: &[Value<'js>], clock: &Clock) -> String {
    let mut line = String::new();
    for (position, value) in values.iter().enumerate() {
        if line.len() > LONGEST_LINE * 4 || clock.is_late() {
            break;
        }
        if position > 0 {
            line.push(' ');
        }
        line.extend(text(ctx, value).chars().take(LONGEST_LINE + 1));
    }
    line
}

/// A value for people: a text as it is, an error by its message, all else as JSON where it has any.
pub(crate) fn text<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> String {
    let written = match value.as_object() {
        Some(error) if error.is_error() => error.get::<_, Coerced<String>>("message").map(|m| m.0),
        Some(object) if object.is_function() => Ok("(a function)".to_owned()),
        Some(_) => match ctx.json_stringify(value.clone()) {
            Ok(Some(json)) => json.to_string(),
            Ok(None) => Ok("undefined".to_owned()),
            Err(error) => Err(error),
        },
        None if value.is_symbol() => Ok("(a symbol)".to_owned()),
        None => value.get::<Coerced<String>>().map(|text| text.0),
    };
    written.unwrap_or_else(|_| {
        ctx.catch();
        format!("({} that cannot be shown)", value.type_name())
    })
}
