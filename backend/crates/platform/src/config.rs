//! Settings, from `aftercare.toml` and from the environment (`AFTERCARE_...`); the environment wins.

use serde::Deserialize;
use std::fmt;
use std::path::PathBuf;

/// A value that is never printed.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Secret(value.into())
    }
    /// The value itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "(not set)" } else { "(set)" })
    }
}

/// The settings of one process.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// Folder of the database, attachments and generated keys.
    pub data: PathBuf,
    /// `sqlite` (a file in `data`), `sqlite:FILE`, or `postgres://…`.
    pub database: Secret,
    /// Where reads may go instead, for example to a replica.
    pub read_database: Option<Secret>,
    /// Whether this is a demo installation.
    pub demo: bool,
    /// Signs access tokens and cursors; at least 32 characters.
    pub jwt_secret: Secret,
    /// Connections to PostgreSQL per process, or readers of SQLite.
    pub connections: u32,
    /// Seconds that one statement may take.
    pub statement_seconds: u64,
    /// IANA zone in which days and months begin.
    pub time_zone: String,
    /// Worker threads that answer requests.
    pub workers: usize,
    /// Requests per minute and address.
    pub requests_per_minute: u32,
    /// Whether the refresh cookie is sent over TLS only.
    pub secure_cookies: bool,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Where attachments go: a folder below `data`, or S3.
    pub storage: Storage,
}

/// Where attachments go.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Storage {
    /// S3 bucket; a local folder is used when it is empty.
    pub bucket: String,
    /// S3 endpoint.
    pub endpoint: String,
    /// S3 region.
    pub region: String,
    /// S3 access key.
    pub access_key: Secret,
    /// S3 secret key.
    pub secret_key: Secret,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            listen: "127.0.0.1:8080".to_owned(),
            data: PathBuf::from("data"),
            database: Secret::new("sqlite"),
            read_database: None,
            demo: false,
            jwt_secret: Secret::default(),
            connections: 16,
            statement_seconds: 5,
            time_zone: "Asia/Shanghai".to_owned(),
            workers: 4,
            requests_per_minute: 3000,
            secure_cookies: true,
            trusted_proxies: Vec::new(),
            storage: Storage::default(),
        }
    }
}

impl Config {
    /// Reads the file, if there is one, and the environment.
    pub fn load(file: Option<&std::path::Path>) -> std::result::Result<Self, String> {
        let mut builder = config::Config::builder();
        builder = match file {
            Some(path) => builder.add_source(config::File::from(path).format(config::FileFormat::Toml)),
            None => builder.add_source(config::File::new("aftercare.toml", config::FileFormat::Toml).required(false)),
        };
        let environment = config::Environment::with_prefix("AFTERCARE")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("trusted_proxies");
        let loaded = builder.add_source(environment).build().map_err(|e| e.to_string())?;
        loaded.try_deserialize().map_err(|e| e.to_string())
    }

    /// The zone in which days and months begin.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.time_zone.parse().unwrap_or(chrono_tz::Asia::Shanghai)
    }

    /// What makes these settings unusable.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.jwt_secret.is_empty() && !self.demo {
            faults.push("AFTERCARE_JWT_SECRET is missing: set it to at least 32 random characters".to_owned());
        } else if !self.jwt_secret.is_empty() && self.jwt_secret.reveal().len() < 32 {
            faults.push("AFTERCARE_JWT_SECRET is too short: at least 32 characters".to_owned());
        }
        if self.time_zone.parse::<chrono_tz::Tz>().is_err() {
            faults.push(format!("time_zone {:?} is not an IANA zone", self.time_zone));
        }
        if self.connections == 0 || self.workers == 0 || self.statement_seconds == 0 {
            faults.push("connections, workers and statement_seconds must be at least 1".to_owned());
        }
        faults
    }
}
