//! The product under measurement: the release binary as a process of its own, and what it uses.

use crate::Failed;
use crate::wire::{Ask, Wire};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running process that answers on loopback.
pub struct Server {
    child: Child,
    /// `host:port`.
    pub host: String,
    /// From its start until it said that requests may come.
    pub ready: Duration,
    /// What it logs.
    pub log: PathBuf,
}

/// A port that nobody listens on.
pub fn free_port() -> Result<u16, Failed> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Server {
    /// Starts the product on a database; a recording one logs every statement.
    pub async fn start(binary: &Path, data: &Path, database: &str, is_recording: bool) -> Result<Self, Failed> {
        Self::with(binary, data, database, is_recording, None).await
    }

    /// The same with a library loaded before all others.
    pub async fn with(
        binary: &Path,
        data: &Path,
        database: &str,
        is_recording: bool,
        preloaded: Option<&Path>,
    ) -> Result<Self, Failed> {
        let host = format!("127.0.0.1:{}", free_port()?);
        let log = data.join(if is_recording { "recording.log" } else { "server.log" });
        let mut command = Command::new(binary);
        command
            .args(["serve", "--listen", &host, "--data"])
            .arg(data)
            .env("AFTERCARE_DATABASE", database)
            .env("AFTERCARE_JWT_SECRET", "only for measuring, nobody else knows it, long enough")
            .env("AFTERCARE_REQUESTS_PER_MINUTE", "100000000")
            .envs(preloaded.map(|library| ("LD_PRELOAD", library)))
            .env("RUST_LOG", if is_recording { "warn,aftercare::sql=trace" } else { "warn" });
        Self::spawn(command, host, log, "/readyz").await
    }

    /// Starts the smallest server that the same framework allows: this program, answering a fixed JSON.
    pub async fn bare(folder: &Path) -> Result<Self, Failed> {
        let host = format!("127.0.0.1:{}", free_port()?);
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["bare", "--listen", &host]);
        Self::spawn(command, host, folder.join("bare.log"), "/").await
    }

    async fn spawn(mut command: Command, host: String, log: PathBuf, probe: &str) -> Result<Self, Failed> {
        let began = Instant::now();
        let file = std::fs::File::create(&log)?;
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).spawn()?;
        let mut server = Server { child, host, ready: Duration::ZERO, log };
        while began.elapsed() < Duration::from_secs(60) {
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("it ended with {status}, see {}", server.log.display()).into());
            }
            if let Ok(mut wire) = Wire::connect(&server.host).await
                && let Ok(answer) = wire.ask(Ask { method: "GET", path: probe, ..Ask::default() }).await
                && answer.status == 200
            {
                server.ready = began.elapsed();
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Err(format!("it did not start, see {}", server.log.display()).into())
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap_or_default()
    }

    /// Processor time so far.
    pub fn cpu(&self) -> Duration {
        let stat = self.proc("stat");
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<u64>().ok()).sum();
        // a tick is 10 ms on every Linux that this runs on
        Duration::from_millis(ticks * 10)
    }

    /// Memory in MiB: resident, and the proportional share of it.
    pub fn memory(&self) -> (f64, f64) {
        let kib = |text: &str, key: &str| {
            let line = text.lines().find(|line| line.starts_with(key));
            line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).unwrap_or_default() / 1024.0
        };
        (kib(&self.proc("status"), "VmRSS:"), kib(&self.proc("smaps_rollup"), "Pss:"))
    }

    /// Bytes that it gave to the disk so far.
    pub fn written(&self) -> u64 {
        let io = self.proc("io");
        let line = io.lines().find_map(|line| line.strip_prefix("write_bytes: "));
        line.and_then(|text| text.trim().parse().ok()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // told to stop, so that SQLite is left tidy; killed when it does not listen
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let until = Instant::now() + Duration::from_secs(10);
        while told.is_ok() && Instant::now() < until {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(Duration::from_millis(20)),
                _ => return,
            }
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
