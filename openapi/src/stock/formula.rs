//! Formulas (拆装配方): which parts a model comes apart into, and which share of its cost each of them carries.

use super::{FORMULA_EDIT, FORMULA_VIEW};
use crate::master::product::ProductId;
use crate::{
    ById, Created, Detail, Id, ItemCode, Note, Page, Quantity, Resource, Text, Timestamp, Versioned, endpoints, filter,
    parts,
};
use validator::Validate;

/// Id of a formula.
pub type FormulaId = Id<Formula>;

/// The whole of the cost, in basis points.
pub const WHOLE: u32 = 10_000;

fn from_the_start() -> bool {
    true
}

parts! {
    /// One part of a formula, as typed.
    draft FormulaLineDraft {
        /// Part; at most once, and not the model itself.
        product_id: ProductId,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Share of the cost of the unit in basis points, 0 to 10000: 2500 is 25 %.
        #[validate(range(max = 10000))]
        #[cfg_attr(feature = "schema", schema(maximum = 10000, example = 2500))]
        share: u16,
    }
    /// A formula, as typed.
    draft FormulaDraft {
        /// Model; it cannot be changed later.
        product_id: ProductId,
        /// Edition, unique for the model: "2026-1", "no battery".
        edition: Text<40>,
        /// Whether new documents may use it.
        #[serde(default = "from_the_start")]
        is_active: bool,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Parts, 1 to 100. Their shares add up to exactly 10000, else it is refused with `shares_not_whole`.
        #[validate(nested, length(min = 1, max = 100))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
        lines: Vec<FormulaLineDraft>,
    }
    /// One part of a formula.
    shown FormulaLine {
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Quantity.
        quantity: Quantity,
        /// Share of the cost in basis points.
        #[cfg_attr(feature = "schema", schema(maximum = 10000, example = 2500))]
        share: u16,
    }
    /// A formula.
    shown Formula {
        /// Id.
        id: FormulaId,
        /// Counts the changes, from 1.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 3))]
        version: i64,
        /// Created at.
        created_at: Timestamp,
        /// Last change.
        updated_at: Timestamp,
        /// Model.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Edition.
        edition: Text<40>,
        /// Whether new documents may use it.
        is_active: bool,
        /// Remark.
        remark: Option<Note<500>>,
        /// Parts.
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        lines: Vec<FormulaLine>,
    }
    /// A formula in a list.
    shown FormulaRow {
        /// Id.
        id: FormulaId,
        /// Version.
        version: i64,
        /// Created at.
        created_at: Timestamp,
        /// Last change.
        updated_at: Timestamp,
        /// Model.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Edition.
        edition: Text<40>,
        /// Whether new documents may use it.
        is_active: bool,
    }
}
impl Resource for Formula {
    const NAME: &'static str = "formula";
}
impl Versioned for Formula {
    fn version(&self) -> i64 {
        self.version
    }
}

filter! {
    /// Filter of the list of formulas. `q` looks in the edition and in code and name of the model.
    FormulaFilter by "created_at", "updated_at" {
        /// Model.
        product_id: id ProductId,
        /// Whether new documents may use it.
        is_active: flag,
    }
}

endpoints! { "Conversions";
    /// List formulas.
    ListFormulas: Get "/api/v1/stock/formulas" needs FORMULA_VIEW, list FormulaFilter => Page<FormulaRow>;
    /// Read a formula with its parts.
    GetFormula: Get "/api/v1/stock/formulas/{id}" needs FORMULA_VIEW, path ById<Formula> => Detail<Formula>;
    /// Write a formula.
    CreateFormula: Post "/api/v1/stock/formulas" needs FORMULA_EDIT, body FormulaDraft => Created<Formula>;
    /// Change a formula. What was converted by it stays as it was.
    UpdateFormula: Put "/api/v1/stock/formulas/{id}" needs FORMULA_EDIT, path ById<Formula>, body FormulaDraft => Detail<Formula>;
}
