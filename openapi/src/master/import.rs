//! Import from workbooks: template, dry run, all or nothing, a workbook that marks each wrong cell.
//!
//! Dealers upload their orders as workbooks. Besides base data, the tickets of an older system come in with their numbers. They are history to look things up in:
//! the money and the parts of that time are not posted, neither ledger knows them.

use super::{CUSTOMER_EDIT, IMPORT, PRODUCT_EDIT, UNIT_EDIT};
use crate::reply::{FileReply, Workbook};
use crate::service::TICKET_IMPORT;
use crate::stock::BIN_EDIT;
use crate::system::operation::Operation;
use crate::trade::wholesale::WHOLESALE_EDIT;
use crate::{Accepted, ById, Permission, Text, choices, endpoints};
use serde::{Deserialize, Serialize};

choices! {
    /// What a workbook holds.
    ImportDataset {
        Customer = "customer" ("客户", "Customers", Neutral),
        Product = "product" ("产品与配件", "Products and parts", Neutral),
        Unit = "unit" ("机器档案", "Units", Neutral),
        Bin = "bin" ("库位", "Bins", Neutral),
        SalesOrder = "sales_order" ("销售订单", "Sales orders", Neutral),
        Ticket = "ticket" ("历史工单", "Old tickets", Neutral),
    }
}

impl ImportDataset {
    /// The right to record one by hand, which the import needs as well.
    pub const fn permission(self) -> Permission {
        match self {
            ImportDataset::Customer => CUSTOMER_EDIT,
            ImportDataset::Product => PRODUCT_EDIT,
            ImportDataset::Unit => UNIT_EDIT,
            ImportDataset::Bin => BIN_EDIT,
            ImportDataset::SalesOrder => WHOLESALE_EDIT,
            ImportDataset::Ticket => TICKET_IMPORT,
        }
    }
}

/// Which template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct TemplateQuery {
    /// What the workbook holds.
    #[cfg_attr(feature = "schema", param(inline))]
    pub dataset: ImportDataset,
}

/// How to import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// What the workbook holds.
    #[cfg_attr(feature = "schema", param(inline))]
    pub dataset: ImportDataset,
    /// Whether it is only checked.
    pub is_dry_run: bool,
    /// Name of the file.
    #[cfg_attr(feature = "schema", param(value_type = String, min_length = 1, max_length = 200))]
    pub file_name: Text<200>,
}

/// A wrong cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFault {
    /// Row of the sheet, from 1.
    pub row: u32,
    /// Heading of the column; empty when the whole row is wrong.
    pub column: String,
    /// What is wrong, in the language of the person who imports.
    pub message: String,
}

/// What came out of an import; it is the `result` of the operation, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Rows of the workbook that are not empty.
    pub rows: u32,
    /// Rows with something wrong.
    pub bad_rows: u32,
    /// Rows that were recorded: all of them, or none.
    pub imported: u32,
    /// Whether it was only checked.
    pub is_dry_run: bool,
    /// The first 100 wrong cells.
    pub faults: Vec<CellFault>,
    /// Key of the workbook that marks every wrong cell.
    pub workbook: Option<String>,
}

endpoints! { "Import";
    /// Download an empty workbook to fill in.
    GetImportTemplate: Get "/api/v1/master/imports/template" needs IMPORT, query TemplateQuery => FileReply<Workbook>;
    /// Import a workbook, or only check it.
    ///
    /// Old tickets keep their numbers and post nothing: neither stock nor money; the amount received is a remark.
    /// The body is the workbook (.xlsx) itself, at most 10 MiB and 5,000 rows. Either every row is recorded or none.
    /// Follow the operation; its `result` is the report, its `result_link` the workbook with the wrong cells marked.
    StartImport: Post "/api/v1/master/imports" needs IMPORT, query ImportQuery, upload 10485760 => Accepted<Operation>;
    /// Download the workbook of an import with its wrong cells marked.
    GetImportWorkbook: Get "/api/v1/master/imports/{id}/workbook" needs IMPORT, path ById<Operation> => FileReply<Workbook>;
}
