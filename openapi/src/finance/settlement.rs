//! Settlements: what a service costs, line by line, and who pays which part.

use super::open_item::OpenItemId;
use super::{PartyId, Payer, SETTLEMENT_REVERSE, SETTLEMENT_VIEW};
use crate::document::{DocKind, Lifecycle, Step};
use crate::identity::OrgId;
use crate::query::AnyOf;
use crate::system::SubjectId;
use crate::{
    ById, Date, Detail, Id, Money, Page, Quantity, Resource, Text, Timestamp, UnitPrice, Versioned, choices, endpoints,
};
use serde::{Deserialize, Serialize};

/// Id of a settlement.
pub type SettlementId = Id<Settlement>;

choices! {
    /// Which income a line belongs to.
    SettlementLineKind {
        Labour = "labour" ("工时", "Labour", Info),
        Part = "part" ("配件", "Part", Info),
        Service = "service" ("服务项目", "Service item", Info),
    }
    /// State of a settlement.
    SettlementState {
        Posted = "posted" ("已出单", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Danger),
        Mirror = "mirror" ("红字冲销", "Reversal", Warning),
    }
    /// What can be done to a settlement. Both happen on the document that it belongs to.
    SettlementAction {
        Reverse = "reverse" ("冲销", "Reverse", Danger),
    }
}

impl Lifecycle for Settlement {
    type State = SettlementState;
    type Action = SettlementAction;
    const KIND: DocKind = DocKind::Settlement;
    const STEPS: &'static [Step<SettlementState, SettlementAction>] = &[Step {
        from: SettlementState::Posted,
        action: SettlementAction::Reverse,
        to: SettlementState::Reversed,
        permission: SETTLEMENT_REVERSE,
    }];
}

/// One line of a settlement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SettlementLine {
    /// Who pays it.
    pub payer: Payer,
    /// Which income it belongs to.
    pub kind: SettlementLineKind,
    /// What it is for.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "更换屏幕总成"))]
    pub description: String,
    /// The part or service item.
    pub item_id: Option<SubjectId>,
    /// How much.
    pub quantity: Quantity,
    /// Price per unit, VAT included.
    pub unit_price: UnitPrice,
    /// Amount, VAT included.
    pub amount: Money,
    /// The VAT in the amount.
    pub vat: Money,
}

/// What one payer bears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SettlementShare {
    /// Who pays.
    pub payer: Payer,
    /// How much, VAT included.
    pub amount: Money,
}

/// A settlement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Settlement {
    /// Id.
    pub id: SettlementId,
    /// Counts the changes, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station that earns it.
    pub org_id: OrgId,
    /// Number, without a gap.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JS20261100001"))]
    pub number: String,
    /// State.
    pub state: SettlementState,
    /// What is allowed now.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub allowed: Vec<SettlementAction>,
    /// The customer.
    pub party_id: PartyId,
    /// Name of the customer.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: String,
    /// Kind of the document that it belongs to.
    pub source_kind: DocKind,
    /// The document that it belongs to, for example the ticket.
    pub source_id: SubjectId,
    /// Number of that document.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RE202611210001"))]
    pub source_number: String,
    /// Business date.
    pub effective_on: Date,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// The lines.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub lines: Vec<SettlementLine>,
    /// What each payer bears.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub shares: Vec<SettlementShare>,
    /// All lines together, VAT included.
    pub total: Money,
    /// What the customer pays, VAT included.
    pub customer_total: Money,
    /// The VAT in what the customer pays.
    pub vat_total: Money,
    /// What the customer has paid of it.
    pub settled: Money,
    /// What the customer still owes.
    pub open: Money,
    /// The open item; null when the customer pays nothing.
    pub open_item_id: Option<OpenItemId>,
    /// The settlement that this one takes back.
    pub reversal_of: Option<SettlementId>,
    /// The settlement that takes this one back.
    pub reversed_by: Option<SettlementId>,
    /// Why it was reversed.
    #[cfg_attr(feature = "schema", schema(max_length = 500, example = "金额有误"))]
    pub reason: Option<String>,
}
impl Resource for Settlement {
    const NAME: &'static str = "settlement";
}
impl Versioned for Settlement {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A settlement in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SettlementRow {
    /// Id.
    pub id: SettlementId,
    /// Version.
    pub version: i64,
    /// Created at.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Station.
    pub org_id: OrgId,
    /// Number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "JS20261100001"))]
    pub number: String,
    /// State.
    pub state: SettlementState,
    /// The customer.
    pub party_id: PartyId,
    /// Name of the customer.
    #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李雷"))]
    pub party_name: String,
    /// The document that it belongs to.
    pub source_id: SubjectId,
    /// Number of that document.
    #[cfg_attr(feature = "schema", schema(max_length = 60, example = "RE202611210001"))]
    pub source_number: String,
    /// Business date.
    pub effective_on: Date,
    /// All lines together.
    pub total: Money,
    /// What the customer pays.
    pub customer_total: Money,
    /// What the customer still owes.
    pub open: Money,
}

/// Filter of the settlements. `q` looks in the numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct SettlementFilter {
    /// The station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub org_id: Option<OrgId>,
    /// One state, or several separated by a comma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline, value_type = AnyOf<SettlementState>, required = false))]
    pub state: Option<AnyOf<SettlementState>>,
    /// The customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub party_id: Option<PartyId>,
    /// The document that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, format = Uuid, max_length = 36, nullable = false))]
    pub source_id: Option<SubjectId>,
    /// Exactly this number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(value_type = Option<String>, max_length = 60, nullable = false))]
    pub number: Option<Text<60>>,
}
impl crate::page::Filter for SettlementFilter {
    const SORTS: &'static [&'static str] = &["created_at", "updated_at", "effective_on", "number"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

endpoints! { "Settlements";
    /// List settlements.
    ListSettlements: Get "/api/v1/finance/settlements" needs SETTLEMENT_VIEW, list SettlementFilter => Page<SettlementRow>;
    /// Read a settlement.
    GetSettlement: Get "/api/v1/finance/settlements/{id}" needs SETTLEMENT_VIEW, path ById<Settlement> => Detail<Settlement>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::table_faults;

    #[test]
    fn the_state_table_is_sound_and_a_mirror_is_born_as_one() {
        assert_eq!(table_faults::<Settlement>(SettlementState::Posted), ["mirror is unreachable"]);
    }
}
