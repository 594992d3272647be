//! The attempts of an operation: when a request may leave, how it leaves, and what follows a failure.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::poll_immediate;
use tokio::sync::SemaphorePermit;
use tracing::Span;
use wamux_engine::http::Method;
use wamux_engine::{Error, Request, Response};

use crate::client::Client;
use crate::metrics::OperationUnderWay;
use crate::progress::Progress;
use crate::retry::{Repeatable, Waits};
use crate::trace;
use crate::transport::{Failure, Opened};
use crate::watch::Watch;

impl Client {
    /// Attempts until one succeeds or none may follow; the span has the status of the last answer. `once` makes one
    /// attempt, which carries so many messages, and tells the HTTP status of its answer.
    pub(crate) async fn attempts<T, F>(
        &self,
        operation: &OperationUnderWay<'_>,
        span: &Span,
        watch: &Watch,
        repeatable: Repeatable,
        messages: usize,
        once: impl Fn(Arc<Progress>) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<(T, u16), Error>>,
    {
        let mut waits = self.retries().begin();
        let mut number = 0;
        loop {
            number += 1;
            let permit = self.turn(operation, messages).await;
            let result = once(watch.begin()).await;
            drop(permit);
            let error = match result {
                Ok((output, status)) => {
                    trace::answered(span, Some(status));
                    trace::attempt(number, None, Some(status));
                    watch.end(None, Some(status));
                    return Ok(output);
                }
                Err(error) => error,
            };
            trace::answered(span, error.http_status());
            trace::attempt(number, Some(&error), error.http_status());
            watch.end(Some(&error), error.http_status());
            match self.retry(operation, &error, repeatable, &mut waits) {
                Some(wait) => operation.sleep(wait).await,
                None => return Err(watch.failed(error)),
            }
        }
    }

    /// Waits until one more request with so many messages may leave; it is under way while the permit lives.
    pub(crate) async fn turn(
        &self,
        operation: &OperationUnderWay<'_>,
        messages: usize,
    ) -> Option<SemaphorePermit<'_>> {
        let mut waiting = std::pin::pin!(self.limits().turn(messages));
        match poll_immediate(&mut waiting).await {
            Some(permit) => permit,
            None => operation.waits(waiting).await,
        }
    }

    /// How long to wait before the next attempt of an operation; `None` where there is to be none.
    pub(crate) fn retry(
        &self,
        operation: &OperationUnderWay<'_>,
        error: &Error,
        repeatable: Repeatable,
        waits: &mut Waits,
    ) -> Option<Duration> {
        let wait = self.retries().wait(error, repeatable, waits)?;
        operation.retry(error);
        trace::retry(error, wait);
        Some(wait)
    }

    /// Sends a request whose answer is buffered.
    pub(crate) async fn exchange(
        &self,
        operation: &OperationUnderWay<'_>,
        request: Request,
        progress: Arc<Progress>,
    ) -> Result<Response, Error> {
        let method = request.method.clone();
        let leaving = self.transport().exchange_noting(request, progress);
        self.leave(operation, &method, leaving, |answer| answer.status)
            .await
    }

    /// Sends a request whose answer is read as it comes.
    pub(crate) async fn open(
        &self,
        operation: &OperationUnderWay<'_>,
        request: Request,
        progress: Arc<Progress>,
    ) -> Result<Opened, Error> {
        let method = request.method.clone();
        let leaving = self.transport().open_noting(request, progress);
        self.leave(operation, &method, leaving, |answer| answer.status)
            .await
    }

    /// The one place where requests leave.
    async fn leave<T>(
        &self,
        operation: &OperationUnderWay<'_>,
        method: &Method,
        leaving: impl Future<Output = Result<T, Failure>>,
        status: impl Fn(&T) -> u16,
    ) -> Result<T, Error> {
        let under_way = operation.request(method);
        let answer = leaving.await;
        let answer = answer.map_err(|failure| failure.into_error(self.gateway()));
        under_way.end(answer.as_ref().map(status));
        answer
    }
}
