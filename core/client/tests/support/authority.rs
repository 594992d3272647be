//! A private authority, what it certifies, and a server with such a certificate.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, date_time_ymd,
};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;
use wamux::Options;

use super::{ACCEPTED, LONG, answer, listener, options, read_request};

/// An authority that no system trusts. Its files are gone with it.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

/// A certificate and its key.
pub struct Identity {
    pub certificate: rcgen::Certificate,
    pub key: KeyPair,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self {
            issuer: CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A file with that text.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Options that trust this authority.
    pub fn trusted(&self) -> Options {
        Options {
            ca_bundle: Some(self.file("authority.pem", &self.issuer.pem())),
            ..options(LONG)
        }
    }

    /// The certificate of a host, valid from 2020 until that year.
    pub fn certify(&self, host: &str, until: i32) -> Identity {
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        self.issue(&params)
    }

    /// The certificate of a client.
    pub fn certify_client(&self) -> Identity {
        let mut params = CertificateParams::new([]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(&params)
    }

    fn issue(&self, params: &CertificateParams) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity { certificate, key }
    }

    fn roots(&self) -> Arc<RootCertStore> {
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.der().clone()).unwrap();
        Arc::new(roots)
    }
}

/// What a server speaks, and whom it lets in.
pub struct Terms<'a> {
    pub versions: &'static [&'static SupportedProtocolVersion],
    /// `h2` or `http/1.1`, where it chooses one.
    pub protocol: Option<&'static str>,
    /// Whose certificate a client must have.
    pub clients_of: Option<&'a Authority>,
}

impl Default for Terms<'_> {
    fn default() -> Self {
        Self {
            versions: rustls::ALL_VERSIONS,
            protocol: None,
            clients_of: None,
        }
    }
}

/// A server that accepts every message over HTTP/1.1; its address.
pub async fn server(identity: Identity, terms: Terms<'_>) -> String {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(terms.versions)
        .unwrap();
    let builder = match terms.clients_of {
        None => builder.with_no_client_auth(),
        Some(authority) => builder.with_client_cert_verifier(
            WebPkiClientVerifier::builder_with_provider(authority.roots(), provider)
                .build()
                .unwrap(),
        ),
    };
    let key = PrivateKeyDer::try_from(identity.key.serialize_der()).unwrap();
    let mut config = builder
        .with_single_cert(vec![identity.certificate.der().clone()], key)
        .unwrap();
    config.alpn_protocols = terms
        .protocol
        .into_iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, base_url) = listener("https").await;
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                match acceptor.accept(stream).into_fallible().await {
                    Ok(mut stream) => {
                        if read_request(&mut stream).await.is_some() {
                            stream.write_all(answer(ACCEPTED).as_bytes()).await.unwrap();
                        }
                    }
                    // A handshake that failed; the alert is on its way. What the client still says is read, as a reset
                    // connection would lose the alert.
                    Err((_, mut stream)) => {
                        let _ = stream.shutdown().await;
                        let _ = stream.read_to_end(&mut Vec::new()).await;
                    }
                }
            });
        }
    });
    base_url
}

/// Options with a client certificate and its key in files of their own.
pub fn with_identity(authority: &Authority, identity: &Identity, options: Options) -> Options {
    let certificate = authority.file("client.pem", &identity.certificate.pem());
    let key = authority.file("client-key.pem", &identity.key.serialize_pem());
    Options {
        client_certificate: Some(certificate),
        client_key: Some(key),
        ..options
    }
}
