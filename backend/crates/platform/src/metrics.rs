//! Figures for Prometheus: requests by route, and how much waits.

use crate::{App, job, outbox};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::Duration;

/// Seconds that stand in the histogram.
const BUCKETS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: String,
    /// The template, never the address itself: addresses have no end.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Routed {
    method: String,
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Pooled {
    pool: &'static str,
    state: &'static str,
}

/// The figures of one process.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Routed, Histogram>,
    limited: Counter,
    connections: Family<Pooled, Gauge>,
    jobs: Gauge,
    messages: Gauge,
    database: Gauge,
    statements: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("aftercare");
        let requests = Family::default();
        let seconds: Family<Routed, Histogram> = Family::new_with_constructor(|| Histogram::new(BUCKETS));
        let (limited, connections) = (Counter::default(), Family::default());
        let (jobs, messages, database) = (Gauge::default(), Gauge::default(), Gauge::default());
        let statements: Counter = Counter::default();
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "Time to answer", seconds.clone());
        registry.register("requests_limited", "Requests refused by the rate limit", limited.clone());
        registry.register("database_connections", "Connections to the database", connections.clone());
        registry.register("database_statements", "Statements sent to the database", statements.clone());
        registry.register("database_up", "Whether the database answers", database.clone());
        registry.register("jobs_open", "Jobs that wait or run", jobs.clone());
        registry.register("outbox_open", "Messages that wait to be delivered", messages.clone());
        Metrics { registry, requests, seconds, limited, connections, jobs, messages, database, statements }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn answered(&self, method: &str, route: Option<String>, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.unwrap_or_else(|| "(none)".to_owned()));
        self.seconds
            .get_or_create(&Routed { method: method.clone(), route: route.clone() })
            .observe(took.as_secs_f64());
        self.requests.get_or_create(&Answered { method, route, status }).inc();
    }

    /// Counts a refusal of the rate limit.
    pub(crate) fn limited(&self) {
        self.limited.inc();
    }
}

/// All figures as text. What the database would say is left as it was when the database is away.
pub async fn text(app: &App) -> String {
    let metrics = &app.metrics;
    let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let depths = async { Ok::<_, crate::Failure>((job::depth(app).await?, outbox::depth(app).await?)) };
    match tokio::time::timeout(Duration::from_secs(2), depths).await {
        Ok(Ok((jobs, messages))) => {
            metrics.jobs.set(count(jobs));
            metrics.messages.set(count(messages));
            metrics.database.set(1);
        }
        _ => {
            metrics.database.set(0);
        }
    }
    for (pool, size, idle) in app.db.pools() {
        let (size, idle) = (i64::from(size), i64::try_from(idle).unwrap_or(i64::MAX));
        metrics.connections.get_or_create(&Pooled { pool, state: "busy" }).set((size - idle).max(0));
        metrics.connections.get_or_create(&Pooled { pool, state: "idle" }).set(idle);
    }
    metrics.statements.inc_by(app.db.statements().saturating_sub(metrics.statements.get()));
    let mut out = String::new();
    if encode(&mut out, &metrics.registry).is_err() {
        log::warn!("the figures could not be written");
    }
    out
}
