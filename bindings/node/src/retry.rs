//! What is called before each retry, on the thread of JavaScript.

use napi::Status;
use napi::bindgen_prelude::{FnArgs, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use wamux::OnRetry;

use crate::errors::{Exception, json};

/// What `retry` is called with: the error in JSON, and the seconds of the wait.
type Arguments = FnArgs<(String, f64)>;

/// A function that takes the error in JSON and the seconds of the wait. It throws nothing.
pub type RetryHook<'f> = Function<'f, Arguments, ()>;

/// Does not keep the process alive.
type Weak = ThreadsafeFunction<Arguments, (), Arguments, Status, false, true>;

/// The hook that calls the function. It waits for nothing: the retry goes its way.
pub(crate) fn hook(function: Option<RetryHook<'_>>) -> napi::Result<Option<OnRetry>> {
    let Some(function) = function else {
        return Ok(None);
    };
    let function: Weak = function
        .build_threadsafe_function()
        .weak::<true>()
        .build()?;
    Ok(Some(OnRetry::new(move |retry| {
        if let Ok(error) = json(&Exception::from(retry.error.clone())) {
            let arguments = (error, retry.wait.as_secs_f64()).into();
            // Where the environment has ended, nobody wants to know.
            function.call(arguments, ThreadsafeFunctionCallMode::NonBlocking);
        }
    })))
}
