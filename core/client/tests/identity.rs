//! Client certificates that cannot be used: what is wrong is said, and nothing of a key.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::path::{Path, PathBuf};

use support::authority::Authority;
use wamux::{HttpTransport, Kind, Options};

/// The words of the configuration error that the two options lead to.
fn refusal(certificate: Option<&Path>, key: Option<&Path>) -> String {
    let options = Options {
        client_certificate: certificate.map(PathBuf::from),
        client_key: key.map(PathBuf::from),
        ..Options::default()
    };
    let error = HttpTransport::new(&options).unwrap_err();
    assert_eq!(error.kind(), Kind::Configuration, "{error}");
    assert!(!error.retryable());
    format!("{error} {error:?}")
}

/// The lines of a key's text, none of which may be seen.
fn secrets(key: &str) -> impl Iterator<Item = &str> {
    key.lines().filter(|line| !line.starts_with("-----"))
}

#[test]
fn each_fault_is_told_apart() {
    let authority = Authority::new("ours");
    let identity = authority.certify_client();
    let key_text = identity.key.serialize_pem();
    let certificate = authority.file("client.pem", &identity.certificate.pem());
    let key = authority.file("client-key.pem", &key_text);
    let others = authority.file(
        "others-key.pem",
        &authority.certify_client().key.serialize_pem(),
    );
    let missing = authority.file("gone.pem", "").with_file_name("missing.pem");
    let empty = authority.file("empty.pem", "");
    // One line in place of many: a parser that quotes the wrong line would quote the key.
    let one_line = authority.file("one-line.pem", &key_text.replace('\n', ""));
    let torn = authority.file(
        "torn.pem",
        &key_text.replace("-----END PRIVATE KEY-----", ""),
    );
    let encrypted = authority.file(
        "encrypted.pem",
        &key_text.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
    );
    let older = authority.file(
        "older.pem",
        &key_text.replace("PRIVATE KEY", "EC PRIVATE KEY").replacen(
            "KEY-----\n",
            "KEY-----\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-256-CBC,00\r\n\r\n",
            1,
        ),
    );
    let no_key = authority.file(
        "no-key.pem",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    );
    let no_certificate = authority.file(
        "no-certificate.pem",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    let both = authority.file(
        "both.pem",
        &format!(
            "{}{}",
            identity.certificate.pem(),
            key_text.replace('M', "!")
        ),
    );
    for (certificate, key, words) in [
        (None, Some(&key), "client_key needs client_certificate"),
        (Some(&missing), None, "No such file"),
        (Some(&missing), Some(&key), "No such file"),
        (Some(&certificate), Some(&missing), "No such file"),
        (Some(&empty), Some(&key), "at least one certificate"),
        (Some(&key), Some(&key), "at least one certificate"),
        (Some(&one_line), Some(&key), "cannot be read as PEM"),
        (
            Some(&no_certificate),
            Some(&key),
            "certificate cannot be read",
        ),
        (Some(&both), None, "cannot be read as PEM"),
        (
            Some(&certificate),
            None,
            "it holds no private key, and client_key names no other",
        ),
        (Some(&certificate), Some(&certificate), "hold a private key"),
        (Some(&certificate), Some(&empty), "hold a private key"),
        (
            Some(&certificate),
            Some(&one_line),
            "key cannot be read as PEM",
        ),
        (Some(&certificate), Some(&torn), "key cannot be read as PEM"),
        (Some(&certificate), Some(&encrypted), "encrypted"),
        (Some(&certificate), Some(&older), "encrypted"),
        (Some(&certificate), Some(&no_key), "none that can be used"),
        (
            Some(&certificate),
            Some(&others),
            "not that of the first certificate",
        ),
    ] {
        let printed = refusal(certificate.map(PathBuf::as_path), key.map(PathBuf::as_path));
        assert!(printed.contains(words), "{words}: {printed}");
        assert!(
            printed.contains("client_certificate") || printed.contains("client_key"),
            "{printed}"
        );
        for secret in secrets(&key_text) {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

/// A key in the place of the authorities is not quoted either.
#[test]
fn a_key_in_the_bundle_is_not_shown() {
    let authority = Authority::new("ours");
    let key = authority.certify_client().key.serialize_pem();
    for text in [key.clone(), key.replace('\n', "")] {
        let options = Options {
            ca_bundle: Some(authority.file("bundle.pem", &text)),
            ..Options::default()
        };
        let error = HttpTransport::new(&options).unwrap_err();
        assert_eq!(error.kind(), Kind::Configuration);
        let printed = format!("{error} {error:?}");
        assert!(printed.contains("ca_bundle"), "{printed}");
        assert!(
            secrets(&key).all(|secret| !printed.contains(secret)),
            "{printed}"
        );
    }
}
