//! TLS by rustls with ring. The public roots are compiled in, so that no system certificates are
//! needed, in a bare container or on Android.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{AlertDescription, ClientConfig, RootCertStore, SupportedProtocolVersion, version};
use wamux_engine::{Delivery, Error, Kind};

use crate::options::{Options, configuration};

/// A version of TLS.
///
/// ```
/// use wamux::{Options, TlsVersion};
///
/// let mut options = Options::default();
/// assert_eq!(options.minimum_tls_version, TlsVersion::Tls12);
/// options.set("minimum_tls_version", "1.3")?;
/// assert_eq!(options.minimum_tls_version, TlsVersion::Tls13);
/// # Ok::<(), wamux::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2.
    #[default]
    Tls12,
    /// TLS 1.3.
    Tls13,
}

impl TlsVersion {
    fn and_above(self) -> &'static [&'static SupportedProtocolVersion] {
        static TLS13_ALONE: [&SupportedProtocolVersion; 1] = [&version::TLS13];
        match self {
            Self::Tls12 => rustls::ALL_VERSIONS,
            Self::Tls13 => &TLS13_ALONE,
        }
    }
}

/// A configuration that trusts the public roots and those of `ca_bundle`, and shows the client certificate where a
/// server asks for one.
pub(crate) fn configure(options: &Options) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    if let Some(path) = &options.ca_bundle {
        let file = PemFile::read("ca_bundle", path)?;
        for certificate in file.certificates()? {
            roots
                .add(certificate)
                .map_err(|error| file.refuse(error.to_string()))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(options.minimum_tls_version.and_above())
        .map_err(|error| Error::new(Kind::Internal, Delivery::NotSent, error.to_string()))?
        .with_root_certificates(roots);
    let mut config = match (&options.client_certificate, &options.client_key) {
        (None, None) => builder.with_no_client_auth(),
        (None, Some(_)) => {
            let words = "client_key needs client_certificate, the file of its certificate";
            return Err(configuration(words));
        }
        (Some(path), key_path) => {
            let file = PemFile::read("client_certificate", path)?;
            let certificates = file.certificates()?;
            let key_file = match key_path {
                Some(path) => &PemFile::read("client_key", path)?,
                None => &file,
            };
            builder
                .with_client_auth_cert(certificates, key_file.key()?)
                .map_err(|error| match error {
                    rustls::Error::InconsistentKeys(_) => key_file.refuse(
                        "its private key is not that of the first certificate in client_certificate",
                    ),
                    rustls::Error::InvalidCertificate(_) => {
                        file.refuse("its first certificate cannot be read")
                    }
                    _ => key_file.refuse(
                        "its private key is none that can be used: RSA from 2048 bits, ECDSA on P-256, P-384 or \
                         P-521, or Ed25519",
                    ),
                })?
        }
    };
    // reqwest sets the protocols only where it builds the configuration itself.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// A PEM file that an option names. What the parser says of a fault in it is not passed on, since that can quote a key.
struct PemFile<'a> {
    option: &'static str,
    path: &'a Path,
    bytes: Vec<u8>,
}

impl<'a> PemFile<'a> {
    fn read(option: &'static str, path: &'a Path) -> Result<Self, Error> {
        let mut file = Self {
            option,
            path,
            bytes: Vec::new(),
        };
        file.bytes = fs::read(path).map_err(|error| file.refuse(error.to_string()))?;
        Ok(file)
    }

    /// All certificates, of which there must be one.
    fn certificates(&self) -> Result<Vec<CertificateDer<'static>>, Error> {
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&self.bytes).collect();
        let certificates = certificates.map_err(|_| self.refuse("it cannot be read as PEM"))?;
        if certificates.is_empty() {
            return Err(self.refuse("it must be a PEM file and hold at least one certificate"));
        }
        Ok(certificates)
    }

    fn key(&self) -> Result<PrivateKeyDer<'static>, Error> {
        // The two ways in which OpenSSL has written encrypted keys.
        let marks: [&[u8]; 2] = [
            b"-----BEGIN ENCRYPTED PRIVATE KEY-----",
            b"Proc-Type: 4,ENCRYPTED",
        ];
        let lines = self.bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
        if lines.into_iter().any(|line| marks.contains(&line)) {
            return Err(self.refuse(
                "its private key is encrypted and must not be: `openssl pkey` writes it without a passphrase",
            ));
        }
        PrivateKeyDer::from_pem_slice(&self.bytes).map_err(|error| match error {
            pem::Error::NoItemsFound if self.option == "client_key" => {
                self.refuse("it must be a PEM file and hold a private key")
            }
            pem::Error::NoItemsFound => {
                self.refuse("it holds no private key, and client_key names no other file")
            }
            _ => self.refuse("its private key cannot be read as PEM"),
        })
    }

    fn refuse(&self, why: impl AsRef<str>) -> Error {
        let (option, path, why) = (self.option, self.path.display(), why.as_ref());
        configuration(format!("{option}, {path}: {why}"))
    }
}

/// Whether these are the words of an alert by which a server ends the handshake because of the client, most often of its
/// certificate or since it has none. From TLS 1.3 on it comes after the client may have begun to send; the server reads none
/// of that, since its part of the handshake has failed.
pub(crate) fn refuses_client(words: &str) -> bool {
    CLIENT_REFUSALS
        .iter()
        .any(|alert| rustls::Error::AlertReceived(*alert).to_string() == words)
}

/// Source: RFC 8446, 6.2, "Error Alerts".
const CLIENT_REFUSALS: [AlertDescription; 10] = [
    AlertDescription::HandshakeFailure,
    AlertDescription::BadCertificate,
    AlertDescription::UnsupportedCertificate,
    AlertDescription::CertificateRevoked,
    AlertDescription::CertificateExpired,
    AlertDescription::CertificateUnknown,
    AlertDescription::UnknownCA,
    AlertDescription::AccessDenied,
    AlertDescription::DecryptError,
    AlertDescription::CertificateRequired,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_alerts_of_the_handshake_say_that_nothing_was_read() {
        assert!(refuses_client("received fatal alert: CertificateRequired"));
        assert!(refuses_client("received fatal alert: UnknownCA"));
        for words in [
            "received fatal alert: InternalError",
            "received fatal alert: CloseNotify",
            "connection reset by peer",
            "",
        ] {
            assert!(!refuses_client(words), "{words}");
        }
    }
}
