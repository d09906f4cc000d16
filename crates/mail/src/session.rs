//! The client's half of an SMTP dialogue (RFC 5321) over an open stream: greet, sign in, hand letters over. It waits as long
//! as its caller lets it, reads no more than a reply may have, and keeps what was said, without passwords.

mod auth;
mod reply;

pub use auth::Login;
pub use reply::Reply;

use reply::Reader;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};

/// How much of the dialogue is kept, in bytes.
const KEPT: usize = 8 << 10;

#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The server said no to `what`.
    #[error("the mail server answered {reply} to {what}")]
    Refused { what: &'static str, reply: Reply },
    /// It cannot do what the connection asks for.
    #[error("{0}")]
    Unable(String),
    /// What it says is not SMTP, or has no end.
    #[error("{0}")]
    Nonsense(String),
    #[error("the connection to the mail server broke: {0}")]
    Broken(#[from] std::io::Error),
}

/// What became of a letter that was taken.
#[derive(Debug)]
pub struct Receipt {
    pub reply: Reply,
    /// Who does not get it, and why.
    pub refused: Vec<(String, Reply)>,
}

pub struct Session<S> {
    stream: S,
    reader: Reader,
    hello: String,
    /// What the server can do, a line each, in capitals.
    offers: Vec<String>,
    said: String,
    has_left: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Waits for the server's greeting, and greets as `hello`, a domain.
    pub async fn open(stream: S, hello: &str) -> Result<Self, (Trouble, String)> {
        let mut session = Self::new(stream, hello, String::new());
        let greeted = async {
            let reply = session.reply().await?;
            expect("our connection", reply, 220)?;
            session.greet().await
        };
        match greeted.await {
            Ok(()) => Ok(session),
            Err(trouble) => Err((trouble, session.said)),
        }
    }

    /// The stream to wrap in TLS, with what was said so far: hand both to `resume`.
    pub async fn start_tls(mut self) -> Result<(S, String), (Trouble, String)> {
        if !self.offers.iter().any(|offer| offer == "STARTTLS") {
            let why = "the mail server offers no STARTTLS: nothing was sent in the clear. Set the connection's security to \
                       `tls`, or to `plain` if the network may be trusted";
            return Err((Trouble::Unable(why.into()), self.said));
        }
        let agreed = async {
            let reply = self.command("STARTTLS").await?;
            expect("STARTTLS", reply, 220)?;
            // Whatever came before TLS is nobody's word.
            match self.reader.is_empty() {
                true => Ok(()),
                false => Err(Trouble::Nonsense(
                    "the mail server went on before TLS".into(),
                )),
            }
        };
        match agreed.await {
            Ok(()) => Ok((self.stream, self.said)),
            Err(trouble) => Err((trouble, self.said)),
        }
    }

    /// Goes on over TLS: everything heard before is forgotten.
    pub async fn resume(stream: S, hello: &str, said: String) -> Result<Self, (Trouble, String)> {
        let mut session = Self::new(stream, hello, said);
        match session.greet().await {
            Ok(()) => Ok(session),
            Err(trouble) => Err((trouble, session.said)),
        }
    }

    fn new(stream: S, hello: &str, said: String) -> Self {
        Self {
            stream,
            reader: Reader::default(),
            hello: hello.into(),
            offers: Vec::new(),
            said,
            has_left: false,
        }
    }

    async fn greet(&mut self) -> Result<(), Trouble> {
        let reply = self.command(&format!("EHLO {}", self.hello)).await?;
        let reply = expect("EHLO", reply, 250)?;
        let offers = reply.lines.iter().skip(1);
        self.offers = offers.map(|line| line.to_ascii_uppercase()).collect();
        Ok(())
    }

    /// Hands a letter over to everybody in `to`. Recipients that are refused for good are left out; one that is refused for
    /// now stops the letter, so that it can be tried again for all.
    pub async fn send(
        &mut self,
        from: &str,
        to: &[&str],
        letter: &[u8],
    ) -> Result<Receipt, Trouble> {
        self.has_left = false;
        self.check_size(letter.len())?;
        let reply = self.command(&format!("MAIL FROM:<{from}>")).await?;
        expect("the sender", reply, 250)?;
        let mut refused = Vec::new();
        for email in to {
            let reply = self.command(&format!("RCPT TO:<{email}>")).await?;
            match reply.code {
                250..=252 => {}
                500..=599 => refused.push(((*email).to_owned(), reply)),
                _ => {
                    return Err(Trouble::Refused {
                        what: "a recipient",
                        reply,
                    });
                }
            }
        }
        if refused.len() == to.len() {
            let reply = refused.swap_remove(0).1;
            return Err(Trouble::Refused {
                what: "every recipient",
                reply,
            });
        }
        let reply = self.command("DATA").await?;
        expect("DATA", reply, 354)?;
        self.stream.write_all(&stuffed(letter)).await?;
        self.stream.flush().await?;
        // With the lone dot the letter is the server's.
        self.note('>', &format!("(the mail, {} bytes)", letter.len()));
        self.has_left = true;
        self.stream.write_all(b".\r\n").await?;
        self.stream.flush().await?;
        let reply = self.reply().await?;
        self.has_left = false;
        let reply = expect("the mail", reply, 250)?;
        Ok(Receipt { reply, refused })
    }

    fn check_size(&self, size: usize) -> Result<(), Trouble> {
        let most = self
            .offers
            .iter()
            .find_map(|offer| offer.strip_prefix("SIZE "));
        match most.and_then(|most| most.trim().parse::<usize>().ok()) {
            Some(most) if most > 0 && size > most => Err(Trouble::Unable(format!(
                "the mail has {size} bytes; the mail server takes at most {most}"
            ))),
            _ => Ok(()),
        }
    }

    /// Makes sure that the server is still there, and ready for a letter.
    pub async fn reset(&mut self) -> Result<(), Trouble> {
        self.said.clear();
        let reply = self.command("RSET").await?;
        expect("RSET", reply, 250).map(drop)
    }

    pub async fn quit(&mut self) {
        let _ = self.command("QUIT").await;
    }

    /// A whole letter has gone out and nobody has said what became of it.
    pub fn has_left(&self) -> bool {
        self.has_left
    }

    /// The dialogue for people: `>` what we said, `<` what the server said.
    pub fn said(&self) -> &str {
        &self.said
    }

    pub fn stream(&self) -> &S {
        &self.stream
    }

    async fn command(&mut self, line: &str) -> Result<Reply, Trouble> {
        self.secretly(line, line).await
    }

    /// Sends a line and keeps another one.
    async fn secretly(&mut self, line: &str, kept: &str) -> Result<Reply, Trouble> {
        self.note('>', kept);
        self.stream
            .write_all(format!("{line}\r\n").as_bytes())
            .await?;
        self.stream.flush().await?;
        self.reply().await
    }

    async fn reply(&mut self) -> Result<Reply, Trouble> {
        let reply = self.reader.reply(&mut self.stream).await?;
        self.note('<', &reply.to_string());
        Ok(reply)
    }

    fn note(&mut self, who: char, line: &str) {
        if self.said.len() + line.len() < KEPT {
            self.said.extend([who, ' ']);
            self.said.push_str(line);
            self.said.push('\n');
        }
    }
}

fn expect(what: &'static str, reply: Reply, code: u16) -> Result<Reply, Trouble> {
    match reply.code == code {
        true => Ok(reply),
        false => Err(Trouble::Refused { what, reply }),
    }
}

/// Every line that begins with a dot gets another one; the last line ends.
fn stuffed(letter: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(letter.len() + 64);
    for line in letter.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests;
