//! Retail returns: goods of one sale that come back, good or bad, and the money for them.

use super::sale::{RetailLineId, RetailSaleId};
use super::{RETAIL_RETURN, RETAIL_REVERSE, RETAIL_VIEW, RetailAction, RetailPayment, RetailPaymentDraft, RetailState};
use crate::document::{DocKind, Lifecycle, Step};
use crate::finance::receipt::ReversalDraft;
use crate::identity::{OrgId, UserId};
use crate::master::customer::CustomerId;
use crate::master::product::ProductId;
use crate::stock::document::StockDocLink;
use crate::{
    ById, Created, Detail, Id, ItemCode, Money, Note, Page, Quantity, Serial, Text, Timestamp, choices, document,
    endpoints, filter, parts,
};
use validator::Validate;

/// Id of a line of a retail return.
pub type RetailReturnLineId = Id<RetailReturnLine>;

choices! {
    /// In which condition goods come back.
    ReturnCondition {
        Good = "good" ("良品", "Good", Success),
        Bad = "bad" ("坏件", "Bad", Danger),
    }
}

impl Lifecycle for RetailReturn {
    type State = RetailState;
    type Action = RetailAction;
    const KIND: DocKind = DocKind::RetailReturn;
    const STEPS: &'static [Step<RetailState, RetailAction>] = &[Step {
        from: RetailState::Posted,
        action: RetailAction::Reverse,
        to: RetailState::Reversed,
        permission: RETAIL_REVERSE,
    }];
}

parts! {
    /// How much of one line of the sale comes back.
    draft RetailReturnLineDraft {
        /// Line of the sale; at most once in each condition.
        line_id: RetailLineId,
        /// Quantity, more than zero and at most what has not come back yet.
        #[validate(custom(function = "crate::check::quantity"))]
        quantity: Quantity,
        /// Condition.
        condition: ReturnCondition,
        /// What is kept back of the price, for example for use; nothing when absent.
        #[serde(default)]
        #[validate(custom(function = "crate::check::amount_if_any"))]
        deduction: Option<Money>,
    }
    /// A return, as typed. Everything is posted at once.
    draft RetailReturnDraft {
        /// The sale.
        sale_id: RetailSaleId,
        /// Lines, 1 to 100.
        #[validate(nested, length(min = 1, max = 100))]
        #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
        lines: Vec<RetailReturnLineDraft>,
        /// How the money is paid back, in at most 10 ways; together exactly the refund.
        #[serde(default)]
        #[validate(nested, length(max = 10))]
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        payments: Vec<RetailPaymentDraft>,
        /// Why the goods come back.
        remark: Note<500>,
    }
    /// One line of a return.
    shown RetailReturnLine {
        /// Id.
        id: RetailReturnLineId,
        /// Line of the sale.
        sale_line_id: RetailLineId,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Serial.
        serial: Option<Serial>,
        /// Condition.
        condition: ReturnCondition,
        /// Quantity.
        quantity: Quantity,
        /// What was kept back.
        deduction: Money,
        /// What was paid back, tax included.
        refund: Money,
        /// The tax in it.
        vat: Money,
        /// What the goods had cost when they were sold; null without the right to see costs.
        cost: Option<Money>,
        /// What they are worth in stock now; null without the right to see costs.
        value: Option<Money>,
    }
}

document! {
    /// A retail return.
    RetailReturn: RetailReturnId "retail_return" in RetailState by RetailAction {
        /// Name of the station.
        org_name: Text<100>,
        /// The sale.
        sale_id: RetailSaleId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "LS20261100001"))]
        sale_number: String,
        /// The customer.
        customer_id: Option<CustomerId>,
        /// Name of the customer.
        customer_name: Option<Text<100>>,
        /// Who took the goods back.
        cashier_id: UserId,
        /// Name of who took the goods back.
        cashier_name: Text<100>,
        /// When it happened.
        effective_at: Timestamp,
        /// What was paid back.
        refund: Money,
        /// The tax in it.
        vat_total: Money,
        /// What was lost because goods came back bad; null without the right to see costs.
        loss: Option<Money>,
        /// Points that were taken back.
        #[cfg_attr(feature = "schema", schema(example = 48))]
        points: i64,
        /// Why the goods came back.
        remark: Note<500>,
        /// The return that this one takes back.
        reversal_of: Option<RetailReturnId>,
        /// The return that takes this one back.
        reversed_by: Option<RetailReturnId>,
        /// Why it was taken back.
        reason: Option<Note<500>>,
        /// Lines.
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        lines: Vec<RetailReturnLine>,
        /// How the money was paid back.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        payments: Vec<RetailPayment>,
        /// What it posted to stock.
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        postings: Vec<StockDocLink>,
    }
    /// A retail return in a list.
    RetailReturnRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Number of the sale.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "LS20261100001"))]
        sale_number: String,
        /// Name of the customer.
        customer_name: Option<Text<100>>,
        /// Name of who took the goods back.
        cashier_name: Text<100>,
        /// When it happened.
        effective_at: Timestamp,
        /// What was paid back.
        refund: Money,
        /// Why the goods came back.
        remark: Note<500>,
    }
}

filter! {
    /// Filter of the list of retail returns. `q` looks in number, cashier and remark.
    RetailReturnFilter by "created_at", "updated_at", "effective_at", "number" {
        /// States.
        state: any RetailState,
        /// Station.
        org_id: id OrgId,
        /// Customer.
        customer_id: id CustomerId,
        /// The sale.
        sale_id: id RetailSaleId,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Retail returns";
    /// List retail returns.
    ListRetailReturns: Get "/api/v1/trade/retail-returns" needs RETAIL_VIEW, list RetailReturnFilter => Page<RetailReturnRow>;
    /// Read a retail return with its lines.
    GetRetailReturn: Get "/api/v1/trade/retail-returns/{id}" needs RETAIL_VIEW, path ById<RetailReturn> => Detail<RetailReturn>;
    /// Take goods of a sale back.
    ///
    /// Goods in at what they had cost, income, tax, money and points are posted at once. Bad goods come in at what the
    /// rules say they are worth; the rest is a loss.
    CreateRetailReturn: Post "/api/v1/trade/retail-returns" needs RETAIL_RETURN, body RetailReturnDraft => Created<RetailReturn> [posts];
    /// Take a return back by its mirror.
    ///
    /// Refused for who took the goods, and when the goods have moved on.
    ReverseRetailReturn: Post "/api/v1/trade/retail-returns/{id}/reverse" needs RETAIL_REVERSE, path ById<RetailReturn>, body ReversalDraft => Detail<RetailReturn> [posts];
}
