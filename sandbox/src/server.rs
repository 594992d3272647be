//! Connections, and the way of a request through a fault to its gateway.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::request::Parts;
use http::{Request, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use url::form_urlencoded;

use crate::answer::{Answer, Cut, into_answer, respond, respond_json, truncate};
use crate::body::{Body, cut_in_body};
use crate::callbacks::{Callbacks, post_in_order};
use crate::door::Door;
use crate::faults::{Fault, FaultKind, InvalidFault};
use crate::gateway::{Call, CallKind, Callback, Gateway, LARGEST_BODY, Numbers, Reply, registry};
use crate::log::{AnyCallRecord, CallRecord, Log, StoredMessage, now};
use crate::scripts::{Scripts, Target};
use crate::{Options, control};

/// How long connections may take to end when the sandbox stops.
const STOPPING_GRACE: Duration = Duration::from_millis(500);

/// All that requests share.
pub(crate) struct Shared {
    pub(crate) gateways: Vec<Box<dyn Gateway>>,
    pub(crate) log: Log,
    pub(crate) scripts: Scripts,
    pub(crate) callbacks: Callbacks,
    pub(crate) numbers: Numbers,
    door: Door,
    /// Changes when idle connections are to be closed.
    closing: watch::Sender<()>,
    stopping: watch::Sender<bool>,
}

impl Shared {
    pub(crate) async fn open(options: &Options) -> io::Result<Self> {
        Ok(Self {
            gateways: registry(options),
            log: Log::new(options.keep_messages),
            scripts: Scripts::default(),
            callbacks: Callbacks::new(options.callback_delay),
            numbers: Numbers::new(),
            door: Door::open(options.port).await?,
            closing: watch::Sender::new(()),
            stopping: watch::Sender::new(false),
        })
    }

    /// The address of the sandbox, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.door.address())
    }

    /// The gateway of that id.
    pub(crate) fn gateway(&self, id: &str) -> Option<&dyn Gateway> {
        self.gateways
            .iter()
            .find(|gateway| gateway.id() == id)
            .map(AsRef::as_ref)
    }

    /// Takes a fault script; a refusal begins at once.
    pub(crate) fn inject(&self, fault: Fault) -> Result<(), InvalidFault> {
        let ids: Vec<&str> = self
            .gateways
            .iter()
            .filter(|gateway| gateway.has_lists() || !fault.kind.strikes_pages())
            .map(|gateway| gateway.id())
            .collect();
        fault.check(&ids)?;
        if fault.kind == FaultKind::Refuse {
            self.door.shut_for(fault.duration());
            self.closing.send_replace(());
        } else {
            self.scripts.add(fault);
        }
        Ok(())
    }

    /// Forgets messages, counts and the log.
    pub(crate) fn clear(&self) {
        self.log.clear();
        for gateway in &self.gateways {
            gateway.forget();
        }
    }

    /// Becomes true when the sandbox stops.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Ends the accept loop and with it all connections.
    pub(crate) fn stop(&self) {
        self.door.stop();
        self.stopping.send_replace(true);
        self.closing.send_replace(());
    }
}

/// Serves connections until the sandbox stops.
pub(crate) async fn run(shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            stream = shared.door.accept() => match stream {
                Some(stream) => {
                    connections.spawn(serve_connection(Arc::clone(&shared), stream));
                }
                None => break,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    // What does not end by itself, such as a delayed answer, ends with the set.
    let _ = timeout(STOPPING_GRACE, async {
        while connections.join_next().await.is_some() {}
    })
    .await;
}

async fn serve_connection(shared: Arc<Shared>, stream: TcpStream) {
    // Small answers must not wait for an acknowledgement of the peer. A socket that refuses the option works too.
    let _ = stream.set_nodelay(true);
    let mut closing = shared.closing.subscribe();
    let was_used = AtomicBool::new(false);
    let service = service_fn(|request| {
        was_used.store(true, Ordering::Relaxed);
        answer(Arc::clone(&shared), request)
    });
    let mut connection =
        pin!(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    // An error here is the peer's going away, or a cut that a fault asked for.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = closing.changed() => {
            // hyper would serve a first request of a connection that never had one.
            if was_used.load(Ordering::Relaxed) {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
        }
    }
}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Answer, Cut> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let claimed = shared
        .gateways
        .iter()
        .find_map(|gateway| Some((gateway.as_ref(), gateway.recognise(&parts.method, path)?)));
    let Some((gateway, kind)) = claimed else {
        return answer_itself(&shared, &parts, body).await;
    };
    let target = Target {
        gateway: gateway.id(),
        path: path.strip_prefix(gateway.base_path()).unwrap_or(path),
        kind,
    };
    if let Some(bytes) = shared.scripts.take_cut_in_body(target) {
        let nothing = Body::default();
        let call = call(&shared, &parts, &nothing, kind);
        let fault = Some(FaultKind::Cut);
        record(&shared, gateway, &call, None, fault, 0);
        return cut_in_body(body, bytes).await;
    }
    let body = match gateway.largest_file(&parts.method, path) {
        Some(limit) => Body::store(body, limit).await?,
        None => Body::read(body, gateway.largest_body()).await?,
    };
    let body = match body {
        Ok(body) => body,
        Err(refusal) => return Ok(refusal),
    };
    let mut call = call(&shared, &parts, &body, kind);
    match kind {
        CallKind::Send => shared.log.count_request(),
        CallKind::List => call.page_fault = shared.scripts.take_page(gateway.id()),
        CallKind::Other => {}
    }
    match shared.scripts.take(target) {
        Some(fault) => strike(&shared, gateway, &call, &fault).await,
        None => Ok(into_answer(handle(&shared, gateway, &call, None))),
    }
}

/// Answers a call that no gateway claims: of the sandbox's own routes, or of none.
async fn answer_itself(shared: &Arc<Shared>, parts: &Parts, body: Incoming) -> Result<Answer, Cut> {
    let body = match Body::read(body, LARGEST_BODY).await? {
        Ok(body) => body.memory,
        Err(refusal) => return Ok(refusal),
    };
    if let Some(route) = parts.uri.path().strip_prefix("/_sandbox") {
        return Ok(control::answer(shared, &parts.method, route, &body));
    }
    Ok(respond_json(
        StatusCode::NOT_FOUND,
        &json!({"error": "no gateway answers this call; GET /_sandbox lists the gateways"}),
    ))
}

fn call<'a>(shared: &'a Shared, parts: &'a Parts, body: &'a Body, kind: CallKind) -> Call<'a> {
    let query = parts.uri.query().unwrap_or_default();
    Call {
        kind,
        method: &parts.method,
        path: parts.uri.path(),
        query: form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect(),
        headers: &parts.headers,
        body: &body.memory,
        file: body.file.clone(),
        numbers: &shared.numbers,
        page_fault: None,
    }
}

/// Lets the gateway judge the call; stores what it accepted, and posts the callbacks.
fn handle(
    shared: &Arc<Shared>,
    gateway: &dyn Gateway,
    call: &Call<'_>,
    fault: Option<FaultKind>,
) -> Reply {
    let mut reply = gateway.answer(call);
    let accepted = std::mem::take(&mut reply.accepted);
    record(
        shared,
        gateway,
        call,
        Some(reply.status),
        fault,
        accepted.len(),
    );
    let mut callbacks = Vec::with_capacity(accepted.len());
    for message in accepted {
        callbacks.push(message.callbacks);
        shared.log.add_message(StoredMessage {
            gateway: gateway.id().to_owned(),
            id: message.id,
            to: message.to,
            path: call.path.to_owned(),
            at: now(),
            body: message.body,
        });
    }
    post_arranged(shared, gateway, callbacks);
    post_due(shared, gateway);
    reply
}

/// Posts the callbacks of each message, as fault scripts arrange them.
fn post_arranged(shared: &Arc<Shared>, gateway: &dyn Gateway, messages: Vec<Vec<Callback>>) {
    for callbacks in shared.scripts.arrange(gateway.id(), messages) {
        post_in_order(shared, callbacks);
    }
}

/// Posts what waited for something that happened now.
pub(crate) fn post_due(shared: &Arc<Shared>, gateway: &dyn Gateway) {
    post_arranged(shared, gateway, gateway.take_due());
}

fn record(
    shared: &Shared,
    gateway: &dyn Gateway,
    call: &Call<'_>,
    status: Option<StatusCode>,
    fault: Option<FaultKind>,
    accepted: usize,
) {
    let at = now();
    let status = status.map(|status| status.as_u16());
    if call.kind == CallKind::Send {
        shared.log.add_call(CallRecord {
            at: at.clone(),
            gateway: gateway.id(),
            path: call.path.to_owned(),
            status,
            fault,
            accepted,
        });
    }
    shared.log.add_any_call(AnyCallRecord {
        at,
        gateway: gateway.id(),
        method: call.method.to_string(),
        path: call.path.to_owned(),
        status,
        fault,
    });
}

/// Does to the call what the script says.
async fn strike(
    shared: &Arc<Shared>,
    gateway: &dyn Gateway,
    call: &Call<'_>,
    fault: &Fault,
) -> Result<Answer, Cut> {
    let kind = Some(fault.kind);
    let reply = if fault.accepts_first() {
        Some(handle(shared, gateway, call, kind))
    } else {
        None
    };
    if reply.is_none() && fault.kind != FaultKind::Delay {
        record(shared, gateway, call, None, kind, 0);
    }
    match fault.kind {
        FaultKind::Delay => {
            sleep(fault.duration()).await;
            let reply = reply.unwrap_or_else(|| handle(shared, gateway, call, kind));
            Ok(into_answer(reply))
        }
        // Those after the first never come here, since they strike no call.
        FaultKind::Cut
        | FaultKind::Refuse
        | FaultKind::DuplicatedCallbacks
        | FaultKind::BatchedCallbacks
        | FaultKind::ReversedCallbacks
        | FaultKind::RepeatedPage
        | FaultKind::EmptyPage => Err(Cut),
        FaultKind::Html504 => Ok(respond(
            StatusCode::GATEWAY_TIMEOUT,
            "text/html",
            "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n\
             <body>\r\n<center><h1>504 Gateway Time-out</h1></center>\r\n</body>\r\n</html>\r\n",
        )),
        FaultKind::RateLimited => {
            let mut answer = respond_json(StatusCode::TOO_MANY_REQUESTS, &gateway.rate_limited());
            let seconds = fault.retry_after.unwrap_or(1);
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
            Ok(answer)
        }
        FaultKind::Truncated => Ok(truncate(reply, fault.after_bytes)),
    }
}
