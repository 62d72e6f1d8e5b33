//! Request bodies.

use crate::problem::{self, Code, FieldError, Issue, field};
use crate::{Lang, Nothing};
use serde::{Serialize, de::DeserializeOwned};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// Why a body was refused.
#[derive(Debug)]
pub struct Refusal {
    /// [`problem::BAD_REQUEST`] when it is not JSON at all, else [`problem::INVALID`].
    pub code: Code,
    /// The wrong values.
    pub errors: Vec<FieldError>,
}

/// The body of a row.
pub trait Body: 'static {
    /// What commands get.
    type Data: Clone + 'static;
    /// Media type; `None` for a row without body.
    const MEDIA_TYPE: Option<&'static str>;
    /// Whether it is JSON.
    const IS_JSON: bool;
    /// The largest body in bytes.
    const MAX_BYTES: usize;
    /// Reads and validates it.
    fn parse(bytes: &[u8], lang: Lang) -> Result<Self::Data, Refusal>;
    /// Writes it.
    fn render(data: &Self::Data) -> Vec<u8>;
    /// Adds its schemas to the document.
    #[cfg(feature = "schema")]
    fn describe(document: &mut crate::describe::Document) -> Option<utoipa::openapi::request_body::RequestBody>;
}

impl Body for Nothing {
    type Data = Nothing;
    const MEDIA_TYPE: Option<&'static str> = None;
    const IS_JSON: bool = false;
    const MAX_BYTES: usize = 0;
    fn parse(_: &[u8], _: Lang) -> Result<Nothing, Refusal> {
        Ok(Nothing)
    }
    fn render(_: &Nothing) -> Vec<u8> {
        Vec::new()
    }
    #[cfg(feature = "schema")]
    fn describe(_: &mut crate::describe::Document) -> Option<utoipa::openapi::request_body::RequestBody> {
        None
    }
}

/// A JSON body of type `T`.
pub struct JsonBody<T>(std::marker::PhantomData<T>);

/// What a JSON body must be able to do.
#[cfg(feature = "schema")]
pub trait Draft: Clone + Serialize + DeserializeOwned + Validate + utoipa::ToSchema + 'static {}
#[cfg(feature = "schema")]
impl<T: Clone + Serialize + DeserializeOwned + Validate + utoipa::ToSchema + 'static> Draft for T {}
/// What a JSON body must be able to do.
#[cfg(not(feature = "schema"))]
pub trait Draft: Clone + Serialize + DeserializeOwned + Validate + 'static {}
#[cfg(not(feature = "schema"))]
impl<T: Clone + Serialize + DeserializeOwned + Validate + 'static> Draft for T {}

impl<T: Draft> Body for JsonBody<T> {
    type Data = T;
    const MEDIA_TYPE: Option<&'static str> = Some("application/json");
    const IS_JSON: bool = true;
    const MAX_BYTES: usize = 2 << 20;

    fn parse(bytes: &[u8], lang: Lang) -> Result<T, Refusal> {
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let value: T = serde_path_to_error::deserialize(&mut json).map_err(|e| refusal(&e, lang))?;
        json.end().map_err(|_| Refusal { code: problem::BAD_REQUEST, errors: Vec::new() })?;
        value.validate().map_err(|e| {
            let mut errors = Vec::new();
            flatten(&e, "", lang, &mut errors);
            Refusal { code: problem::INVALID, errors }
        })?;
        Ok(value)
    }

    fn render(data: &T) -> Vec<u8> {
        serde_json::to_vec(data).unwrap_or_default()
    }

    #[cfg(feature = "schema")]
    fn describe(document: &mut crate::describe::Document) -> Option<utoipa::openapi::request_body::RequestBody> {
        Some(document.json_request::<T>())
    }
}

fn refusal(error: &serde_path_to_error::Error<serde_json::Error>, lang: Lang) -> Refusal {
    if !error.inner().is_data() {
        return Refusal { code: problem::BAD_REQUEST, errors: Vec::new() };
    }
    // serde_json appends " at line 1 column 2": the code stands before it
    let message = error.inner().to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(head, _)| head);
    let mut pointer = pointer_of(error.path());
    if let Some(name) =
        ["missing field `", "unknown field `", "duplicate field `"].iter().find_map(|p| message.strip_prefix(p))
    {
        let name = name.split('`').next().unwrap_or_default();
        if !pointer.ends_with(&format!("/{name}")) {
            pointer = format!("{pointer}/{name}");
        }
    }
    Refusal { code: problem::INVALID, errors: vec![Issue::from_serde(message).at(pointer, lang)] }
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// Turns the errors of `validator` into pointers.
fn flatten(errors: &ValidationErrors, at: &str, lang: Lang, out: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let here = if *name == "__all__" { at.to_owned() } else { format!("{at}/{name}") };
        match kind {
            ValidationErrorsKind::Struct(inner) => flatten(inner, &here, lang, out),
            ValidationErrorsKind::List(items) => {
                items.iter().for_each(|(index, inner)| flatten(inner, &format!("{here}/{index}"), lang, out));
            }
            ValidationErrorsKind::Field(found) => {
                for error in found {
                    let code = crate::registry::codes().find(|c| c.code == error.code);
                    let issue = code.map_or_else(
                        || built_in(&error.code, error),
                        |code| {
                            error
                                .params
                                .iter()
                                .filter(|(k, _)| *k != "value")
                                .fold(Issue::new(code), |i, (k, v)| i.with(k, v))
                        },
                    );
                    out.push(issue.at(&here, lang));
                }
            }
        }
    }
}

/// The codes of validator's own checks.
fn built_in(code: &str, error: &validator::ValidationError) -> Issue {
    let param = |name: &str| error.params.get(name).map_or_else(|| "0".to_owned(), ToString::to_string);
    let is_short = error.params.get("value").and_then(|v| Some(v.as_array()?.len())).is_some_and(|n| n == 0);
    match code {
        "length" if error.params.contains_key("max") && !is_short => {
            Issue::new(field::TOO_MANY).with("max", param("max"))
        }
        "length" => Issue::new(field::TOO_FEW).with("min", param("min")),
        "range" => Issue::new(field::OUT_OF_RANGE).with("min", param("min")).with("max", param("max")),
        _ => Issue::new(field::INVALID_FORMAT),
    }
}

/// A raw file as the body, at most `MAX` bytes.
pub struct Upload<const MAX: usize>;

impl<const MAX: usize> Body for Upload<MAX> {
    type Data = Vec<u8>;
    const MEDIA_TYPE: Option<&'static str> = Some("application/octet-stream");
    const IS_JSON: bool = false;
    const MAX_BYTES: usize = MAX;

    fn parse(bytes: &[u8], lang: Lang) -> Result<Vec<u8>, Refusal> {
        if bytes.is_empty() {
            return Err(Refusal { code: problem::INVALID, errors: vec![Issue::new(field::REQUIRED).at("", lang)] });
        }
        Ok(bytes.to_vec())
    }

    fn render(data: &Vec<u8>) -> Vec<u8> {
        data.clone()
    }

    #[cfg(feature = "schema")]
    fn describe(_: &mut crate::describe::Document) -> Option<utoipa::openapi::request_body::RequestBody> {
        Some(crate::describe::binary_request())
    }
}
