//! A repair shop with goods in store, and short words for what its people do.

use crate::support::client::{Client, Refused, version};
use crate::support::given::World;
use openapi::choice::Choice;
use openapi::master::dictionary::{DictionaryEntryId, DictionaryKind};
use openapi::master::product::ProductId;
use openapi::master::warehouse::WarehouseId;
use openapi::service::closing::{CollectDraft, PayMethod, PaymentDraft, PickupDraft};
use openapi::service::intake::IntakeDraft;
use openapi::service::ticket::*;
use openapi::service::work::*;
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::system::{CheckInvariants, UploadAttachment, UploadQuery};
use openapi::{Body, ById, Endpoint, Money, Nothing, Plain, Quantity, Reply, Role};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A black picture, as good as any signature.
const SIGNATURE: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x08\x00\x00\x00\x04\x08\x02\x00\x00\x00\x3c\xaf\xe9\xa7\x00\x00\x00\x0c\x49\x44\x41\x54\x78\x9c\x63\x60\xa0\x3d\x00\x00\x00\x64\x00\x01\x86\x64\x3c\x35\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// A station with base data and stock, and everybody who works there.
pub struct Shop {
    pub world: World,
    pub phone: ProductId,
    /// Kept by quantity, the old one comes back; 100.00 retail, 60.00 from the maker, 40.00 cost.
    pub screen: ProductId,
    /// Kept by serial.
    pub board: ProductId,
    /// Never in stock.
    pub rare: ProductId,
    pub store: WarehouseId,
    entries: HashMap<&'static str, DictionaryEntryId>,
}

const USED: &[(&str, DictionaryKind, &str)] = &[
    ("in", DictionaryKind::WarrantyState, "IN"),
    ("out", DictionaryKind::WarrantyState, "OUT"),
    ("cracked", DictionaryKind::Fault, "F0101"),
    ("touch", DictionaryKind::Fault, "F0102"),
    ("worn", DictionaryKind::Cause, "C01"),
    ("swap", DictionaryKind::RepairMethod, "M11"),
    ("inspection", DictionaryKind::ServiceItem, "JC"),
    ("courier", DictionaryKind::ServiceItem, "YF"),
    ("charger", DictionaryKind::Accessory, "CHARGER"),
    ("brand", DictionaryKind::Brand, "HUAWEI"),
    ("level3", DictionaryKind::RepairLevel, "L3"),
];

fn product(code: &str, name: &str, kind: &str, serial: bool, old: bool) -> Value {
    json!({
        "code": code, "name": name, "kind": kind, "uom": "个", "is_serial_tracked": serial, "returns_old_part": old,
        "is_claimable": true, "warranty_months": 12, "standard_cost": "40.00", "wholesale_price": "80.00",
        "retail_price": "100.00", "warranty_price": "60.00",
    })
}

impl Shop {
    /// Opens it: 5 screens and one board in store.
    pub async fn open() -> Self {
        let world = World::build().await;
        let org = world.near.id;
        let made = world.app.as_system(async |tx| {
            let mut entries = HashMap::new();
            for (name, kind, code) in USED {
                let entry = master::api::entry_by_code(tx, *kind, code).await?.unwrap();
                entries.insert(*name, entry.id);
            }
            let read = |value: Value| serde_json::from_value(value).unwrap();
            let mut phone = product("P-X30", "X30 手机", "unit", true, false);
            phone["brand_id"] = json!(entries["brand"]);
            let phone = master::api::add_product(tx, read(phone)).await?;
            let screen = master::api::add_product(tx, read(product("PA-1", "屏幕总成", "part", false, true))).await?;
            let board = master::api::add_product(tx, read(product("PB-1", "主板", "board", true, true))).await?;
            let rare = master::api::add_product(tx, read(product("PA-9", "后盖", "part", false, false))).await?;
            let place = |code: &str, kind: &str| {
                serde_json::from_value(json!({"org_id": org, "code": code, "name": code, "kind": kind})).unwrap()
            };
            let store = master::api::add_warehouse(tx, place("GOOD", "good")).await?;
            master::api::add_warehouse(tx, place("BAD", "bad")).await?;
            for (code, kind) in [("CASH", "cash"), ("WX", "wechat"), ("BANK", "bank")] {
                let account = json!({"org_id": org, "code": code, "name": code, "kind": kind});
                master::api::add_bank_account(tx, serde_json::from_value(account).unwrap()).await?;
            }
            Ok((phone, screen, board, rare, store, entries))
        });
        let (phone, screen, board, rare, store, entries) = made.await;
        let shop = Shop { world, phone, screen, board, rare, store, entries };
        let lines = json!([
            {"product_id": screen, "quantity": "5", "unit_cost": "40.00"},
            {"product_id": board, "quantity": "1", "unit_cost": "300.00", "serial": "BRD-0001"},
        ]);
        shop.stock_in(lines).await;
        shop
    }

    /// Puts goods into the store.
    pub async fn stock_in(&self, lines: Value) {
        let draft = json!({"kind": "stock_in", "reason": "purchase", "warehouse_id": self.store, "lines": lines});
        let keeper = self.who(Role::Storekeeper);
        let doc =
            keeper.call::<CreateStockDoc>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap();
        keeper.call_with::<PostStockDoc>(ById { id: doc.id }, Nothing, Nothing, version(doc.version)).await.unwrap();
    }

    pub fn who(&self, role: Role) -> &Client {
        &self.world.near.people[&role]
    }

    pub fn entry(&self, name: &str) -> DictionaryEntryId {
        self.entries[name]
    }

    /// What the desk types in for a unit of this serial.
    pub fn intake(&self, serial: &str, warranty: &str) -> IntakeDraft {
        serde_json::from_value(json!({
            "new_customer": {"name": "韩梅梅", "kind": "person", "phone": "13911112222"},
            "serial": serial, "product_id": self.phone, "sold_on": "2026-05-01",
            "warranty_state_id": self.entry(warranty), "fault_ids": [self.entry("cracked")],
            "fault_text": "摔了一下", "accessories": [
                {"accessory_id": self.entry("charger"), "quantity": "1", "condition": "good"},
                {"name": "手机壳", "quantity": "1", "condition": "worn"},
            ],
            "appearance": "左下角裂纹", "promised_at": "2026-11-23T10:00:00.000Z", "priority": "normal",
            "channel": "counter", "accept": true,
        }))
        .unwrap()
    }

    /// A ticket that was taken in, accepted and given to the engineer.
    pub async fn assigned(&self, serial: &str, warranty: &str) -> Ticket {
        let desk = self.who(Role::Reception);
        let made = desk.call::<CreateTicket>(Nothing, Nothing, self.intake(serial, warranty)).await.unwrap();
        let engineer_id = self.world.near.users[&Role::Engineer].into();
        act::<AssignTicket>(desk, &made, Assignment { engineer_id, reason: None }).await.unwrap()
    }

    /// Diagnosed as well.
    pub async fn diagnosed(&self, serial: &str, warranty: &str) -> Ticket {
        let ticket = self.assigned(serial, warranty).await;
        act::<DiagnoseTicket>(self.who(Role::Engineer), &ticket, self.diagnosis()).await.unwrap()
    }

    pub fn diagnosis(&self) -> Diagnosis {
        Diagnosis {
            cause_id: Some(self.entry("worn")),
            findings: Some("屏幕碎裂，触摸失灵".parse().unwrap()),
            fault_ids: vec![self.entry("cracked"), self.entry("touch")],
            methods: vec![MethodDraft { method_id: self.entry("swap"), level_id: None }],
        }
    }

    pub fn parts(&self, product: ProductId, pieces: i64) -> PartsDraft {
        let line = PartDraft {
            product_id: product,
            quantity: Quantity::pieces(pieces),
            payer: None,
            warehouse_id: None,
            remark: None,
        };
        PartsDraft { lines: vec![line], issue: false }
    }

    /// One screen swapped and the repair finished.
    pub async fn finished(&self, serial: &str, warranty: &str) -> Ticket {
        let engineer = self.who(Role::Engineer);
        let ticket = self.diagnosed(serial, warranty).await;
        let ticket = act::<AddTicketParts>(engineer, &ticket, self.parts(self.screen, 1)).await.unwrap();
        let ticket = act::<IssueTicketParts>(engineer, &ticket, moves(&ticket, 0, 1)).await.unwrap();
        let ticket = act::<UseTicketParts>(engineer, &ticket, uses(&ticket, 0, 1)).await.unwrap();
        act::<FinishTicket>(engineer, &ticket, FinishDraft::default()).await.unwrap()
    }

    /// Passed by the inspector, ready to be picked up.
    pub async fn passed(&self, serial: &str, warranty: &str) -> Ticket {
        let ticket = self.finished(serial, warranty).await;
        act::<PassTicket>(self.who(Role::Inspector), &ticket, Remark::default()).await.unwrap()
    }

    /// The customer signs and takes everything.
    pub async fn pickup(&self, ticket: &Ticket) -> PickupDraft {
        let query = UploadQuery {
            subject_kind: "ticket".parse().unwrap(),
            subject_id: ticket.id.cast(),
            purpose: "signature".parse().unwrap(),
            file_name: "signature.png".parse().unwrap(),
        };
        let desk = self.who(Role::Reception);
        let made = desk.call::<UploadAttachment>(Nothing, Plain(query), SIGNATURE.to_vec()).await.unwrap();
        PickupDraft {
            signature_id: made.id,
            returned_accessory_ids: ticket.accessories.iter().map(|item| item.id).collect(),
            on_credit: false,
            received_by: None,
            outbound_courier: None,
        }
    }

    /// Settled, paid in cash and handed over.
    pub async fn completed(&self, serial: &str, warranty: &str) -> Ticket {
        let desk = self.who(Role::Reception);
        let ticket = self.passed(serial, warranty).await;
        let mut ticket = act::<SettleTicket>(desk, &ticket, Remark::default()).await.unwrap();
        if ticket.open.is_positive() {
            ticket = act::<CollectTicket>(desk, &ticket, paid(&[(PayMethod::Cash, ticket.open.0)])).await.unwrap();
        }
        act::<PickUpTicket>(desk, &ticket, self.pickup(&ticket).await).await.unwrap()
    }

    /// The books tie.
    pub async fn is_clean(&self) {
        let found = self.world.admin.call::<CheckInvariants>(Nothing, Nothing, Nothing).await.unwrap();
        let broken: Vec<_> = found.checks.iter().filter(|check| !check.violations.is_empty()).collect();
        assert!(found.is_clean && found.checks.len() > 5, "{broken:#?}");
    }

    /// Actions that somebody is offered on a ticket.
    pub async fn offered(&self, role: Role, ticket: &Ticket) -> Vec<&'static str> {
        let seen = self.who(role).call::<GetTicket>(ById { id: ticket.id }, Nothing, Nothing).await.unwrap();
        seen.allowed.iter().map(|action| action.as_str()).collect()
    }
}

/// Does something to a ticket, on the version that was seen.
pub async fn act<E>(by: &Client, ticket: &Ticket, body: <E::Body as Body>::Data) -> Result<Ticket, Refused>
where
    E: Endpoint<Path = ById<Ticket>, Query = Nothing>,
    E::Reply: Reply<Data = Ticket>,
{
    by.call_with::<E>(ById { id: ticket.id }, Nothing, body, version(ticket.version)).await
}

pub fn reason(text: &str) -> Reason {
    Reason { reason: text.parse().unwrap() }
}

/// So many pieces of one line.
pub fn moves(ticket: &Ticket, line: usize, pieces: i64) -> PartMoves {
    let line_id = ticket.parts[line].id;
    PartMoves { lines: vec![PartMove { line_id, quantity: Quantity::pieces(pieces), serial: None }] }
}

/// So many pieces of one line in the unit.
pub fn uses(ticket: &Ticket, line: usize, pieces: i64) -> PartUses {
    let line_id = ticket.parts[line].id;
    PartUses { lines: vec![PartUse { line_id, quantity: Quantity::pieces(pieces), old_serial: None, old_part: None }] }
}

/// Money in several ways.
pub fn paid(ways: &[(PayMethod, i64)]) -> CollectDraft {
    let payment = |(method, fen): &(PayMethod, i64)| PaymentDraft {
        method: *method,
        amount: Money(*fen),
        bank_account_id: None,
        reference: None,
    };
    CollectDraft { payments: ways.iter().map(payment).collect(), remark: None }
}
