//! The facts that every store must show. Each is an async function over any store; the adapters' tests call all of them.
