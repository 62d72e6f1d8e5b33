//! Typed identifiers.

use crate::problem::{Issue, field};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use uuid::Uuid;

/// The id of a `T`: a UUID, version 7 for everything the server makes.
pub struct Id<T>(pub Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// Types a raw UUID.
    pub const fn new(uuid: Uuid) -> Self {
        Id(uuid, PhantomData)
    }
    /// The raw UUID.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
    /// The same id, seen as the id of another kind of object.
    pub const fn cast<U>(self) -> Id<U> {
        Id::new(self.0)
    }
}
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> From<Uuid> for Id<T> {
    fn from(uuid: Uuid) -> Self {
        Id::new(uuid)
    }
}
impl<T> From<Id<T>> for Uuid {
    fn from(id: Id<T>) -> Self {
        id.0
    }
}
impl<T> FromStr for Id<T> {
    type Err = Issue;
    fn from_str(s: &str) -> Result<Self, Issue> {
        // the other notations of a UUID (no hyphens, braces, a URN) are not what the contract says
        let uuid = Uuid::try_parse(s).ok().filter(|_| s.len() == 36);
        uuid.map(Id::new).ok_or_else(|| Issue::new(field::INVALID_FORMAT))
    }
}
super::as_string!([T] Id<T>, "Id", {
    let mut schema = super::string_schema("UUID", 36, 36, None, "0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f");
    schema.format = Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Uuid));
    schema
});
