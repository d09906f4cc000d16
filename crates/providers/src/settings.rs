//! What an endpoint of a platform is configured with: the fields of `auth`, for the screens and the API.

/// A field of `auth`, a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub title: &'static str,
    /// Where the value is found, or what it is for.
    pub help: &'static str,
    /// Never shown again, and typed as a password is.
    pub secret: bool,
    /// Without it nothing can be checked.
    pub required: bool,
}

pub const fn secret(title: &'static str, help: &'static str) -> Field {
    Field {
        name: "secret",
        title,
        help,
        secret: true,
        required: true,
    }
}

pub const fn optional(name: &'static str, title: &'static str, help: &'static str) -> Field {
    Field {
        name,
        title,
        help,
        secret: false,
        required: false,
    }
}

/// For platforms that do not sign: a token of one's own, sent as it is.
pub const TOKEN: &[Field] = &[
    Field {
        required: false,
        ..secret(
            "Token",
            "Sent by the platform as bearer token, as password of basic authentication, or in the header below.",
        )
    },
    OWN_HEADER,
    optional(
        "username",
        "User name",
        "Of basic authentication; without one only the password is compared.",
    ),
];

pub const OWN_HEADER: Field = optional(
    "header",
    "Header",
    "Name of the header that carries the token; x-api-key where none is given.",
);
