//! The contract of Aftercare: everything the browser, the server and every SDK must agree on.
//!
//! No input or output happens here and the crate builds for the browser and for the server alike.
//! Each operation is one row (see [`endpoint`]); each bound lives in a scalar type (see [`scalar`]);
//! each state machine is a table (see [`document`]).

pub mod body;
pub mod check;
pub mod choice;
#[cfg(feature = "schema")]
pub mod describe;
pub mod document;
pub mod endpoint;
pub mod external;
pub mod page;
pub mod path;
pub mod permission;
pub mod problem;
pub mod query;
pub mod read;
pub mod record;
pub mod registry;
pub mod reply;
pub mod restricted;
pub mod rules;
pub mod scalar;
pub mod text;

pub mod finance;
pub mod identity;
pub mod master;
pub mod service;
pub mod stock;
pub mod system;
pub mod trade;

pub use body::{Body, JsonBody, Upload};
pub use endpoint::{Access, Endpoint, Method, Row};
pub use external::{ByExternal, ExternalKey};
pub use page::{Listing, Page, PageQuery, Total};
pub use path::{ById, PathParams, Resource};
pub use permission::{Permission, Role, Scope};
pub use problem::{Code, FieldError, Issue, Problem};
pub use query::{Plain, QueryString};
pub use reply::{Accepted, Created, Detail, Encoded, FileData, Json, NoContent, Reply, Versioned};
pub use scalar::*;
pub use text::Lang;

/// No path parameters, no query, or no body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nothing;
