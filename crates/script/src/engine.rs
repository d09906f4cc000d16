//! One run of code: an engine of its own, limits on it, the user's source as the body of a function, and what comes of it.

use crate::clock::Clock;
use crate::console::Log;
use crate::place::{FILE, mistake, wrapped};
use crate::{Answer, LONGEST_SOURCE, MEMORY, Mistake, STACK, Stopped, Why, answer, console};
use rquickjs::module::Declared;
use rquickjs::promise::{Promise, PromiseState};
use rquickjs::{Coerced, Context, Ctx, Error, Function, Module, Object, Runtime};
use serde_json::Value;
use std::rc::Rc;
use std::time::Duration;

/// Compiling is quick: this only bounds a source made to be slow.
const COMPILING: Duration = Duration::from_secs(1);
const OUT_OF_MEMORY: &str = "out of memory";

/// Why a run ended without an answer, as the engine has it.
pub(crate) enum Fault {
    /// What was thrown waits in the context.
    Thrown(Error),
    Known(Why),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Thrown(error)
    }
}

impl From<Why> for Fault {
    fn from(why: Why) -> Self {
        Self::Known(why)
    }
}

/// What is wrong with a source; nothing of it is run.
pub fn check(source: &str) -> Result<(), Why> {
    measure(source)?;
    inside(source, COMPILING, |ctx, _| {
        compiled(ctx, source)?;
        Ok(())
    })
}

/// Runs a source as the body of a function of `inputs`. `limit` counts the time of computing; on a node that is very busy
/// the run may last three times as long.
pub fn run(source: &str, inputs: &Value, limit: Duration) -> Result<Answer, Stopped> {
    let log = Log::default();
    let ended = measure(source).and_then(|()| {
        inside(source, limit, |ctx, clock| {
            perform(ctx, source, inputs, clock, &log)
        })
    });
    let log = log.take();
    match ended {
        Ok(value) => Ok(Answer { value, log }),
        Err(why) => Err(Stopped { why, log }),
    }
}

fn measure(source: &str) -> Result<(), Why> {
    let message = match source.len() {
        ..=LONGEST_SOURCE if source.contains('\0') => "the code holds a NUL character".to_owned(),
        ..=LONGEST_SOURCE => return Ok(()),
        size => format!("the code has {size} bytes; at most {LONGEST_SOURCE} are run"),
    };
    Err(Why::Wrong(Mistake { message, at: None }))
}

fn inside<T>(
    source: &str,
    limit: Duration,
    work: impl FnOnce(&Ctx<'_>, &Rc<Clock>) -> Result<T, Fault>,
) -> Result<T, Why> {
    let broken = |error: Error| Why::Engine(error.to_string());
    let runtime = Runtime::new().map_err(broken)?;
    runtime.set_memory_limit(MEMORY);
    runtime.set_max_stack_size(STACK);
    let clock = Rc::new(Clock::start(limit));
    let watch = clock.clone();
    runtime.set_interrupt_handler(Some(Box::new(move || watch.is_late())));
    let context = Context::full(&runtime).map_err(broken)?;
    context.with(|ctx| {
        let done = work(&ctx, &clock);
        done.map_err(|fault| explained(&ctx, fault, source, &clock, limit))
    })
}

fn compiled<'js>(ctx: &Ctx<'js>, source: &str) -> Result<Module<'js, Declared>, Error> {
    Module::declare(ctx.clone(), FILE, wrapped(source))
}

fn perform(
    ctx: &Ctx<'_>,
    source: &str,
    inputs: &Value,
    clock: &Rc<Clock>,
    log: &Log,
) -> Result<Value, Fault> {
    console::install(ctx, log, clock)?;
    let inputs = ctx.json_parse(inputs.to_string())?;
    let (module, loaded) = compiled(ctx, source)?.eval()?;
    settled::<rquickjs::Value<'_>>(ctx, &loaded, clock)?;
    let function: Function<'_> = module.get("default").map_err(|_| {
        let message = "the code closes a brace that it does not open".into();
        Fault::Known(Why::Wrong(Mistake { message, at: None }))
    })?;
    let returned: Promise<'_> = function.call((inputs,))?;
    let value = settled(ctx, &returned, clock)?;
    answer::of(ctx, value)
}

/// Does what waits to be done until a promise is settled. The clock is asked in between: code may catch being interrupted.
fn settled<'js, T: rquickjs::FromJs<'js>>(
    ctx: &Ctx<'js>,
    promise: &Promise<'js>,
    clock: &Clock,
) -> Result<T, Fault> {
    loop {
        if clock.is_late() {
            return Err(Fault::Thrown(Error::Exception));
        }
        if promise.state() != PromiseState::Pending {
            break;
        }
        if !ctx.execute_pending_job() {
            let message =
                "what the code waits for never comes: there are no timers, files or network here";
            return Err(Fault::Known(Why::Wrong(Mistake {
                message: message.into(),
                at: None,
            })));
        }
    }
    match promise.result() {
        Some(result) => Ok(result?),
        None => Err(Fault::Known(Why::Engine("a promise is lost".into()))),
    }
}

fn explained(ctx: &Ctx<'_>, fault: Fault, source: &str, clock: &Clock, limit: Duration) -> Why {
    let error = match fault {
        Fault::Known(why) => return why,
        Fault::Thrown(error) => error,
    };
    let thrown = match error {
        _ if clock.was_late() => {
            ctx.catch();
            return Why::Time(limit);
        }
        Error::Exception => ctx.catch(),
        Error::Allocation => return Why::Memory,
        other => return Why::Engine(other.to_string()),
    };
    let why = match thrown.as_object() {
        Some(object) if object.is_error() => of_error(object, source),
        // Without memory for an error, the engine throws nothing.
        _ if thrown.is_null() => Why::Memory,
        _ => {
            let message = format!("the code threw {}", console::text(ctx, &thrown));
            Why::Wrong(mistake(&message, "", source))
        }
    };
    // To read an error may run code, too.
    if clock.was_late() {
        Why::Time(limit)
    } else {
        why
    }
}

fn of_error(error: &Object<'_>, source: &str) -> Why {
    let part = |name: &str| {
        let part = error.get::<_, Option<Coerced<String>>>(name);
        part.ok().flatten().map(|part| part.0).unwrap_or_default()
    };
    let (name, message) = (part("name"), part("message"));
    if name == "InternalError" && message == OUT_OF_MEMORY {
        return Why::Memory;
    }
    let hint = match message.as_str() {
        "Maximum call stack size exceeded" => ": a function calls itself too deep",
        _ => "",
    };
    Why::Wrong(mistake(
        &format!("{name}: {message}{hint}"),
        &part("stack"),
        source,
    ))
}
