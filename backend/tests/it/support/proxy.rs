//! Stands between the server and PostgreSQL, and cuts a connection when told to.

use super::faults::{Fate, Fault};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Starts one before the database of this URL; answers the URL by which it is reached. It ends with the process.
pub fn before(url: &str, fault: Arc<Fault>) -> String {
    let (head, rest) = url.rsplit_once('@').unwrap();
    let (server, name) = rest.split_once('/').unwrap();
    let server = server.to_owned();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((client, _)) = listener.accept().await {
                let Ok(upstream) = TcpStream::connect(&server).await else { continue };
                tokio::spawn(carry(client, upstream, Arc::clone(&fault)));
            }
        });
    });
    format!("{head}@127.0.0.1:{port}/{name}")
}

/// Carries both ways until one end closes or the connection is cut.
async fn carry(client: TcpStream, upstream: TcpStream, fault: Arc<Fault>) {
    client.set_nodelay(true).ok();
    upstream.set_nodelay(true).ok();
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = upstream.into_split();
    let (mute, is_mute) = watch::channel(false);
    // when either way ends, both streams are dropped, which closes them
    tokio::select! {
        _ = requests(from_client, to_server, fault, mute) => {}
        _ = replies(from_server, to_client, is_mute) => {}
    }
}

/// Requests, message by message. A step is what the server answers as a whole: `Sync` of the extended protocol, or a simple query.
async fn requests(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    fault: Arc<Fault>,
    mute: watch::Sender<bool>,
) -> Option<()> {
    let mut is_started = false;
    loop {
        let kind = if is_started { Some(from.read_u8().await.ok()?) } else { None };
        let length = from.read_u32().await.ok()?;
        let mut body = vec![0; usize::try_from(length).ok()? - 4];
        from.read_exact(&mut body).await.ok()?;
        // the protocol's version is 3 in its upper half; what asks for TLS first has another number there
        is_started = is_started || body.starts_with(&[0, 3]);
        let is_step = matches!(kind, Some(b'S' | b'Q'));
        let is_commit = kind == Some(b'Q') && body.starts_with(b"COMMIT");
        let fate = if is_step { fault.step(is_commit) } else { Fate::Done };
        if fate == Fate::Refused {
            return None;
        }
        if fate == Fate::Untold {
            mute.send(true).ok()?;
        }
        let mut message = kind.map_or_else(Vec::new, |kind| vec![kind]);
        message.extend_from_slice(&length.to_be_bytes());
        message.extend_from_slice(&body);
        to.write_all(&message).await.ok()?;
    }
}

/// Replies as they come; once muted, the first of them ends the connection.
async fn replies(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, is_mute: watch::Receiver<bool>) -> Option<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = from.read(&mut buffer).await.ok().filter(|length| *length > 0)?;
        if *is_mute.borrow() {
            return None;
        }
        to.write_all(buffer.get(..length)?).await.ok()?;
    }
}
