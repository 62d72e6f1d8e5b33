//! What success looks like: the kind of reply fixes the status, the headers and the encoding.

use crate::Page;
use crate::read::{self, Unreadable};
use serde::{Serialize, de::DeserializeOwned};
use std::marker::PhantomData;

/// An object with a version; its ETag is that version.
pub trait Versioned {
    /// Counts the changes of the object, from 1.
    fn version(&self) -> i64;
}

/// A reply as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// Media type; empty when there is no content.
    pub media_type: String,
    /// File name for downloads.
    pub file_name: Option<String>,
    /// Whether a browser may show it instead of saving it.
    pub is_inline: bool,
    /// The content.
    pub bytes: Vec<u8>,
    /// The version that goes into the ETag.
    pub version: Option<i64>,
}

/// A kind of reply.
pub trait Reply: 'static {
    /// What commands and queries return.
    type Data: 'static;
    /// Status of success.
    const STATUS: u16;
    /// Writes it.
    fn encode(data: &Self::Data) -> Result<Encoded, serde_json::Error>;
    /// Reads it back, in the browser and in tests.
    fn decode(encoded: Encoded) -> Result<Self::Data, Unreadable>;
    /// Adds its schemas to the document.
    #[cfg(feature = "schema")]
    fn describe(document: &mut crate::describe::Document) -> utoipa::openapi::Response;
}

#[cfg(feature = "schema")]
/// A JSON value of the contract.
pub trait JsonValue: Serialize + DeserializeOwned + utoipa::ToSchema + 'static {}
#[cfg(feature = "schema")]
impl<T: Serialize + DeserializeOwned + utoipa::ToSchema + 'static> JsonValue for T {}
#[cfg(not(feature = "schema"))]
/// A JSON value of the contract.
pub trait JsonValue: Serialize + DeserializeOwned + 'static {}
#[cfg(not(feature = "schema"))]
impl<T: Serialize + DeserializeOwned + 'static> JsonValue for T {}

fn encode_json<T: Serialize>(data: &T, version: Option<i64>) -> Result<Encoded, serde_json::Error> {
    let bytes = serde_json::to_vec(data)?;
    Ok(Encoded { media_type: "application/json".to_owned(), file_name: None, is_inline: true, bytes, version })
}

macro_rules! json_replies { ($($(#[$meta:meta])* $name:ident $status:literal $text:literal [$($bound:path),*] |$data:ident| $version:expr;)+) => { $(
    $(#[$meta])*
    pub struct $name<T>(PhantomData<T>);
    impl<T: JsonValue $(+ $bound)*> Reply for $name<T> {
        type Data = T;
        const STATUS: u16 = $status;
        fn encode($data: &T) -> Result<Encoded, serde_json::Error> { encode_json($data, $version) }
        fn decode(encoded: Encoded) -> Result<T, Unreadable> { read::json(&encoded.bytes) }
        #[cfg(feature = "schema")]
        fn describe(document: &mut crate::describe::Document) -> utoipa::openapi::Response {
            document.json_response::<T>($text)
        }
    }
)+ } }

json_replies! {
    /// 200 with a value that has no version.
    Json 200 "The result" [] |data| None;
    /// 200 with a versioned object: sends `ETag`, understands `If-None-Match`.
    Detail 200 "The object as it is now" [Versioned] |data| Some(data.version());
    /// 201 with the new object and its `ETag`.
    Created 201 "The new object" [Versioned] |data| Some(data.version());
    /// 202: the work goes on in the background.
    Accepted 202 "Accepted; follow the operation" [] |data| None;
}

/// 200 with one page of a list.
impl<T: JsonValue> Reply for Page<T> {
    type Data = Page<T>;
    const STATUS: u16 = 200;
    fn encode(data: &Page<T>) -> Result<Encoded, serde_json::Error> {
        encode_json(data, None)
    }
    fn decode(encoded: Encoded) -> Result<Page<T>, Unreadable> {
        read::json(&encoded.bytes)
    }
    #[cfg(feature = "schema")]
    fn describe(document: &mut crate::describe::Document) -> utoipa::openapi::Response {
        document.json_response::<Page<T>>("One page")
    }
}

/// 204.
pub struct NoContent;

impl Reply for NoContent {
    type Data = ();
    const STATUS: u16 = 204;
    fn encode((): &()) -> Result<Encoded, serde_json::Error> {
        Ok(Encoded { media_type: String::new(), file_name: None, is_inline: true, bytes: Vec::new(), version: None })
    }
    fn decode(_: Encoded) -> Result<(), Unreadable> {
        Ok(())
    }
    #[cfg(feature = "schema")]
    fn describe(_: &mut crate::describe::Document) -> utoipa::openapi::Response {
        utoipa::openapi::ResponseBuilder::new().description("Done").build()
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileData {
    /// Name under which it is saved.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Whether a browser may show it (images made by us, print pages); anything else is saved.
    pub is_inline: bool,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The media types of the files that a row answers with.
pub trait Media: 'static {
    /// Every one that it may be, without parameters.
    const TYPES: &'static [&'static str];
}

macro_rules! media { ($($(#[$meta:meta])* $name:ident [$($media_type:literal),+];)+) => { $(
    $(#[$meta])*
    pub struct $name;
    impl Media for $name {
        const TYPES: &'static [&'static str] = &[$($media_type),+];
    }
)+ } }

media! {
    /// A page to print.
    Html ["text/html"];
    /// An Excel workbook.
    Workbook ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];
    /// A small picture made by the server.
    Thumbnail ["image/jpeg"];
    /// What may be attached to a document.
    Attached [
        "image/jpeg", "image/png", "application/pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/plain"
    ];
}

/// 200 with a file of one of the types of `M`.
pub struct FileReply<M>(PhantomData<M>);

impl<M: Media> Reply for FileReply<M> {
    type Data = FileData;
    const STATUS: u16 = 200;
    fn encode(data: &FileData) -> Result<Encoded, serde_json::Error> {
        Ok(Encoded {
            media_type: data.media_type.clone(),
            file_name: Some(data.name.clone()),
            is_inline: data.is_inline,
            bytes: data.bytes.clone(),
            version: None,
        })
    }
    fn decode(encoded: Encoded) -> Result<FileData, Unreadable> {
        Ok(FileData {
            name: encoded.file_name.unwrap_or_default(),
            media_type: encoded.media_type,
            is_inline: encoded.is_inline,
            bytes: encoded.bytes,
        })
    }
    #[cfg(feature = "schema")]
    fn describe(_: &mut crate::describe::Document) -> utoipa::openapi::Response {
        crate::describe::binary_response(M::TYPES)
    }
}
