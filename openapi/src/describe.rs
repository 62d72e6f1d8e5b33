//! Endpoint rows → the OpenAPI 3.1 document.

use crate::endpoint::{Access, Endpoint, Method};
use crate::problem::{self, Code, Problem};
use crate::{Body, Page, PathParams, QueryString, Reply, Total};
use std::collections::BTreeMap;
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, Content, ContentBuilder, HeaderBuilder, InfoBuilder, LicenseBuilder, OpenApi,
    OpenApiBuilder, PathsBuilder, Ref, RefOr, Required, Response, ResponseBuilder, ServerBuilder, tag::TagBuilder,
};
use utoipa::{PartialSchema, ToSchema};

/// The document while it is being built.
#[derive(Default)]
pub struct Document {
    paths: BTreeMap<&'static str, PathItem>,
    schemas: BTreeMap<String, RefOr<Schema>>,
    /// Names of schemas that only replies use: their fields are always present.
    tags: Vec<&'static str>,
    /// Names that two different types want.
    clashes: Vec<String>,
    in_reply: bool,
    replied: Vec<String>,
    requested: Vec<String>,
}

fn http(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Delete => HttpMethod::Delete,
    }
}

impl Document {
    fn collect<T: ToSchema>(&mut self) {
        let mut found = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut found);
        for (name, schema) in found {
            let used = if self.in_reply { &mut self.replied } else { &mut self.requested };
            used.push(name.clone());
            self.keep(name, schema);
        }
    }

    /// A name means one schema; the second type that wants it must not take it from the first in silence.
    fn keep(&mut self, name: String, schema: RefOr<Schema>) {
        match self.schemas.get(&name) {
            Some(known) if *known != schema => self.clashes.push(name),
            Some(_) => {}
            None => {
                self.schemas.insert(name, schema);
            }
        }
    }

    /// The request body for JSON of type `T`.
    pub fn json_request<T: ToSchema>(&mut self) -> RequestBody {
        self.in_reply = false;
        self.collect::<T>();
        RequestBodyBuilder::new()
            .content("application/json", json_content::<T>())
            .required(Some(Required::True))
            .description(Some("The content"))
            .build()
    }

    /// The response for JSON of type `T`.
    pub fn json_response<T: ToSchema>(&mut self, description: &str) -> Response {
        self.in_reply = true;
        self.collect::<T>();
        ResponseBuilder::new().description(description).content("application/json", json_content::<T>()).build()
    }

    /// In a reply a field is always there, null when empty: mark every property of reply-only schemas required.
    fn require_reply_fields(&mut self) {
        for name in &self.replied {
            if self.requested.contains(name) {
                continue;
            }
            if let Some(RefOr::T(Schema::Object(object))) = self.schemas.get_mut(name) {
                object.required = object.properties.keys().cloned().collect();
            }
        }
    }
}

fn json_content<T: ToSchema>() -> Content {
    ContentBuilder::new().schema(Some(Ref::from_schema_name(T::name()))).build()
}

/// Bytes. `format` is what generators of clients go by, `contentMediaType` what JSON Schema says.
fn binary_content(media_type: &str) -> Content {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
        .content_media_type(media_type)
        .build();
    ContentBuilder::new().schema(Some(schema)).build()
}

/// A file as request body.
pub fn binary_request() -> RequestBody {
    RequestBodyBuilder::new()
        .content("application/octet-stream", binary_content("application/octet-stream"))
        .description(Some("The file itself"))
        .required(Some(Required::True))
        .build()
}

/// A file of one of these types as response: an image, a page, a workbook.
pub fn binary_response(media_types: &[&str]) -> Response {
    let start = ResponseBuilder::new().description("The file");
    media_types.iter().fold(start, |response, name| response.content(*name, binary_content(name))).build()
}

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let mut cursor = crate::scalar::string_schema("Pass it as `cursor` for the next page", 1, 2000, None, "");
        cursor.schema_type = SchemaType::from_iter([Type::String, Type::Null]);
        ObjectBuilder::new()
            .description(Some("One page of a list"))
            .property("items", ArrayBuilder::new().items(Ref::from_schema_name(T::name())).max_items(Some(200)))
            .property("next_cursor", cursor)
            .property(
                "has_more",
                ObjectBuilder::new().schema_type(Type::Boolean).description(Some("Whether there is a next page")),
            )
            .property(
                "total",
                utoipa::openapi::schema::OneOfBuilder::new()
                    .item(ObjectBuilder::new().schema_type(Type::Null))
                    .item(Ref::from_schema_name("Total")),
            )
            .into()
    }
}
impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }
    fn schemas(found: &mut Vec<(String, RefOr<Schema>)>) {
        found.push(("Total".to_owned(), Total::schema()));
        found.push((T::name().into_owned(), T::schema()));
        T::schemas(found);
    }
}

/// The problems that a row may answer with, by status.
fn problems<E: Endpoint>() -> Vec<Code> {
    let mut codes = vec![
        problem::BAD_REQUEST,
        // a public row may refuse a password or a refresh token
        problem::UNAUTHENTICATED,
        problem::METHOD_NOT_ALLOWED,
        problem::INVALID,
        problem::TOO_MANY_REQUESTS,
        problem::INTERNAL,
        problem::UNAVAILABLE,
    ];
    let reads_only = E::METHOD == Method::Get;
    if E::ACCESS != Access::Public {
        codes.push(problem::FORBIDDEN);
    }
    // a record is named in the path, or in the query: the subject of a file, the station of a report
    if !E::Path::NAMES.is_empty() || E::Query::parameters().iter().any(|parameter| parameter.name.ends_with("_id")) {
        codes.push(problem::NOT_FOUND);
    }
    if !reads_only {
        codes.extend([problem::STATE_CONFLICT, problem::PERIOD_CLOSED]);
    }
    if E::Body::MEDIA_TYPE.is_some() {
        codes.extend([problem::PAYLOAD_TOO_LARGE, problem::UNSUPPORTED_MEDIA_TYPE]);
    }
    if E::NEEDS_IF_MATCH || E::POSTS {
        codes.push(problem::IF_MATCH_REQUIRED);
    }
    if !reads_only && (E::Path::RESOURCE.is_some() || E::Path::IS_UPSERT) {
        codes.push(problem::STALE);
    }
    codes.sort_by_key(|c| c.status);
    codes.dedup_by_key(|c| c.status);
    codes
}

fn problem_response(code: &Code) -> Response {
    let example = serde_json::json!({
        "type": format!("/problems/{}", code.code), "title": code.en, "status": code.status, "detail": code.en,
        "instance": "/api/v1", "code": code.code, "request_id": "0198f3c2a1b27c3d9e4f5a6b7c8d9e0f", "errors": [], "retryable": code.status == 503 || code.status == 429,
    });
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).example(Some(example)).build();
    ResponseBuilder::new().description(code.en).content("application/problem+json", content).build()
}

/// What an ETag looks like: a version in double quotes.
const VERSION_TAG: &str = "^\"[0-9]+\"$";

fn header_parameter(
    name: &str,
    required: bool,
    description: &str,
    max: usize,
    pattern: &str,
    example: &str,
) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(if required { Required::True } else { Required::False })
        .description(Some(description))
        .schema(Some(crate::scalar::string_schema(description, 1, max, Some(pattern), example)))
        .build()
}

fn parameters<E: Endpoint>() -> Vec<Parameter> {
    let mut all: Vec<Parameter> = E::Path::NAMES
        .iter()
        .map(|name| {
            let schema = if *name == "id" {
                let mut schema =
                    crate::scalar::string_schema("UUID", 36, 36, None, "0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f");
                schema.format = Some(SchemaFormat::KnownFormat(KnownFormat::Uuid));
                schema
            } else {
                crate::scalar::string_schema("", 1, 100, None, "")
            };
            ParameterBuilder::new()
                .name(*name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(
                    E::Path::RESOURCE
                        .map_or_else(|| name.replace('_', " "), |r| format!("The {}", r.replace('_', " "))),
                ))
                .schema(Some(schema))
                .build()
        })
        .collect();
    all.extend(E::Query::parameters());
    if E::METHOD == Method::Post && E::ACCESS != Access::Public {
        let text = "A key of the caller's choice; the same request with the same key has one effect and one answer for 72 hours";
        all.push(header_parameter("Idempotency-Key", E::POSTS, text, 100, "^[!-~]+$", "4f6c1b2e-intake-17"));
    }
    if E::NEEDS_IF_MATCH || (E::METHOD == Method::Post && E::Path::RESOURCE.is_some()) {
        all.push(header_parameter(
            "If-Match",
            E::NEEDS_IF_MATCH,
            "The ETag of the version that the change is based on",
            40,
            VERSION_TAG,
            "\"3\"",
        ));
    }
    if E::METHOD == Method::Get && E::Path::RESOURCE.is_some() {
        all.push(header_parameter("If-None-Match", false, "The ETag that the caller has", 40, VERSION_TAG, "\"3\""));
    }
    all
}

/// Adds the operation of `E` to the document.
pub fn operation<E: Endpoint>(document: &mut Document) {
    let mut lines = E::DOC.lines().map(str::trim);
    let summary = lines.next().unwrap_or_default().trim_end_matches('.').to_owned();
    let rest = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    let mut description = if rest.is_empty() { format!("{summary}.") } else { rest };
    if let Access::Needs(permission) = E::ACCESS {
        description = format!("{description}\n\nPermission: `{}`.", permission.code);
    }
    let request = E::Body::describe(document);
    let mut success = E::Reply::describe(document);
    let etag = crate::scalar::string_schema("Version of the object", 1, 40, Some(VERSION_TAG), "\"3\"");
    if E::Path::RESOURCE.is_some() && E::Reply::STATUS != 204 {
        success.headers.insert(
            "ETag".to_owned(),
            RefOr::T(HeaderBuilder::new().schema(Some(etag)).description(Some("Version of the object")).build()),
        );
    }
    let mut builder = OperationBuilder::new()
        .operation_id(Some(crate::endpoint::operation_id(E::NAME)))
        .tag(E::TAG)
        .summary(Some(summary))
        .description(Some(description))
        .parameters(Some(parameters::<E>()))
        .request_body(request)
        .response(E::Reply::STATUS.to_string(), success);
    if E::METHOD == Method::Get && E::Path::RESOURCE.is_some() {
        builder = builder.response("304", ResponseBuilder::new().description("Not changed").build());
    }
    for code in problems::<E>() {
        builder = builder
            .response(code.status.to_string(), RefOr::<Response>::Ref(Ref::from_response_name(response_name(&code))));
    }
    builder = if E::ACCESS == Access::Public {
        // an empty list, not a list with an empty alternative: generators take the latter for "with a token"
        builder.securities(Some([]))
    } else {
        builder.security(SecurityRequirement::new::<_, [&str; 0], &str>("bearer", []))
    };
    if !document.tags.contains(&E::TAG) {
        document.tags.push(E::TAG);
    }
    let operation: Operation = builder.build();
    let item = PathItem::new(http(E::METHOD), operation);
    match document.paths.get_mut(E::PATH) {
        Some(present) => present.merge_operations(item),
        None => {
            document.paths.insert(E::PATH, item);
        }
    }
}

fn response_name(code: &Code) -> String {
    format!("Problem{}", code.status)
}

fn catalogue() -> Vec<Code> {
    let mut codes: Vec<Code> = problem::CODES.to_vec();
    codes.sort_by_key(|c| c.status);
    codes.dedup_by_key(|c| c.status);
    codes
}

fn collected() -> Document {
    let mut document = Document::default();
    crate::registry::rows().for_each(|row| (row.describe)(&mut document));
    document.in_reply = true;
    document.collect::<Problem>();
    document.require_reply_fields();
    document
}

/// Names of schemas that two different types of the contract want: only one of them is in the document.
pub fn clashes() -> Vec<String> {
    collected().clashes
}

/// The whole document.
pub fn document() -> OpenApi {
    let document = collected();
    let mut paths = PathsBuilder::new();
    for (path, item) in document.paths {
        paths = paths.path(path, item);
    }
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let mut components = ComponentsBuilder::new().security_scheme("bearer", SecurityScheme::Http(bearer));
    for (name, schema) in document.schemas {
        components = components.schema(name, schema);
    }
    for code in catalogue() {
        components = components.response(response_name(&code), problem_response(&code));
    }
    let info = InfoBuilder::new()
        .title("Aftercare")
        .version("1.0.0")
        .description(Some(
            "After-sales service management: tickets, parts, money, and the ledgers that tie them together.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .contact(Some(ContactBuilder::new().name(Some("Aftercare")).build()))
        .build();
    let tags = document.tags.into_iter().map(|tag| TagBuilder::new().name(tag).description(Some(tag)).build());
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url("/").description(Some("This server")).build()]))
        .tags(Some(tags.collect::<Vec<_>>()))
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

/// The document as pretty JSON with a final line break.
pub fn json() -> String {
    document().to_pretty_json().map(|text| format!("{text}\n")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
