//! Signing in to a mail server, by whichever of PLAIN and LOGIN it offers. What was said is kept without the credentials.

use super::{Session, Trouble, expect};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncRead, AsyncWrite};
use zeroize::Zeroizing;

pub struct Login<'a> {
    pub user: &'a str,
    pub password: &'a str,
}

const MASKED: &str = "‹masked›";

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    pub async fn sign_in(&mut self, login: Login<'_>) -> Result<(), Trouble> {
        let offered: Vec<String> = self
            .offers
            .iter()
            .filter_map(|offer| offer.strip_prefix("AUTH ").or(offer.strip_prefix("AUTH=")))
            .flat_map(|ways| ways.split_whitespace().map(str::to_owned))
            .collect();
        let offers = |way: &str| offered.iter().any(|offer| offer == way);
        let reply = if offers("PLAIN") {
            let token = encode(&format!("\0{}\0{}", login.user, login.password));
            let line = Zeroizing::new(format!("AUTH PLAIN {}", *token));
            self.secretly(&line, &format!("AUTH PLAIN {MASKED}"))
                .await?
        } else if offers("LOGIN") {
            let reply = self.command("AUTH LOGIN").await?;
            expect("AUTH LOGIN", reply, 334)?;
            let reply = self.secretly(&encode(login.user), MASKED).await?;
            expect("the user name", reply, 334)?;
            self.secretly(&encode(login.password), MASKED).await?
        } else {
            return Err(Trouble::Unable(format!(
                "the mail server offers no way to sign in with a password (it offers: {})",
                if offered.is_empty() {
                    "none".into()
                } else {
                    offered.join(", ")
                }
            )));
        };
        expect("the sign-in", reply, 235).map(drop)
    }
}

fn encode(text: &str) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(text))
}
