//! Errors as RFC 9457 problems: a stable code, a status, and a text in each language.

use crate::text::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One error code. `code` never changes once released; the texts may.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The stable name, snake case.
    pub code: &'static str,
    /// The HTTP status it is answered with.
    pub status: u16,
    /// Chinese text; `{name}` is replaced by the parameter of that name.
    pub zh: &'static str,
    /// English text, same parameters.
    pub en: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}
impl Eq for Code {}

/// Parameters of a message, by name.
pub type Params = BTreeMap<String, String>;

impl Code {
    /// The message in `lang` with its parameters filled in.
    pub fn message(&self, lang: Lang, params: &Params) -> String {
        params.iter().fold(lang.pick(self.zh, self.en).to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }
}

/// Declares error codes: `NAME = status "code", "中文", "English";`, and `CODES`, the list of them all.
#[macro_export]
macro_rules! codes {
    ($($name:ident = $status:literal $code:literal, $zh:literal, $en:literal;)+) => {
        $(#[doc = $en] pub const $name: $crate::problem::Code =
            $crate::problem::Code { code: $code, status: $status, zh: $zh, en: $en };)+
        /// Every code of this module.
        pub const CODES: &[$crate::problem::Code] = &[$($name),+];
    };
}

codes! {
    BAD_REQUEST = 400 "bad_request", "请求无法解析", "The request cannot be parsed";
    UNAUTHENTICATED = 401 "unauthenticated", "请先登录", "Sign in first";
    TOKEN_EXPIRED = 401 "token_expired", "登录已过期", "The access token has expired";
    FORBIDDEN = 403 "forbidden", "没有权限：{permission}", "Permission missing: {permission}";
    PASSWORD_CHANGE_REQUIRED = 403 "password_change_required", "请先修改密码", "Change the password first";
    NOT_FOUND = 404 "not_found", "找不到该内容，或不在您的权限范围内", "Not found, or outside your scope";
    METHOD_NOT_ALLOWED = 405 "method_not_allowed", "不支持该请求方法", "Method not allowed here";
    STATE_CONFLICT = 409 "state_conflict", "当前状态为“{state}”，不能执行“{action}”", "The state is {state}; {action} is not possible";
    ALREADY_EXISTS = 409 "already_exists", "已存在相同的记录", "The same record exists already";
    IN_USE = 409 "in_use", "已被引用，不能删除", "Still in use, cannot be deleted";
    BUSY = 409 "busy", "另一个操作正在进行，请稍后重试", "Another operation is running, try again";
    IDEMPOTENCY_IN_PROGRESS = 409 "idempotency_in_progress", "相同的请求正在处理", "The same request is still running";
    STALE = 412 "stale", "数据已被他人修改，请刷新后重试", "Somebody changed this meanwhile; reload and try again";
    PAYLOAD_TOO_LARGE = 413 "payload_too_large", "内容过大，上限 {max} 字节", "Too large, the limit is {max} bytes";
    UNSUPPORTED_MEDIA_TYPE = 415 "unsupported_media_type", "不支持的内容类型", "Media type not supported";
    INVALID = 422 "invalid", "提交的内容有误", "The content is invalid";
    WORKBOOK_UNREADABLE = 422 "workbook_unreadable", "无法读取该工作簿，请使用 .xlsx 文件", "The workbook cannot be read; use an .xlsx file";
    WORKBOOK_COLUMNS = 422 "workbook_columns", "工作簿缺少列或列名无法识别：{columns}", "Columns are missing or unknown: {columns}";
    WORKBOOK_TOO_LONG = 422 "workbook_too_long", "最多导入 {max} 行", "At most {max} rows can be imported";
    WORKBOOK_TOO_LARGE = 422 "workbook_too_large", "工作簿解压后过大，上限 {max} MiB", "The workbook is too large once unpacked, the limit is {max} MiB";
    WORKBOOK_EMPTY = 422 "workbook_empty", "工作簿没有数据", "The workbook holds no rows";
    IDEMPOTENCY_MISMATCH = 422 "idempotency_mismatch", "幂等键已用于不同的请求", "The idempotency key was used for another request";
    IDEMPOTENCY_KEY_INVALID = 422 "idempotency_key_invalid", "幂等键应为 1 至 100 个可见字符", "The idempotency key must be 1 to 100 visible characters";
    CURSOR_INVALID = 422 "cursor_invalid", "分页游标无效或与筛选条件不符", "The cursor is invalid or belongs to another filter";
    PERIOD_CLOSED = 423 "period_closed", "{month} 已关账，不能在该期间过账", "{month} is closed; nothing can be posted into it";
    IN_THE_FUTURE = 422 "in_the_future", "业务时间不能晚于当前时间", "The business time lies in the future";
    DATED_TOO_EARLY = 422 "dated_too_early", "业务时间不能早于 {first}", "The business time cannot lie before {first}";
    IF_MATCH_REQUIRED = 428 "if_match_required", "缺少 If-Match", "If-Match is required";
    IDEMPOTENCY_KEY_REQUIRED = 428 "idempotency_key_required", "缺少 Idempotency-Key", "Idempotency-Key is required";
    TOO_MANY_REQUESTS = 429 "too_many_requests", "请求过于频繁，请稍后再试", "Too many requests, try again later";
    INTERNAL = 500 "internal", "系统内部错误，请将请求编号告知管理员", "Internal error; give the request id to the administrator";
    UNAVAILABLE = 503 "unavailable", "服务暂时不可用，请稍后重试", "Temporarily unavailable, try again";
    STORAGE_FULL = 503 "storage_full", "存储空间不足", "Storage is full";
}

/// Codes of single fields, found in `errors[].code`.
pub mod field {
    codes! {
        REQUIRED = 422 "required", "必填", "Required";
        TOO_LONG = 422 "too_long", "最多 {max} 个字符", "At most {max} characters";
        TOO_SHORT = 422 "too_short", "至少 {min} 个字符", "At least {min} characters";
        OUT_OF_RANGE = 422 "out_of_range", "应在 {min} 与 {max} 之间", "Must be between {min} and {max}";
        TOO_MANY_DECIMALS = 422 "too_many_decimals", "最多 {max} 位小数", "At most {max} decimals";
        INVALID_FORMAT = 422 "invalid_format", "格式不正确", "Wrong format";
        INVALID_TYPE = 422 "invalid_type", "类型不正确", "Wrong type";
        INVALID_CHARACTER = 422 "invalid_character", "含有不允许的字符", "Contains a character that is not allowed";
        UNKNOWN_VALUE = 422 "unknown_value", "不是可选的值", "Not one of the allowed values";
        UNKNOWN_FIELD = 422 "unknown_field", "未知字段", "Unknown field";
        UNSUPPORTED_CURRENCY = 422 "unsupported_currency", "账套币种为 {currency}", "The books are kept in {currency}";
        REFERENCE_NOT_FOUND = 422 "reference_not_found", "所选内容不存在或不可用", "The chosen record does not exist or cannot be used";
        DUPLICATE = 422 "duplicate", "重复", "Duplicate";
        TOO_MANY = 422 "too_many", "最多 {max} 项", "At most {max} entries";
        TOO_FEW = 422 "too_few", "至少 {min} 项", "At least {min} entries";
        TAKEN = 409 "taken", "已被使用", "Already taken";
        ORDER = 422 "order", "结束不能早于开始", "The end lies before the start";
    }
}

/// What is wrong with one value, before it is known where the value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The code, one of [`field::CODES`] or of a domain.
    pub code: Code,
    /// Parameters of its message.
    pub params: Params,
}

impl Issue {
    /// An issue without parameters.
    pub fn new(code: Code) -> Self {
        Issue { code, params: Params::new() }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// Places the issue at a JSON pointer.
    pub fn at(self, pointer: impl Into<String>, lang: Lang) -> FieldError {
        FieldError {
            pointer: pointer.into(),
            code: self.code.code.to_owned(),
            message: self.code.message(lang, &self.params),
            params: self.params,
        }
    }

    /// Reads an issue back from the text that serde carries it in (see the `Display` of this type).
    pub(crate) fn from_serde(message: &str) -> Self {
        let mut words = message.split('\u{1f}');
        let known = words.next().and_then(|code| crate::registry::codes().find(|c| c.code == code));
        match known {
            Some(code) => words.filter_map(|w| w.split_once('=')).fold(Issue::new(code), |i, (k, v)| i.with(k, v)),
            None if message.starts_with("missing field") => Issue::new(field::REQUIRED),
            None if message.starts_with("unknown field") => Issue::new(field::UNKNOWN_FIELD),
            None if message.starts_with("unknown variant") => Issue::new(field::UNKNOWN_VALUE),
            None if message.starts_with("duplicate field") => Issue::new(field::DUPLICATE),
            None => Issue::new(field::INVALID_TYPE),
        }
    }
}

/// The form in which an issue travels through serde's error text: unit-separated words.
impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.code)?;
        self.params.iter().try_for_each(|(name, value)| write!(f, "\u{1f}{name}={value}"))
    }
}
impl std::error::Error for Issue {}

/// One wrong value of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// RFC 6901 JSON pointer into the body (`/lines/0/quantity`), or `?name` for a query parameter.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "/name"))]
    pub pointer: String,
    /// Stable code.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "required"))]
    pub code: String,
    /// Text in the language of the request.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, example = "必填"))]
    pub message: String,
    /// Parameters of the message, for clients with texts of their own.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Object, additional_properties))]
    pub params: Params,
}

/// An RFC 9457 problem, the body of every error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI reference that names the kind of problem.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "/problems/invalid"))]
    pub kind: String,
    /// Short text of the code.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "提交的内容有误"))]
    pub title: String,
    /// The HTTP status.
    #[cfg_attr(feature = "schema", schema(minimum = 400, maximum = 599, example = 422))]
    pub status: u16,
    /// What happened this time.
    #[cfg_attr(feature = "schema", schema(max_length = 2000, example = "提交的内容有误"))]
    pub detail: String,
    /// The path of the request.
    #[cfg_attr(feature = "schema", schema(max_length = 2000, example = "/api/v1/master/customers"))]
    pub instance: String,
    /// Stable code.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "invalid"))]
    pub code: String,
    /// The id under which the server logged this request.
    #[cfg_attr(feature = "schema", schema(max_length = 64, example = "0198f3c2a1b27c3d9e4f5a6b7c8d9e0f"))]
    pub request_id: String,
    /// The single values that are wrong, when there are such.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub errors: Vec<FieldError>,
    /// Whether the same request may succeed later.
    pub retryable: bool,
}
