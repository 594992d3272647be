//! Many messages through one client.

use std::future::pending;
use std::panic::resume_unwind;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, Stream, StreamExt as _};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tracing::Instrument as _;
use wamux_engine::message::Message;
use wamux_engine::{Error, Receipt};

use crate::client::Client;

impl Client {
    /// Sends messages as they come, and gives the results as they come, each with the position of its message.
    ///
    /// As many requests are under way at once as [`Options::concurrency`](crate::Options::concurrency) allows, so that
    /// results can overtake each other; where the gateway takes several messages in one request, those that are there
    /// already go together. No more messages are taken than can leave, and no more leave than results are taken: a
    /// campaign of any size needs little memory. What is wrong with one message does not stop the others. Where the
    /// stream is dropped, what is under way is called off; [`Client::send_many_unless`] says what became of it.
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("devino-v2").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// # settings.set("from", "MyCompany")?;
    /// let client = Client::from_settings("devino-v2", &settings)?;
    /// let numbers = ["+7 903 456-78-90", "+7 903 456", "+7 903 456-78-92"];
    /// let messages = numbers.map(|to| Message::new(to, Content::Text(Text::new("We open at nine"))));
    ///
    /// let mut results = client.send_many(stream::iter(messages));
    /// let mut accepted = Vec::new();
    /// while let Some((position, result)) = results.next().await {
    ///     match result {
    ///         Ok(_) => accepted.push(position),
    ///         Err(error) => assert_eq!(error.violations()[0].path, "to"),
    ///     }
    /// }
    /// accepted.sort();
    /// assert_eq!(accepted, [0, 2]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_many<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        self.send_many_unless(messages, pending())
    }

    /// As [`Client::send_many`], unless it is called off before: when `cancel` ends first, no more messages are taken, and
    /// each one that was taken still has its result.
    ///
    /// What was under way is then `cancelled`, and its [`Error::delivery`] tells whether the gateway may have it.
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Kind, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// let client = Client::from_settings("tujenge", &settings)?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("We open at nine")));
    ///
    /// // A campaign without an end.
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// let cancel = async { drop(stopped.await) };
    /// let mut results = client.send_many_unless(stream::repeat(message), cancel);
    /// let (_, first) = results.next().await.unwrap();
    /// drop((stop, first?));
    /// while let Some((_, result)) = results.next().await {
    ///     if let Err(error) = result {
    ///         assert_eq!(error.kind(), Kind::Cancelled);
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_many_unless<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
        cancel: impl Future<Output = ()> + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        self.campaign(messages, cancel, |batch| beside(batch).boxed())
    }

    /// As [`Client::send_many_unless`], except that nothing goes on but while the stream is polled. It costs less, and it is
    /// for who does nothing else between two results: an answer that is not read within [`Options::timeout`] is lost, and
    /// a message that waits for its turn holds up all others of the client.
    ///
    /// [`Options::timeout`]: crate::Options::timeout
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
    /// use wamux::message::{Content, Message, Text};
    /// use wamux::{Client, Settings};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let sandbox = wamux_sandbox::Sandbox::start(wamux_sandbox::Options::default()).await?;
    /// # let mut settings = Settings::default();
    /// # settings.set("base_url", &sandbox.base_url("tujenge").unwrap())?;
    /// # settings.set("api_key", "sandbox-key")?;
    /// let client = Client::from_settings("tujenge", &settings)?;
    /// let message = Message::new("+79034567890", Content::Text(Text::new("We open at nine")));
    /// let messages = stream::iter(vec![message; 100]);
    /// let results = client.send_many_while_polled(messages, std::future::pending());
    /// let results: Vec<_> = results.collect().await;
    /// assert!(results.into_iter().all(|(_, result)| result.is_ok()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_many_while_polled<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
        cancel: impl Future<Output = ()> + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        self.campaign(messages, cancel, |batch| batch)
    }

    /// Sends messages in batches, each of which runs as told.
    fn campaign<'s>(
        &self,
        messages: impl Stream<Item = Message> + Send + 's,
        cancel: impl Future<Output = ()> + Send + 's,
        run: impl Fn(Sending) -> Sending + Send + 's,
    ) -> BoxStream<'s, (usize, Result<Receipt, Error>)> {
        let client = self.clone();
        // What runs beside the stream outlives what the caller lends, and listens to this in its place.
        let (call_off, called_off) = oneshot::channel::<()>();
        let called_off = called_off.map(drop).shared();
        let batches = messages
            .enumerate()
            .take_until(called_off.clone())
            .ready_chunks(self.batch_size())
            .map(move |batch| {
                let batch = client.clone().send_batch(batch, called_off.clone());
                run(batch.boxed())
            })
            .buffer_unordered(self.limits().at_once());
        let mut results = batches.flat_map(stream::iter).boxed();
        let mut cancel = Some((Box::pin(cancel), call_off));
        let results = stream::poll_fn(move |context| {
            if let Some((waiting, _)) = &mut cancel
                && waiting.as_mut().poll(context).is_ready()
            {
                cancel = None;
            }
            results.poll_next_unpin(context)
        });
        results.boxed()
    }
}

/// A batch on its way.
type Sending = BoxFuture<'static, Vec<(usize, Result<Receipt, Error>)>>;

/// What has been taken of a campaign goes on while nobody takes results: an answer that is not read in time would be no
/// answer. It ends with the future.
async fn beside<T: Send + 'static>(batch: impl Future<Output = T> + Send + 'static) -> T {
    // Without a runtime nothing is sent, and each message says so.
    let Ok(runtime) = Handle::try_current() else {
        return batch.await;
    };
    let mut task = Task(runtime.spawn(batch.in_current_span()));
    match (&mut task.0).await {
        Ok(output) => output,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime ends, and all that waits with it.
            Err(_) => pending().await,
        },
    }
}

/// A task that ends with this value.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
