//! What the installation says about itself, and what every document shares: attachments, journal, audit.

pub mod export;
pub mod notification;
pub mod number;
pub mod operation;
pub mod print;
pub mod seal;

use crate::document::JournalEntry;
use crate::reply::{Attached, FileReply, Thumbnail};
use crate::{
    ById, Created, Id, Json, Nothing, Page, Resource, Text, Timestamp, Versioned, codes, endpoints, permissions,
};
use serde::{Deserialize, Serialize};

/// Id of an attachment.
pub type AttachmentId = Id<Attachment>;
/// Id of an audit row.
pub type AuditId = Id<AuditRow>;
/// Id of any record, where its kind stands beside it.
pub type SubjectId = Id<Nothing>;

permissions! {
    AUDIT_VIEW = "system.audit.view", "查看操作日志", "View the audit log" { Headquarters: All };
    OPERATION_MANAGE = "system.operation.manage", "管理后台任务", "Manage background operations" { Headquarters: All };
    NUMBER_EDIT = "system.number.edit", "维护编号规则", "Maintain number rules" { Headquarters: All };
    PRINT_EDIT = "system.print.edit", "维护打印模板", "Maintain print templates" { Headquarters: All };
    INVARIANTS_VIEW = "system.invariants.view", "账实核对", "Check the invariants" { Headquarters: All, Accountant: All };
}

/// What this installation is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct About {
    /// Name of the product.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "Aftercare"))]
    pub product: String,
    /// Version of the server.
    #[cfg_attr(feature = "schema", schema(max_length = 40, example = "0.1.0"))]
    pub version: String,
    /// `sqlite` or `postgres`.
    #[cfg_attr(feature = "schema", schema(max_length = 20, example = "sqlite"))]
    pub database: String,
    /// Whether it runs with demo data.
    pub is_demo: bool,
    /// Currency of the books, ISO 4217.
    #[cfg_attr(feature = "schema", schema(max_length = 3, example = "CNY"))]
    pub currency: String,
    /// IANA zone in which days and months begin.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "Asia/Shanghai"))]
    pub time_zone: String,
    /// Now, by the server's clock.
    pub now: Timestamp,
}

/// A file that belongs to a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// Id.
    pub id: AttachmentId,
    /// Always 1: an attachment is never changed.
    pub version: i64,
    /// What it belongs to, for example `ticket`.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "ticket"))]
    pub subject_kind: String,
    /// The record that it belongs to.
    pub subject_id: SubjectId,
    /// What it shows, for example `appearance` or `signature`.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "appearance"))]
    pub purpose: String,
    /// File name as uploaded.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "front.jpg"))]
    pub file_name: String,
    /// Media type found in the content, not the one claimed.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "image/jpeg"))]
    pub media_type: String,
    /// Size in bytes.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 48213))]
    pub size: i64,
    /// Whether there is a thumbnail.
    pub has_thumbnail: bool,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// Equal to `created_at`.
    pub updated_at: Timestamp,
}
impl Resource for Attachment {
    const NAME: &'static str = "attachment";
}
impl Versioned for Attachment {
    fn version(&self) -> i64 {
        self.version
    }
}

/// Which record a file or a journal belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct SubjectQuery {
    /// Kind of the record, for example `ticket`.
    #[cfg_attr(feature = "schema", param(value_type = String, min_length = 1, max_length = 60))]
    pub subject_kind: Text<60>,
    /// Its id.
    #[cfg_attr(feature = "schema", param(value_type = String, format = Uuid, max_length = 36))]
    pub subject_id: SubjectId,
}

/// Where an uploaded file belongs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct UploadQuery {
    /// Kind of the record, for example `ticket`.
    #[cfg_attr(feature = "schema", param(value_type = String, min_length = 1, max_length = 60))]
    pub subject_kind: Text<60>,
    /// Its id.
    #[cfg_attr(feature = "schema", param(value_type = String, format = Uuid, max_length = 36))]
    pub subject_id: SubjectId,
    /// What it shows, for example `appearance`.
    #[cfg_attr(feature = "schema", param(value_type = String, min_length = 1, max_length = 60))]
    pub purpose: Text<60>,
    /// File name.
    #[cfg_attr(feature = "schema", param(value_type = String, min_length = 1, max_length = 200))]
    pub file_name: Text<200>,
}

/// The attachments of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Attachments {
    /// Oldest first.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub items: Vec<Attachment>,
}

/// The timeline of one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Journal {
    /// Oldest first.
    #[cfg_attr(feature = "schema", schema(max_items = 2000))]
    pub items: Vec<JournalEntry>,
}

/// One change of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditRow {
    /// Id.
    pub id: AuditId,
    /// When.
    pub created_at: Timestamp,
    /// Who; null for the system itself.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "王芳"))]
    pub actor_name: Option<String>,
    /// The operation.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "UpdateCustomer"))]
    pub operation: String,
    /// Table of the record.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "customer"))]
    pub subject_kind: String,
    /// The record.
    pub subject_id: SubjectId,
    /// Fields before, as JSON; null when it was created.
    #[cfg_attr(feature = "schema", schema(max_length = 100_000))]
    pub before: Option<String>,
    /// Fields after, as JSON; null when it was removed.
    #[cfg_attr(feature = "schema", schema(max_length = 100_000))]
    pub after: Option<String>,
    /// Address of the caller.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "127.0.0.1"))]
    pub ip: String,
    /// Id of the request.
    #[cfg_attr(feature = "schema", schema(max_length = 64, example = "0198f3c2a1b27c3d9e4f5a6b7c8d9e0f"))]
    pub request_id: String,
}

/// Filter of the audit log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct AuditFilter {
    /// Table of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 60, nullable = false))]
    pub subject_kind: Option<Text<60>>,
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub subject_id: Option<SubjectId>,
}
impl crate::page::Filter for AuditFilter {
    const SORTS: &'static [&'static str] = &["created_at"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

/// One check of the books.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct InvariantCheck {
    /// Short name, for example `I3`.
    #[cfg_attr(feature = "schema", schema(max_length = 10, example = "I3"))]
    pub code: String,
    /// What must hold.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "Inventory accounts equal the value of stock"))]
    pub rule: String,
    /// How many things were looked at.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1204))]
    pub checked: i64,
    /// What breaks the rule, one line each; empty when it holds.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub violations: Vec<String>,
}

/// All checks of the books.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Invariants {
    /// Whether every rule holds.
    pub is_clean: bool,
    /// The rules.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub checks: Vec<InvariantCheck>,
}

endpoints! { "System";
    /// What this installation is.
    GetAbout: Get "/api/v1/system/about" public => Json<About>;
    /// Attach a file to a record.
    ///
    /// The body is the file itself, at most 10 MiB. Its kind is found from the content; images are re-encoded.
    UploadAttachment: Post "/api/v1/system/attachments" signed_in, query UploadQuery, upload 10485760 => Created<Attachment>;
    /// List the attachments of a record.
    ListAttachments: Get "/api/v1/system/attachments" signed_in, query SubjectQuery => Json<Attachments>;
    /// Download an attachment.
    DownloadAttachment: Get "/api/v1/system/attachments/{id}/content" signed_in, path ById<Attachment> => FileReply<Attached>;
    /// The small picture of an attached image.
    DownloadThumbnail: Get "/api/v1/system/attachments/{id}/thumbnail" signed_in, path ById<Attachment> => FileReply<Thumbnail>;
    /// The timeline of a document.
    GetJournal: Get "/api/v1/system/journal" signed_in, query SubjectQuery => Json<Journal>;
    /// The audit log: who changed what, when, and from where.
    ListAudit: Get "/api/v1/system/audit" needs AUDIT_VIEW, list AuditFilter => Page<AuditRow>;
    /// Check that the books tie.
    ///
    /// Runs every invariant of the stock and money ledgers and names each violation.
    CheckInvariants: Get "/api/v1/admin/invariants" needs INVARIANTS_VIEW => Json<Invariants>;
}

codes! {
    CONTENT_NOT_ALLOWED = 422 "content_not_allowed", "只接受 JPEG、PNG、WebP 图片，PDF，xlsx 表格和纯文本", "Only JPEG, PNG and WebP images, PDF, xlsx workbooks and plain text are accepted";
    IMAGE_UNREADABLE = 422 "image_unreadable", "图片已损坏，无法读取", "The image is damaged and cannot be read";
    IMAGE_TOO_LARGE = 422 "image_too_large", "图片像素过多，上限 {max}", "The image has too many pixels, the limit is {max}";
    EXPORT_TOO_LONG = 422 "export_too_long", "符合条件的数据超过 {max} 行，请缩小筛选范围", "More than {max} rows match; narrow the filter";
    TOO_MANY_ATTACHMENTS = 409 "too_many_attachments", "附件过多，最多 {max} 个", "Too many attachments, the limit is {max}";
}
