//! Members on the wire, and what is wrong with one.

use crate::auth::member::Member;
use crate::auth::{Role, Standing};
use crate::errors::{Code, Error, Result};
use jiff::Timestamp;
use kernel::Problem;
use kernel::id::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMember {
    #[schema(max_length = 200, example = "Ada Lovelace")]
    pub name: String,
    #[schema(max_length = 254, example = "ada@example.com")]
    pub email: Option<String>,
    pub role: Role,
}

/// What may be changed of a member.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MemberPatch)]
pub struct Editable {
    #[schema(max_length = 200)]
    pub name: String,
    /// Null removes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 254)]
    pub email: Option<String>,
    pub role: Role,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub struct Shown {
    #[schema(value_type = String)]
    id: MemberId,
    name: String,
    #[schema(required = true)]
    email: Option<String>,
    role: Role,
    created_at: Timestamp,
    /// Null: they have not signed in yet.
    #[schema(required = true)]
    joined_at: Option<Timestamp>,
    /// To about five minutes.
    #[schema(required = true)]
    seen_at: Option<Timestamp>,
    /// Browsers that are signed in.
    sessions: usize,
    /// Until when a sign-in link can be used that was made for them and not yet used.
    #[schema(required = true)]
    link_expires_at: Option<Timestamp>,
}

impl Shown {
    pub fn new(member: Member, standing: &Standing) -> Self {
        Self {
            id: member.id,
            sessions: standing.sessions.get(&member.id).copied().unwrap_or(0),
            link_expires_at: standing.links.get(&member.id).copied(),
            created_at: member.created_at(),
            role: member.body.role,
            joined_at: member.body.joined_at,
            seen_at: member.body.seen_at,
            email: member.body.email,
            name: member.name,
        }
    }
}

/// A member with a sign-in link, for the only time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    #[serde(flatten)]
    pub member: Shown,
    /// Signs one browser in, once; hand it to nobody else.
    #[schema(example = "https://hooks.example/sign-in?token=…")]
    pub link: String,
}

/// Names all that is wrong.
pub fn check(name: &str, email: Option<&str>) -> Result<()> {
    let mut problems = Vec::new();
    let is_plain = |text: &str| !text.chars().any(char::is_control);
    if name.trim().is_empty() || name.len() > 200 || !is_plain(name) {
        let message = "must have 1 to 200 characters, none of them a control character";
        problems.push(Problem::new("/name", message));
    }
    if let Some(email) = email
        && (email.len() > 254 || !is_address(email))
    {
        let message = "is no e-mail address such as ada@example.com";
        problems.push(Problem::new("/email", message));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Error::invalid(Code::InvalidRequest, problems)),
    }
}

fn is_address(text: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| !c.is_whitespace() && !c.is_control() && c != '@')
    };
    text.split_once('@')
        .is_some_and(|(who, host)| is_plain(who) && is_plain(host))
}
