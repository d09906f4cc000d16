//! Sharing a recipe with another workspace of the same server: whoever has the link may take a copy until it runs out. Only a
//! hash of what is in the link is kept, and a link leads to one recipe alone.

use super::{NewRecipe, Recipe, read};
use crate::Refusal;
use crate::engine::Inner;
use crate::flows::Author;
use kernel::id::{RecipeId, WorkspaceId};
use kernel::{Problem, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::catalog::Kind;

const PREFIX: &str = "share_";
/// Characters of an id without its prefix.
const ID: usize = 26;
/// Characters of the secret part.
const SECRET: usize = 64;

/// Inputs whose examples name things of the workspace that shares.
const NAMED: [&str; 4] = ["agents", "campaigns", "connection", "secret"];

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Share {
    hash: String,
    pub until: Timestamp,
}

/// A link that was made just now; what is in it is not known to anybody else.
#[derive(Debug, Clone)]
pub struct Shared {
    pub token: String,
    pub until: Timestamp,
}

impl Inner {
    /// Makes a link; the one before it leads nowhere from now on.
    pub(crate) async fn share_recipe(
        &self,
        workspace: WorkspaceId,
        which: &str,
        lasts: Duration,
    ) -> Result<Shared, Refusal> {
        let document = self.own_recipe(workspace, which).await?;
        let id = RecipeId::from_bytes(document.id).to_string();
        let digits = id.rsplit('_').next().unwrap_or_default();
        let secret = hex::encode([self.stamp.chance(), self.stamp.chance()].concat());
        let until = self.stamp.now() + lasts;
        let share = Share {
            hash: hash(&secret),
            until,
        };
        self.set_share(document, Some(share)).await?;
        let token = format!("{PREFIX}{digits}{secret}");
        Ok(Shared { token, until })
    }

    pub(crate) async fn unshare_recipe(
        &self,
        workspace: WorkspaceId,
        which: &str,
    ) -> Result<(), Refusal> {
        let document = self.own_recipe(workspace, which).await?;
        self.set_share(document, None).await.map(drop)
    }

    /// Takes a copy of the recipe that a link leads to, without what its workspace calls its own things.
    pub(crate) async fn import_shared(
        &self,
        workspace: WorkspaceId,
        link: &str,
        by: Option<Author>,
    ) -> Result<Recipe, Refusal> {
        let mut document = self.shared(link).await?.document;
        for input in document["inputs"].as_array_mut().into_iter().flatten() {
            let kind = input["type"].as_str().unwrap_or_default();
            if NAMED.contains(&kind)
                && let Some(members) = input.as_object_mut()
            {
                members.shift_remove("example");
            }
        }
        let new = NewRecipe {
            document,
            by,
            imported: true,
        };
        self.save_recipe(workspace, None, None, new).await
    }

    async fn shared(&self, link: &str) -> Result<super::Kept, Refusal> {
        let (id, secret) = parts(link).ok_or_else(|| {
            let message = "is no link to a recipe: it holds `share_` and 90 letters and digits";
            Refusal::Invalid(vec![Problem::new("/link", message)])
        })?;
        let document = self.store.get(Kind::Recipe, id.bytes()).await?;
        let kept = document.as_ref().map(read).transpose()?;
        let now = self.stamp.now();
        let open = |share: &Share| share.hash == hash(secret) && share.until > now;
        kept.filter(|kept| kept.share.as_ref().is_some_and(open))
            .ok_or(Refusal::NotFound(
                "recipe behind this link: it is of another server, has run out, or was taken back",
            ))
    }
}

fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The recipe and the secret in a link, or in its token alone.
fn parts(link: &str) -> Option<(RecipeId, &str)> {
    let token = &link[link.rfind(PREFIX)? + PREFIX.len()..];
    let plain =
        token.len() == ID + SECRET && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (digits, secret) = plain.then(|| token.split_at(ID))?;
    let id = format!("rcp_{digits}").parse().ok()?;
    Some((id, secret))
}
