//! How a gateway is known.

use napi_derive::napi;

use crate::errors::guarded;

/// Who may post a webhook.
#[napi]
pub struct Authentication(wamux::Authentication);

#[napi]
impl Authentication {
    /// A shared secret in a header.
    #[napi(factory)]
    pub fn header(name: String, secret: String) -> napi::Result<Self> {
        guarded(|| wamux::Authentication::header(&name, secret).map(Self))
    }

    /// A shared secret as the last segment of the path.
    #[napi(factory)]
    pub fn path(secret: String) -> napi::Result<Self> {
        guarded(|| wamux::Authentication::path(secret).map(Self))
    }

    /// A user and a password.
    #[napi(factory)]
    pub fn basic(user: String, secret: String) -> napi::Result<Self> {
        guarded(|| wamux::Authentication::basic(&user, secret).map(Self))
    }

    /// The HMAC of the body in a header.
    #[napi(factory)]
    pub fn signature(header: String, secret: String) -> napi::Result<Self> {
        guarded(|| wamux::Authentication::signature(&header, secret).map(Self))
    }

    /// Everybody is believed.
    #[napi(factory)]
    pub fn none() -> Self {
        Self(wamux::Authentication::none())
    }
}

impl Authentication {
    pub(crate) fn inner(&self) -> &wamux::Authentication {
        &self.0
    }
}
