//! Copies of recordings in a bucket: written from a file without being whole in memory, read in parts, removed.

use super::bucket::Bucket;
use super::connect::folder_of;
use super::name::Name;
use super::{Call, Trouble};
use crate::client::{Pieces, accept};
use crate::connection::Connection;
use crate::failure::{Code, Fault};
use crate::recordings::{Opened, Part, Place};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use kernel::run::{Failure, Retriable};
use std::fs::File;
use std::ops::Range;
use tokio::sync::mpsc::Sender;

/// Where it lies then.
pub(crate) async fn write_to_bucket(
    connection: &Connection,
    path: &str,
    part: &Part,
    call: &Call<'_>,
) -> Result<Place, Failure> {
    let bucket = Bucket::of(connection)?;
    let name = named(path)?.below(folder_of(connection, "prefix")?.as_ref());
    let opened = File::open(&part.path).map_err(|error| Trouble {
        message: error.to_string(),
        passes: true,
    })?;
    let content = Pieces::of_file(opened, part.size);
    let draft = bucket.put_file(&name, content, part, call)?;
    let sent = call.http.send(draft, call).await.result;
    sent.map_err(|failure| bucket.explained(failure))?;
    Ok(Place {
        connection: Some(connection.id.clone()),
        bucket: Some(bucket.url(None)),
        path: name.as_str().to_owned(),
    })
}

pub(crate) async fn read_from_bucket(
    connection: &Connection,
    place: &Place,
    range: Range<u64>,
    call: &Call<'_>,
) -> Result<Opened, Failure> {
    let bucket = bucket_of(connection, place)?;
    let draft = bucket.get(&named(&place.path)?, &range, call)?;
    let (answer, _) = call.recordings.begin(draft, call).await;
    let (head, body) = answer?;
    accept(&head).map_err(|failure| *failure)?;
    let length = range.end.saturating_sub(range.start);
    let (sender, content) = Pieces::sent(length);
    tokio::spawn(pass_on(body, sender));
    Ok(Opened { content })
}

async fn pass_on(mut body: Incoming, sender: Sender<std::io::Result<bytes::Bytes>>) {
    while let Some(frame) = body.frame().await {
        let piece = match frame.map(|frame| frame.into_data()) {
            Ok(Ok(piece)) => Ok(piece),
            Ok(Err(_)) => continue,
            Err(error) => Err(std::io::Error::other(error)),
        };
        let is_last = piece.is_err();
        if sender.send(piece).await.is_err() || is_last {
            return;
        }
    }
}

/// One that is not there is removed.
pub(crate) async fn remove_from_bucket(
    connection: &Connection,
    place: &Place,
    call: &Call<'_>,
) -> Result<(), Failure> {
    let bucket = bucket_of(connection, place)?;
    let draft = bucket.delete(&named(&place.path)?, call)?;
    match call.http.send(draft, call).await.result {
        Ok(_) => Ok(()),
        Err(failure) if failure.status == Some(404) => {
            let failure = bucket.explained(failure);
            let is_gone = failure.message.contains("NoSuchKey");
            if is_gone { Ok(()) } else { Err(failure) }
        }
        Err(failure) => Err(Failure {
            retry: Retriable::Yes,
            ..bucket.explained(failure)
        }),
    }
}

/// A copy that is not in another bucket is not gone.
fn bucket_of<'c>(connection: &'c Connection, place: &Place) -> Result<Bucket<'c>, Fault> {
    let bucket = Bucket::of(connection)?;
    let now = bucket.url(None);
    match &place.bucket {
        Some(then) if *then != now => {
            let why = format!(
                "the copy is in {then}, and the connection leads to {now} now: give it back that bucket, or move the copies and delete the connection"
            );
            Err(Code::StorageRefused.because(why))
        }
        _ => Ok(bucket),
    }
}

fn named(path: &str) -> Result<Name, Fault> {
    Name::parse(path).map_err(|why| Code::StorageRefused.because(why))
}
