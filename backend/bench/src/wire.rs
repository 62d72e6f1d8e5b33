//! A client of HTTP/1.1 that does as little as it can: one connection that is kept, one request after the other.

use crate::Failed;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a server says on a connection on which nothing came for long.
const TIMED_OUT: u16 = 408;

/// One kept connection.
pub struct Wire {
    host: String,
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What is asked.
#[derive(Clone, Copy, Default)]
pub struct Ask<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// Path with query.
    pub path: &'a str,
    /// Access token.
    pub token: &'a str,
    /// The version that a change is based on; 0 for none.
    pub version: i64,
    /// Media type of the body; empty where there is none.
    pub media_type: &'a str,
    /// Body.
    pub body: &'a [u8],
}

/// An answer.
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

impl Wire {
    /// Connects to `host:port`.
    pub async fn connect(host: &str) -> Result<Self, Failed> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Wire { host: host.to_owned(), stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Asks and waits for the whole answer.
    pub async fn ask(&mut self, ask: Ask<'_>) -> Result<Answer, Failed> {
        let Ask { method, path, token, version, media_type, body } = ask;
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.host);
        if !token.is_empty() {
            head.push_str(&format!("authorization: Bearer {token}\r\n"));
        }
        if method == "POST" {
            let key = uuid::Uuid::new_v4();
            head.push_str(&format!(
                "idempotency-key: {key}\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\n",
                body.len()
            ));
        }
        if version > 0 {
            head.push_str(&format!("if-match: \"{version}\"\r\n"));
        }
        head.push_str("\r\n");
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        // the server closes connections that nobody used for some seconds; the key makes asking again safe
        if let Ok(answer) = self.exchange(&request).await
            && answer.status != TIMED_OUT
        {
            return Ok(answer);
        }
        self.stream = TcpStream::connect(&self.host).await?;
        self.stream.set_nodelay(true)?;
        self.exchange(&request).await
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<Answer, Failed> {
        self.stream.write_all(request).await?;
        self.read().await
    }

    async fn read(&mut self) -> Result<Answer, Failed> {
        self.buffer.clear();
        let end = loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(self.buffer.get(..end).unwrap_or_default()).into_owned();
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or("no status")?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        let length = match length {
            Some(length) => length,
            None if matches!(status, 204 | 304) => 0,
            None => return Err(format!("an answer of unknown length: {head}").into()),
        };
        while self.buffer.len() < end + 4 + length {
            self.more().await?;
        }
        let body = self.buffer.get(end + 4..end + 4 + length).unwrap_or_default().to_vec();
        Ok(Answer { status, body })
    }

    async fn more(&mut self) -> Result<(), Failed> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(())
    }

    /// Reads something; anything but a success is an error.
    pub async fn get(&mut self, token: &str, path: &str) -> Result<Value, Failed> {
        let answer = self.ask(Ask { method: "GET", path, token, ..Ask::default() }).await?;
        read("GET", path, answer)
    }

    /// Sends JSON; anything but a success is an error.
    pub async fn post(&mut self, token: &str, path: &str, body: &Value) -> Result<Value, Failed> {
        self.post_on(0, token, path, body).await
    }

    /// The same, based on a version.
    pub async fn post_on(&mut self, version: i64, token: &str, path: &str, body: &Value) -> Result<Value, Failed> {
        // an operation without a body takes none
        let body = if body.is_null() { Vec::new() } else { serde_json::to_vec(body)? };
        let ask = Ask { method: "POST", path, token, version, media_type: "application/json", body: &body };
        let answer = self.ask(ask).await?;
        read("POST", path, answer)
    }
}

/// The content of a success.
pub fn read(method: &str, path: &str, answer: Answer) -> Result<Value, Failed> {
    if !(200..300).contains(&answer.status) {
        let said = String::from_utf8_lossy(&answer.body).into_owned();
        return Err(format!("{method} {path}: {} {said}", answer.status).into());
    }
    if answer.body.is_empty() {
        return Ok(Value::Null);
    }
    Ok(serde_json::from_slice(&answer.body)?)
}
