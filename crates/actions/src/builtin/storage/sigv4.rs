//! AWS Signature Version 4 for S3: how a request proves that its sender knows the secret key. Pure: the time comes in.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(super) struct Key<'k> {
    pub(super) id: &'k str,
    pub(super) secret: &'k str,
    pub(super) region: &'k str,
}

pub(super) struct Request<'r> {
    pub(super) method: &'r str,
    /// Encoded as it is sent.
    pub(super) path: &'r str,
    /// Encoded, sorted by name, without `?`.
    pub(super) query: &'r str,
    /// Names in small letters, sorted; `host`, `x-amz-date` and `x-amz-content-sha256` among them.
    pub(super) headers: &'r [(&'r str, &'r str)],
    /// The SHA-256 of the body in hexadecimal.
    pub(super) body: &'r str,
}

/// The value of the header `Authorization`; `at` is the time as `20130524T000000Z`.
pub(super) fn authorization(request: &Request<'_>, key: &Key<'_>, at: &str) -> String {
    let day = at.get(..8).unwrap_or(at);
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let signed = names.join(";");
    let mut canonical = format!("{}\n{}\n{}\n", request.method, request.path, request.query);
    for (name, value) in request.headers {
        canonical.push_str(name);
        canonical.push(':');
        canonical.push_str(value.trim());
        canonical.push('\n');
    }
    canonical.push_str(&format!("\n{signed}\n{}", request.body));
    let scope = format!("{day}/{}/s3/aws4_request", key.region);
    let text = format!(
        "AWS4-HMAC-SHA256\n{at}\n{scope}\n{}",
        hash(canonical.as_bytes())
    );
    let mut secret = Zeroizing::new(format!("AWS4{}", key.secret).into_bytes());
    for part in [day, key.region, "s3", "aws4_request"] {
        secret = Zeroizing::new(mac(&secret, part.as_bytes()));
    }
    let signature = hex::encode(mac(&secret, text.as_bytes()));
    let id = key.id;
    format!("AWS4-HMAC-SHA256 Credential={id}/{scope},SignedHeaders={signed},Signature={signature}")
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of AWS's page.
    #[test]
    fn the_published_examples_are_signed_as_published() {
        const AT: &str = "20130524T000000Z";
        const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        const HELLO: &str = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        let key = Key {
            id: "AKIAIOSFODNN7EXAMPLE",
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            region: "us-east-1",
        };
        let host = ("host", "examplebucket.s3.amazonaws.com");
        let date = ("x-amz-date", AT);
        let empty = ("x-amz-content-sha256", EMPTY);
        assert_eq!(hash(b"Welcome to Amazon S3."), HELLO);
        let hello = ("x-amz-content-sha256", HELLO);
        let put = [
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            host,
            hello,
            date,
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ];
        let get = [host, ("range", "bytes=0-9"), empty, date];
        let list = [host, empty, date];
        for (method, path, query, headers, body, signature) in [
            (
                "GET",
                "/test.txt",
                "",
                get.as_slice(),
                EMPTY,
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
            (
                "PUT",
                "/test%24file.text",
                "",
                put.as_slice(),
                HELLO,
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            ),
            (
                "GET",
                "/",
                "lifecycle=",
                list.as_slice(),
                EMPTY,
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
            ),
            (
                "GET",
                "/",
                "max-keys=2&prefix=J",
                list.as_slice(),
                EMPTY,
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            ),
        ] {
            let request = Request {
                method,
                path,
                query,
                headers,
                body,
            };
            let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
            assert_eq!(
                authorization(&request, &key, AT),
                format!(
                    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders={},Signature={signature}",
                    names.join(";")
                ),
            );
        }
    }
}
