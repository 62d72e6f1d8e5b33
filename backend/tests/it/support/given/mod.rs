//! What tests start from: two stations, a person of every role in each, and one object of each kind.

mod records;
mod stock;
mod trade;

use crate::support::client::Client;
use crate::support::{TestApp, base, sample};
use openapi::choice::Choice;
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::ProductKind;
use openapi::{Role, Row};
pub use records::{customer, open_item, ticket, unfiltered};
use serde_json::Value;
use std::collections::HashMap;
pub use stock::stock_doc;
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
            let shortage = stock::shortage(station).await;
            station.objects.insert("shortage", shortage);
            station.objects.extend(stock::owed_part(station).await);
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
        station.objects.extend(crate::support::money::objects(app, station.id, customer).await);
        station.objects.extend(stock::deliveries(&station, app.headquarters().await).await);
        station.objects.extend(trade::counter(&station).await);
        station.objects.extend(stock::swaps(&station).await);
        // after the stocktake, which counts an empty warehouse
        station.objects.extend(trade::purchases(&station).await);
        station.objects.extend(trade::wholesale(&station).await);
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
        let (formula, conversion) = stock::conversion(self, phone, part).await;
        self.objects.extend([("formula", formula), ("conversion", conversion)]);
        let bin = stock::bin(self).await;
        self.objects.insert("bin", bin);
        let refurb = stock::refurb(self, phone).await;
        self.objects.insert("refurb", refurb);
        self.objects.insert("user", self.users[&Role::Engineer]);
        self.objects.insert("org", self.id);
        self.objects.insert("station_name", self.id);
        self.objects.insert("role", roles[&Role::Engineer]);
        self.objects.insert("leader", self.users[&Role::StationManager]);
        self.objects
            .insert("team", records::team(&self.people[&Role::StationManager], self.users[&Role::Engineer]).await);
    }
}
