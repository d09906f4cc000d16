//! FreeSWITCH's event socket: `auth`, a subscription, then blocks of headers with a JSON body of the length that they tell
//! (mod_event_socket in github `signalwire/freeswitch-docs`). Nothing is asked of the switch but its events.

use super::LONGEST;
use bytes::Bytes;
use std::io::ErrorKind;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use url::Url;

/// HEARTBEAT comes every twenty seconds.
const SUBSCRIBE: &[u8] =
    b"event json CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE \
CHANNEL_HANGUP_COMPLETE RECORD_STOP DTMF HEARTBEAT\n\n";
const LONGEST_LINE: u64 = 16 << 10;
const MOST_LINES: usize = 64;

pub(super) struct EventSocket<S = crate::client::Socket> {
    stream: BufReader<S>,
}

#[derive(Debug, Default, PartialEq)]
struct Block {
    kind: String,
    reply: String,
    body: Bytes,
}

impl<S: AsyncRead + AsyncWrite + Unpin> EventSocket<S> {
    pub(super) async fn sign_in(stream: S, line: &Url) -> Result<Self, String> {
        let mut feed = Self {
            stream: BufReader::new(stream),
        };
        match feed.block().await?.kind.as_str() {
            "auth/request" => {}
            "text/rude-rejection" => {
                return Err("the switch refuses this address: add it to the access list that `apply-inbound-acl` of the event socket names".into());
            }
            _ => return Err("the other side is no event socket of FreeSWITCH".into()),
        }
        let (_, password) = super::user(line);
        feed.ask(format!("auth {password}\n\n").as_bytes())
            .await
            .map_err(|why| format!("the switch does not take the password: {why}"))?;
        feed.ask(SUBSCRIBE)
            .await
            .map_err(|why| format!("the switch does not tell its events: {why}"))?;
        Ok(feed)
    }

    pub(super) async fn next(&mut self) -> Result<Bytes, String> {
        loop {
            let block = self.block().await?;
            match block.kind.as_str() {
                "text/event-json" => return Ok(block.body),
                "text/disconnect-notice" => {
                    return Err("the switch has ended the connection".into());
                }
                _ => {}
            }
        }
    }

    async fn ask(&mut self, command: &[u8]) -> Result<(), String> {
        let written = self.stream.write_all(command).await;
        written.map_err(|error| format!("the connection broke: {error}"))?;
        let flushed = self.stream.flush().await;
        flushed.map_err(|error| format!("the connection broke: {error}"))?;
        loop {
            let block = self.block().await?;
            if block.kind == "command/reply" {
                return match block.reply.strip_prefix("-ERR") {
                    Some(why) => Err(why.trim().to_owned()),
                    None => Ok(()),
                };
            }
        }
    }

    async fn block(&mut self) -> Result<Block, String> {
        let mut block = Block::default();
        let mut length = 0;
        for _ in 0..MOST_LINES {
            let line = self.line().await?;
            if line.is_empty() {
                // Between two blocks there may be more than one line end.
                if block.kind.is_empty() {
                    continue;
                }
                block.body = self.body(length).await?;
                return Ok(block);
            }
            let Some((name, value)) = line.split_once(':') else {
                return Err(format!(
                    "`{}` is no header of an event socket",
                    shown(&line)
                ));
            };
            match name.to_ascii_lowercase().as_str() {
                "content-type" => value.trim().clone_into(&mut block.kind),
                "reply-text" => value.trim().clone_into(&mut block.reply),
                "content-length" => {
                    length = value.trim().parse().map_err(|_| {
                        format!("`{}` is no length of a message", shown(value.trim()))
                    })?;
                }
                _ => {}
            }
        }
        Err(format!("a message has more than {MOST_LINES} headers"))
    }

    async fn line(&mut self) -> Result<String, String> {
        let mut line = Vec::new();
        let read = (&mut self.stream)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .await;
        match read {
            Err(error) => Err(format!("the connection broke: {error}")),
            Ok(_) if line.last() != Some(&b'\n') => match line.len() as u64 == LONGEST_LINE {
                true => Err(format!("a header has more than {LONGEST_LINE} bytes")),
                false => Err("the switch has closed the connection".into()),
            },
            Ok(_) => Ok(String::from_utf8_lossy(&line).trim_end().to_owned()),
        }
    }

    async fn body(&mut self, length: usize) -> Result<Bytes, String> {
        if length > LONGEST {
            return Err(format!("a message has {length} bytes; {LONGEST} are read"));
        }
        let mut body = vec![0; length];
        match self.stream.read_exact(&mut body).await {
            Ok(_) => Ok(body.into()),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                Err("the switch has closed the connection".into())
            }
            Err(error) => Err(format!("the connection broke: {error}")),
        }
    }
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests;
