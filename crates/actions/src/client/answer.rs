//! Reads an answer's body whole, within a cap; what comes after the cap is never read.

use super::trouble::fault;
use crate::failure::{Code, Fault};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::time::{Instant, timeout_at};

pub(crate) const MAX_BODY: usize = 1 << 20;

/// What could be read, and why that is not all.
pub(crate) async fn read(
    mut body: Incoming,
    most: usize,
    deadline: Instant,
) -> (Bytes, Option<Fault>) {
    let too_large =
        || Some(Code::OutputTooLarge.because(format!("the answer has more than {most} bytes")));
    if body.size_hint().lower() > most as u64 {
        return (Bytes::new(), too_large());
    }
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let read = timeout_at(deadline, async {
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|error| fault(&error, true))?.into_data() else {
                continue;
            };
            if first.len() + rest.len() + data.len() > most {
                return Ok(too_large());
            }
            match first.is_empty() {
                true => first = data,
                false => rest.extend_from_slice(&data),
            }
        }
        Ok(None)
    })
    .await;
    let trouble = match read {
        Ok(Ok(trouble)) => trouble,
        Ok(Err(fault)) => Some(fault),
        Err(_) => Some(
            Code::TimeoutAfterSending.because("the answer was not complete within the time-out"),
        ),
    };
    match rest.is_empty() {
        true => (first, trouble),
        false => ([first, rest.freeze()].concat().into(), trouble),
    }
}
