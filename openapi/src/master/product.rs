//! Products and parts.

use super::dictionary::DictionaryEntryId;
use super::{PRODUCT_EDIT, PRODUCT_VIEW};
use crate::query::AnyOf;
use crate::{
    ByExternal, ById, Created, Detail, Id, ItemCode, Note, Page, Resource, Text, Timestamp, UnitPrice, Versioned,
    choices, endpoints,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Id of a product.
pub type ProductId = Id<Product>;

choices! {
    /// What a product is.
    ProductKind {
        Unit = "unit" ("主机", "Main unit", Info),
        Board = "board" ("主板", "Board", Neutral),
        Part = "part" ("配件", "Part", Neutral),
        Accessory = "accessory" ("附件", "Accessory", Neutral),
        Consumable = "consumable" ("耗材", "Consumable", Neutral),
        Service = "service" ("服务", "Service", Neutral),
    }
}

/// What is typed in for a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProductDraft {
    /// Code, unique.
    pub code: ItemCode,
    /// Name.
    pub name: Text<120>,
    /// What it is.
    pub kind: ProductKind,
    /// Brand; a main unit must have one.
    #[serde(default)]
    pub brand_id: Option<DictionaryEntryId>,
    /// Product category.
    #[serde(default)]
    pub category_id: Option<DictionaryEntryId>,
    /// Model or specification.
    #[serde(default)]
    pub model: Option<Text<60>>,
    /// Unit of measure.
    pub uom: Text<10>,
    /// Whether each piece is known by its serial number.
    pub is_serial_tracked: bool,
    /// Whether the replaced part must come back to the manufacturer or the store.
    pub returns_old_part: bool,
    /// Whether the manufacturer pays for it in warranty.
    pub is_claimable: bool,
    /// Whether the three-guarantees rules hold for it (return within 7 days, exchange within 15).
    #[serde(default)]
    pub has_three_guarantees: bool,
    /// Months of warranty, 0 to 240.
    #[validate(range(max = 240))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 240, example = 12))]
    pub warranty_months: u16,
    /// Standard cost per unit of measure; null without the right to see costs.
    #[serde(default)]
    #[validate(custom(function = "crate::check::price"))]
    pub standard_cost: Option<UnitPrice>,
    /// Wholesale price per unit of measure.
    #[validate(custom(function = "crate::check::price"))]
    pub wholesale_price: UnitPrice,
    /// Retail price per unit of measure, also what a repair out of warranty charges.
    #[validate(custom(function = "crate::check::price"))]
    pub retail_price: UnitPrice,
    /// Price at which the manufacturer pays for it in warranty.
    #[validate(custom(function = "crate::check::price"))]
    pub warranty_price: UnitPrice,
    /// Models that it fits, at most 100.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub applicable_models: Vec<Text<60>>,
    /// Remark.
    #[serde(default)]
    pub remark: Option<Note<500>>,
}

/// A product or part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Product {
    /// Id.
    pub id: ProductId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Code, unique.
    pub code: ItemCode,
    /// Name.
    pub name: Text<120>,
    /// What it is.
    pub kind: ProductKind,
    /// Brand; a main unit must have one.
    pub brand_id: Option<DictionaryEntryId>,
    /// Name of the brand.
    pub brand_name: Option<Text<60>>,
    /// Product category.
    pub category_id: Option<DictionaryEntryId>,
    /// Name of the category.
    pub category_name: Option<Text<60>>,
    /// Model or specification.
    pub model: Option<Text<60>>,
    /// Unit of measure.
    pub uom: Text<10>,
    /// Whether each piece is known by its serial number.
    pub is_serial_tracked: bool,
    /// Whether the replaced part must come back to the manufacturer or the store.
    pub returns_old_part: bool,
    /// Whether the manufacturer pays for it in warranty.
    pub is_claimable: bool,
    /// Whether the three-guarantees rules hold for it (return within 7 days, exchange within 15).
    pub has_three_guarantees: bool,
    /// Months of warranty, 0 to 240.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 240, example = 12))]
    pub warranty_months: u16,
    /// Standard cost per unit of measure; null without the right to see costs.
    pub standard_cost: Option<UnitPrice>,
    /// Wholesale price per unit of measure; null without the right to see it.
    pub wholesale_price: Option<UnitPrice>,
    /// Retail price per unit of measure, also what a repair out of warranty charges.
    pub retail_price: UnitPrice,
    /// Price at which the manufacturer pays for it in warranty; null without the right to see it.
    pub warranty_price: Option<UnitPrice>,
    /// Models that it fits, at most 100.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub applicable_models: Vec<Text<60>>,
    /// Remark.
    pub remark: Option<Note<500>>,
    /// Whether new documents may choose it.
    pub is_active: bool,
}
impl Resource for Product {
    const NAME: &'static str = "product";
}
impl Versioned for Product {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A product in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProductRow {
    /// Id.
    pub id: ProductId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Code, unique.
    pub code: ItemCode,
    /// Name.
    pub name: Text<120>,
    /// What it is.
    pub kind: ProductKind,
    /// Brand; a main unit must have one.
    pub brand_id: Option<DictionaryEntryId>,
    /// Name of the brand.
    pub brand_name: Option<Text<60>>,
    /// Product category.
    pub category_id: Option<DictionaryEntryId>,
    /// Name of the category.
    pub category_name: Option<Text<60>>,
    /// Model or specification.
    pub model: Option<Text<60>>,
    /// Unit of measure.
    pub uom: Text<10>,
    /// Whether each piece is known by its serial number.
    pub is_serial_tracked: bool,
    /// Whether the replaced part must come back to the manufacturer or the store.
    pub returns_old_part: bool,
    /// Whether the manufacturer pays for it in warranty.
    pub is_claimable: bool,
    /// Months of warranty, 0 to 240.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 240, example = 12))]
    pub warranty_months: u16,
    /// Standard cost per unit of measure; null without the right to see costs.
    pub standard_cost: Option<UnitPrice>,
    /// Wholesale price per unit of measure; null without the right to see it.
    pub wholesale_price: Option<UnitPrice>,
    /// Retail price per unit of measure, also what a repair out of warranty charges.
    pub retail_price: UnitPrice,
    /// Price at which the manufacturer pays for it in warranty; null without the right to see it.
    pub warranty_price: Option<UnitPrice>,
    /// Whether new documents may choose it.
    pub is_active: bool,
}

/// Filter of the product list. `q` looks in code, name and model. Costs can be neither filtered nor sorted by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct ProductFilter {
    /// One kind, or several separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<ProductKind>, required = false))]
    pub kind: Option<AnyOf<ProductKind>>,
    /// Exactly this code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 40, nullable = false))]
    pub code: Option<ItemCode>,
    /// Only this brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub brand_id: Option<DictionaryEntryId>,
    /// Only this category.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub category_id: Option<DictionaryEntryId>,
    /// Only what fits this model.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 60, nullable = false))]
    pub fits_model: Option<Text<60>>,
    /// Whether each piece is known by its serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_serial_tracked: Option<bool>,
    /// Whether new documents may choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_active: Option<bool>,
}
impl crate::page::Filter for ProductFilter {
    const SORTS: &'static [&'static str] = &["code", "name", "retail_price", "created_at", "updated_at"];
    const DEFAULT_SORT: &'static str = "code";
}

endpoints! { "Products";
    /// List products and parts.
    ListProducts: Get "/api/v1/master/products" needs PRODUCT_VIEW, list ProductFilter => Page<ProductRow>;
    /// Read a product.
    GetProduct: Get "/api/v1/master/products/{id}" needs PRODUCT_VIEW, path ById<Product> => Detail<Product>;
    /// Add a product.
    CreateProduct: Post "/api/v1/master/products" needs PRODUCT_EDIT, body ProductDraft => Created<Product>;
    /// Change a product. Whoever may not see costs leaves the cost out, and it stays.
    UpdateProduct: Put "/api/v1/master/products/{id}" needs PRODUCT_EDIT, path ById<Product>, body ProductDraft => Detail<Product>;
    /// Put a product under its name in another system.
    ///
    /// Made when `source` has not put it yet, changed otherwise; what is put again as it is changes nothing but its version.
    /// `If-Match` is heeded when it is sent.
    PutProduct: Put "/api/v1/master/products/by-external/{source}/{external_id}" needs PRODUCT_EDIT, path ByExternal<Product>, body ProductDraft => Detail<Product>;
    /// Take a product out of use.
    DeactivateProduct: Post "/api/v1/master/products/{id}/deactivate" needs PRODUCT_EDIT, path ById<Product> => Detail<Product>;
    /// Take a product back into use.
    ActivateProduct: Post "/api/v1/master/products/{id}/activate" needs PRODUCT_EDIT, path ById<Product> => Detail<Product>;
}
