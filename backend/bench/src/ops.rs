//! What is measured: each operation as the people of a station do it, over the API and nothing else.

use crate::Failed;
use crate::wire::{Ask, Wire, read};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};

/// A fault in a customer's words, 51 characters.
const FAULT: &str =
    "客户反映设备在连续使用约两小时后自动关机，重新开机后屏幕闪烁并伴有异响，更换电源适配器后故障依旧存在。";
/// Words of two characters that tickets are searched for.
const WORDS: &[&str] = &["屏幕", "电池", "开机", "异响", "充电", "按键"];
/// Parts on a ticket after which a new one is taken under repair.
const FULL: usize = 8;

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// A page of 50 tickets in one state, newest first, at a random place in the first 1,000, with the capped total.
    List50,
    /// One ticket with everything on it.
    Read1,
    /// A ticket is written: customer, unit, a fault of 51 characters, two symptoms, two planned parts of depot A.
    Create,
    /// One piece goes from depot A to depot B: the document is written and posted by one request.
    Move,
    /// One piece goes from depot A into a repair: added and issued by one request.
    Consume,
    /// Taken in with two parts planned; accepted, assigned and reserved; diagnosed; finished with both parts consumed:
    /// four requests.
    Lifecycle,
    /// The same part for everybody: one balance that all clients want.
    Hot,
    /// The whole way over the desk, until the unit is handed over and paid.
    Desk,
    /// A piece of text looked for in everything that a ticket says.
    Search,
    /// Stock of one station over a month: opening, in, out, closing.
    Report,
}

impl Op {
    /// Its name in tables.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// What the operations choose from.
#[derive(Clone, Default)]
pub struct World {
    /// Token of the manager of the station.
    pub manager: String,
    /// Token of the storekeeper of the station.
    pub keeper: String,
    /// Token of an engineer of the station.
    pub engineer: String,
    /// Id of that engineer.
    pub engineer_id: String,
    /// Station.
    pub station: String,
    /// Depots A and B.
    pub depots: (String, String),
    /// Parts that both depots hold.
    pub parts: Vec<String>,
    /// Units with their customers.
    pub units: Vec<(String, String)>,
    /// Tickets.
    pub tickets: Vec<String>,
    /// Cursors into the first 1,000 of the list.
    pub cursors: Vec<String>,
    /// Symptoms.
    pub faults: Vec<String>,
    /// Repair methods with a level.
    pub methods: Vec<(String, String)>,
    /// First and last day of the month of the report.
    pub month: (String, String),
}

const LIST: &str = "/api/v1/service/tickets?state=pending_diagnosis&sort=-created_at&limit=50&include_total=true";

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn version_of(document: &Value) -> i64 {
    document.get("version").and_then(Value::as_i64).unwrap_or_default()
}

fn items(page: &Value) -> &[Value] {
    page.get("items").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Signs somebody in.
pub async fn sign_in(wire: &mut Wire, login: &str) -> Result<String, Failed> {
    let body = json!({"login": login, "password": "demo-2026"});
    let session = wire.post("", "/api/v1/identity/sessions", &body).await?;
    Ok(text(&session, "access_token"))
}

/// Up to `most` rows of a list.
async fn rows(wire: &mut Wire, token: &str, list: &str, most: usize) -> Result<Vec<Value>, Failed> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = wire.get(token, &format!("{list}{cursor}")).await?;
        found.extend(items(&page).iter().cloned());
        match page.get("next_cursor").and_then(Value::as_str) {
            Some(next) if found.len() < most => cursor = format!("&cursor={next}"),
            _ => return Ok(found),
        }
    }
}

impl World {
    /// Looks around.
    pub async fn discover(wire: &mut Wire) -> Result<Self, Failed> {
        let mut world = World { manager: sign_in(wire, "hz01-zz1").await?, ..World::default() };
        world.engineer = sign_in(wire, "hz01-gc3").await?;
        world.keeper = sign_in(wire, "hz01-kg6").await?;
        let token = world.manager.clone();
        let me = wire.get(&world.engineer, "/api/v1/identity/me").await?;
        (world.engineer_id, world.station) = (text(&me, "user_id"), text(&me, "org_id"));
        for store in rows(wire, &token, "/api/v1/master/warehouses?limit=200", 200).await? {
            match text(&store, "code").as_str() {
                "DEPOT-A" => world.depots.0 = text(&store, "id"),
                "DEPOT-B" => world.depots.1 = text(&store, "id"),
                _ => {}
            }
        }
        let parts = rows(wire, &token, "/api/v1/master/products?limit=200&q=BENCH-", 1000).await?;
        world.parts = parts.iter().map(|row| text(row, "id")).collect();
        let units = rows(wire, &token, "/api/v1/master/units?limit=200&sort=-created_at", 2000).await?;
        world.units = units.iter().map(|row| (text(row, "id"), text(row, "customer_id"))).collect();
        world.units.retain(|(_, customer)| !customer.is_empty());
        let tickets = rows(wire, &token, "/api/v1/service/tickets?limit=200&sort=-created_at", 2000).await?;
        world.tickets = tickets.iter().map(|row| text(row, "id")).collect();
        world.look_at_lists(wire, &token).await?;
        let today = chrono::Utc::now().date_naive();
        world.month = ((today - chrono::Days::new(31)).to_string(), today.to_string());
        if world.parts.is_empty() || world.units.is_empty() || world.depots.1.is_empty() {
            return Err("the data set is not there: aftercare demo --scale d10k".into());
        }
        Ok(world)
    }

    async fn look_at_lists(&mut self, wire: &mut Wire, token: &str) -> Result<(), Failed> {
        let dictionary = "/api/v1/master/dictionaries?limit=200&kind=";
        let faults = rows(wire, token, &format!("{dictionary}fault"), 400).await?;
        self.faults = faults.iter().filter(|row| !text(row, "parent_id").is_empty()).map(|r| text(r, "id")).collect();
        let levels = rows(wire, token, &format!("{dictionary}repair_level"), 200).await?;
        let level = levels.first().map(|row| text(row, "id")).unwrap_or_default();
        let methods = rows(wire, token, &format!("{dictionary}repair_method"), 200).await?;
        self.methods = methods.iter().map(|row| (text(row, "id"), level.clone())).collect();
        let mut cursor = String::new();
        while self.cursors.len() < 20 {
            self.cursors.push(cursor.clone());
            let page = wire.get(token, &format!("{LIST}{cursor}")).await?;
            match page.get("next_cursor").and_then(Value::as_str) {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        Ok(())
    }
}

/// One client at work.
pub struct Worker {
    /// Its connection.
    pub wire: Wire,
    /// What it chooses from, with its tokens.
    pub world: std::sync::Arc<World>,
    dice: StdRng,
    /// A ticket under repair, and how many parts are on it.
    bench: Option<(Value, usize)>,
}

impl Worker {
    /// A client with its own chance.
    pub fn new(wire: Wire, world: std::sync::Arc<World>, dice: StdRng) -> Self {
        Worker { wire, world, dice, bench: None }
    }

    fn pick<T: Clone>(&mut self, from: impl Fn(&World) -> &[T]) -> Result<T, Failed> {
        let world = std::sync::Arc::clone(&self.world);
        let all = from(&world);
        let at = self.dice.random_range(0..all.len().max(1));
        all.get(at).cloned().ok_or_else(|| "nothing to choose from".into())
    }

    /// What must be there before an operation; it is not measured.
    pub async fn prepare(&mut self, op: Op) -> Result<(), Failed> {
        let is_full = self.bench.as_ref().is_none_or(|(_, parts)| *parts >= FULL);
        if matches!(op, Op::Consume | Op::Hot) && is_full {
            let ticket = self.under_repair().await?;
            self.bench = Some((ticket, 0));
        }
        Ok(())
    }

    /// Does it once.
    pub async fn run(&mut self, op: Op) -> Result<(), Failed> {
        match op {
            Op::List50 => self.list().await,
            Op::Read1 => self.read_one().await,
            Op::Create => self.create(false, 2).await.map(|_| ()),
            Op::Move => self.move_one().await,
            Op::Consume => {
                let part = self.pick(|w| &w.parts)?;
                self.consume(part).await
            }
            Op::Hot => {
                let part = self.world.parts.first().cloned().ok_or("no part")?;
                self.consume(part).await
            }
            Op::Lifecycle => self.lifecycle().await.map(|_| ()),
            Op::Desk => self.desk().await,
            Op::Search => self.search().await,
            Op::Report => self.report().await,
        }
    }

    async fn list(&mut self) -> Result<(), Failed> {
        let cursor = self.pick(|w| &w.cursors)?;
        let token = self.world.manager.clone();
        let path = format!("{LIST}{cursor}");
        checked(self.wire.ask(Ask { method: "GET", path: &path, token: &token, ..Ask::default() }).await?)
    }

    async fn read_one(&mut self) -> Result<(), Failed> {
        let id = self.pick(|w| &w.tickets)?;
        let path = format!("/api/v1/service/tickets/{id}");
        let token = self.world.manager.clone();
        checked(self.wire.ask(Ask { method: "GET", path: &path, token: &token, ..Ask::default() }).await?)
    }

    async fn search(&mut self) -> Result<(), Failed> {
        let word = if self.dice.random_bool(0.5) {
            format!("{:03}", self.dice.random_range(0..1000))
        } else {
            let at = self.dice.random_range(0..WORDS.len());
            WORDS.get(at).copied().unwrap_or_default().bytes().map(|byte| format!("%{byte:02X}")).collect()
        };
        let path = format!("/api/v1/service/tickets?sort=-created_at&limit=50&q={word}");
        let token = self.world.manager.clone();
        checked(self.wire.ask(Ask { method: "GET", path: &path, token: &token, ..Ask::default() }).await?)
    }

    async fn report(&mut self) -> Result<(), Failed> {
        let world = std::sync::Arc::clone(&self.world);
        let (from, to) = &world.month;
        let path = format!("/api/v1/stock/turnover?from={from}&to={to}&org_id={}", world.station);
        checked(self.wire.ask(Ask { method: "GET", path: &path, token: &world.keeper, ..Ask::default() }).await?)
    }

    /// Takes a unit in with some parts of depot A planned.
    async fn create(&mut self, accept: bool, planned: usize) -> Result<Value, Failed> {
        let (unit, customer) = self.pick(|w| &w.units)?;
        let (one, mut other) = (self.pick(|w| &w.faults)?, self.pick(|w| &w.faults)?);
        while other == one {
            other = self.pick(|w| &w.faults)?;
        }
        let mut parts = Vec::with_capacity(planned);
        for _ in 0..planned {
            let part = self.pick(|w| &w.parts)?;
            parts.push(self.one_piece(&part));
        }
        let body = json!({
            "customer_id": customer, "unit_id": unit, "fault_ids": [one, other], "fault_text": FAULT, "priority": "normal",
            "channel": "counter", "accept": accept, "accessories": [], "parts": parts,
        });
        let token = self.world.manager.clone();
        self.wire.post(&token, "/api/v1/service/tickets", &body).await
    }

    async fn move_one(&mut self) -> Result<(), Failed> {
        let part = self.pick(|w| &w.parts)?;
        let world = std::sync::Arc::clone(&self.world);
        let body = json!({
            "kind": "warehouse_move", "warehouse_id": world.depots.0, "to_warehouse_id": world.depots.1,
            "lines": [{"product_id": part, "quantity": "1"}], "post": true,
        });
        self.wire.post(&world.keeper, "/api/v1/stock/documents", &body).await.map(|_| ())
    }

    /// Takes a step on the version that was seen, and answers with the ticket after it.
    async fn step(&mut self, ticket: &Value, step: &str, body: Value) -> Result<Value, Failed> {
        let world = std::sync::Arc::clone(&self.world);
        let is_engineers = matches!(step, "diagnose" | "finish");
        let token = if is_engineers { &world.engineer } else { &world.manager };
        let path = format!("/api/v1/service/tickets/{}/{step}", text(ticket, "id"));
        self.wire.post_on(version_of(ticket), token, &path, &body).await
    }

    /// Diagnoses a ticket.
    async fn begin(&mut self, ticket: &Value) -> Result<Value, Failed> {
        let fault = self.pick(|w| &w.faults)?;
        let (method, level) = self.pick(|w| &w.methods)?;
        let methods = json!([{"method_id": method, "level_id": level}]);
        let found = json!({"fault_ids": [fault], "methods": methods, "findings": "主要部件老化"});
        self.step(ticket, "diagnose", found).await
    }

    async fn under_repair(&mut self) -> Result<Value, Failed> {
        let ticket = self.create(true, 0).await?;
        let engineer = self.world.engineer_id.clone();
        let ticket = self.step(&ticket, "assign", json!({"engineer_id": engineer})).await?;
        self.begin(&ticket).await
    }

    /// One piece of a part of depot A, as a line of a plan.
    fn one_piece(&self, part: &str) -> Value {
        json!({"product_id": part, "quantity": "1", "warehouse_id": self.world.depots.0})
    }

    async fn consume(&mut self, part: String) -> Result<(), Failed> {
        let (ticket, parts) = self.bench.take().ok_or("no ticket under repair")?;
        let body = json!({"lines": [self.one_piece(&part)], "issue": true});
        let ticket = self.step(&ticket, "parts", body).await?;
        self.bench = Some((ticket, parts + 1));
        Ok(())
    }

    async fn lifecycle(&mut self) -> Result<Value, Failed> {
        let ticket = self.create(false, 2).await?;
        let engineer = self.world.engineer_id.clone();
        let ticket = self.step(&ticket, "accept", json!({"engineer_id": engineer})).await?;
        let ticket = self.begin(&ticket).await?;
        self.step(&ticket, "finish", json!({"use_parts": true})).await
    }

    async fn desk(&mut self) -> Result<(), Failed> {
        let ticket = self.lifecycle().await?;
        let ticket = self.step(&ticket, "pass-qc", json!({})).await?;
        let mut ticket = self.step(&ticket, "settle", json!({})).await?;
        let open = text(&ticket, "open");
        if open.parse::<f64>().is_ok_and(|amount| amount > 0.0) {
            let payments = json!([{"method": "cash", "amount": open}]);
            ticket = self.step(&ticket, "collect", json!({"payments": payments})).await?;
        }
        let path = format!(
            "/api/v1/system/attachments?subject_kind=ticket&subject_id={}&purpose=signature&file_name=signature.png",
            text(&ticket, "id")
        );
        let token = self.world.manager.clone();
        let body = include_bytes!("../../src/demo/signature.png");
        let media_type = "application/octet-stream";
        let ask = Ask { method: "POST", path: &path, token: &token, version: 0, media_type, body };
        let signature = read("POST", &path, self.wire.ask(ask).await?)?;
        let body = json!({"signature_id": text(&signature, "id"), "returned_accessory_ids": []});
        self.step(&ticket, "pick-up", body).await.map(|_| ())
    }
}

/// Only the status is looked at: reading the content would be the driver's time.
fn checked(answer: crate::wire::Answer) -> Result<(), Failed> {
    if answer.status == 200 {
        return Ok(());
    }
    Err(format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body)).into())
}
