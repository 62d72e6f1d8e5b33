//! What tests start from: two stations, a person of every role in each, and one object of each kind.

use super::client::{Client, version};
use super::{TestApp, base, sample};
use openapi::choice::Choice;
use openapi::finance::open_item::{ListOpenItems, OpenItemFilter};
use openapi::finance::payment::CreatePayment;
use openapi::identity::team::CreateTeam;
use openapi::master::customer::{CreateCustomer, CustomerDraft, CustomerKind, PartyRole};
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::ProductKind;
use openapi::stock::conversion::CreateConversion;
use openapi::stock::document::{CreateStockDoc, PostStockDoc};
use openapi::stock::formula::CreateFormula;
use openapi::stock::requisition::CreateRequisition;
use openapi::stock::revaluation::CreateRevaluation;
use openapi::stock::stocktake::CreateStocktake;
use openapi::stock::transfer::CreateTransfer;
use openapi::trade::purchase::back::CreatePurchaseReturn;
use openapi::trade::purchase::invoice::CreateSupplierInvoice;
use openapi::trade::purchase::order::{ApprovePurchaseOrder, CreatePurchaseOrder, SubmitPurchaseOrder};
use openapi::trade::purchase::receipt::{GetGoodsReceipt, ReceivePurchaseOrder};
use openapi::trade::retail::back::CreateRetailReturn;
use openapi::trade::retail::sale::CreateRetailSale;
use openapi::trade::wholesale::back::CreateSalesReturn;
use openapi::trade::wholesale::order::{AcceptSalesOrder, CreateSalesOrder, UploadSalesOrder};
use openapi::trade::wholesale::shipment::{GetSalesShipment, ShipSalesOrder};
use openapi::{ById, Listing, Nothing, Role, Row};
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// Kinds of objects that every station may see, so that none is "another station's".
pub const SHARED: &[&str] = &[
    "customer",
    "role",
    "dictionary_entry",
    "product",
    "operation",
    "number_rule",
    "print_template",
    "station_name",
    "formula",
    "price",
];

/// One service station.
pub struct Station {
    /// Its id.
    pub id: Uuid,
    /// Somebody of each role.
    pub people: HashMap<Role, Client>,
    /// Their user ids.
    pub users: HashMap<Role, Uuid>,
    /// One object of each kind.
    pub objects: HashMap<&'static str, Uuid>,
}

/// Two stations side by side below headquarters, and the administrator.
pub struct World {
    pub app: TestApp,
    pub admin: Client,
    pub near: Station,
    pub far: Station,
}

impl World {
    /// Builds it on a fresh database.
    pub async fn build() -> Self {
        let app = TestApp::start().await;
        let admin = app.person("admin-test", &[Role::Administrator], app.headquarters().await).await.1;
        let near = Station::build(&app, "NEAR").await;
        let far = Station::build(&app, "FAR").await;
        World { app, admin, near, far }
    }

    /// Lets a repair of each station wait for a part, and owe the old one of another; which other stories need not see.
    pub async fn short_of_parts(mut self) -> Self {
        for station in [&mut self.near, &mut self.far] {
            let shortage = shortage(station).await;
            station.objects.insert("shortage", shortage);
            station.objects.extend(owed_part(station).await);
        }
        self
    }

    /// A plausible body for a row.
    pub fn sample(&self, row: &Row) -> Value {
        let mut body = sample::body(row.path, row.method.as_str());
        self.refer(&mut body);
        if row.name == "CreateTeam" {
            // a station and somebody who works there
            body["org_id"] = serde_json::json!(self.near.id);
        }
        body
    }

    /// Lets what a sample refers to be one of the objects of the near station.
    fn refer(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    let kind = match name.as_str() {
                        "party_id" => "customer",
                        "engineer_id" | "user_id" => "user",
                        name => name.strip_suffix("_id").unwrap_or_default(),
                    };
                    match self.near.objects.get(kind) {
                        Some(id) if field.is_string() => *field = Value::String(id.to_string()),
                        _ => self.refer(field),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.refer(item)),
            _ => {}
        }
    }

    /// Sends a row with its sample body to an object.
    pub async fn send_sample(&self, client: &Client, row: &Row, object: Uuid, key: Option<&str>) -> reqwest::Response {
        let request = client
            .request(row.method.as_str(), &sample::path_of(row, object))
            .query(&sample::query(row.path, row.method.as_str()))
            .header("if-match", "\"1\"");
        let request = match key {
            Some(key) => request.header("idempotency-key", key),
            None => request.header("idempotency-key", platform::new_id().to_string()),
        };
        let request = if row.is_json {
            request.header("content-type", "application/json").body(self.sample(row).to_string())
        } else if row.has_body {
            request.body(&b"a file"[..])
        } else {
            request
        };
        request.send().await.unwrap()
    }
}

impl Station {
    async fn build(app: &TestApp, code: &str) -> Self {
        let id = app.station(code).await;
        let (mut people, mut users) = (HashMap::new(), HashMap::new());
        for role in Role::ALL {
            let login = format!("{}-{}", code.to_lowercase(), role.as_str().replace('_', "-"));
            let (user, client) = app.person(&login, &[*role], id).await;
            people.insert(*role, client);
            users.insert(*role, user);
        }
        let mut station = Station { id, people, users, objects: HashMap::new() };
        let roles = app.as_system(async |tx| identity::api::preset_roles(tx).await).await;
        station.fill(&roles).await;
        let customer = station.objects["customer"];
        station.objects.extend(super::money::objects(app, station.id, customer).await);
        station.objects.extend(deliveries(&station, app.headquarters().await).await);
        station.objects.extend(counter(&station).await);
        station.objects.extend(swaps(&station).await);
        // after the stocktake, which counts an empty warehouse
        station.objects.extend(purchases(&station).await);
        station.objects.extend(wholesale(&station).await);
        station
    }

    /// One object of each kind. A new kind of object adds a line here (or to [`SHARED`]).
    async fn fill(&mut self, roles: &HashMap<Role, Uuid>) {
        let customer = customer(&self.people[&Role::Reception], "13800138000").await;
        self.objects.insert("customer", customer);
        let (clerk, desk) = (&self.people[&Role::Clerk], &self.people[&Role::Reception]);
        let own = self.id.simple().to_string();
        let phone = base::product(clerk, ProductKind::Unit, &format!("PHONE-{own}")).await.id.uuid();
        let part = base::product(clerk, ProductKind::Part, &format!("PART-{own}")).await.id.uuid();
        let good = base::warehouse(&self.people[&Role::StationManager], "good", "W1").await;
        let cash = base::bank_account(&self.people[&Role::Accountant], "cash", "C1").await;
        let unit = base::unit(desk, phone, &own).await;
        let entry = base::entry(desk, DictionaryKind::Brand, "HUAWEI").await.id.uuid();
        let stock_doc = stock_doc(&self.people[&Role::Storekeeper], good, part).await;
        self.objects.extend([("product", part), ("warehouse", good), ("bank_account", cash), ("stock_doc", stock_doc)]);
        self.objects.extend([("unit", unit), ("dictionary_entry", entry)]);
        self.objects.insert("ticket", ticket(desk, customer, unit).await);
        let (formula, conversion) = conversion(self, phone, part).await;
        self.objects.extend([("formula", formula), ("conversion", conversion)]);
        let refurb = refurb(self, phone).await;
        self.objects.insert("refurb", refurb);
        self.objects.insert("user", self.users[&Role::Engineer]);
        self.objects.insert("org", self.id);
        self.objects.insert("station_name", self.id);
        self.objects.insert("role", roles[&Role::Engineer]);
        self.objects.insert("leader", self.users[&Role::StationManager]);
        self.objects.insert("team", team(&self.people[&Role::StationManager], self.users[&Role::Engineer]).await);
    }
}

/// A team of one.
async fn team(by: &Client, leader: Uuid) -> Uuid {
    let draft = serde_json::json!({"name": "样板组", "leader_id": leader});
    by.call::<CreateTeam>(Nothing, Nothing, serde_json::from_value(draft).unwrap()).await.unwrap().id.uuid()
}

/// A customer.
pub async fn customer(by: &Client, phone: &str) -> Uuid {
    let draft = CustomerDraft {
        name: "李雷".parse().unwrap(),
        kind: CustomerKind::Person,
        phone: phone.parse().unwrap(),
        landline: None,
        email: Some("li.lei@example.com".parse().unwrap()),
        belongs_to: None,
        region: None,
        address: Some("文三路 1 号".parse().unwrap()),
        remark: None,
        roles: vec![PartyRole::Customer],
        tax_no: None,
        credit_limit: None,
        price_level: None,
        terms_days: None,
        runs_org_id: None,
        contacts: Vec::new(),
    };
    by.call::<CreateCustomer>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// A ticket that was taken in and accepted.
pub async fn ticket(desk: &Client, customer: Uuid, unit: Uuid) -> Uuid {
    let out = base::entry(desk, DictionaryKind::WarrantyState, "OUT").await.id;
    let draft = serde_json::json!({
        "customer_id": customer, "unit_id": unit, "warranty_state_id": out, "fault_text": "不开机",
        "priority": "normal", "channel": "counter", "accept": true,
    });
    let draft = serde_json::from_value(draft).unwrap();
    desk.call::<openapi::service::ticket::CreateTicket>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// What another ticket waits for.
async fn shortage(station: &Station) -> Uuid {
    use openapi::service::ticket::{AddTicketParts, AssignTicket, DiagnoseTicket};
    let (clerk, desk) = (&station.people[&Role::Clerk], &station.people[&Role::Reception]);
    let (engineer, own) = (&station.people[&Role::Engineer], station.id.simple().to_string());
    let rare = base::product(clerk, ProductKind::Part, &format!("RARE-{own}")).await.id;
    let phone = base::product(clerk, ProductKind::Unit, &format!("WAITS-{own}")).await.id.uuid();
    let unit = base::unit(desk, phone, &format!("W{}", &own[..20])).await;
    let path = ById { id: ticket(desk, station.objects["customer"], unit).await.into() };
    let given = serde_json::json!({"engineer_id": station.users[&Role::Engineer]});
    desk.call::<AssignTicket>(path.clone(), Nothing, serde_json::from_value(given).unwrap()).await.unwrap();
    let fault = base::entry(desk, DictionaryKind::Fault, "F0101").await.id;
    let seen = serde_json::json!({ "fault_ids": [fault] });
    engineer.call::<DiagnoseTicket>(path.clone(), Nothing, serde_json::from_value(seen).unwrap()).await.unwrap();
    let parts = serde_json::json!({"lines": [{"product_id": rare, "quantity": "2"}]});
    let waits =
        engineer.call::<AddTicketParts>(path.clone(), Nothing, serde_json::from_value(parts).unwrap()).await.unwrap();
    waits.parts[0].shortage_id.unwrap().uuid()
}

/// What a finished repair in warranty owes headquarters, and the draft of a return that takes it there.
async fn owed_part(station: &Station) -> [(&'static str, Uuid); 2] {
    use openapi::service::owed_part::ListOwedParts;
    use openapi::service::part_return::CreatePartReturn;
    use openapi::service::ticket::{
        AddTicketParts, AssignTicket, CreateTicket, DiagnoseTicket, FinishTicket, IssueTicketParts, UseTicketParts,
    };
    use serde_json::{from_value as read, json};
    let (desk, engineer) = (&station.people[&Role::Reception], &station.people[&Role::Engineer]);
    let (keeper, own) = (&station.people[&Role::Storekeeper], station.id.simple().to_string());
    base::warehouse(&station.people[&Role::StationManager], "bad", "B1").await;
    let phone = base::product(&station.people[&Role::Clerk], ProductKind::Unit, &format!("OWES-{own}")).await.id.uuid();
    let unit = base::unit(desk, phone, &format!("O{}", &own[..20])).await;
    let covered = base::entry(desk, DictionaryKind::WarrantyState, "IN").await.id;
    let draft = json!({"customer_id": station.objects["customer"], "unit_id": unit, "warranty_state_id": covered,
        "fault_text": "不开机", "priority": "normal", "channel": "counter", "accept": true});
    let made = desk.call::<CreateTicket>(Nothing, Nothing, read(draft).unwrap()).await.unwrap();
    let path = || ById { id: made.id };
    let given = json!({"engineer_id": station.users[&Role::Engineer]});
    desk.call::<AssignTicket>(path(), Nothing, read(given).unwrap()).await.unwrap();
    let fault = base::entry(desk, DictionaryKind::Fault, "F0101").await.id;
    let method = base::entry(desk, DictionaryKind::RepairMethod, "M11").await.id;
    let seen = json!({"fault_ids": [fault], "methods": [{"method_id": method}]});
    engineer.call::<DiagnoseTicket>(path(), Nothing, read(seen).unwrap()).await.unwrap();
    let parts = json!({"lines": [{"product_id": station.objects["product"], "quantity": "1",
        "warehouse_id": station.objects["warehouse"]}]});
    let ticket = engineer.call::<AddTicketParts>(path(), Nothing, read(parts).unwrap()).await.unwrap();
    let moved = json!({"lines": [{"line_id": ticket.parts[0].id, "quantity": "1"}]});
    let at = version(ticket.version);
    let ticket =
        engineer.call_with::<IssueTicketParts>(path(), Nothing, read(moved.clone()).unwrap(), at).await.unwrap();
    let at = version(ticket.version);
    let ticket = engineer.call_with::<UseTicketParts>(path(), Nothing, read(moved).unwrap(), at).await.unwrap();
    let at = version(ticket.version);
    engineer.call_with::<FinishTicket>(path(), Nothing, read(json!({})).unwrap(), at).await.unwrap();
    let owed = keeper.call::<ListOwedParts>(Nothing, unfiltered(), Nothing).await.unwrap().items.remove(0);
    let draft = json!({"lines": [{"owed_part_id": owed.id}]});
    let back = keeper.call::<CreatePartReturn>(Nothing, Nothing, read(draft).unwrap()).await.unwrap();
    [("owed_part", owed.id.uuid()), ("part_return", back.id.uuid())]
}

/// The draft of a stock-in.
pub async fn stock_doc(by: &Client, warehouse: Uuid, product: Uuid) -> Uuid {
    let draft = serde_json::json!({"kind": "stock_in", "warehouse_id": warehouse, "lines": [
        {"product_id": product, "quantity": "5", "unit_cost": "10.00"},
    ]});
    let draft = serde_json::from_value(draft).unwrap();
    by.call::<CreateStockDoc>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// Drafts between a station and headquarters: what it asks for, what it sends; and a stocktake of its warehouse.
async fn deliveries(station: &Station, headquarters: Uuid) -> [(&'static str, Uuid); 4] {
    let (keeper, part) = (&station.people[&Role::Storekeeper], station.objects["product"]);
    let lines = serde_json::json!([{"product_id": part, "quantity": "2"}]);
    let asked = serde_json::json!({"supplier_id": headquarters, "priority": "normal", "lines": lines});
    let asked = serde_json::from_value(asked).unwrap();
    let sent =
        serde_json::json!({"warehouse_id": station.objects["warehouse"], "to_org_id": headquarters, "lines": lines});
    let sent = serde_json::from_value(sent).unwrap();
    let asked = keeper.call::<CreateRequisition>(Nothing, Nothing, asked).await.unwrap().id.uuid();
    let sent = keeper.call::<CreateTransfer>(Nothing, Nothing, sent).await.unwrap().id.uuid();
    let counted = serde_json::from_value(serde_json::json!({"warehouse_id": station.objects["warehouse"]})).unwrap();
    let counted = keeper.call::<CreateStocktake>(Nothing, Nothing, counted).await.unwrap().id.uuid();
    let lines = serde_json::json!([{"product_id": part, "new_cost": "9"}]);
    let valued = serde_json::from_value(serde_json::json!({"reason": "市场价下跌", "lines": lines})).unwrap();
    let valued = keeper.call::<CreateRevaluation>(Nothing, Nothing, valued).await.unwrap().id.uuid();
    [("requisition", asked), ("transfer", sent), ("stocktake", counted), ("revaluation", valued)]
}

/// The draft of a refurbishment.
async fn refurb(station: &Station, phone: Uuid) -> Uuid {
    let draft = serde_json::json!({"warehouse_id": station.objects["warehouse"], "reason": "外观磨损",
        "estimate": {"amount": "120.00", "currency": "CNY"}, "lines": [{"product_id": phone, "serial": "RF-1"}]});
    let draft = serde_json::from_value(draft).unwrap();
    let clerk = &station.people[&Role::Clerk];
    clerk.call::<openapi::stock::refurb::CreateRefurb>(Nothing, Nothing, draft).await.unwrap().id.uuid()
}

/// A formula of a model, and the draft of a conversion by it.
async fn conversion(station: &Station, phone: Uuid, part: Uuid) -> (Uuid, Uuid) {
    let lines = serde_json::json!([{"product_id": part, "quantity": "1", "share": 10000}]);
    let formula = serde_json::json!({"product_id": phone, "edition": "1", "lines": lines});
    let formula = serde_json::from_value(formula).unwrap();
    let office = &station.people[&Role::Headquarters];
    let formula = office.call::<CreateFormula>(Nothing, Nothing, formula).await.unwrap().id.uuid();
    let draft = serde_json::json!({"way": "disassembly", "formula_id": formula, "serial": "PH-1",
        "warehouse_id": station.objects["warehouse"]});
    let draft = serde_json::from_value(draft).unwrap();
    let keeper = &station.people[&Role::Storekeeper];
    (formula, keeper.call::<CreateConversion>(Nothing, Nothing, draft).await.unwrap().id.uuid())
}

/// A draft of a purchase order; of another one what came, what is charged for it, and what is paid of that.
async fn purchases(station: &Station) -> [(&'static str, Uuid); 5] {
    let (clerk, keeper) = (&station.people[&Role::Clerk], &station.people[&Role::Storekeeper]);
    let supplier =
        serde_json::json!({"name": "联创电子", "kind": "company", "phone": "13500135000", "roles": ["supplier"]});
    let supplier = serde_json::from_value(supplier).unwrap();
    let supplier = clerk.call::<CreateCustomer>(Nothing, Nothing, supplier).await.unwrap().id;
    let draft = serde_json::json!({"party_id": supplier, "warehouse_id": station.objects["warehouse"], "lines": [
        {"product_id": station.objects["product"], "quantity": "2", "unit_price": "11.30"},
    ]});
    let draft = || serde_json::from_value(draft.clone()).unwrap();
    let waiting = clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, draft()).await.unwrap();
    let order = clerk.call::<CreatePurchaseOrder>(Nothing, Nothing, draft()).await.unwrap();
    let path = || ById { id: order.id };
    clerk.call::<SubmitPurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
    let books = &station.people[&Role::Accountant];
    books.call::<ApprovePurchaseOrder>(path(), Nothing, Nothing).await.unwrap();
    let came = serde_json::json!({"lines": [{"line_id": order.lines[0].id, "quantity": "1"}]});
    let came = serde_json::from_value(came).unwrap();
    let of = version(order.version + 2);
    let order = keeper.call_with::<ReceivePurchaseOrder>(path(), Nothing, came, of).await.unwrap();
    let charged = serde_json::json!({"party_id": supplier, "invoice_no": "31300001", "invoiced_on": "2026-11-01", "lines": [
        {"receipt_line_id": order.to_invoice[0].receipt_line_id, "quantity": "1", "unit_price": "11.30"},
    ]});
    let charged = serde_json::from_value(charged).unwrap();
    let invoice = books.call::<CreateSupplierInvoice>(Nothing, Nothing, charged).await.unwrap();
    let receipt = keeper.call::<GetGoodsReceipt>(ById { id: order.receipts[0].id }, Nothing, Nothing).await.unwrap();
    let sent_back = serde_json::json!({"receipt_id": receipt.id, "reason": "来料不良", "lines": [
        {"receipt_line_id": receipt.lines[0].id, "quantity": "1"}]});
    let sent_back = serde_json::from_value(sent_back).unwrap();
    let sent_back = keeper.call::<CreatePurchaseReturn>(Nothing, Nothing, sent_back).await.unwrap();
    let owed = open_item(books, invoice.id.uuid()).await;
    let paid = serde_json::json!({"party_id": supplier, "method": "transfer", "bank_account_id": station.objects["bank_account"],
        "allocations": [{"open_item_id": owed, "amount": {"amount": "5.00", "currency": "CNY"}}]});
    let paid = books.call::<CreatePayment>(Nothing, Nothing, serde_json::from_value(paid).unwrap()).await.unwrap();
    [
        ("purchase_order", waiting.id.uuid()),
        ("goods_receipt", order.receipts[0].id.uuid()),
        ("supplier_invoice", invoice.id.uuid()),
        ("purchase_return", sent_back.id.uuid()),
        ("payment", paid.id.uuid()),
    ]
}

/// A draft of a sales order; of another one what was shipped, of which a piece came back; and a price that lies ahead.
async fn wholesale(station: &Station) -> [(&'static str, Uuid); 4] {
    let (clerk, keeper) = (&station.people[&Role::Clerk], &station.people[&Role::Storekeeper]);
    let books = &station.people[&Role::Accountant];
    let dealer =
        serde_json::json!({"name": "华南通讯", "kind": "company", "phone": "13500135001", "roles": ["dealer"]});
    let dealer = serde_json::from_value(dealer).unwrap();
    let dealer = clerk.call::<CreateCustomer>(Nothing, Nothing, dealer).await.unwrap().id;
    let draft = serde_json::json!({"party_id": dealer, "warehouse_id": station.objects["warehouse"], "lines": [
        {"product_id": station.objects["product"], "quantity": "1", "unit_price": "100"}]});
    let draft = || serde_json::from_value(draft.clone()).unwrap();
    let waiting = clerk.call::<CreateSalesOrder>(Nothing, Nothing, draft()).await.unwrap();
    let order = clerk.call::<CreateSalesOrder>(Nothing, Nothing, draft()).await.unwrap();
    let path = || ById { id: order.id };
    clerk.call::<UploadSalesOrder>(path(), Nothing, Nothing).await.unwrap();
    let released = serde_json::from_value(serde_json::json!({"credit_reason": "样板"})).unwrap();
    books.call::<AcceptSalesOrder>(path(), Nothing, released).await.unwrap();
    let packed = serde_json::json!({"lines": [{"line_id": order.lines[0].id, "quantity": "1"}]});
    let packed = serde_json::from_value(packed).unwrap();
    let of = version(order.version + 2);
    let order = keeper.call_with::<ShipSalesOrder>(path(), Nothing, packed, of).await.unwrap();
    let shipment = order.shipments[0].id;
    let sent = keeper.call::<GetSalesShipment>(ById { id: shipment }, Nothing, Nothing).await.unwrap();
    let back = serde_json::json!({"shipment_id": shipment, "remark": "型号不符",
        "lines": [{"line_id": sent.lines[0].id, "quantity": "1", "condition": "good"}]});
    let back = serde_json::from_value(back).unwrap();
    let back = keeper.call::<CreateSalesReturn>(Nothing, Nothing, back).await.unwrap();
    [
        ("sales_order", waiting.id.uuid()),
        ("sales_shipment", shipment.uuid()),
        ("sales_return", back.id.uuid()),
        ("shipment", shipment.uuid()),
    ]
}

/// The item that a document left open.
pub async fn open_item(by: &Client, source: Uuid) -> Uuid {
    let filter = OpenItemFilter { source_id: Some(source.into()), ..OpenItemFilter::default() };
    let query = Listing { filter, ..Listing::default() };
    by.call::<ListOpenItems>(Nothing, query, Nothing).await.unwrap().items[0].id.uuid()
}

/// A draft of a swap; of another one what is owed, and its entry in the ledger.
async fn swaps(station: &Station) -> [(&'static str, Uuid); 3] {
    use openapi::stock::swap::{CreateSwap, ListSwapBalances, ListSwapEntries, PostSwap};
    let keeper = &station.people[&Role::Storekeeper];
    let draft = serde_json::json!({"way": "accept", "party_id": station.objects["customer"],
        "warehouse_id": station.objects["warehouse"],
        "lines": [{"product_id": station.objects["product"], "quantity": "1", "fault": "不充电"}]});
    let draft = || serde_json::from_value(draft.clone()).unwrap();
    let waiting = keeper.call::<CreateSwap>(Nothing, Nothing, draft()).await.unwrap();
    let posted = keeper.call::<CreateSwap>(Nothing, Nothing, draft()).await.unwrap();
    keeper.call_with::<PostSwap>(ById { id: posted.id }, Nothing, Nothing, version(1)).await.unwrap();
    let owed = keeper.call::<ListSwapBalances>(Nothing, unfiltered(), Nothing).await.unwrap().items.remove(0);
    let entry = keeper.call::<ListSwapEntries>(Nothing, unfiltered(), Nothing).await.unwrap().items.remove(0);
    [("swap", waiting.id.uuid()), ("swap_balance", owed.id.uuid()), ("swap_entry", entry.id.uuid())]
}

/// A sale over the counter, of which one piece came back.
async fn counter(station: &Station) -> [(&'static str, Uuid); 2] {
    let (keeper, desk) = (&station.people[&Role::Storekeeper], &station.people[&Role::Reception]);
    let (warehouse, part) = (station.objects["warehouse"], station.objects["product"]);
    let stored = stock_doc(keeper, warehouse, part).await.into();
    let options = super::client::version(1);
    keeper.call_with::<PostStockDoc>(ById { id: stored }, Nothing, Nothing, options).await.unwrap();
    let pay = |amount: &str| {
        let amount = serde_json::json!({"amount": amount, "currency": "CNY"});
        serde_json::json!([{"method": "cash", "bank_account_id": station.objects["bank_account"], "amount": amount}])
    };
    let lines = serde_json::json!([{"product_id": part, "quantity": "2"}]);
    let sold = serde_json::json!({"warehouse_id": warehouse, "lines": lines, "payments": pay("960.00")});
    let sold = serde_json::from_value(sold).unwrap();
    let sold = desk.call::<CreateRetailSale>(Nothing, Nothing, sold).await.unwrap();
    let lines = serde_json::json!([{"line_id": sold.lines[0].id, "quantity": "1", "condition": "good"}]);
    let back = serde_json::json!({"sale_id": sold.id, "lines": lines, "payments": pay("480.00"), "remark": "不合适"});
    let back = serde_json::from_value(back).unwrap();
    let back = desk.call::<CreateRetailReturn>(Nothing, Nothing, back).await.unwrap();
    [("retail_sale", sold.id.uuid()), ("retail_return", back.id.uuid())]
}

/// The query of a list without any filter.
pub fn unfiltered<F: Default>() -> Listing<F> {
    Listing::default()
}
