//! Why something did not happen, and how that becomes a problem for the caller.

use openapi::problem::{self, Code, FieldError, Params, Problem};
use openapi::{Issue, Lang};
use sea_orm::{DbErr, RuntimeErr};
use std::collections::BTreeSet;
use std::fmt;

/// Result of everything that can fail.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why a command or query failed.
#[derive(Debug)]
pub enum Failure {
    /// The caller's fault, or the state's: a code, its parameters, and single wrong values.
    Refused {
        /// The code.
        code: Code,
        /// Parameters of its text.
        params: Params,
        /// Wrong values: JSON pointer and issue.
        issues: Vec<(String, Issue)>,
        /// Seconds to wait, where that helps.
        retry_after: Option<u64>,
    },
    /// The same, but what was written so far stays written (a failed sign-in is remembered).
    Kept(Box<Failure>),
    /// The database refused or is away.
    Db(DbErr),
    /// Our fault.
    Internal(String),
}

impl Failure {
    /// A refusal with this code.
    pub fn new(code: Code) -> Self {
        Failure::Refused { code, params: Params::new(), issues: Vec::new(), retry_after: None }
    }

    /// Names a parameter of the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        if let Failure::Refused { params, .. } = &mut self {
            params.insert(name.to_owned(), value.to_string());
        }
        self
    }

    /// Seconds after which a retry may succeed.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        if let Failure::Refused { retry_after, .. } = &mut self {
            *retry_after = Some(seconds);
        }
        self
    }

    /// One wrong value of the body.
    pub fn field(pointer: impl Into<String>, issue: Issue) -> Self {
        Failure::fields(vec![(pointer.into(), issue)])
    }

    /// Several wrong values of the body.
    pub fn fields(issues: Vec<(String, Issue)>) -> Self {
        Failure::Refused { code: problem::INVALID, params: Params::new(), issues, retry_after: None }
    }

    /// A reversal that later documents stand in the way of: all of them in one parameter of the text, and one by one at
    /// `/with/0`, ..., where the caller may allow to take them back along.
    pub fn blocked(code: Code, param: &str, numbers: &[String]) -> Self {
        let issue = |number: &String| Issue::new(code).with(param, number).with("document", number);
        let issues = numbers.iter().enumerate().map(|(at, number)| (format!("/with/{at}"), issue(number)));
        let params = Params::from([(param.to_owned(), numbers.join("、"))]);
        Failure::Refused { code, params, issues: issues.collect(), retry_after: None }
    }

    /// The documents that a refused reversal names.
    pub fn blockers(&self) -> Vec<String> {
        let Failure::Refused { issues, .. } = self else { return Vec::new() };
        issues.iter().filter_map(|(_, issue)| issue.params.get("document").cloned()).collect()
    }

    /// Keeps what was written so far.
    #[must_use]
    pub fn keeping_effects(self) -> Self {
        Failure::Kept(Box::new(self))
    }

    /// Not there, or not in scope.
    pub fn not_found() -> Self {
        Failure::new(problem::NOT_FOUND)
    }

    /// What the body names at `pointer` is not there, or not in scope.
    pub fn not_there(pointer: impl Into<String>) -> Self {
        Failure::field(pointer, Issue::new(problem::field::REFERENCE_NOT_FOUND))
    }

    /// The same for what was looked for by the id that the body has at `pointer`: the path itself is right.
    #[must_use]
    pub fn named_at(self, pointer: &str) -> Self {
        if self.code() == problem::NOT_FOUND { Failure::not_there(pointer) } else { self }
    }

    /// The code that the caller gets.
    pub fn code(&self) -> Code {
        match self {
            Failure::Refused { code, .. } => *code,
            Failure::Kept(inner) => inner.code(),
            Failure::Db(error) => classify(error).code(),
            Failure::Internal(_) => problem::INTERNAL,
        }
    }

    /// Every code that the caller gets: that of the answer, then those of single values; each once.
    pub fn codes(&self) -> BTreeSet<&'static str> {
        let issues = match self {
            Failure::Refused { issues, .. } => issues.as_slice(),
            Failure::Kept(inner) => return inner.codes(),
            Failure::Db(_) | Failure::Internal(_) => &[],
        };
        issues.iter().map(|(_, issue)| issue.code.code).chain([self.code().code]).collect()
    }

    /// Whether running the transaction again may succeed: serialization failure, deadlock, busy, or a number that
    /// somebody else took in the same instant (the next attempt sees it and takes the next one).
    pub fn is_transient(&self) -> bool {
        let Failure::Db(error) = self else { return false };
        match classify(error) {
            DbFault::Transient => true,
            DbFault::Violated(what) => what.starts_with("uq_") && what.ends_with("_number"),
            _ => false,
        }
    }

    /// Whether it says something about what is recorded: the same request is refused again as long as that stays.
    pub fn is_verdict(&self) -> bool {
        match self {
            Failure::Refused { .. } => true,
            Failure::Db(error) => matches!(classify(error), DbFault::Violated(_) | DbFault::Reference),
            Failure::Kept(_) | Failure::Internal(_) => false,
        }
    }

    /// Whether a lock was not to be had in time.
    pub fn is_locked(&self) -> bool {
        matches!(self, Failure::Db(error) if classify(error) == DbFault::Locked)
    }

    /// The problem document.
    pub fn problem(&self, lang: Lang, instance: &str, request_id: &str) -> Problem {
        let code = self.code();
        let (params, issues) = match self {
            Failure::Refused { params, issues, .. } => (params.clone(), issues.clone()),
            Failure::Kept(inner) => return inner.problem(lang, instance, request_id),
            _ => (Params::new(), Vec::new()),
        };
        let errors: Vec<FieldError> = issues.into_iter().map(|(pointer, issue)| issue.at(pointer, lang)).collect();
        let title = code.message(lang, &params);
        let detail =
            errors.first().map_or_else(|| title.clone(), |e| format!("{title}（{}：{}）", e.pointer, e.message));
        Problem {
            kind: format!("/problems/{}", code.code),
            title,
            status: code.status,
            detail,
            instance: instance.to_owned(),
            code: code.code.to_owned(),
            request_id: request_id.to_owned(),
            errors,
            retryable: matches!(code.status, 429 | 503)
                || code == problem::BUSY
                || code == problem::IDEMPOTENCY_IN_PROGRESS,
        }
    }

    /// Seconds for `Retry-After`.
    pub fn retry_seconds(&self) -> Option<u64> {
        match self {
            Failure::Refused { retry_after, code, .. } => retry_after.or((code.status == 503).then_some(2)),
            Failure::Kept(inner) => inner.retry_seconds(),
            Failure::Db(_) if self.code().status == 503 => Some(2),
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused { code, params, issues, .. } => {
                write!(f, "{} ({})", code.code, code.message(Lang::En, params))?;
                issues.iter().try_for_each(|(pointer, issue)| write!(f, " {pointer}: {}", issue.code.code))
            }
            Failure::Kept(inner) => inner.fmt(f),
            Failure::Db(error) => write!(f, "database: {error}"),
            Failure::Internal(text) => write!(f, "internal: {text}"),
        }
    }
}
impl std::error::Error for Failure {}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        match error {
            // somebody else changed it since it was read
            DbErr::RecordNotUpdated => Failure::new(problem::STALE),
            error => Failure::Db(error),
        }
    }
}
impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Failure::new(code)
    }
}
impl From<openapi::Strange> for Failure {
    fn from(strange: openapi::Strange) -> Self {
        Failure::Internal(format!("stored value {:?} is unknown", strange.0))
    }
}
impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Internal(format!("json: {error}"))
    }
}

/// What a violated constraint means to the caller.
#[derive(Clone, Copy, Debug)]
pub struct Constraint {
    /// Name of the constraint, as PostgreSQL reports it (and SQLite, for CHECK).
    pub name: &'static str,
    /// What SQLite reports for a unique constraint: `table.column, table.column`.
    pub columns: &'static str,
    /// The code that the caller gets.
    pub code: Code,
    /// The field it is about; empty for none.
    pub pointer: &'static str,
}

/// What kind of database error it is.
#[derive(Debug, PartialEq, Eq)]
pub enum DbFault {
    /// Run the transaction again.
    Transient,
    /// A lock was not to be had in time.
    Locked,
    /// The database cannot be reached, or no connection was free in time.
    Away,
    /// The disk is full.
    Full,
    /// A constraint was violated; its name, or what the database said of it.
    Violated(String),
    /// A reference points nowhere, or the row is still referred to.
    Reference,
    /// Anything else is a defect.
    Other,
}

impl DbFault {
    fn code(&self) -> Code {
        match self {
            DbFault::Transient | DbFault::Locked => problem::BUSY,
            DbFault::Away => problem::UNAVAILABLE,
            DbFault::Full => problem::STORAGE_FULL,
            DbFault::Violated(_) => problem::ALREADY_EXISTS,
            DbFault::Reference => problem::IN_USE,
            DbFault::Other => problem::INTERNAL,
        }
    }
}

/// Says that everything of a transaction was undone although its own work was in order.
pub(crate) const TRANSACTION_LOST: &str = "the transaction was lost";

/// Sorts a database error by its SQLSTATE or SQLite result code.
pub fn classify(error: &DbErr) -> DbFault {
    let runtime = match error {
        DbErr::ConnectionAcquire(_) => return DbFault::Away,
        DbErr::Conn(e) | DbErr::Exec(e) | DbErr::Query(e) => e,
        _ => return DbFault::Other,
    };
    let RuntimeErr::SqlxError(driver) = runtime else {
        let is_lost = matches!(runtime, RuntimeErr::Internal(said) if said == TRANSACTION_LOST);
        return if is_lost { DbFault::Transient } else { DbFault::Other };
    };
    let Some(said) = driver.as_database_error() else {
        use sea_orm::sqlx::Error as E;
        return match driver.as_ref() {
            E::Io(_) | E::Tls(_) | E::Protocol(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed => DbFault::Away,
            _ => DbFault::Other,
        };
    };
    let code = said.code().unwrap_or_default();
    match code.as_ref() {
        "40001" | "40P01" | "5" | "261" | "517" => DbFault::Transient,
        "55P03" | "6" => DbFault::Locked,
        "57014" | "57P01" | "57P02" | "57P03" | "53300" | "08006" | "08003" => DbFault::Away,
        "53100" | "13" => DbFault::Full,
        "23503" | "787" => DbFault::Reference,
        "23505" | "23514" | "2067" | "1555" | "275" => DbFault::Violated(violated(said)),
        _ => DbFault::Other,
    }
}

fn violated(error: &dyn sea_orm::sqlx::error::DatabaseError) -> String {
    let named = error.constraint().map(str::to_owned);
    named.unwrap_or_else(|| error.message().rsplit("failed: ").next().unwrap_or_default().trim().to_owned())
}

/// Turns a violated constraint into the refusal that its declaration asks for.
pub fn explain(failure: Failure, constraints: &[Constraint]) -> Failure {
    let Failure::Db(error) = &failure else { return failure };
    let DbFault::Violated(what) = classify(error) else { return failure };
    let found = constraints.iter().find(|c| c.name == what || (!c.columns.is_empty() && c.columns == what));
    match found {
        Some(c) if c.pointer.is_empty() => Failure::new(c.code),
        Some(c) => Failure::Refused {
            code: if c.code.status == 409 { problem::ALREADY_EXISTS } else { problem::INVALID },
            params: Params::new(),
            issues: vec![(c.pointer.to_owned(), Issue::new(c.code))],
            retry_after: None,
        },
        None => {
            log::warn!("constraint without a declaration: {what}");
            failure
        }
    }
}
