//! Calls beyond sending: what a gateway can be asked besides carrying a message.
//!
//! A call is one small type: its fields are the arguments, and it knows how to say itself on the wire and how to read
//! the answer. [`call_request`] and [`call_output`] are its two halves, as [`build`](crate::build) and
//! [`decode`](crate::decode) are those of sending; the transport between them is the caller's.
//!
//! Each gateway lists its calls in its [`Profile`](crate::gateway::Profile). From that list the command line, the other
//! languages and the documentation have theirs, by name.

mod answer;
mod arguments;
mod profile;
mod request;
mod schema;
mod upload;

pub use profile::{CallProfile, Transfer};
pub use request::CallRequest;
pub use schema::calls_schema;
pub use upload::{Reader, Source, Upload};

pub(crate) use answer::{
    acknowledged, done, lenient, lenient_id, lenient_ids, lenient_integer, lenient_list,
    lenient_moment, read_as,
};
pub(crate) use arguments::read as read_arguments;
pub(crate) use request::phone_digits;

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wamux_phone::Region;

use crate::error::Error;
use crate::gateway::{Answer, Gateway};
use crate::request::{Request, Response};
use crate::validate::CallRules;

/// A call beyond sending.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::MarkAsRead};
/// use wamux_engine::{Response, Settings, call_output, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let call = MarkAsRead { message_id: "ABGGFlA5FpafAgo6tHcNmNjXmuSf".into() };
/// let request = call_request(gateway.as_ref(), &call)?;
/// assert_eq!(request.method, "PUT");
/// assert!(request.url().ends_with("/v1/messages/ABGGFlA5FpafAgo6tHcNmNjXmuSf"));
/// assert_eq!(request.body.as_bytes(), br#"{"status":"read"}"#);
///
/// let answer = Response::new(200, b"{}".to_vec());
/// call_output::<MarkAsRead>(gateway.as_ref(), &answer)?;
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub trait Call:
    fmt::Debug + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
    /// The gateway's id.
    const GATEWAY: &'static str;
    /// The call's name, such as `mark_as_read`.
    const NAME: &'static str;
    /// What travels beside the arguments.
    const TRANSFER: Transfer = Transfer::Plain;
    /// How the MIME type of the file that it answers begins, such as `image/`, where only such files come.
    const FILE: Option<&'static str> = None;
    /// The rules of its body.
    const RULES: Option<&'static CallRules> = None;

    /// What it answers.
    type Output: Serialize + JsonSchema + Send + 'static;

    /// The call as the gateway wants it; what is wrong with the arguments is noted in it.
    fn request(&self, region: Option<Region>) -> CallRequest<'_>;

    /// Reads the answer: what it says, or the failure that it tells of. `None` where it is not shaped as the
    /// documentation says.
    fn decode(answer: &Answer<'_>) -> Option<Result<Self::Output, Error>>;

    /// Takes what is to be uploaded, where the arguments came as JSON.
    fn attach(&mut self, _source: Source) {}
}

/// A call that answers with a file, which is read as it comes.
pub trait DownloadCall: Call<Output = ()> {}

/// Makes the request of a call, and checks it before.
///
/// # Errors
///
/// `validation` where an argument breaks a rule; `unsupported` where the call is another gateway's.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::MarkAsRead};
/// use wamux_engine::{Settings, call_request};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let error = call_request(gateway.as_ref(), &MarkAsRead { message_id: String::new() }).unwrap_err();
/// assert_eq!(error.violations()[0].path, "message_id");
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn call_request<C: Call>(gateway: &dyn Gateway, call: &C) -> Result<Request, Error> {
    let id = gateway.profile().id;
    if C::GATEWAY != id {
        let words = format!("{id} has no call {}; {} has it", C::NAME, C::GATEWAY);
        return Err(Error::unsupported(words).with_gateway(id));
    }
    let request = call.request(gateway.region());
    request
        .finish(gateway, C::RULES)
        .map_err(|error| error.with_gateway(id))
}

/// Reads the answer to a call.
///
/// # Errors
///
/// What the gateway refuses, by the kind of its code; `protocol` for an answer that cannot be read. `delivery` says
/// whether the gateway may have done what the call asks for.
///
/// ```
/// use wamux_engine::gateway::{self, typed::tujenge::MarkAsRead};
/// use wamux_engine::{Delivery, Response, Settings, call_output};
///
/// let gateway = gateway::open("tujenge", &Settings::default().masked())?;
/// let answer = br#"{"errors":[{"code":1006,"title":"Resource not found"}]}"#;
/// let answer = Response::new(404, answer.to_vec());
/// let error = call_output::<MarkAsRead>(gateway.as_ref(), &answer).unwrap_err();
/// assert_eq!((error.code(), error.delivery()), (Some("1006"), Delivery::NotSent));
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn call_output<C: Call>(
    gateway: &dyn Gateway,
    response: &Response,
) -> Result<C::Output, Error> {
    answer::output(gateway, response, C::decode)
}

/// The error of an answer to a call that has no type, or `None` for a status from 200 to 299 without a failure in it.
///
/// ```
/// use wamux_engine::{Kind, Response, Settings, call_error, gateway};
///
/// let gateway = gateway::open("chat-api", &Settings::default().masked())?;
/// let answer = Response::new(200, br#"{"error":"Wrong token."}"#.to_vec());
/// let error = call_error(gateway.as_ref(), &answer).unwrap();
/// assert_eq!(error.kind(), Kind::Authentication);
/// assert!(call_error(gateway.as_ref(), &Response::new(200, b"PNG".to_vec())).is_none());
/// # Ok::<(), wamux_engine::Error>(())
/// ```
pub fn call_error(gateway: &dyn Gateway, response: &Response) -> Option<Error> {
    answer::error(gateway, response)
}
