//! Parts plans: suggested from use, handed in, consolidated by headquarters, supplied, and never twice.

use super::{Store, warehouse};
use crate::support::client::{Client, Refused, version};
use futures::future::join_all;
use openapi::document::DocKind;
use openapi::identity::OrgId;
use openapi::master::customer::{CreateCustomer, CustomerId};
use openapi::master::warehouse::{WarehouseId, WarehouseKind};
use openapi::stock::plan::{
    ApprovePartsPlan, ClosePartsPlan, CreatePartsPlan, DecidePartsPlanLines, GetPartsPlan, ListPartsPlans, PartsPlan,
    PartsPlanFilter, PartsPlanRequisitions, PartsPlanState, PartsPlansDecided, RequisitionPartsPlanLines,
    SendBackPartsPlan, SubmitPartsPlan, SuggestPartsPlan, UpdatePartsPlan,
};
use openapi::stock::requisition::{CloseRequisition, GetRequisition, RequisitionState};
use openapi::stock::transfer::{CreateTransfer, GetTransfer, ShipTransfer, SignTransfer, TransferId, UnsignTransfer};
use openapi::trade::purchase::order::{ApprovePurchaseOrder, PurchaseOrder, SubmitPurchaseOrder};
use openapi::trade::purchase::plan::{ConsolidationQuery, GetPlanConsolidation, OrderPlanShortage, PartDemand};
use openapi::{ById, Date, Listing, Month, Nothing, Plain, Quantity, Role};
use serde_json::{Value, json};

pub(super) fn read<T: serde::de::DeserializeOwned>(body: Value) -> T {
    serde_json::from_value(body).unwrap()
}

pub(super) fn pieces(count: i64) -> Quantity {
    Quantity::pieces(count)
}

/// The station of [`Store`] and another one below a headquarters with a warehouse.
pub(super) struct Network {
    pub store: Store,
    pub other: Client,
    pub central: WarehouseId,
    pub root: OrgId,
    pub sender: Client,
    pub supplier: CustomerId,
}

impl Network {
    pub async fn open() -> Self {
        let store = Store::open().await;
        let root = store.app.headquarters().await;
        let central = warehouse(&store.app, root, "CW", WarehouseKind::Good).await;
        let station = store.app.station("SH01").await;
        let (_, other) = store.app.person("other", &[Role::Storekeeper], station).await;
        let (_, sender) = store.app.person("sender", &[Role::Storekeeper], root).await;
        let supplier =
            json!({"name": "华强北联创电子", "kind": "company", "phone": "13500135000", "roles": ["supplier"]});
        let supplier = store.headquarters.call::<CreateCustomer>(Nothing, Nothing, read(supplier)).await.unwrap().id;
        Network { store, other, central, root: root.into(), sender, supplier }
    }

    fn today(&self) -> chrono::NaiveDate {
        self.store.app.clock_today()
    }

    pub fn month(&self) -> Month {
        Month::of(self.today())
    }

    pub async fn drafted(&self, by: &Client, draft: Value) -> Result<PartsPlan, Refused> {
        by.call::<CreatePartsPlan>(Nothing, Nothing, read(draft)).await
    }

    /// An urgent plan that was handed in.
    pub async fn urgent(&self, by: &Client, count: i64) -> PartsPlan {
        let draft = json!({"kind": "urgent", "needed_on": Date::from(self.today()), "reason": "批量故障",
            "lines": [{"product_id": self.store.part, "quantity": count.to_string()}]});
        let made = self.drafted(by, draft).await.unwrap();
        by.call::<SubmitPartsPlan>(ById { id: made.id }, Nothing, Nothing).await.unwrap()
    }

    pub async fn plan(&self, plan: &PartsPlan) -> PartsPlan {
        self.store.headquarters.call::<GetPartsPlan>(ById { id: plan.id }, Nothing, Nothing).await.unwrap()
    }

    pub async fn part(&self) -> PartDemand {
        let query = ConsolidationQuery { month: Some(self.month()), product_id: Some(self.store.part) };
        let found = self.store.headquarters.call::<GetPlanConsolidation>(Nothing, Plain(query), Nothing).await.unwrap();
        found.items.into_iter().next().expect("the part is consolidated")
    }

    async fn decided(&self, lines: Value) -> Result<PartsPlansDecided, Refused> {
        let body = read(json!({ "lines": lines }));
        self.store.headquarters.call::<DecidePartsPlanLines>(Nothing, Nothing, body).await
    }

    pub async fn requisitioned(&self, lines: Value) -> Result<PartsPlanRequisitions, Refused> {
        let body = read(json!({ "lines": lines }));
        self.store.headquarters.call::<RequisitionPartsPlanLines>(Nothing, Nothing, body).await
    }

    pub async fn ordered(&self, count: i64) -> Result<PurchaseOrder, Refused> {
        let draft = json!({"month": self.month(), "party_id": self.supplier, "warehouse_id": self.central,
            "expected_on": "2026-12-24", "lines": [
                {"product_id": self.store.part, "quantity": count.to_string(), "unit_price": "11.30"}]});
        self.store.headquarters.call::<OrderPlanShortage>(Nothing, Nothing, read(draft)).await
    }

    /// Headquarters sends what a requisition waits for, and the station signs.
    pub async fn delivered(&self, made: &PartsPlanRequisitions, at: usize, signer: &Client) -> TransferId {
        let path = ById { id: made.items[at].id };
        let asked = self.store.headquarters.call::<GetRequisition>(path, Nothing, Nothing).await.unwrap();
        let line = &asked.lines[0];
        let draft = json!({"warehouse_id": self.central, "to_org_id": asked.org_id, "requisition_id": asked.id, "lines": [
            {"product_id": line.product_id, "quantity": line.approved, "requisition_line_id": line.id}]});
        let sent = self.sender.call::<CreateTransfer>(Nothing, Nothing, read(draft)).await.unwrap();
        let path = || ById { id: sent.id };
        let shipped =
            self.sender.call_with::<ShipTransfer>(path(), Nothing, Nothing, version(sent.version)).await.unwrap();
        let all = read(json!({}));
        signer.call_with::<SignTransfer>(path(), Nothing, all, version(shipped.version)).await.unwrap();
        sent.id
    }
}

/// Ten used in each of twelve periods, two left: eighteen should be there.
async fn used(store: &Store) {
    store.came(store.good, 122, 364).await;
    for period in 0..12 {
        store.engineer(DocKind::EngineerIssue, 10, 15 + 30 * period).await;
    }
}

/// Proves: S1e-4.3.3
#[actix_web::test]
async fn a_station_plans_from_its_use_headquarters_consolidates_and_each_line_knows_its_supply() {
    let net = Network::open().await;
    let store = &net.store;
    used(store).await;
    let draft = json!({"kind": "monthly", "month": net.month(), "lines": []});
    let made = net.drafted(&store.keeper, draft.clone()).await.unwrap();
    let path = || ById { id: made.id };
    let suggest = async || store.keeper.call::<SuggestPartsPlan>(path(), Nothing, read(json!({}))).await.unwrap();
    let plan = suggest().await;
    let line = &plan.lines[0];
    assert_eq!((line.product_id, line.quantity, line.suggested), (store.part, pieces(16), Some(pieces(16))));
    let basis = line.basis.clone().unwrap();
    assert_eq!(
        (basis.consumed, basis.available, basis.least, basis.target),
        (pieces(10), pieces(2), pieces(3), pieces(18))
    );

    // what somebody chose stays when it is suggested anew
    let chosen = json!({"kind": "monthly", "month": net.month(), "lines": [
        {"product_id": store.part, "quantity": "20"}, {"product_id": store.board, "quantity": "1"}]});
    let chosen =
        store.keeper.call_with::<UpdatePartsPlan>(path(), Nothing, read(chosen), version(plan.version)).await.unwrap();
    assert!(chosen.lines[0].is_by_hand && chosen.lines[1].is_by_hand);
    let again = suggest().await;
    let seen: Vec<_> = again.lines.iter().map(|l| (l.quantity, l.suggested)).collect();
    assert_eq!(seen, [(pieces(20), Some(pieces(16))), (pieces(1), None)]);
    store.keeper.call::<SubmitPartsPlan>(path(), Nothing, Nothing).await.unwrap();
    let twice = net.drafted(&store.keeper, draft).await.unwrap_err();
    assert_eq!((twice.status, twice.code()), (409, "parts_plan_of_month_exists"));
    let urgent = net.urgent(&net.other, 5).await;

    // headquarters sees both against its eight pieces
    let bought = json!({"kind": "stock_in", "reason": "purchase", "warehouse_id": net.central, "lines": [
        {"product_id": store.part, "quantity": "8", "unit_cost": "7.00"}]});
    store.post(read(bought)).await.unwrap();
    let part = net.part().await;
    assert_eq!((part.wanted, part.approved, part.available), (pieces(25), pieces(0), pieces(8)));
    assert_eq!((part.short, part.to_order), (pieces(17), pieces(0)), "nothing is approved yet");
    let of = |plan: &PartsPlan| part.lines.iter().find(|l| l.plan_id == plan.id).unwrap();
    let grant = |line: &openapi::stock::plan::PartsPlanLineId, version: i64, count: i64| json!({"line_id": line, "version": version, "quantity": count.to_string()});
    let (first, second) = (of(&plan), of(&urgent));
    assert_eq!(part.lines[0].plan_id, urgent.id, "urgent plans come first");
    let more = net.decided(json!([grant(&first.line_id, first.version, 21)])).await.unwrap_err();
    assert_eq!(more.errors(), [("/lines/0/quantity", "out_of_range")]);
    let lines = json!([grant(&first.line_id, first.version, 18), grant(&second.line_id, second.version, 5)]);
    let decided = net.decided(lines).await.unwrap();
    let state = |plan: &PartsPlan| decided.items.iter().find(|d| d.id == plan.id).unwrap().state;
    assert_eq!((state(&plan), state(&urgent)), (PartsPlanState::Submitted, PartsPlanState::Approved));
    let rest = net.plan(&plan).await;
    net.decided(json!([grant(&rest.lines[1].id, rest.version, 0)])).await.unwrap();

    // what is there is requisitioned, the urgent plan first; the rest is ordered
    let part = net.part().await;
    let sent: Vec<_> = part.lines.iter().map(|l| l.to_send).collect();
    assert_eq!((part.approved, part.to_order, sent), (pieces(23), pieces(15), vec![pieces(5), pieces(3)]));
    let lines = part.lines.iter().map(|l| grant(&l.line_id, l.version, l.to_send.0 / 1000)).collect();
    let made = net.requisitioned(lines).await.unwrap();
    assert_eq!(made.items.iter().map(|r| r.state).collect::<Vec<_>>(), [RequisitionState::Approved; 2]);
    let part = net.part().await;
    assert_eq!((part.requisitioned, part.promised, part.to_order), (pieces(8), pieces(8), pieces(15)));
    assert!(part.lines.iter().all(|l| l.to_send.is_zero()), "what is promised is not promised again");
    let order = net.ordered(15).await.unwrap();
    assert_eq!((order.org_id, order.lines[0].quantity), (net.root, pieces(15)));
    let part = net.part().await;
    assert_eq!((part.drafted, part.to_order, part.last_price), (pieces(15), pieces(0), Some(super::price("11.30"))));
    let path = || ById { id: order.id };
    store.headquarters.call::<SubmitPurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
    store.accountant.call::<ApprovePurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
    let part = net.part().await;
    assert_eq!((part.ordered, part.drafted, part.short), (pieces(15), pieces(0), pieces(0)));

    // and the plan says how far each line is
    let at = made.items.iter().position(|r| r.org_name == plan.org_name).unwrap();
    net.delivered(&made, at, &store.keeper).await;
    let now = store.keeper.call::<GetPartsPlan>(ById { id: plan.id }, Nothing, Nothing).await.unwrap();
    let line = &now.lines[0];
    let supply =
        [line.quantity, line.approved.unwrap(), line.requisitioned, line.shipped, line.received, line.outstanding];
    assert_eq!(supply.map(|q| q.0 / 1000), [20, 18, 3, 3, 3, 15]);
    assert_eq!(
        line.expected_on.map(|day| day.to_string()).as_deref(),
        Some("2026-12-24"),
        "when the supplier delivers"
    );
    assert_eq!((now.requisitions.len(), now.transfers.len()), (1, 1));
    store.books_are_clean().await;

    // a requisition that is closed gives the rest back to the plan
    let other = made.items.iter().find(|r| r.org_name == urgent.org_name).unwrap();
    let reason = read(json!({"reason": "包装破损"}));
    store.headquarters.call::<CloseRequisition>(ById { id: other.id }, Nothing, reason).await.unwrap();
    assert_eq!(net.plan(&urgent).await.lines[0].requisitioned, pieces(0));
    let reason = read(json!({"reason": "客户自购"}));
    let closed = store.headquarters.call::<ClosePartsPlan>(ById { id: urgent.id }, Nothing, reason).await.unwrap();
    assert_eq!(closed.state, PartsPlanState::Closed);
    assert!(net.part().await.lines.iter().all(|l| l.plan_id == plan.id), "what is closed wants nothing");
}

/// Whatever is wrong with a plan is said before anything is written.
#[actix_web::test]
async fn wrong_plans_are_refused() {
    let net = Network::open().await;
    let (keeper, part) = (&net.store.keeper, net.store.part);
    let (past, yesterday) = (net.month().previous(), Date::from(net.today() - chrono::Days::new(1)));
    for (draft, faults) in [
        (json!({"kind": "monthly", "lines": []}), vec![("/month", "required")]),
        (json!({"kind": "monthly", "month": past, "lines": []}), vec![("/month", "parts_plan_month_over")]),
        (json!({"kind": "urgent", "lines": []}), vec![("/needed_on", "required"), ("/reason", "required")]),
        (
            json!({"kind": "urgent", "needed_on": yesterday, "reason": "停机", "lines": []}),
            vec![("/needed_on", "parts_plan_month_over")],
        ),
        (
            json!({"kind": "monthly", "month": net.month(), "lines": [{"product_id": part, "quantity": "1"}, {"product_id": part, "quantity": "1"}]}),
            vec![("/lines/1/product_id", "duplicate")],
        ),
    ] {
        assert_eq!(net.drafted(keeper, draft.clone()).await.unwrap_err().errors(), faults, "{draft}");
    }
    let monthly = json!({"kind": "monthly", "month": net.month(), "lines": []});
    let above = net.drafted(&net.sender, monthly.clone()).await.unwrap_err();
    assert_eq!(above.code(), "parts_plan_headquarters");
    let made = net.drafted(keeper, monthly).await.unwrap();
    let path = || ById { id: made.id };
    let nothing = keeper.call::<SuggestPartsPlan>(path(), Nothing, read(json!({}))).await.unwrap_err();
    assert_eq!((nothing.status, nothing.code()), (409, "parts_plan_nothing_short"), "nothing was ever used");
    let empty = keeper.call::<SubmitPartsPlan>(path(), Nothing, Nothing).await.unwrap_err();
    assert_eq!((empty.status, empty.code()), (409, "parts_plan_empty"));
    assert_eq!(net.other.call::<GetPartsPlan>(path(), Nothing, Nothing).await.unwrap_err().status, 404);
    assert_eq!(net.other.call::<SubmitPartsPlan>(path(), Nothing, Nothing).await.unwrap_err().status, 404);

    // nobody approves the own plan, nor more than is wanted, nor nothing at all
    let (_, both) = net.store.app.person("both", &[Role::Storekeeper, Role::Headquarters], net.store.station).await;
    let own = net.urgent(&both, 2).await;
    let whole = || read(json!({}));
    let refused = both.call::<ApprovePartsPlan>(ById { id: own.id }, Nothing, whole()).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (409, "own_document"));
    let line = own.lines[0].id;
    for (quantity, fault) in [("3", ("/lines/0/quantity", "out_of_range")), ("0", ("/lines", "required"))] {
        let body = read(json!({"lines": [{"line_id": line, "quantity": quantity}]}));
        let refused = net.store.headquarters.call::<ApprovePartsPlan>(ById { id: own.id }, Nothing, body).await;
        assert_eq!(refused.unwrap_err().errors(), [fault]);
    }
    let early = net.requisitioned(json!([{"line_id": line, "quantity": "1"}])).await.unwrap_err();
    assert_eq!((early.status, early.code()), (409, "state_conflict"), "before it is approved");
    let back = read(json!({"reason": "请说明故障"}));
    let back = net.store.headquarters.call::<SendBackPartsPlan>(ById { id: own.id }, Nothing, back).await.unwrap();
    assert_eq!(back.state, PartsPlanState::Draft);
    // a draft that waited too long is for no month any more
    net.store.app.clock.advance(chrono::Duration::days(40));
    let (_, late) = net.store.app.person("late", &[Role::Storekeeper], net.store.station).await;
    let over = late.call::<SubmitPartsPlan>(ById { id: own.id }, Nothing, Nothing).await.unwrap_err();
    assert_eq!((over.status, over.code()), (422, "parts_plan_month_over"));
}

/// Several people of headquarters press at once: one of them is heard, and nothing is supplied or ordered twice.
#[actix_web::test]
async fn nothing_is_supplied_or_ordered_twice() {
    let net = Network::open().await;
    let plan = net.urgent(&net.other, 4).await;
    let whole = || async {
        let path = ById { id: plan.id };
        net.store.headquarters.call::<ApprovePartsPlan>(path, Nothing, read(json!({}))).await
    };
    let approved = join_all((0..4).map(|_| whole())).await;
    assert_eq!(approved.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(approved.iter().filter_map(|a| a.as_ref().err()).all(|e| e.status == 409), "{approved:?}");

    let ordered = join_all((0..4).map(|_| net.ordered(4))).await;
    assert_eq!(ordered.iter().filter(|answer| answer.is_ok()).count(), 1, "{ordered:?}");
    assert!(ordered.iter().filter_map(|a| a.as_ref().err()).all(|e| e.code() == "plan_shortage_covered"));

    let seen = net.plan(&plan).await;
    let line = |version: Option<i64>| json!([{"line_id": seen.lines[0].id, "version": version, "quantity": "3"}]);
    let asked = join_all((0..4).map(|_| net.requisitioned(line(Some(seen.version))))).await;
    assert_eq!(asked.iter().filter(|answer| answer.is_ok()).count(), 1, "{asked:?}");
    assert!(asked.iter().filter_map(|a| a.as_ref().err()).all(|e| e.code() == "parts_plan_changed"));
    let over = net.requisitioned(line(None)).await.unwrap_err();
    assert_eq!((over.status, over.code()), (409, "parts_plan_exceeded"));
    assert_eq!(net.plan(&plan).await.lines[0].requisitioned, pieces(3));
    let less = net.decided(json!([{"line_id": seen.lines[0].id, "quantity": "2"}])).await.unwrap_err();
    assert_eq!(less.errors(), [("/lines/0/quantity", "out_of_range")], "less than is under way");
}

/// Proves: S1e-4.3.3
#[actix_web::test]
async fn a_plan_ends_when_everything_has_come_and_waits_again_when_that_is_taken_back() {
    let net = Network::open().await;
    let office = &net.store.headquarters;
    net.store.came(net.central, 9, 30).await;
    let plan = net.urgent(&net.store.keeper, 4).await;
    office.call::<ApprovePartsPlan>(ById { id: plan.id }, Nothing, read(json!({}))).await.unwrap();
    let line = plan.lines[0].id;
    let mut sent = Vec::new();
    for (quantity, state) in [("3", PartsPlanState::Approved), ("1", PartsPlanState::Supplied)] {
        let made = net.requisitioned(json!([{"line_id": line, "quantity": quantity}])).await.unwrap();
        sent.push(net.delivered(&made, 0, &net.store.keeper).await);
        assert_eq!(net.plan(&plan).await.state, state, "after {quantity} more");
    }
    let query = |filter| Listing { filter, ..Listing::default() };
    let of_month = |month| PartsPlanFilter { month: Some(month), ..Default::default() };
    let listed = office.call::<ListPartsPlans>(Nothing, query(of_month(net.month())), Nothing).await.unwrap().items;
    assert_eq!(listed.iter().map(|row| (row.id, row.state)).collect::<Vec<_>>(), [(plan.id, PartsPlanState::Supplied)]);
    let before =
        office.call::<ListPartsPlans>(Nothing, query(of_month(net.month().previous())), Nothing).await.unwrap();
    assert!(before.items.is_empty(), "of another month");

    // it was no arrival: the transfer is on its way again, and so the plan waits
    let last = sent.remove(1);
    let path = || ById { id: last };
    let signed = office.call::<GetTransfer>(path(), Nothing, Nothing).await.unwrap();
    let why = || read(json!({"reason": "签错"}));
    office.call_with::<UnsignTransfer>(path(), Nothing, why(), version(signed.version)).await.unwrap();
    assert_eq!(net.plan(&plan).await.state, PartsPlanState::Approved);
    let back = office.call::<GetTransfer>(path(), Nothing, Nothing).await.unwrap();
    net.store.keeper.call_with::<SignTransfer>(path(), Nothing, read(json!({})), version(back.version)).await.unwrap();
    let ended = net.plan(&plan).await;
    assert_eq!((ended.state, ended.lines[0].received), (PartsPlanState::Supplied, pieces(4)));
}

/// Many plans cost no more statements than one: lines, locks and supply are read together.
#[actix_web::test]
async fn lines_of_many_plans_are_decided_with_as_many_statements_as_those_of_one() {
    let net = Network::open().await;
    let mut counts = Vec::new();
    for size in [1, 1, 4] {
        let mut lines = Vec::new();
        for _ in 0..size {
            lines.push(net.urgent(&net.other, 2).await.lines[0].id);
        }
        let body: Vec<Value> = lines.iter().map(|id| json!({"line_id": id, "quantity": "1"})).collect();
        let db = &net.store.app.app.db;
        let before = db.statements();
        assert_eq!(net.decided(json!(body)).await.unwrap().items.len(), size);
        counts.push(db.statements() - before);
    }
    // the first one finds out what is known from then on
    assert_eq!(counts[1], counts[2], "{counts:?}");
}
