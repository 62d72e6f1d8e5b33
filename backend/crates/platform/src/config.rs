//! Settings, from `aftercare.toml` and from the environment (`AFTERCARE_...`); the environment wins.

use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

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
    /// Requests that are worked on at the same time; beyond it 503 with `Retry-After`.
    pub requests_at_once: usize,
    /// Whether the refresh cookie is sent over TLS only.
    pub secure_cookies: bool,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    #[serde(deserialize_with = "addresses")]
    pub trusted_proxies: Vec<IpAddr>,
    /// Where attachments go: a folder below `data`, or S3.
    pub storage: Storage,
    /// Keys that chain the audit log, separated by commas: the first makes new seals, the others check older ones. They
    /// are derived from `jwt_secret` when none is set.
    pub audit_key: Secret,
    /// Password of the first administrator of an empty database; one is made and logged when it is not set.
    pub admin_password: Secret,
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
            requests_at_once: 256,
            secure_cookies: true,
            trusted_proxies: Vec::new(),
            storage: Storage::default(),
            audit_key: Secret::default(),
            admin_password: Secret::default(),
        }
    }
}

impl Config {
    /// Reads the file, if there is one, and the environment.
    pub fn load(file: Option<&Path>) -> std::result::Result<Self, String> {
        Self::read(file, std::env::vars())
    }

    fn read(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> std::result::Result<Self, String> {
        let mut builder = config::Config::builder();
        builder = match file {
            Some(path) => builder.add_source(config::File::from(path).format(config::FileFormat::Toml)),
            None => builder.add_source(config::File::new("aftercare.toml", config::FileFormat::Toml).required(false)),
        };
        // Only what is a setting: tools around the server use the prefix too. Numbers are read from text by the types
        // that want them, so that a secret of digits stays as it is.
        let known = |name: &str| SETTINGS.iter().any(|setting| name.eq_ignore_ascii_case(&variable(setting)));
        let settings: HashMap<String, String> = environment.filter(|(name, _)| known(name)).collect();
        let source = config::Environment::with_prefix("AFTERCARE").prefix_separator("_").separator("__");
        let loaded = builder.add_source(source.source(Some(settings))).build().map_err(|e| e.to_string())?;
        loaded.try_deserialize().map_err(|e| e.to_string())
    }

    /// Makes the secret of a demo installation, or reads the one that was made before: `jwt_secret` in the data folder,
    /// readable by its owner only.
    pub fn demo_secret(&mut self) -> std::io::Result<()> {
        if !self.demo || !self.jwt_secret.is_empty() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.data)?;
        let file = self.data.join(DEMO_SECRET);
        let secret = match std::fs::read_to_string(&file) {
            Ok(text) => text.trim().to_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let made = crate::auth::token::random_token();
                write_private(&file, &made)?;
                made
            }
            Err(error) => return Err(error),
        };
        self.jwt_secret = Secret::new(secret);
        Ok(())
    }

    /// Takes the secret of a demo installation that was made before, where the settings name none: for commands that look
    /// after one.
    pub fn known_secret(&mut self) {
        if self.jwt_secret.is_empty()
            && let Ok(text) = std::fs::read_to_string(self.data.join(DEMO_SECRET))
        {
            self.jwt_secret = Secret::new(text.trim());
        }
    }

    /// Name and value of each setting, for the log: secrets are masked.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let Config {
            listen,
            data,
            database,
            read_database,
            demo,
            jwt_secret,
            connections,
            statement_seconds,
            time_zone,
            workers,
            requests_per_minute,
            requests_at_once,
            secure_cookies,
            trusted_proxies,
            storage: Storage { bucket, endpoint, region, access_key, secret_key },
            audit_key,
            admin_password,
        } = self;
        vec![
            ("listen", listen.clone()),
            ("data", data.display().to_string()),
            ("database", without_password(database.reveal())),
            ("read_database", read_database.as_ref().map_or_else(String::new, |url| without_password(url.reveal()))),
            ("demo", demo.to_string()),
            ("jwt_secret", format!("{jwt_secret:?}")),
            ("connections", connections.to_string()),
            ("statement_seconds", statement_seconds.to_string()),
            ("time_zone", time_zone.clone()),
            ("workers", workers.to_string()),
            ("requests_per_minute", requests_per_minute.to_string()),
            ("requests_at_once", requests_at_once.to_string()),
            ("secure_cookies", secure_cookies.to_string()),
            ("trusted_proxies", format!("{trusted_proxies:?}")),
            ("storage.bucket", bucket.clone()),
            ("storage.endpoint", endpoint.clone()),
            ("storage.region", region.clone()),
            ("storage.access_key", format!("{access_key:?}")),
            ("storage.secret_key", format!("{secret_key:?}")),
            ("audit_key", format!("{audit_key:?}")),
            ("admin_password", format!("{admin_password:?}")),
        ]
    }

    /// The zone in which days and months begin.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.time_zone.parse().unwrap_or(chrono_tz::Asia::Shanghai)
    }

    /// What makes these settings unusable.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.jwt_secret.is_empty() && !self.demo {
            faults.push(
                "AFTERCARE_JWT_SECRET is missing. It signs everybody's access token: set it to at least 32 random characters, \
                 the same on every replica, for example with  export AFTERCARE_JWT_SECRET=$(openssl rand -hex 32)  \
                 (or start with --demo to try Aftercare out)"
                    .to_owned(),
            );
        } else if !self.jwt_secret.is_empty() && self.jwt_secret.reveal().len() < 32 {
            faults.push("AFTERCARE_JWT_SECRET is too short: at least 32 characters".to_owned());
        }
        let keys = self.audit_key.reveal();
        if !keys.is_empty() && keys.split(',').any(|key| key.trim().len() < 32) {
            faults
                .push("AFTERCARE_AUDIT_KEY is too short: at least 32 characters each, separated by commas".to_owned());
        }
        if self.time_zone.parse::<chrono_tz::Tz>().is_err() {
            faults.push(format!("time_zone {:?} is not an IANA zone", self.time_zone));
        }
        let none = [u64::from(self.connections), self.statement_seconds].contains(&0);
        if none || self.workers == 0 || self.requests_at_once == 0 {
            faults.push("connections, workers, statement_seconds and requests_at_once must be at least 1".to_owned());
        }
        faults
    }
}

/// The file in the data folder that holds the secret of a demo installation.
const DEMO_SECRET: &str = "jwt_secret";

/// Every setting, as it is called in the file; a section and its setting are separated by two underscores.
const SETTINGS: &[&str] = &[
    "listen",
    "data",
    "database",
    "read_database",
    "demo",
    "jwt_secret",
    "connections",
    "statement_seconds",
    "time_zone",
    "workers",
    "requests_per_minute",
    "requests_at_once",
    "secure_cookies",
    "trusted_proxies",
    "storage__bucket",
    "storage__endpoint",
    "storage__region",
    "storage__access_key",
    "storage__secret_key",
    "audit_key",
    "admin_password",
];

/// The environment variable of a setting.
fn variable(setting: &str) -> String {
    format!("AFTERCARE_{}", setting.to_ascii_uppercase())
}

/// A database URL fit for the log.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((login, place)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{place}")
        }
        None => url.to_owned(),
    }
}

/// A list in the file, or addresses separated by commas in the environment.
fn addresses<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Vec<IpAddr>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Line(String),
        List(Vec<String>),
    }
    let parts = match Form::deserialize(deserializer)? {
        Form::Line(line) => line.split(',').map(str::to_owned).collect(),
        Form::List(list) => list,
    };
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(serde::de::Error::custom)).collect()
}

/// Writes a new file that only its owner can read.
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> std::result::Result<Config, String> {
        Config::read(None, pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_environment_sets_numbers_flags_lists_and_sections() {
        let config = read(&[
            ("AFTERCARE_WORKERS", "2"),
            ("AFTERCARE_DEMO", "true"),
            ("AFTERCARE_TRUSTED_PROXIES", "10.0.0.1, ::1"),
            ("AFTERCARE_STORAGE__BUCKET", "files"),
            ("AFTERCARE_JWT_SECRET", "00000000000000000000000000000000"),
            ("AFTERCARE_TEST_DB", "not a setting"),
        ])
        .unwrap();
        assert_eq!((config.workers, config.demo, config.trusted_proxies.len()), (2, true, 2));
        assert_eq!((config.storage.bucket.as_str(), config.jwt_secret.reveal().len()), ("files", 32));
        assert!(read(&[("AFTERCARE_WORKERS", "many")]).is_err());
    }

    #[test]
    fn every_setting_can_come_from_the_environment() {
        let printed: Vec<String> = Config::default().lines().iter().map(|(name, _)| name.replace('.', "__")).collect();
        assert_eq!(printed, SETTINGS);
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = Config {
            jwt_secret: Secret::new("hush"),
            database: Secret::new("postgres://aftercare:hush@db:5432/a"),
            ..Config::default()
        };
        let printed = format!("{:?}{:?}", config, config.lines());
        assert!(!printed.contains("hush"), "{printed}");
        assert!(printed.contains("aftercare:***@db:5432/a"));
    }

    #[test]
    fn production_needs_a_secret_and_says_how_to_get_one() {
        let faults = Config::default().faults();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("openssl rand -hex 32"));
        assert!(Config { jwt_secret: Secret::new("short"), ..Config::default() }.faults()[0].contains("too short"));
    }

    #[test]
    fn a_demo_makes_its_secret_once_and_keeps_it() {
        let data = std::env::temp_dir().join(format!("aftercare-secret-{}", crate::new_id()));
        let demo = || Config { demo: true, data: data.clone(), ..Config::default() };
        let (mut first, mut second) = (demo(), demo());
        first.demo_secret().unwrap();
        second.demo_secret().unwrap();
        assert_eq!(first.jwt_secret.reveal(), second.jwt_secret.reveal());
        assert!(first.faults().is_empty());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(data.join("jwt_secret")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::remove_dir_all(data).unwrap();
    }
}
