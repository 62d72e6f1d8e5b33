//! Dictionaries: the short lists that documents choose from. A new list is one line of [`DictionaryKind`].

use super::{DICTIONARY_EDIT, DICTIONARY_VIEW};
use crate::query::AnyOf;
use crate::{
    ById, Created, Detail, Id, ItemCode, Money, Page, Resource, Text, Timestamp, UnitPrice, Versioned, choices,
    endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a dictionary entry.
pub type DictionaryEntryId = Id<DictionaryEntry>;

choices! {
    /// Which list an entry belongs to.
    DictionaryKind {
        Brand = "brand" ("品牌", "Brand", Neutral),
        ProductCategory = "product_category" ("产品类别", "Product category", Neutral),
        Fault = "fault" ("故障现象", "Fault symptom", Neutral),
        Cause = "cause" ("故障原因", "Fault cause", Neutral),
        RepairMethod = "repair_method" ("处理方法", "Repair method", Neutral),
        RepairLevel = "repair_level" ("维修级别", "Repair level", Neutral),
        WarrantyState = "warranty_state" ("保修状态", "Warranty state", Neutral),
        ServiceItem = "service_item" ("服务项目", "Service item", Neutral),
        Accessory = "accessory" ("随机附件", "Accessory", Neutral),
        Appearance = "appearance" ("外观状况", "Appearance", Neutral),
        CancelReason = "cancel_reason" ("取消原因", "Reason of cancelling", Neutral),
        Uom = "uom" ("计量单位", "Unit of measure", Neutral),
    }
    /// Who bears the cost of a repair.
    Payer {
        Customer = "customer" ("客户", "Customer", Neutral),
        Manufacturer = "manufacturer" ("厂家", "Manufacturer", Info),
        Company = "company" ("公司", "Company", Warning),
        Insurer = "insurer" ("保险公司", "Insurer", Info),
        Internal = "internal" ("内部", "Internal", Neutral),
    }
    /// A value that only the entries of some lists carry. It has the name of its field.
    DictionaryAttribute {
        StandardMinutes = "standard_minutes" ("标准工时（分钟）", "Standard minutes", Neutral),
        Level = "level_id" ("维修级别", "Repair level", Neutral),
        LabourPrice = "labour_price" ("人工费", "Labour price", Neutral),
        ClaimFee = "claim_fee" ("厂家劳务费", "Labour claimed from the manufacturer", Neutral),
        Payer = "payer" ("付费方", "Payer", Neutral),
        Price = "price" ("单价", "Price", Neutral),
        TaxRate = "tax_rate" ("税率（万分比）", "Tax rate (basis points)", Neutral),
        FreeInWarranty = "is_free_in_warranty" ("保内免费", "Free in warranty", Neutral),
        WarrantyMonths = "warranty_months" ("保修月数", "Months of warranty", Neutral),
    }
}

/// How a list uses an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeUse {
    /// The attribute.
    pub attribute: DictionaryAttribute,
    /// Whether every entry must have it.
    pub is_required: bool,
}

const fn required(attribute: DictionaryAttribute) -> AttributeUse {
    AttributeUse { attribute, is_required: true }
}

const fn optional(attribute: DictionaryAttribute) -> AttributeUse {
    AttributeUse { attribute, is_required: false }
}

impl DictionaryKind {
    /// The attributes of this list's entries, in the order in which forms show them.
    pub const fn attributes(self) -> &'static [AttributeUse] {
        use DictionaryAttribute as A;
        match self {
            DictionaryKind::RepairMethod => const { &[optional(A::StandardMinutes), optional(A::Level)] },
            DictionaryKind::RepairLevel => const { &[required(A::LabourPrice), required(A::ClaimFee)] },
            DictionaryKind::WarrantyState => const { &[required(A::Payer)] },
            DictionaryKind::ServiceItem => {
                const { &[required(A::Price), required(A::TaxRate), required(A::FreeInWarranty)] }
            }
            DictionaryKind::Accessory => const { &[optional(A::WarrantyMonths)] },
            DictionaryKind::Brand
            | DictionaryKind::ProductCategory
            | DictionaryKind::Fault
            | DictionaryKind::Cause
            | DictionaryKind::Appearance
            | DictionaryKind::CancelReason
            | DictionaryKind::Uom => &[],
        }
    }

    /// Whether its entries form two levels.
    pub const fn has_parent(self) -> bool {
        matches!(self, DictionaryKind::Fault | DictionaryKind::ProductCategory)
    }
}

/// What is typed in for a dictionary entry. Which attributes apply depends on the kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DictionaryEntryDraft {
    /// The list; it cannot be changed later.
    pub kind: DictionaryKind,
    /// Code, unique within the list.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// English name.
    #[serde(default)]
    pub name_en: Option<Text<60>>,
    /// The entry of the first level that it stands under, for lists of two levels.
    #[serde(default)]
    pub parent_id: Option<DictionaryEntryId>,
    /// Place in the list, 0 to 9999; equal places are ordered by code.
    #[serde(default)]
    #[validate(range(max = 9999))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9999, example = 10))]
    pub sort_no: u16,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Text<200>>,
    /// Repair method: standard time in minutes, 0 to 9999.
    #[serde(default)]
    #[validate(range(max = 9999))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9999, example = 30))]
    pub standard_minutes: Option<u16>,
    /// Repair method: the repair level it counts as.
    #[serde(default)]
    pub level_id: Option<DictionaryEntryId>,
    /// Repair level: labour charged to the customer.
    #[serde(default)]
    #[validate(custom(function = "crate::check::amount"))]
    pub labour_price: Option<Money>,
    /// Repair level: labour claimed from the manufacturer.
    #[serde(default)]
    #[validate(custom(function = "crate::check::amount"))]
    pub claim_fee: Option<Money>,
    /// Warranty state: who bears the cost.
    #[serde(default)]
    pub payer: Option<Payer>,
    /// Service item: price per unit.
    #[serde(default)]
    #[validate(custom(function = "crate::check::price"))]
    pub price: Option<UnitPrice>,
    /// Service item: tax rate in basis points, 0 to 10000.
    #[serde(default)]
    #[validate(range(max = 10_000))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 600))]
    pub tax_rate: Option<u16>,
    /// Service item: whether a repair in warranty is not charged for it.
    #[serde(default)]
    pub is_free_in_warranty: Option<bool>,
    /// Accessory: months of warranty of its own, 1 to 240.
    #[serde(default)]
    #[validate(range(min = 1, max = 240))]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 240, example = 6))]
    pub warranty_months: Option<u16>,
}

/// A dictionary entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DictionaryEntry {
    /// Id.
    pub id: DictionaryEntryId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// The list.
    pub kind: DictionaryKind,
    /// Code, unique within the list.
    pub code: ItemCode,
    /// Name.
    pub name: Text<60>,
    /// English name.
    pub name_en: Option<Text<60>>,
    /// The entry of the first level that it stands under.
    pub parent_id: Option<DictionaryEntryId>,
    /// Name of that entry.
    pub parent_name: Option<Text<60>>,
    /// Place in the list.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9999, example = 10))]
    pub sort_no: u16,
    /// Whether new documents may choose it.
    pub is_active: bool,
    /// Remark.
    pub remark: Option<Text<200>>,
    /// Repair method: standard time in minutes.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9999, example = 30))]
    pub standard_minutes: Option<u16>,
    /// Repair method: the repair level it counts as.
    pub level_id: Option<DictionaryEntryId>,
    /// Name of that level.
    pub level_name: Option<Text<60>>,
    /// Repair level: labour charged to the customer.
    pub labour_price: Option<Money>,
    /// Repair level: labour claimed from the manufacturer.
    pub claim_fee: Option<Money>,
    /// Warranty state: who bears the cost.
    pub payer: Option<Payer>,
    /// Service item: price per unit.
    pub price: Option<UnitPrice>,
    /// Service item: tax rate in basis points.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 600))]
    pub tax_rate: Option<u16>,
    /// Service item: whether a repair in warranty is not charged for it.
    pub is_free_in_warranty: Option<bool>,
    /// Accessory: months of warranty of its own.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 240, example = 6))]
    pub warranty_months: Option<u16>,
}
impl Resource for DictionaryEntry {
    const NAME: &'static str = "dictionary_entry";
}
impl Versioned for DictionaryEntry {
    fn version(&self) -> i64 {
        self.version
    }
}

/// Filter of the dictionary list. `q` looks in code and names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct DictionaryEntryFilter {
    /// One list, or several separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<DictionaryKind>, required = false))]
    pub kind: Option<AnyOf<DictionaryKind>>,
    /// Only entries under this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub parent_id: Option<DictionaryEntryId>,
    /// Exactly this code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 40, nullable = false))]
    pub code: Option<ItemCode>,
    /// Whether new documents may choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_active: Option<bool>,
}
impl crate::page::Filter for DictionaryEntryFilter {
    const SORTS: &'static [&'static str] = &["sort_no", "code", "name", "created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "sort_no";
}

endpoints! { "Dictionaries";
    /// List dictionary entries.
    ListDictionaryEntries: Get "/api/v1/master/dictionaries" needs DICTIONARY_VIEW, list DictionaryEntryFilter => Page<DictionaryEntry>;
    /// Read a dictionary entry.
    GetDictionaryEntry: Get "/api/v1/master/dictionaries/{id}" needs DICTIONARY_VIEW, path ById<DictionaryEntry> => Detail<DictionaryEntry>;
    /// Add a dictionary entry.
    CreateDictionaryEntry: Post "/api/v1/master/dictionaries" needs DICTIONARY_EDIT, body DictionaryEntryDraft => Created<DictionaryEntry>;
    /// Change a dictionary entry.
    UpdateDictionaryEntry: Put "/api/v1/master/dictionaries/{id}" needs DICTIONARY_EDIT, path ById<DictionaryEntry>, body DictionaryEntryDraft => Detail<DictionaryEntry>;
    /// Take a dictionary entry out of use; documents that chose it keep it.
    DeactivateDictionaryEntry: Post "/api/v1/master/dictionaries/{id}/deactivate" needs DICTIONARY_EDIT, path ById<DictionaryEntry> => Detail<DictionaryEntry>;
    /// Take a dictionary entry back into use.
    ActivateDictionaryEntry: Post "/api/v1/master/dictionaries/{id}/activate" needs DICTIONARY_EDIT, path ById<DictionaryEntry> => Detail<DictionaryEntry>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Choice;

    #[test]
    fn a_list_names_each_attribute_once() {
        for kind in DictionaryKind::ALL {
            let mut names: Vec<_> = kind.attributes().iter().map(|a| a.attribute.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), kind.attributes().len(), "{kind}");
        }
    }
}
