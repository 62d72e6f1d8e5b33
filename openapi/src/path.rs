//! Path parameters.

use crate::{Id, Nothing};

/// A kind of object that has an id in the API.
pub trait Resource: 'static {
    /// Singular, snake case; the same word as the table.
    const NAME: &'static str;
}

/// The parameters in a path template.
pub trait PathParams: Clone + Sized + 'static {
    /// The kind of object that `{id}` names.
    const RESOURCE: Option<&'static str>;
    /// Whether they name a record that may not exist yet: a PUT then makes or changes it, and `If-Match` is optional.
    const IS_UPSERT: bool = false;
    /// Names of the parameters.
    const NAMES: &'static [&'static str];
    /// Reads the parameters; `None` means that no such object can exist (404).
    fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self>;
    /// The text of a parameter.
    fn text(&self, name: &str) -> String;
    /// Fills the template in.
    fn fill(&self, template: &str) -> String {
        Self::NAMES
            .iter()
            .fold(template.to_owned(), |path, name| path.replace(&format!("{{{name}}}"), &self.text(name)))
    }
}

impl PathParams for Nothing {
    const RESOURCE: Option<&'static str> = None;
    const NAMES: &'static [&'static str] = &[];
    fn parse<'a>(_: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        Some(Nothing)
    }
    fn text(&self, _: &str) -> String {
        String::new()
    }
}

/// `{id}` of an object of kind `T`.
pub struct ById<T> {
    /// The id.
    pub id: Id<T>,
}
impl<T> Clone for ById<T> {
    fn clone(&self) -> Self {
        ById { id: self.id }
    }
}
impl<T: Resource> PathParams for ById<T> {
    const RESOURCE: Option<&'static str> = Some(T::NAME);
    const NAMES: &'static [&'static str] = &["id"];
    fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        Some(ById { id: get("id")?.parse().ok()? })
    }
    fn text(&self, _: &str) -> String {
        self.id.to_string()
    }
}
