//! Connections that are lent: for reads, and for the rare writes that no batch carries. Each is opened when it is first needed, lent to
//! one borrower at a time, and opened anew after it broke.

use crate::connection::{Connector, Link, Purpose};
use crate::failure::Failure;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

#[derive(Clone)]
pub struct Readers(Arc<Inner>);

struct Inner {
    connector: Arc<Connector>,
    purpose: Purpose,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Link>>,
}

/// A connection on loan; it goes back when this is dropped, if it can be used again.
pub struct Lent {
    link: Option<Link>,
    owner: Arc<Inner>,
    _place: OwnedSemaphorePermit,
}

impl Readers {
    pub fn new(connector: Arc<Connector>, purpose: Purpose, most: usize) -> Self {
        Self(Arc::new(Inner {
            connector,
            purpose,
            places: Arc::new(Semaphore::new(most)),
            idle: Mutex::default(),
        }))
    }

    /// Waits for a free place no longer than a statement may take.
    pub async fn lend(&self) -> Result<Lent, Failure> {
        let inner = &self.0;
        let place = tokio::time::timeout(
            inner.purpose.deadline(),
            inner.places.clone().acquire_owned(),
        )
        .await
        .map_err(|_| Failure::Away("all connections are busy".into()))?
        .map_err(|_| Failure::Away("the store is closed".into()))?;
        let link = match inner.take_idle() {
            Some(link) => link,
            None => inner.connector.link(inner.purpose).await?,
        };
        Ok(Lent {
            link: Some(link),
            owner: inner.clone(),
            _place: place,
        })
    }

    pub fn close(&self) {
        self.0.places.close();
        self.0.idle().clear();
    }
}

impl Inner {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Link>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_idle(&self) -> Option<Link> {
        let mut idle = self.idle();
        while let Some(link) = idle.pop() {
            if link.is_usable() {
                return Some(link);
            }
        }
        None
    }
}

impl Deref for Lent {
    type Target = Link;

    fn deref(&self) -> &Link {
        self.link.as_ref().expect("it is taken by drop only")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(link) = self.link.take().filter(Link::is_usable)
            && !self.owner.places.is_closed()
        {
            self.owner.idle().push(link);
        }
    }
}
