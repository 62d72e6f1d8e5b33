//! Very much data, quickly, for measuring: a small company with a thousand parts in two depots, and years of tickets. What
//! posts to the ledgers is made by the commands of real use; customers, units and tickets that post nothing are written
//! as rows, many at a time. `doctor` finds nothing wrong with either.

use super::company::{Company, text};
use super::dice::Dice;
use super::stage::Stage;
use super::stores;
use super::words::COMPLAINTS;
use chrono::{DateTime, TimeDelta, Utc};
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::{CreateProduct, ProductDraft, ProductId, ProductKind};
use openapi::master::warehouse::{CreateWarehouse, WarehouseDraft, WarehouseId, WarehouseKind};
use openapi::{Nothing, UnitPrice};
use platform::{Actor, Clock, Context, Failure, Result, Tx};
use sea_orm::ConnectionTrait;
use sea_orm::Value;
use sea_orm::sea_query::{Alias, Query};
use uuid::Uuid;

/// Parts in the depots.
const PARTS: usize = 1000;
/// Rows of one statement: SQLite takes 32,766 values.
const ROWS: usize = 500;

/// Fills the company up: parts and depots, then so many tickets until `until`.
pub async fn pass(
    stage: &Stage,
    dice: &mut Dice,
    company: &Company,
    until: DateTime<Utc>,
    tickets: usize,
) -> Result<()> {
    let parts = parts(stage).await?;
    for code in ["DEPOT-A", "DEPOT-B"] {
        let depot = depot(stage, company, code).await?;
        stores::plenty(stage, company, depot, &parts).await?;
    }
    let customers = (tickets / 2).max(1);
    let mut bulk = Bulk::new(stage, dice, company).await?;
    let owners = bulk.customers(customers).await?;
    bulk.tickets(&owners, until, tickets).await
}

async fn parts(stage: &Stage) -> Result<Vec<ProductId>> {
    let who = stage.able::<CreateProduct>(Uuid::nil())?;
    let mut made = Vec::with_capacity(PARTS);
    for number in 0..PARTS {
        let price = i64::try_from(number % 90).unwrap_or_default() + 10;
        let draft = ProductDraft {
            code: text(&format!("BENCH-{number:04}"))?,
            name: text(&format!("通用配件 {number:04}"))?,
            kind: ProductKind::Part,
            brand_id: None,
            category_id: None,
            model: None,
            uom: text("个")?,
            is_serial_tracked: false,
            returns_old_part: false,
            is_claimable: false,
            has_three_guarantees: false,
            warranty_months: 3,
            standard_cost: Some(UnitPrice(price * 6_000)),
            wholesale_price: UnitPrice(price * 7_500),
            retail_price: UnitPrice(price * 10_000),
            warranty_price: UnitPrice(price * 6_500),
            applicable_models: Vec::new(),
            remark: None,
        };
        made.push(stage.act::<CreateProduct>(who, Nothing, Nothing, draft).await?.id);
    }
    Ok(made)
}

async fn depot(stage: &Stage, company: &Company, code: &str) -> Result<WarehouseId> {
    let station = company.stations.first().ok_or_else(|| Failure::Internal("no station".to_owned()))?;
    let draft = WarehouseDraft {
        org_id: Some(station.id.into()),
        code: text(code)?,
        name: text(code)?,
        kind: WarehouseKind::Good,
        manager_id: None,
        address: None,
        remark: None,
    };
    let who = stage.able::<CreateWarehouse>(station.id)?;
    Ok(stage.act::<CreateWarehouse>(who, Nothing, Nothing, draft).await?.id)
}

/// A customer with a unit.
struct Owner {
    id: Uuid,
    name: String,
    phone: String,
    unit: Uuid,
    serial: String,
    product: Uuid,
    product_name: String,
}

/// What a state looks like: its share in a hundred, and the steps that led there.
struct Shape {
    percent: usize,
    state: &'static str,
    steps: &'static [(&'static str, &'static str)],
}

/// 73 % done, 20 % in one open state, 5 % new, 2 % cancelled.
const SHAPES: &[Shape] = &[
    Shape {
        percent: 20,
        state: "pending_diagnosis",
        steps: &[("created", "pending_acceptance"), ("accept", "pending_diagnosis")],
    },
    Shape { percent: 5, state: "pending_acceptance", steps: &[("created", "pending_acceptance")] },
    Shape { percent: 2, state: "cancelled", steps: &[("created", "pending_acceptance"), ("cancel", "cancelled")] },
    Shape { percent: 73, state: "completed", steps: &[("imported", "completed")] },
];

/// Writes rows, many at a time.
struct Bulk<'a> {
    stage: &'a Stage,
    dice: &'a mut Dice,
    context: Context,
    /// Station with an engineer of it.
    stations: Vec<(Uuid, Uuid, String)>,
    /// Models with their brands.
    models: Vec<(Uuid, String, Uuid)>,
    faults: Vec<(Uuid, String)>,
    warranty: (Uuid, String, String),
}

impl<'a> Bulk<'a> {
    async fn new(stage: &'a Stage, dice: &'a mut Dice, company: &Company) -> Result<Self> {
        let (root, path) = identity::api::headquarters(&stage.app).await?;
        let context = Context::internal(Actor::system(root, &path), stage.clock.now(), "Demo");
        let station = |station: &super::company::Station| {
            let engineer = stage.holders(station.id, "-gc").first().copied()?;
            Some((station.id, engineer.user_id, engineer.name.clone()))
        };
        let rows = stage
            .app
            .db
            .reader()
            .query_all(
                &Query::select()
                    .columns(["id", "name", "brand_id", "kind"].map(Alias::new))
                    .from(Alias::new("product"))
                    .to_owned(),
            )
            .await?;
        let mut models = Vec::new();
        for row in rows {
            let brand: Option<Uuid> = row.try_get("", "brand_id")?;
            if let (Some(brand), "unit") = (brand, row.try_get::<String>("", "kind")?.as_str()) {
                models.push((row.try_get("", "id")?, row.try_get("", "name")?, brand));
            }
        }
        let of = |kind: DictionaryKind| company.dictionary.values().filter(move |entry| entry.kind == kind);
        let faults = of(DictionaryKind::Fault).filter(|e| e.parent_id.is_some());
        let mut faults: Vec<(Uuid, String)> = faults.map(|e| (e.id.uuid(), e.name.to_string())).collect();
        faults.sort();
        let covers = of(DictionaryKind::WarrantyState).filter_map(|e| Some((e, e.payer?)));
        let cover = covers.min_by_key(|(e, _)| e.code.to_string());
        let (cover, payer) = cover.ok_or_else(|| Failure::Internal("no warranty state".to_owned()))?;
        let payer = openapi::choice::Choice::as_str(payer).to_owned();
        let warranty = (cover.id.uuid(), cover.name.to_string(), payer);
        Ok(Bulk {
            stage,
            dice,
            context,
            stations: company.stations.iter().filter_map(station).collect(),
            models,
            faults,
            warranty,
        })
    }

    /// Writes rows of one table: names of columns, and as many values in each row.
    async fn insert(&self, table: &str, columns: &[&str], rows: Vec<Vec<Value>>) -> Result<()> {
        platform::http::run::write(&self.stage.app, &self.context, async |tx: &Tx| {
            for part in rows.chunks(ROWS) {
                let mut insert = Query::insert();
                insert.into_table(Alias::new(table)).columns(columns.iter().map(|name| Alias::new(*name)));
                for row in part {
                    let row = row.iter().cloned().map(sea_orm::sea_query::Expr::value);
                    insert.values(row).map_err(|error| Failure::Internal(error.to_string()))?;
                }
                tx.conn().execute(&insert).await?;
            }
            Ok(())
        })
        .await
    }

    /// Customers, each with a unit.
    async fn customers(&mut self, count: usize) -> Result<Vec<Owner>> {
        let now = self.stage.clock.now();
        let by = self.context.actor.user_id;
        let (mut owners, mut people, mut units) = (Vec::with_capacity(count), Vec::new(), Vec::new());
        for number in 0..count {
            let Some((station, _, _)) = self.dice.pick(&self.stations).cloned() else { continue };
            let Some((product, product_name, brand)) = self.dice.pick(&self.models).cloned() else { continue };
            let owner = Owner {
                id: platform::new_id(),
                name: self.dice.person(),
                phone: self.dice.mobile(),
                unit: platform::new_id(),
                serial: format!("BK{number:07}{}", self.dice.digits(3)),
                product,
                product_name,
            };
            let stamps = |id: Uuid| -> Vec<Value> {
                vec![id.into(), 1_i64.into(), now.into(), by.into(), now.into(), by.into(), station.into()]
            };
            let person: Vec<Value> = vec![owner.name.clone().into(), "person".into(), owner.phone.clone().into()];
            people.push([stamps(owner.id), person].concat());
            let unit: Vec<Value> = vec![
                owner.serial.clone().into(),
                brand.into(),
                product.into(),
                owner.id.into(),
                "in_use".into(),
                false.into(),
            ];
            units.push([stamps(owner.unit), unit].concat());
            owners.push(owner);
        }
        let head = ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "org_id"];
        self.insert("customer", &[&head[..], &["name", "kind", "phone"]].concat(), people).await?;
        let of_unit = ["serial", "brand_id", "product_id", "customer_id", "status", "is_abnormal"];
        self.insert("unit", &[&head[..], &of_unit].concat(), units).await?;
        Ok(owners)
    }

    /// Tickets of the year before `until`, with symptoms and timeline.
    async fn tickets(&mut self, owners: &[Owner], until: DateTime<Utc>, count: usize) -> Result<()> {
        let minutes = 365 * 24 * 60;
        let (mut heads, mut faults, mut journal) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..count {
            let age = minutes - minutes * i64::try_from(number).unwrap_or_default() / i64::try_from(count).unwrap_or(1);
            let at = until - TimeDelta::minutes(age.max(1));
            let Some(owner) = self.dice.pick(owners) else { continue };
            let mut chance = usize::try_from(self.dice.between(0, 100)).unwrap_or_default();
            let shape = SHAPES.iter().find(|shape| {
                let is_it = chance < shape.percent;
                chance = chance.saturating_sub(shape.percent);
                is_it
            });
            let Some(shape) = shape.or(SHAPES.last()) else { continue };
            let id = platform::new_id();
            heads.push(self.head(id, number, at, owner, shape)?);
            for position in 0..2_i32 {
                let at = usize::try_from(position).unwrap_or_default() * 7 + number;
                let Some((fault, name)) = self.faults.get(at % self.faults.len().max(1)).cloned() else { continue };
                faults.push(vec![
                    platform::new_id().into(),
                    id.into(),
                    position.into(),
                    fault.into(),
                    name.into(),
                    true.into(),
                    false.into(),
                ]);
            }
            let mut from: Option<&str> = None;
            for (action, to) in shape.steps {
                let by: Value = self.context.actor.user_id.into();
                journal.push(vec![
                    platform::new_id().into(),
                    "ticket".into(),
                    id.into(),
                    at.into(),
                    by,
                    self.context.actor.name.clone().into(),
                    (*action).into(),
                    from.map(str::to_owned).into(),
                    (*to).into(),
                ]);
                from = Some(to);
            }
            if heads.len() == 5_000 || number + 1 == count {
                self.write(std::mem::take(&mut heads), std::mem::take(&mut faults), std::mem::take(&mut journal))
                    .await?;
            }
        }
        Ok(())
    }

    async fn write(&self, heads: Vec<Vec<Value>>, faults: Vec<Vec<Value>>, journal: Vec<Vec<Value>>) -> Result<()> {
        self.insert("ticket", HEAD, heads).await?;
        let of_fault = ["id", "ticket_id", "position_no", "fault_id", "name", "is_reported", "is_confirmed"];
        self.insert("ticket_fault", &of_fault, faults).await?;
        let of_journal = [
            "id",
            "subject_kind",
            "subject_id",
            "created_at",
            "actor_id",
            "actor_name",
            "action",
            "from_state",
            "to_state",
        ];
        self.insert("journal", &of_journal, journal).await
    }

    /// The values of [`HEAD`].
    fn head(&mut self, id: Uuid, number: usize, at: DateTime<Utc>, owner: &Owner, shape: &Shape) -> Result<Vec<Value>> {
        let by = self.context.actor.user_id;
        let (station, engineer, engineer_name) =
            self.dice.pick(&self.stations).cloned().ok_or_else(|| Failure::Internal("no station".to_owned()))?;
        let said = self.dice.pick(COMPLAINTS).map_or(&[][..], |(_, words)| *words);
        let fault = self.dice.word(said).to_owned();
        let names =
            (0..2).filter_map(|n| self.faults.get((n * 7 + number) % self.faults.len().max(1)).map(|f| f.1.as_str()));
        let summary = names.collect::<Vec<_>>().join("、");
        let is_done = shape.state == "completed";
        let done: Option<DateTime<Utc>> = is_done.then(|| at + TimeDelta::days(2));
        let promised = at + TimeDelta::days(3);
        let (cover, cover_name, payer) = self.warranty.clone();
        Ok(vec![
            id.into(),
            1_i64.into(),
            at.into(),
            by.into(),
            at.into(),
            by.into(),
            station.into(),
            format!("RE{}{number:07}", at.format("%Y%m%d")).into(),
            shape.state.into(),
            "normal".into(),
            // as the model has it for a normal ticket
            0_i32.into(),
            "counter".into(),
            owner.id.into(),
            owner.name.clone().into(),
            owner.phone.clone().into(),
            owner.unit.into(),
            owner.serial.clone().into(),
            owner.product.into(),
            owner.product_name.clone().into(),
            false.into(),
            cover.into(),
            cover_name.into(),
            payer.into(),
            promised.into(),
            promised.into(),
            fault.into(),
            summary.into(),
            is_done.then_some(engineer).into(),
            is_done.then_some(engineer_name).into(),
            0_i32.into(),
            (shape.state == "pending_diagnosis").then_some(at).into(),
            done.into(),
            done.into(),
            0_i64.into(),
            is_done.then_some(at).into(),
        ])
    }
}

/// Columns of a ticket that are filled.
const HEAD: &[&str] = &[
    "id",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "org_id",
    "number",
    "state",
    "priority",
    "urgency",
    "channel",
    "customer_id",
    "customer_name",
    "customer_phone",
    "unit_id",
    "serial",
    "product_id",
    "product_name",
    "is_abnormal",
    "warranty_state_id",
    "warranty_state_name",
    "payer",
    "promised_at",
    "due_at",
    "fault_text",
    "fault_summary",
    "engineer_id",
    "engineer_name",
    "rework_count",
    "accepted_at",
    "finished_at",
    "completed_at",
    "customer_due",
    "imported_at",
];
