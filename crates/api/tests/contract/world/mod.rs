//! A server without a socket: the router over an engine over a store, and keys of two workspaces.
mod listed;

use api::{Limits, NewKey, Scope, Settings, State, create_key};
use axum::Router;
use axum::body::Body;
use engine::Engine;
use engine::vault::Vault;
use http::{HeaderMap, Request, StatusCode};
use jiff::Timestamp;
use kernel::id::WorkspaceId;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use store::catalog::{Document, Kind};
use tower::ServiceExt;

pub struct World {
    router: Router,
    pub state: State,
    pub engine: Engine,
    pub ours: WorkspaceId,
    pub theirs: WorkspaceId,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    #[track_caller]
    pub fn refused(self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.json()["code"], code);
    }
}

/// SQLite in memory, or PostgreSQL where `SWITCHHOOK_TEST_STORE=postgres` runs the tests a second time.
pub async fn store() -> Arc<dyn store::Store> {
    if std::env::var("SWITCHHOOK_TEST_STORE").is_ok_and(|store| store == "postgres") {
        let url = tokio::task::spawn_blocking(lab::database).await.unwrap();
        let options = store_postgres::Options { url, ca: None };
        return Arc::new(store_postgres::Postgres::connect(&options).await.unwrap());
    }
    Arc::new(store_sqlite::Sqlite::in_memory().unwrap())
}

/// A workspace as it is kept, for what needs more of one than its id.
pub fn home(workspace: WorkspaceId) -> Document {
    let now = Timestamp::now();
    Document {
        kind: Kind::Workspace,
        id: workspace.bytes(),
        workspace,
        version: 1,
        name: "ours".into(),
        alias: None,
        enabled: true,
        created_at: now,
        updated_at: now,
        body: "{}".into(),
    }
}

pub async fn world() -> World {
    world_on(store().await).await
}

/// The same over a store that holds something already.
pub async fn world_on(store: Arc<dyn store::Store>) -> World {
    let out = Arc::new(actions::World::new(actions::Config::default()));
    let config = engine::Config::new("test");
    let engine = Engine::start(store, out, Vault::new(&[7; 32]), config)
        .await
        .unwrap();
    let (ours, theirs) = (
        WorkspaceId::from_bytes([1; 16]),
        WorkspaceId::from_bytes([2; 16]),
    );
    let (router, state) = router(&engine, ours);
    World {
        router,
        state,
        engine,
        ours,
        theirs,
    }
}

fn router(engine: &Engine, ours: WorkspaceId) -> (Router, State) {
    let settings = Settings {
        public_url: Some("https://hooks.example".into()),
        trusted_proxies: Vec::new(),
        limits: Limits {
            batch: 3,
            ..Limits::default()
        },
        root_key: Some("root-key-of-the-tests".into()),
        default_workspace: ours,
        demo: false,
        version: "0.0.0".into(),
    };
    let state = State::new(engine.clone(), settings, Arc::new(|| "up 1\n".into()));
    let screens = Router::new().fallback(|| async { "screens" });
    (api::router(state.clone(), screens), state)
}

impl World {
    pub async fn key(&self, workspace: WorkspaceId, scope: Scope) -> String {
        let key = NewKey {
            name: "test".into(),
            scopes: vec![scope],
            expires_at: None,
        };
        let store = self.engine.store().as_ref();
        create_key(store, workspace, key, self.engine.now())
            .await
            .unwrap()
            .1
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), 10 << 20)
            .await
            .unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        listed::check(&method, &path, status);
        Answer {
            status,
            headers,
            text,
        }
    }

    pub async fn call(&self, key: &str, method: &str, path: &str, body: Value) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "hooks.example");
        if !key.is_empty() {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let body = match body {
            Value::Null => Body::empty(),
            body => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
        };
        self.send(request.body(body).unwrap()).await
    }
}

impl World {
    /// The same store behind another node's caches.
    pub fn another_node(&self) -> World {
        let (router, state) = router(&self.engine, self.ours);
        World {
            router,
            state,
            engine: self.engine.clone(),
            ours: self.ours,
            theirs: self.theirs,
        }
    }

    /// Uses a sign-in link up; the cookie it gives.
    pub async fn sign_in(&self, link: &str) -> String {
        let path = link.strip_prefix("https://hooks.example").unwrap_or(link);
        let answer = self.call("", "GET", path, Value::Null).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// The cookie of the first owner.
    pub async fn owner(&self) -> String {
        let (store, hour) = (self.engine.store().as_ref(), Duration::from_secs(3600));
        let now = self.engine.now();
        let link = api::create_link(store, self.ours, None, hour, now).await;
        self.sign_in(&format!("/sign-in?token={}", link.unwrap()))
            .await
    }

    /// A request of a browser that is signed in.
    pub async fn browse(&self, cookie: &str, method: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "hooks.example")
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json");
        let body = match body {
            Value::Null => Body::empty(),
            body => Body::from(body.to_string()),
        };
        self.send(request.body(body).unwrap()).await
    }

    /// The body of an answer that does not end.
    pub async fn open(&self, key: &str, path: &str) -> Body {
        let request = Request::get(path).header("authorization", format!("Bearer {key}"));
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        response.into_body()
    }
}
