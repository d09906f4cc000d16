//! A receiver under a script: it reads requests and answers each with the next acts, byte for byte, or misbehaves.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone)]
pub enum Act {
    Send(Vec<u8>),
    /// The bytes, one at a time.
    Drip(Vec<u8>, Duration),
    /// The bytes, again and again.
    Endless(Vec<u8>),
    /// Says nothing more until the sender goes away.
    Hang,
    /// Breaks the connection off with an RST.
    Reset,
    Close,
}

#[derive(Debug, Clone)]
pub struct Received {
    pub line: String,
    /// Lower-case names.
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

pub struct Receiver {
    pub port: u16,
    connections: Arc<AtomicUsize>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    /// Answers the n-th request with the n-th acts, later ones with the last.
    pub async fn start(script: Vec<Vec<Act>>) -> Self {
        Self::listen("127.0.0.1:0", script).await
    }

    pub async fn listen(address: &str, script: Vec<Vec<Act>>) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let received = Arc::new(Mutex::new(Vec::new()));
        let (count, log) = (connections.clone(), received.clone());
        tokio::spawn(async move {
            let script = Arc::new(script);
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, script.clone(), log.clone()));
            }
        });
        Self {
            port,
            connections,
            received,
        }
    }

    /// Speaks first, whatever comes; connections are not read as HTTP.
    pub async fn talking(script: Vec<Vec<Act>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let at = count.fetch_add(1, Ordering::SeqCst);
                let acts = script[at.min(script.len() - 1)].clone();
                tokio::spawn(async move {
                    for act in &acts {
                        if play(&mut stream, act).await.is_none() {
                            return;
                        }
                    }
                });
            }
        });
        Self {
            port,
            connections,
            received: Arc::default(),
        }
    }

    /// Answers every request with this status, headers and body.
    pub async fn answering(status: &str, headers: &str, body: &str) -> Self {
        Self::start(vec![vec![answer(status, headers, body)]]).await
    }

    pub async fn ok() -> Self {
        Self::answering("200 OK", "", "").await
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received[0].clone()
    }
}

/// An answer with its length; `headers` are whole lines, each ended by CR LF.
pub fn answer(status: &str, headers: &str, body: &str) -> Act {
    let length = body.len();
    Act::Send(
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}").into(),
    )
}

pub fn bytes(text: &str) -> Act {
    Act::Send(text.as_bytes().to_vec())
}

async fn serve(mut stream: TcpStream, script: Arc<Vec<Vec<Act>>>, log: Arc<Mutex<Vec<Received>>>) {
    let mut buffer = Vec::new();
    while let Some(received) = read(&mut stream, &mut buffer).await {
        let position = {
            let mut log = log.lock().unwrap();
            log.push(received);
            log.len() - 1
        };
        for act in &script[position.min(script.len() - 1)] {
            if play(&mut stream, act).await.is_none() {
                return;
            }
        }
    }
}

/// `None`: the connection is over.
async fn play(stream: &mut TcpStream, act: &Act) -> Option<()> {
    match act {
        Act::Send(bytes) => stream.write_all(bytes).await.ok(),
        Act::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[*byte]).await.ok()?;
                tokio::time::sleep(*pause).await;
            }
            Some(())
        }
        Act::Endless(bytes) => loop {
            stream.write_all(bytes).await.ok()?;
        },
        Act::Hang => {
            while stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {}
            None
        }
        Act::Reset => {
            stream.set_zero_linger().ok();
            None
        }
        Act::Close => {
            stream.shutdown().await.ok();
            None
        }
    }
}

async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Received> {
    let head = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break String::from_utf8(buffer.drain(..end + 4).collect()).unwrap();
        }
        more(stream, buffer).await?;
    };
    let mut lines = head.lines();
    let line = lines.next()?.to_owned();
    let mut headers = HashMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length: usize = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while buffer.len() < length {
        more(stream, buffer).await?;
    }
    let body = String::from_utf8(buffer.drain(..length).collect()).unwrap();
    Some(Received {
        line,
        headers,
        body,
    })
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    (stream.read_buf(buffer).await.ok()? > 0).then_some(())
}
