//! A server's reply: a code and its lines, read within bounds.

use super::Trouble;
use std::fmt;
use tokio::io::{AsyncRead, AsyncReadExt};

/// All lines of one reply together; servers send a few hundred bytes.
const MAX_REPLY: usize = 16 << 10;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    pub lines: Vec<String>,
}

impl Reply {
    /// Another attempt may help.
    pub fn is_for_now(&self) -> bool {
        (400..500).contains(&self.code)
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.lines.join(" / "))
    }
}

#[derive(Default)]
pub(super) struct Reader {
    buffer: Vec<u8>,
}

impl Reader {
    pub(super) fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    pub(super) async fn reply(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
    ) -> Result<Reply, Trouble> {
        let (mut lines, mut size) = (Vec::new(), 0);
        loop {
            let line = self.line(stream).await?;
            size += line.len();
            let code = line.get(..3).and_then(|code| code.parse().ok());
            let (Some(code @ 200..=599), true) = (code, size <= MAX_REPLY) else {
                let start: String = line.chars().filter(|c| !c.is_control()).take(80).collect();
                return Err(Trouble::Nonsense(format!(
                    "what answers is no mail server, it says `{start}`: check host, port and security of the connection"
                )));
            };
            let rest = &line[3..];
            lines.push(rest.get(1..).unwrap_or_default().trim_end().to_owned());
            if !rest.starts_with('-') {
                return Ok(Reply { code, lines });
            }
        }
    }

    async fn line(&mut self, stream: &mut (impl AsyncRead + Unpin)) -> Result<String, Trouble> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let rest = self.buffer.split_off(end + 1);
                let line = std::mem::replace(&mut self.buffer, rest);
                let text = String::from_utf8_lossy(&line);
                return Ok(text.chars().filter(|c| !c.is_control()).collect());
            }
            if self.buffer.len() > MAX_REPLY {
                let message = format!(
                    "the mail server sends more than {MAX_REPLY} bytes without a line break"
                );
                return Err(Trouble::Nonsense(message));
            }
            if stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(Trouble::Broken(std::io::ErrorKind::UnexpectedEof.into()));
            }
        }
    }
}
