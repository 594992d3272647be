//! Webhooks as handled events. The handler is a function of JavaScript, which the inbox's worker calls by its thread.

use std::collections::BTreeMap;
use std::future::{Future, pending};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use napi::Status;
use napi::bindgen_prelude::{Env, FnArgs, Function, Promise, PromiseRaw, ToNapiValue};
use napi::threadsafe_function::ThreadsafeFunction;
use napi_derive::napi;
use tokio::sync::Mutex;
use wamux::inbox::{
    Answer, Head, Inbox as Started, Key, Notification, Options, Store, StoreAddress,
};
use wamux::{Error, gateway};

use crate::authentication::Authentication;
use crate::errors::{configuration, guarded, json};
use crate::functions::{Body, bytes};
use crate::runtime::{CancelToken, Cancellation, spawn};
use crate::webhook::{read_head, shown};

/// What the handler is called with: the notification in JSON.
type Arguments = FnArgs<(String,)>;

/// A function whose promise gives nothing, or the words of why the event was not handled. It rejects with nothing.
pub type Handler<'f> = Function<'f, Arguments, Promise<Option<String>>>;

/// Does not keep the process alive.
type Weak = ThreadsafeFunction<Arguments, Promise<Option<String>>, Arguments, Status, false, true>;

/// The end of a gateway's webhooks. What runs of it ends with this value, and so with its thread.
#[napi]
pub struct Inbox {
    shared: Arc<Shared>,
    gone: CancelToken,
}

/// What the calls of an inbox share.
struct Shared {
    gateway: &'static str,
    authentication: wamux::Authentication,
    address: StoreAddress,
    options: Options,
    handler: Arc<Weak>,
    state: Mutex<State>,
    is_stopped: AtomicBool,
}

#[derive(Default)]
struct State {
    store: Option<Arc<dyn Store>>,
    inbox: Option<Arc<Started>>,
}

#[napi]
impl Inbox {
    /// An inbox that has not begun, with settings in JSON: the store and the options.
    #[napi(constructor)]
    pub fn new(
        gateway: String,
        authentication: &Authentication,
        settings: String,
        handler: Handler<'_>,
    ) -> napi::Result<Self> {
        let (gateway, address, options) = guarded(|| {
            let profile = gateway::profile(&gateway)?;
            let (address, options) = read(&settings)?;
            Ok::<_, Error>((profile.id, address, options))
        })?;
        let handler: Weak = handler.build_threadsafe_function().weak::<true>().build()?;
        Ok(Self {
            shared: Arc::new(Shared {
                gateway,
                authentication: authentication.inner().clone(),
                address,
                options,
                handler: Arc::new(handler),
                state: Mutex::default(),
                is_stopped: AtomicBool::new(false),
            }),
            gone: CancelToken::new(),
        })
    }

    /// What the client is called.
    #[napi(getter)]
    pub fn alias(&self) -> String {
        self.shared.alias().to_owned()
    }

    /// Opens the store, and begins to handle what waits there.
    #[napi]
    pub fn start<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, ()>> {
        self.run(env, async |shared| {
            shared.started().await?.map(drop).ok_or_else(stopped)
        })
    }

    /// The answer, in JSON, to a request whose body need not be read; else nothing.
    #[napi]
    pub fn check_head(&self, head: String) -> napi::Result<Option<String>> {
        guarded(|| {
            let refused = self.shared.refusal(&read_head(&head)?);
            refused.map(shown).transpose()
        })
    }

    /// Takes a webhook; the promise gives the answer in JSON.
    #[napi]
    pub fn receive<'env>(
        &self,
        env: &'env Env,
        head: String,
        body: Body,
    ) -> napi::Result<PromiseRaw<'env, String>> {
        let body = bytes(&body).to_vec();
        self.run(env, async move |shared| {
            shown(shared.receive(&read_head(&head)?, &body).await?)
        })
    }

    /// The dead events, in JSON.
    #[napi]
    pub fn dead<'env>(&self, env: &'env Env, limit: i64) -> napi::Result<PromiseRaw<'env, String>> {
        self.run(env, async move |shared| {
            let most = usize::try_from(limit).unwrap_or_default();
            let store = shared.store().await?;
            json(&store.dead(shared.alias(), most).await?)
        })
    }

    /// Lets a dead event wait again.
    #[napi]
    pub fn revive<'env>(
        &self,
        env: &'env Env,
        key: String,
    ) -> napi::Result<PromiseRaw<'env, bool>> {
        self.run(env, async move |shared| {
            let key: Key = key
                .parse()
                .map_err(|error| configuration(format!("key: {error}")))?;
            Ok(shared.store().await?.revive(key).await?)
        })
    }

    /// How many events wait.
    #[napi]
    pub fn waiting<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, i64>> {
        self.run(env, async |shared| {
            let waiting = shared.store().await?.waiting(shared.alias()).await?;
            Ok(i64::try_from(waiting).unwrap_or(i64::MAX))
        })
    }

    /// Waits until no handler runs and what became of all events is noted.
    #[napi]
    pub fn idle<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, ()>> {
        self.run(env, async |shared| {
            let inbox = shared.state.lock().await.inbox.clone();
            if let Some(inbox) = inbox {
                inbox.idle().await;
            }
            Ok(())
        })
    }

    /// Takes no more, and waits for the handlers; a second time waits too.
    #[napi]
    pub fn stop<'env>(&self, env: &'env Env) -> napi::Result<PromiseRaw<'env, ()>> {
        // At once, so that what is received after this call is refused.
        self.shared.is_stopped.store(true, Ordering::Release);
        self.run(env, async |shared| {
            let inbox = shared.state.lock().await.inbox.clone();
            if let Some(inbox) = inbox {
                inbox.stop().await;
            }
            // The store is closed with the last call that uses it.
            let mut state = shared.state.lock().await;
            (state.store, state.inbox) = (None, None);
            Ok(())
        })
    }

    /// Runs a call in the background, until this value is gone.
    fn run<'env, T, C>(
        &self,
        env: &'env Env,
        call: impl FnOnce(Arc<Shared>) -> C,
    ) -> napi::Result<PromiseRaw<'env, T>>
    where
        T: ToNapiValue + Send + 'static,
        C: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let gone = Cancellation::of(Some(&self.gone));
        let call = call(Arc::clone(&self.shared));
        spawn(env, async move {
            tokio::select! {
                biased;
                result = call => result,
                () = gone.cancelled() => Err(stopped()),
            }
        })
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.gone.cancel();
    }
}

impl Shared {
    fn alias(&self) -> &str {
        self.options.alias_at(self.gateway)
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Acquire)
    }

    fn refusal(&self, head: &Head) -> Option<Answer> {
        head.check(&self.authentication).err()
    }

    async fn receive(&self, head: &Head, body: &[u8]) -> Result<Answer, Error> {
        // A stranger does not make the store be opened.
        if let Some(answer) = self.refusal(head) {
            return Ok(answer);
        }
        let Some(inbox) = self.started().await? else {
            return Ok(Answer::UNAVAILABLE);
        };
        Ok(inbox.receive(&head.webhook(body)).await)
    }

    /// The store, which the first who asks opens.
    async fn store(&self) -> Result<Arc<dyn Store>, Error> {
        let mut state = self.state.lock().await;
        if self.is_stopped() {
            return Err(stopped());
        }
        self.opened(&mut state).await
    }

    async fn opened(&self, state: &mut State) -> Result<Arc<dyn Store>, Error> {
        if let Some(store) = &state.store {
            return Ok(Arc::clone(store));
        }
        let store = self.address.open().await?;
        state.store = Some(Arc::clone(&store));
        Ok(store)
    }

    /// The inbox, which the first who asks starts; `None` where it was stopped.
    async fn started(&self) -> Result<Option<Arc<Started>>, Error> {
        let mut state = self.state.lock().await;
        if self.is_stopped() {
            return Ok(None);
        }
        if let Some(inbox) = &state.inbox {
            return Ok(Some(Arc::clone(inbox)));
        }
        let store = self.opened(&mut state).await?;
        let handler = Arc::clone(&self.handler);
        let inbox = Started::start(
            self.gateway,
            self.authentication.clone(),
            store,
            self.options.clone(),
            move |notification| handle(Arc::clone(&handler), notification),
        )?;
        let inbox = Arc::new(inbox);
        state.inbox = Some(Arc::clone(&inbox));
        Ok(Some(inbox))
    }
}

async fn handle(handler: Arc<Weak>, notification: Notification) -> Result<(), String> {
    let text = json(&notification).map_err(|error| error.to_string())?;
    let outcome = async { handler.call_async_catch((text,).into()).await?.await };
    match outcome.await {
        Ok(None) => Ok(()),
        Ok(Some(words)) => Err(words),
        // The thread of JavaScript has ended, and the inbox does with it: the event is left to the next.
        Err(_) => pending().await,
    }
}

/// The store and the options of an inbox from a JSON object of texts: `{"store": "memory", "lease": "2.5"}`.
fn read(settings: &str) -> Result<(StoreAddress, Options), Error> {
    let mut given: BTreeMap<String, String> = serde_json::from_str(settings)
        .map_err(|_| configuration("the settings must be texts without lone surrogates"))?;
    let address = given.remove("store");
    let mut options = Options::default();
    for (name, value) in &given {
        options.set(name, value)?;
    }
    Ok((address.as_deref().unwrap_or("memory").parse()?, options))
}

fn stopped() -> Error {
    configuration("the inbox is stopped")
}
