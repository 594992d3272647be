//! TLS by rustls with ring. The public roots are compiled in, so that no system certificates are
//! needed, in a bare container or on Android.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use wamux_engine::{Delivery, Error, Kind};

use crate::options::configuration;

/// A configuration that trusts the public roots and the certificates of `ca_bundle`.
pub(crate) fn configure(ca_bundle: Option<&Path>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    if let Some(path) = ca_bundle {
        add(&mut roots, path)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::new(Kind::Internal, Delivery::NotSent, error.to_string()))?;
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    // reqwest sets the protocols only where it builds the configuration itself.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn add(roots: &mut RootCertStore, path: &Path) -> Result<(), Error> {
    let refuse = |why: String| configuration(format!("ca_bundle, {}: {why}", path.display()));
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|error| refuse(error.to_string()))?;
    let before = roots.len();
    for certificate in certificates {
        let certificate = certificate.map_err(|error| refuse(error.to_string()))?;
        roots
            .add(certificate)
            .map_err(|error| refuse(error.to_string()))?;
    }
    if roots.len() == before {
        return Err(refuse(
            "it must be a PEM file and hold at least one certificate".to_owned(),
        ));
    }
    Ok(())
}
