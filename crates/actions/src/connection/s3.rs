//! `s3`: a bucket of Amazon S3, or of anything that speaks as it does (MinIO, R2, Spaces, Ceph, …).

use super::ConnectionInput::{Choice, Secret, Text};
use super::{Connection, ConnectionField, ConnectionKind, Connector, field, needed};
use crate::builtin::{Call, storage};
use crate::failure::Fault;
use kernel::Problem;
use serde_json::{Map, Value};

pub(crate) struct S3;

pub(crate) const KIND: ConnectionKind = ConnectionKind {
    name: "s3",
    label: "Bucket (S3)",
    help: "Keeps files in a bucket of Amazon S3 or of a service that speaks S3.",
    fields: &[
        field(
            "endpoint",
            "Address",
            Text,
            "Such as https://fra1.digitaloceanspaces.com. Leave it out for Amazon.",
        ),
        ConnectionField {
            default: Some("us-east-1"),
            ..field(
                "region",
                "Region",
                Text,
                "Such as eu-central-1; many services other than Amazon want auto or us-east-1.",
            )
        },
        needed("bucket", "Bucket", Text, "Its name."),
        field(
            "prefix",
            "Folder",
            Text,
            "Stands before the name of every file, such as calls.",
        ),
        needed("access_key", "Access key", Text, "Its id, such as AKIA…."),
        needed(
            "secret_key",
            "Secret key",
            Secret,
            "It needs s3:PutObject, s3:ListBucket for Test, and for recordings s3:GetObject and s3:DeleteObject.",
        ),
        ConnectionField {
            default: Some("yes"),
            ..field(
                "path_style",
                "Bucket in the path",
                Choice(&[
                    ("yes", "https://address/bucket/file"),
                    ("no", "https://bucket.address/file"),
                ]),
                "How the bucket is named in requests.",
            )
        },
        field(
            "public_url",
            "Public address",
            Text,
            "Where files can be read on the web, if not at the bucket's own address.",
        ),
    ],
};

#[async_trait::async_trait]
impl Connector for S3 {
    fn kind(&self) -> &'static ConnectionKind {
        &KIND
    }

    fn check(&self, settings: &Map<String, Value>) -> Vec<Problem> {
        let mut problems = storage::check_bucket(settings);
        problems.extend(storage::check_folder(settings, "prefix"));
        problems.extend(storage::check_url(settings, "public_url"));
        problems
    }

    async fn try_out(
        &self,
        connection: &Connection,
        call: &Call<'_>,
    ) -> Result<Option<String>, Fault> {
        storage::try_bucket(connection, call).await.map(Some)
    }
}
