//! Lists as workbooks.

use crate::reply::{FileReply, Workbook};
use crate::{Text, endpoints, permissions};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Rows that one export may have.
pub const MAX_ROWS: u32 = 50_000;

permissions! {
    DATA_EXPORT = "system.data.export", "导出列表", "Export lists" {
        Clerk: Station, Storekeeper: Station, Accountant: All, Care: All, Dispatcher: Subtree, StationManager: Subtree,
        Headquarters: All,
    };
}

/// Another text for a value, where the general one would not say enough: `true` as "in use".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportWord {
    /// The value as in JSON: `true`, `false`, or a code.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 60, example = "true"))]
    pub value: Text<60>,
    /// What the cell says.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 60, example = "在用"))]
    pub text: Text<60>,
}

/// One column of the workbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportColumn {
    /// The field of the list's row, with `/` into an object and `*` for every element of an array: `place/name`,
    /// `roles/*/name`. What it is decides how the cell looks: a number, a date, a text, the name of a code.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 100, example = "created_at"))]
    pub field: Text<100>,
    /// The heading.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 60, example = "创建时间"))]
    pub label: Text<60>,
    /// Texts of its own for some values, at most 20.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub words: Vec<ExportWord>,
}

/// What to export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportDraft {
    /// The operation id of the list.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 100, example = "listCustomers"))]
    pub operation: Text<100>,
    /// The query of the list: filter, search words and order, as in its address. Page and size do not count.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, max_length = 4000, example = "sort=-created_at"))]
    pub query: Option<Text<4000>>,
    /// Name of the file and of the sheet.
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 60, example = "客户"))]
    pub title: Text<60>,
    /// The columns in order, at most 60.
    #[validate(length(min = 1, max = 60), nested)]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 60))]
    pub columns: Vec<ExportColumn>,
    /// Refuse when more rows match, 1 to 50,000; left out, 50,000.
    #[serde(default)]
    #[validate(range(min = 1, max = 50_000))]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 50_000, example = 50_000))]
    pub max_rows: Option<u32>,
}

endpoints! { "System";
    /// Export a list as a workbook.
    ///
    /// Runs the list as the caller, so that rows and fields are those that the caller may see, and writes every row that
    /// matches, out of one snapshot. It takes the permission of the list beside this one, and leaves a row in the audit
    /// log. Money and quantities are numbers, times are in the zone of the business, codes are named in the language of
    /// the request, and a text that looks like a formula is disarmed.
    ExportList: Post "/api/v1/system/exports" needs DATA_EXPORT, body ExportDraft => FileReply<Workbook>;
}
