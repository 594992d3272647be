//! A Redis server of the test's own.
#![allow(dead_code, reason = "each test needs a part of it")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A server on a free port of loopback, which ends with this value.
pub struct RedisServer {
    child: Child,
    port: u16,
    tls_port: u16,
    _folder: TempDir,
}

impl RedisServer {
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// A server that also speaks TLS, with the certificate and the key in these files.
    pub fn start_with_tls(certificate: &Path, key: &Path) -> Self {
        Self::start_with(Some([certificate, key]))
    }

    fn start_with(identity: Option<[&Path; 2]>) -> Self {
        // Another process can take the port before the server does.
        (0..5)
            .find_map(|_| Self::try_start(identity))
            .expect("redis-server does not answer")
    }

    fn try_start(identity: Option<[&Path; 2]>) -> Option<Self> {
        let listeners = [0; 2].map(|_| TcpListener::bind("127.0.0.1:0").unwrap());
        let [port, tls_port] = listeners.map(|listener| listener.local_addr().unwrap().port());
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("redis-server");
        if let Some([certificate, key]) = identity {
            command
                .args(["--tls-port", &tls_port.to_string()])
                .args(["--tls-auth-clients", "no", "--tls-cert-file"])
                .arg(certificate)
                .arg("--tls-key-file")
                .arg(key);
        }
        let child = command
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "no", "--daemonize", "no"])
            .arg("--dir")
            .arg(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server must be installed: `make redis` does it");
        let mut server = Self {
            child,
            port,
            tls_port,
            _folder: folder,
        };
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline && server.child.try_wait().unwrap().is_none() {
            if server.answers().is_some() {
                return Some(server);
            }
            sleep(Duration::from_millis(10));
        }
        None
    }

    fn answers(&self) -> Option<()> {
        self.command("PING", "+PONG")
    }

    /// From now on its memory is full.
    pub fn fill(&self) {
        let filled = self.command("CONFIG SET maxmemory 1", "+OK");
        filled.expect("Redis takes the setting");
    }

    /// Whether the answer to a command begins so.
    fn command(&self, command: &str, wanted: &str) -> Option<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        write!(stream, "{command}\r\n").ok()?;
        let mut answer = vec![0; wanted.len()];
        stream.read_exact(&mut answer).ok()?;
        (answer == wanted.as_bytes()).then_some(())
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    pub fn tls_url(&self) -> String {
        format!("rediss://127.0.0.1:{}/0", self.tls_port)
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
