//! Recordings that came inside a message: laid down beside the copies before the message is taken, until the step that keeps it
//! makes a copy of it. What no step takes is removed a day later.

use super::drawer::{Drawer, refused, trouble};
use super::fetch::{self, Part};
use crate::World;
use crate::builtin::Call;
use crate::builtin::storage::Trouble;
use crate::failure::Code;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use kernel::run::Failure;
use std::fs::File;
use std::io::{Read, Write};

/// Letters at once; four are three bytes.
const LETTERS: usize = 64 << 10;
const PIECE: usize = 64 << 10;

impl World {
    /// Lays down what came as base64 under a name of its own.
    pub(crate) async fn lay_down(
        &self,
        name: &str,
        base64: Bytes,
        most: u64,
    ) -> Result<(), Failure> {
        let size = base64.len() as u64 / 4 * 3;
        if size > most {
            let why = format!(
                "the recording has about {size} bytes, and at most {most} are kept: allow more in the settings"
            );
            return Err(Code::OutputTooLarge.because(why).into());
        }
        let drawer = Drawer::new(self.recordings.as_deref())?;
        let name = name.to_owned();
        let writing = tokio::task::spawn_blocking(move || {
            drawer.remove_stale();
            let (file, path) = drawer.part(&name, 1)?;
            let laid = write(file, &base64).and_then(|()| drawer.lay_down(&path, &name));
            if laid.is_err() {
                let _ = std::fs::remove_file(&path);
            }
            laid
        });
        Ok(writing
            .await
            .map_err(|_| refused("the recording was not laid down", true))??)
    }

    /// Removes what was laid down; one that is not there is removed.
    pub(crate) async fn take_away(&self, name: &str) -> Result<(), Failure> {
        let Some(directory) = self.recordings.as_deref() else {
            return Ok(());
        };
        let (drawer, name) = (Drawer::new(Some(directory))?, name.to_owned());
        let removing = tokio::task::spawn_blocking(move || drawer.take_away(&name)).await;
        Ok(removing.map_err(|_| refused("the recording was not removed", true))??)
    }
}

fn write(mut file: File, base64: &[u8]) -> Result<(), Trouble> {
    let mut bytes = vec![0; LETTERS / 4 * 3];
    for letters in base64.chunks(LETTERS) {
        let size = STANDARD
            .decode_slice(letters, &mut bytes)
            .map_err(|_| refused("what came is no base64", false))?;
        file.write_all(&bytes[..size]).map_err(trouble)?;
    }
    file.sync_all().map_err(trouble)
}

/// A part made of what was laid down; `None`: nothing was.
pub(crate) async fn take_up(
    name: &str,
    most: u64,
    drawer: &Drawer,
    call: &Call<'_>,
) -> Result<Option<Part>, Failure> {
    let (drawer, name) = (drawer.clone(), name.to_owned());
    let (key, attempt) = (call.perform.key.clone(), call.perform.attempt);
    let making = tokio::task::spawn_blocking(move || {
        let Some(laid) = drawer.laid(&name)? else {
            return Ok(None);
        };
        let size = laid.metadata().map_err(trouble)?.len();
        if size > most {
            return Err(Box::new(fetch::too_large(most)));
        }
        let (file, path) = drawer.part(&key, attempt)?;
        fetch::write(file, path, pieces(laid)).map(Some)
    });
    let made = making.await;
    let made = made.map_err(|_| Failure::from(refused("the recording was not read", true)))?;
    made.map_err(|failure| *failure)
}

fn pieces(mut file: File) -> impl Iterator<Item = Result<Bytes, Box<Failure>>> {
    std::iter::from_fn(move || {
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece) {
            Ok(0) => None,
            Ok(size) => {
                piece.truncate(size);
                Some(Ok(piece.into()))
            }
            Err(error) => Some(Err(Box::new(trouble(error).into()))),
        }
    })
}
