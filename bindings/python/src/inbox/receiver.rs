//! What both inboxes are made of: a recipe, and what belongs to this process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, pending};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyString};
use tokio::sync::OnceCell;
use wamux::gateway;
use wamux::inbox::{
    Answer, Dead, Head, Inbox, Key, Notification, Options, Store, StoreAddress, StoreError,
};

use super::handling::Runner;
use crate::authentication::Authentication;
use crate::errors::{configuration, raise, store as store_error};
use crate::fork::{apart, importing};
use crate::held::Held;
use crate::name::Name;
use crate::runtime::{EndsInOrder, PerProcess, end_in_order};
use crate::settings;

/// How many dead events are asked for, and how many can be.
const DEAD: usize = 100;
const MOST_DEAD: u32 = 100_000;

/// An inbox: how it is made, and the one that belongs to this process.
pub(crate) struct Receiver {
    recipe: Arc<Recipe>,
    /// The class of `wamux._inbox` that runs the handler.
    runner: &'static str,
    handler: Held,
    at_work: PerProcess<Arc<AtWork>>,
    is_stopped: AtomicBool,
}

struct Recipe {
    gateway: &'static str,
    authentication: wamux::Authentication,
    address: StoreAddress,
    options: Options,
}

impl Recipe {
    fn alias(&self) -> &str {
        self.options.alias_at(self.gateway)
    }
}

/// What one process has of an inbox, as far as it was needed.
struct AtWork {
    recipe: Arc<Recipe>,
    store: OnceCell<Arc<dyn Store>>,
    inbox: OnceCell<Inbox>,
    runner: Arc<Runner>,
}

impl AtWork {
    async fn store(&self) -> Result<&Arc<dyn Store>, StoreError> {
        let open = || self.recipe.address.open();
        self.store.get_or_try_init(open).await
    }

    async fn inbox(&self, receiver: Weak<Receiver>) -> Result<&Inbox, StoreError> {
        let start = || async {
            let store = Arc::clone(self.store().await?);
            let runner = Arc::clone(&self.runner);
            let handler = move |notification: Notification| {
                let (runner, receiver) = (Arc::clone(&runner), Weak::clone(&receiver));
                async move {
                    match runner.run(notification).await {
                        Some(outcome) => outcome,
                        None => give_up(&receiver).await,
                    }
                }
            };
            let recipe = &self.recipe;
            let (authentication, options) = (recipe.authentication.clone(), recipe.options.clone());
            let inbox = Inbox::start(recipe.gateway, authentication, store, options, handler);
            inbox.map_err(StoreError::new)
        };
        self.inbox.get_or_try_init(start).await
    }
}

/// Ends an inbox whose handler cannot run any more, so that no more attempts are spent: its events go to the next inbox when
/// their leases are over.
async fn give_up(receiver: &Weak<Receiver>) -> Result<(), String> {
    let receiver = receiver.upgrade();
    if let Some(receiver) = receiver {
        // With the interpreter's lock, since the value may be that of a process before a fork.
        let _ = Python::try_attach(|py| drop(receiver.at_work.take(py)));
    }
    pending().await
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.runner.clear();
    }
}

impl EndsInOrder for AtWork {
    fn end(self: Arc<Self>) -> BoxFuture<'static, ()> {
        async move {
            if let Some(inbox) = self.inbox.get() {
                inbox.stop().await;
            }
        }
        .boxed()
    }
}

impl Receiver {
    pub(crate) fn new(
        handler: &Bound<'_, PyAny>,
        gateway: &Name,
        authentication: &Authentication,
        store: Option<&Name>,
        keywords: Option<&Bound<'_, PyDict>>,
        runner: &'static str,
    ) -> PyResult<Arc<Self>> {
        let py = handler.py();
        let module = py.import("wamux._inbox")?;
        importing(py, || module.call_method1("check", (handler, runner)))?;
        let profile = gateway::profile(gateway).map_err(|error| raise(py, &error))?;
        let address = store.map_or("memory", |store| store).parse();
        let mut options = Options::default();
        for (name, value) in keywords.into_iter().flatten() {
            let name = name.extract::<Name>()?;
            if !Options::NAMES.contains(&&*name) {
                let words = format!("an inbox takes no argument '{}'", &*name);
                return Err(PyTypeError::new_err(words));
            }
            if !value.is_none() {
                let set = options.set(&name, &settings::text(&name, &value)?);
                set.map_err(|error| raise(py, &error))?;
            }
        }
        Ok(Arc::new(Self {
            recipe: Arc::new(Recipe {
                gateway: profile.id,
                authentication: authentication.way(),
                address: address.map_err(|error| raise(py, &error))?,
                options,
            }),
            runner,
            handler: Held::new(handler),
            at_work: PerProcess::new(),
            is_stopped: AtomicBool::new(false),
        }))
    }

    pub(crate) fn gateway(&self) -> &'static str {
        self.recipe.gateway
    }

    pub(crate) fn alias(&self) -> &str {
        self.recipe.alias()
    }

    /// What this process has; a child of `fork` has its own.
    fn at_work(&self, py: Python<'_>) -> PyResult<Arc<AtWork>> {
        if let Some(at_work) = self.at_work.peek() {
            if !at_work.runner.is_over(py)? {
                return Ok(at_work);
            }
            drop(self.at_work.take(py));
        }
        let handler = self.handler.get(py).ok_or_else(stopped)?;
        let runner = py
            .import("wamux._inbox")?
            .call_method1(self.runner, (handler,))?;
        let at_work = Arc::new(AtWork {
            recipe: Arc::clone(&self.recipe),
            store: OnceCell::new(),
            inbox: OnceCell::new(),
            runner: Arc::new(Runner::new(&runner)),
        });
        let ending: Weak<AtWork> = Arc::downgrade(&at_work);
        end_in_order(py, ending)?;
        // Another thread can have been faster.
        self.at_work.get(py, || Ok(at_work))
    }

    pub(crate) fn starting(
        self: &Arc<Self>,
        py: Python<'_>,
    ) -> PyResult<impl Future<Output = PyResult<()>> + Send + use<>> {
        if self.is_stopped.load(Ordering::Acquire) {
            return Err(stopped());
        }
        let at_work = self.at_work(py)?;
        let receiver = Arc::downgrade(self);
        Ok(apart(async move {
            let started = at_work.inbox(receiver).await.map(drop);
            started.map_err(store_error)
        }))
    }

    /// What to answer where the body need not be read.
    pub(crate) fn check_head(&self, head: &Head) -> Option<Answer> {
        if self.is_stopped.load(Ordering::Acquire) {
            return Some(Answer::UNAVAILABLE);
        }
        head.check(&self.recipe.authentication).err()
    }

    /// Takes a webhook. The error is that of a store that could not be opened.
    pub(crate) fn receiving(
        self: &Arc<Self>,
        py: Python<'_>,
        head: Head,
        body: Vec<u8>,
    ) -> PyResult<BoxFuture<'static, PyResult<Answer>>> {
        // A stranger opens no store.
        if let Some(answer) = self.check_head(&head) {
            return Ok(async move { Ok(answer) }.boxed());
        }
        let at_work = self.at_work(py)?;
        let receiver = Arc::downgrade(self);
        let receiving = async move {
            let inbox = at_work.inbox(receiver).await;
            let inbox = inbox.map_err(store_error)?;
            Ok(inbox.receive(&head.webhook(&body)).await)
        };
        Ok(apart(receiving).boxed())
    }

    pub(crate) fn stopping(
        &self,
        py: Python<'_>,
    ) -> impl Future<Output = PyResult<()>> + Send + use<> {
        self.is_stopped.store(true, Ordering::Release);
        let at_work = self.at_work.take(py);
        async move {
            if let Some(at_work) = at_work {
                Arc::clone(&at_work).end().await;
                // With the interpreter's lock, its threads go now and not later.
                let _ = Python::try_attach(|_| drop(at_work));
            }
            Ok(())
        }
    }

    pub(crate) fn finding_dead(
        &self,
        py: Python<'_>,
        limit: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<impl Future<Output = PyResult<Vec<Dead>>> + Send + use<>> {
        let most = limit.map_or(Ok(DEAD), count)?;
        let at_work = self.at_work(py)?;
        Ok(apart(async move {
            let dead = async {
                at_work
                    .store()
                    .await?
                    .dead(at_work.recipe.alias(), most)
                    .await
            };
            dead.await.map_err(store_error)
        }))
    }

    pub(crate) fn reviving(
        &self,
        py: Python<'_>,
        key: &str,
    ) -> PyResult<impl Future<Output = PyResult<bool>> + Send + use<>> {
        let key: Key = key
            .parse()
            .map_err(|error: wamux::inbox::NoKey| configuration(py, error.to_string()))?;
        let at_work = self.at_work(py)?;
        Ok(apart(async move {
            let revived = async { at_work.store().await?.revive(key).await };
            revived.await.map_err(store_error)
        }))
    }

    pub(crate) fn counting_waiting(
        &self,
        py: Python<'_>,
    ) -> PyResult<impl Future<Output = PyResult<usize>> + Send + use<>> {
        let at_work = self.at_work(py)?;
        Ok(apart(async move {
            let waiting = async { at_work.store().await?.waiting(at_work.recipe.alias()).await };
            waiting.await.map_err(store_error)
        }))
    }

    pub(crate) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.handler.traverse(visit)?;
        match self.at_work.peek() {
            Some(at_work) => at_work.runner.traverse(visit),
            None => Ok(()),
        }
    }

    pub(crate) fn clear(&self) {
        self.handler.clear();
        drop(self.at_work.take_own());
    }

    pub(crate) fn repr(&self, py: Python<'_>, class: &str) -> PyResult<String> {
        let (gateway, store) = (self.recipe.gateway, &self.recipe.address);
        let alias = PyString::new(py, self.recipe.alias()).repr()?;
        Ok(format!(
            "{class}('{gateway}', alias={alias}, store='{store:?}')"
        ))
    }
}

fn stopped() -> PyErr {
    PyRuntimeError::new_err("the inbox is stopped")
}

fn count(limit: &Bound<'_, PyAny>) -> PyResult<usize> {
    if !limit.is_instance_of::<PyInt>() || limit.is_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err("limit must be an int"));
    }
    let count = limit.extract::<u32>().ok();
    let count = count.filter(|count| (1..=MOST_DEAD).contains(count));
    let count = count.and_then(|count| usize::try_from(count).ok());
    count.ok_or_else(|| {
        let words = format!("limit must be a whole number from 1 to {MOST_DEAD}");
        configuration(limit.py(), words)
    })
}
