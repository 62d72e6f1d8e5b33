//! The typed endpoint table: every operation of the API is one row, declared once, as a type.
//!
//! From the row come the actix route, the OpenAPI operation, the call of the browser app, the test client and the
//! generic tests. The rules that follow from a row without being written in it:
//!
//! * POST accepts `Idempotency-Key`; a row that `posts` money or stock requires it.
//! * PUT and DELETE require `If-Match`, and so does a row that `posts` on an existing object.
//! * A row over one object (`path ById<T>`) answers 404 for an object outside the caller's scope.

use crate::{Body, PathParams, Permission, QueryString, Reply};

/// HTTP method of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Read.
    Get,
    /// Create, or a state change.
    Post,
    /// Replace.
    Put,
    /// Remove a draft or a setting; posted data is never deleted.
    Delete,
}

impl Method {
    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// Who may call a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody. A snapshot test lists these rows.
    Public,
    /// Anybody who is signed in, also before the forced change of the first password.
    SignedIn,
    /// Somebody with this permission.
    Needs(Permission),
}

/// One operation of the API.
pub trait Endpoint: Sized + 'static {
    /// The type's name, verb and noun; in camel case it is the operationId.
    const NAME: &'static str;
    /// Method.
    const METHOD: Method;
    /// Path template from the root.
    const PATH: &'static str;
    /// Who may call it.
    const ACCESS: Access;
    /// Whether it posts money or stock.
    const POSTS: bool;
    /// Group in the document.
    const TAG: &'static str;
    /// Doc comment: the first line is the summary.
    const DOC: &'static str;
    /// Path parameters.
    type Path: PathParams;
    /// Query parameters.
    type Query: QueryString;
    /// Request body.
    type Body: Body;
    /// What success looks like.
    type Reply: Reply;

    /// Whether `If-Match` must be sent.
    const NEEDS_IF_MATCH: bool = (matches!(Self::METHOD, Method::Put | Method::Delete) && !Self::Path::IS_UPSERT)
        || (Self::POSTS && Self::Path::RESOURCE.is_some());
    /// The row without its types.
    const ROW: Row = Row {
        name: Self::NAME,
        method: Self::METHOD,
        path: Self::PATH,
        access: Self::ACCESS,
        posts: Self::POSTS,
        needs_if_match: Self::NEEDS_IF_MATCH,
        resource: Self::Path::RESOURCE,
        has_body: Self::Body::MEDIA_TYPE.is_some(),
        is_json: <Self::Body as Body>::IS_JSON,
        is_list: Self::Query::IS_LIST,
        sorts: Self::Query::SORTS,
        status: Self::Reply::STATUS,
        #[cfg(feature = "schema")]
        describe: crate::describe::operation::<Self>,
    };
}

/// A row without its types, for lists and tests over the whole table.
#[derive(Clone, Copy)]
pub struct Row {
    /// See [`Endpoint::NAME`].
    pub name: &'static str,
    /// See [`Endpoint::METHOD`].
    pub method: Method,
    /// See [`Endpoint::PATH`].
    pub path: &'static str,
    /// See [`Endpoint::ACCESS`].
    pub access: Access,
    /// See [`Endpoint::POSTS`].
    pub posts: bool,
    /// See [`Endpoint::NEEDS_IF_MATCH`].
    pub needs_if_match: bool,
    /// The kind of object that `{id}` names, if any.
    pub resource: Option<&'static str>,
    /// Whether a body is read.
    pub has_body: bool,
    /// Whether that body is JSON.
    pub is_json: bool,
    /// Whether it is a keyset list.
    pub is_list: bool,
    /// Sort keys of a list.
    pub sorts: &'static [&'static str],
    /// Status of success.
    pub status: u16,
    /// Adds the operation to the document.
    #[cfg(feature = "schema")]
    pub describe: fn(&mut crate::describe::Document),
}

impl Row {
    /// The operation id in the document: the name in camel case.
    pub fn operation_id(&self) -> String {
        operation_id(self.name)
    }
}

/// The operation id of a row with this name.
pub fn operation_id(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Declares rows and `ROWS`, the list of them:
///
/// ```text
/// endpoints! { "Customers";
///     /// Change a customer.
///     UpdateCustomer: Put "/api/v1/master/customers/{id}" needs CUSTOMER_EDIT,
///         path ById<Customer>, body CustomerDraft => Detail<Customer>;
/// }
/// ```
///
/// Access is `public`, `signed_in` or `needs PERMISSION`; then optionally `posts`. `list F` is short for a keyset list
/// filtered by `F`, `query F` for plain parameters, `upload` for a raw file as the body.
#[macro_export]
macro_rules! endpoints {
    ($tag:literal; $($(#[doc = $doc:literal])+ $name:ident: $method:ident $path:literal
        $access:ident $($permission:ident)? $(, path $p:ty)? $(, list $list:ty)? $(, whole $whole:ty)? $(, query $q:ty)? $(, body $b:ty)? $(, upload $max:literal)?
        => $reply:ty $([$posts:ident])?;)+) => {
        $($(#[doc = $doc])+ pub struct $name;
        impl $crate::endpoint::Endpoint for $name {
            const NAME: &'static str = stringify!($name);
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const PATH: &'static str = $path;
            const ACCESS: $crate::endpoint::Access = $crate::endpoints!(@access $access $($permission)?);
            const POSTS: bool = $crate::endpoints!(@posts $($posts)?);
            const TAG: &'static str = $tag;
            const DOC: &'static str = concat!($($doc, "\n"),+);
            type Path = $crate::endpoints!(@or $($p)?);
            type Query = $crate::endpoints!(@or $($crate::Listing<$list>)? $($crate::page::Whole<$whole>)? $($crate::Plain<$q>)?);
            type Body = $crate::endpoints!(@or $($crate::JsonBody<$b>)? $($crate::Upload<$max>)?);
            type Reply = $reply;
        })+
        /// Every row of this module.
        pub const ROWS: &[$crate::endpoint::Row] = &[$(<$name as $crate::endpoint::Endpoint>::ROW),+];
    };
    (@access public) => { $crate::endpoint::Access::Public };
    (@access signed_in) => { $crate::endpoint::Access::SignedIn };
    (@access needs $permission:ident) => { $crate::endpoint::Access::Needs($permission) };
    (@posts posts) => { true };
    (@posts) => { false };
    (@or $t:ty) => { $t };
    (@or) => { $crate::Nothing };
}
