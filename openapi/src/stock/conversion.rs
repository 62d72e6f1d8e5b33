//! Conversions (拆装单): a unit comes apart into its parts, or parts become a unit. Value is split or summed to the fen.

use super::document::StockDocLink;
use super::formula::FormulaId;
use super::{CONVERSION_EDIT, CONVERSION_POST, CONVERSION_REVERSE, CONVERSION_VIEW, Condition};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Created, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, choices, document,
    endpoints, filter, life, parts,
};
use validator::Validate;

/// Id of a line of a conversion.
pub type ConversionLineId = Id<ConversionLine>;

choices! {
    /// Which way goods are converted.
    ConversionWay {
        Disassembly = "disassembly" ("折整为散", "Disassembly", Warning),
        Assembly = "assembly" ("组散为整", "Assembly", Info),
    }
    /// States of a conversion.
    ConversionState {
        Draft = "draft" ("草稿", "Draft", Neutral),
        Posted = "posted" ("已过账", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Warning),
        Void = "void" ("已作废", "Void", Danger),
    }
    /// What can be done to a conversion.
    ConversionAction {
        Post = "post" ("过账", "Post", Success),
        Reverse = "reverse" ("冲销", "Reverse", Danger),
        Void = "void" ("作废", "Void", Danger),
    }
}

life! {
    /// From the draft to the posting.
    ConversionLife of Conversion: ConversionState, ConversionAction from Draft {
        Draft: Post => Posted needs CONVERSION_POST;
        Draft: Void => Void needs CONVERSION_EDIT;
        Posted: Reverse => Reversed needs CONVERSION_REVERSE;
    }
}

parts! {
    /// One part, as typed.
    draft ConversionLineDraft {
        /// Part.
        product_id: ProductId,
        /// Serial of a part tracked by serial, whose quantity is then 1; required to post.
        #[serde(default)]
        serial: Option<Serial>,
        /// Condition in which it comes out or goes in; good when absent.
        #[serde(default)]
        condition: Option<Condition>,
        /// Quantity, more than zero and at most 1,000,000.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Disassembly: share of the cost of the unit in basis points, 0 to 10000; absent counts as 0. Not used in
        /// assembly.
        #[serde(default)]
        #[validate(range(max = 10000))]
        #[cfg_attr(feature = "schema", schema(maximum = 10000, example = 2500))]
        share: Option<u16>,
    }
    /// A conversion of one unit, as typed.
    draft ConversionDraft {
        /// Which way.
        way: ConversionWay,
        /// Formula of the model, in use.
        formula_id: FormulaId,
        /// Warehouse that the unit leaves or enters.
        warehouse_id: WarehouseId,
        /// Warehouse of the same station that parts enter or leave; the same one when absent.
        #[serde(default)]
        parts_warehouse_id: Option<WarehouseId>,
        /// Serial of the unit, where its model is tracked by serial. Assembly takes a new one, or one that ended before.
        #[serde(default)]
        serial: Option<Serial>,
        /// Condition of the unit; good when absent.
        #[serde(default)]
        condition: Option<Condition>,
        /// Remark.
        #[serde(default)]
        remark: Option<Note<500>>,
        /// Parts, at most 100; those of the formula when there are none. In a disassembly their shares add up to exactly
        /// 10000, else it is refused with `shares_not_whole`.
        #[serde(default)]
        #[validate(nested, length(max = 100))]
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        lines: Vec<ConversionLineDraft>,
    }
    /// Why a conversion is voided or reversed.
    draft ConversionReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
    /// One part of a conversion.
    shown ConversionLine {
        /// Id.
        id: ConversionLineId,
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial.
        serial: Option<Serial>,
        /// Condition.
        condition: Condition,
        /// Quantity.
        quantity: Quantity,
        /// Share of the cost of the unit in basis points; null in an assembly.
        #[cfg_attr(feature = "schema", schema(maximum = 10000, example = 2500))]
        share: Option<u16>,
        /// What it is worth; null before posting and without the right to see cost.
        value: Option<Money>,
    }
}

document! {
    /// A conversion.
    Conversion: ConversionId "conversion" in ConversionState by ConversionAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Which way.
        way: ConversionWay,
        /// Formula.
        formula_id: FormulaId,
        /// Edition of the formula.
        edition: Text<40>,
        /// Model of the unit.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial of the unit.
        serial: Option<Serial>,
        /// Condition of the unit.
        condition: Condition,
        /// Warehouse of the unit.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Warehouse of the parts.
        parts_warehouse_id: WarehouseId,
        /// Its name.
        parts_warehouse_name: Text<60>,
        /// When it was posted.
        posted_at: Option<Timestamp>,
        /// What the unit is worth; null before posting and without the right to see cost.
        unit_value: Option<Money>,
        /// Remark.
        remark: Option<Note<500>>,
        /// Parts.
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        lines: Vec<ConversionLine>,
        /// What it did to the stock ledger.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A conversion in a list.
    ConversionRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Which way.
        way: ConversionWay,
        /// Name of the model.
        product_name: Text<120>,
        /// Serial of the unit.
        serial: Option<Serial>,
        /// Name of the warehouse of the unit.
        warehouse_name: Text<60>,
        /// When it was posted.
        posted_at: Option<Timestamp>,
    }
}

filter! {
    /// Filter of the list of conversions. `q` looks in number, serial and remark.
    ConversionFilter by "created_at", "updated_at", "number" {
        /// States.
        state: any ConversionState,
        /// Which way.
        way: any ConversionWay,
        /// Station.
        org_id: id OrgId,
        /// Model.
        product_id: id ProductId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Conversions";
    /// List conversions.
    ListConversions: Get "/api/v1/stock/conversions" needs CONVERSION_VIEW, list ConversionFilter => Page<ConversionRow>;
    /// Read a conversion with its parts.
    GetConversion: Get "/api/v1/stock/conversions/{id}" needs CONVERSION_VIEW, path ById<Conversion> => Detail<Conversion>;
    /// Write a draft.
    CreateConversion: Post "/api/v1/stock/conversions" needs CONVERSION_EDIT, body ConversionDraft => Created<Conversion>;
    /// Change a draft.
    UpdateConversion: Put "/api/v1/stock/conversions/{id}" needs CONVERSION_EDIT, path ById<Conversion>, body ConversionDraft => Detail<Conversion>;
    /// Post it: a unit leaves, its serial ends, and the parts come in with its value by their shares, the last one with
    /// the rest; or parts leave and a unit comes in that is worth their sum.
    PostConversion: Post "/api/v1/stock/conversions/{id}/post" needs CONVERSION_POST, path ById<Conversion> => Detail<Conversion> [posts];
    /// Take the posting back by its mirror, at the same value.
    ///
    /// Refused with `stock_reversal_blocked`, which names the later documents, when parts or unit have moved on.
    ReverseConversion: Post "/api/v1/stock/conversions/{id}/reverse" needs CONVERSION_REVERSE, path ById<Conversion>, body ConversionReason => Detail<Conversion> [posts];
    /// Void it before it is posted.
    VoidConversion: Post "/api/v1/stock/conversions/{id}/void" needs CONVERSION_EDIT, path ById<Conversion>, body ConversionReason => Detail<Conversion>;
}
