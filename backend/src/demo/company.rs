//! The company: stations, people, goods, stores, accounts, customers and their units.

use super::dice::Dice;
use super::stage::Stage;
use super::words::{CITIES, COMPANIES, FAMILIES, Family, STATIONS, SUNDRIES};
use super::{PASSWORD, Scale};
use identity::api::{NewPerson, NewStation};
use openapi::choice::Choice;
use openapi::identity::station::StationKind;
use openapi::master::bank_account::{BankAccountDraft, BankAccountKind, CreateBankAccount};
use openapi::master::customer::{CreateCustomer, CustomerDraft, CustomerId, CustomerKind, PartyRole};
use openapi::master::dictionary::{
    CreateDictionaryEntry, DictionaryEntry, DictionaryEntryDraft, DictionaryEntryId, DictionaryKind,
    ListDictionaryEntries,
};
use openapi::master::product::{CreateProduct, ProductDraft, ProductId, ProductKind};
use openapi::master::unit::{CreateUnit, UnitDraft};
use openapi::master::warehouse::{CreateWarehouse, WarehouseDraft, WarehouseId, WarehouseKind};
use openapi::{Listing, Nothing, PageQuery, Role, UnitPrice};
use platform::auth::password;
use platform::http::run;
use platform::{Actor, Clock, Context, Failure, Result, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// A service station.
pub struct Station {
    pub id: Uuid,
    pub city: usize,
    pub good: WarehouseId,
    pub bad: WarehouseId,
}

/// A model and its parts.
pub struct Model {
    pub family: &'static Family,
    pub id: ProductId,
    /// Parts with their retail price in yuan and whether they carry a serial.
    pub parts: Vec<(ProductId, i64, bool)>,
}

/// Somebody's unit.
pub struct Owned {
    pub customer: CustomerId,
    pub serial: String,
    pub model: usize,
    pub station: usize,
}

/// Everything that tickets need.
pub struct Company {
    /// Headquarters with the store that fills all others.
    pub central: Station,
    pub stations: Vec<Station>,
    pub models: Vec<Model>,
    pub units: Vec<Owned>,
    /// Whom the company buys from, with the brand that each makes.
    pub suppliers: Vec<(CustomerId, Option<&'static str>)>,
    pub dictionary: HashMap<(DictionaryKind, String), DictionaryEntry>,
}

/// What one kind of post is called in logins.
const POSTS: &[(&str, &str, &[Role])] = &[
    ("zz", "站长", &[Role::StationManager]),
    ("qt", "前台", &[Role::Reception]),
    ("gc", "工程师", &[Role::Engineer]),
    ("gc", "工程师", &[Role::Engineer]),
    ("zj", "质检", &[Role::Inspector]),
    ("kg", "库管", &[Role::Storekeeper, Role::Clerk]),
];
const HEAD_OFFICE: &[(&str, &[Role])] = &[
    ("zb01", &[Role::Headquarters]),
    ("cw01", &[Role::Accountant]),
    ("kf01", &[Role::Care]),
    ("kf02", &[Role::Care]),
    ("dd01", &[Role::Dispatcher]),
    ("jx01", &[Role::Dealer]),
    ("gl01", &[Role::Administrator]),
];

/// Text that the contract accepts.
pub fn text<T: std::str::FromStr<Err = openapi::Issue>>(value: &str) -> Result<T> {
    value.parse().map_err(|issue| Failure::Internal(format!("demo word {value:?}: {issue}")))
}

fn yuan(whole: i64) -> UnitPrice {
    UnitPrice(whole * 10_000)
}

/// Makes the network and everybody who works in it.
pub async fn people(stage: &mut Stage, dice: &mut Dice) -> Result<Vec<(Uuid, &'static str, usize)>> {
    let (root, path) = identity::api::headquarters(&stage.app).await?;
    let hash = password::hash(PASSWORD.to_owned()).await?;
    let context = Context::internal(Actor::system(root, &path), stage.clock.now(), "Demo");
    let mut staff: Vec<(String, String, usize, &[Role])> =
        HEAD_OFFICE.iter().map(|(login, roles)| ((*login).to_owned(), dice.person(), usize::MAX, *roles)).collect();
    for (index, (_, code, _, _)) in STATIONS.iter().enumerate() {
        for (number, (post, _, roles)) in POSTS.iter().enumerate() {
            staff.push((format!("{}-{post}{}", code.to_lowercase(), number + 1), dice.person(), index, roles));
        }
    }
    let made = run::write(&stage.app, &context, async |tx: &Tx| {
        let mut regions = HashMap::new();
        for (code, name) in [("EAST", "华东大区"), ("SOUTH", "华南大区")] {
            regions.insert(code, station(tx, root, StationKind::Region, code, name, None).await?);
        }
        let mut stations = Vec::new();
        for (region, code, name, city) in STATIONS {
            let parent = regions.get(region).copied().unwrap_or(root);
            let id = station(tx, parent, StationKind::Station, code, name, CITIES.get(*city).map(|c| c.name)).await?;
            stations.push((id, *code, *city));
        }
        let mut people = Vec::new();
        for (login, name, at, roles) in &staff {
            let station = stations.get(*at).map_or(root, |s| s.0);
            let new = NewPerson {
                login: text(login)?,
                name: text(name)?,
                station,
                roles,
                password_hash: hash.clone(),
                is_final: true,
                party_id: None,
            };
            people.push(identity::api::add_person(tx, new).await?);
        }
        for (index, (station, ..)) in stations.iter().enumerate() {
            let of_station = staff.iter().zip(&people).filter(|(person, _)| person.2 == index);
            let repairs = |roles: &[Role]| roles.contains(&Role::Engineer) || roles.contains(&Role::Inspector);
            let team: Vec<Uuid> = of_station.filter(|(person, _)| repairs(person.3)).map(|(_, id)| *id).collect();
            if let Some((leader, others)) = team.split_first() {
                identity::api::add_team(tx, *station, text("维修一组")?, *leader, others).await?;
            }
        }
        Ok((stations, people))
    });
    let (stations, people) = made.await?;
    for id in people {
        stage.people.push(identity::api::actor_of(stage.app.db.reader(), id).await?);
    }
    Ok(stations)
}

async fn station(
    tx: &Tx,
    parent: Uuid,
    kind: StationKind,
    code: &str,
    name: &str,
    region: Option<&str>,
) -> Result<Uuid> {
    let new = NewStation {
        parent,
        kind,
        code: code.to_owned(),
        name: name.to_owned(),
        region: region.map(str::to_owned),
        address: None,
        phone: None,
    };
    identity::api::add_station(tx, new).await
}

/// Makes stores, accounts, goods, customers and units.
pub async fn build(stage: &mut Stage, dice: &mut Dice, scale: Scale) -> Result<Company> {
    let places = people(stage, dice).await?;
    let dictionary = dictionary(stage).await?;
    let mut stations = Vec::new();
    for (id, code, city) in places {
        stations.push(stores(stage, id, code, city).await?);
    }
    let (root, _) = identity::api::headquarters(&stage.app).await?;
    let central = stores(stage, root, "HQ", 0).await?;
    let models = goods(stage, &dictionary).await?;
    let mut company = Company { central, stations, models, units: Vec::new(), suppliers: Vec::new(), dictionary };
    customers(stage, dice, scale, &mut company).await?;
    company.suppliers = super::partners::make(stage, dice).await?;
    Ok(company)
}

async fn dictionary(stage: &Stage) -> Result<HashMap<(DictionaryKind, String), DictionaryEntry>> {
    let who = stage.able::<CreateDictionaryEntry>(Uuid::nil())?;
    let mut known = HashMap::new();
    for name in ["星澜", "北辰", "清禾", "岭南风", "青竹"] {
        let code = format!("DEMO-{}", known.len() + 1);
        let draft = entry(DictionaryKind::Brand, &code, name)?;
        let made = stage.act::<CreateDictionaryEntry>(who, Nothing, Nothing, draft).await?;
        known.insert((DictionaryKind::Brand, name.to_owned()), made);
    }
    let mut cursor = None;
    loop {
        let page = PageQuery { limit: Some(200), cursor, ..PageQuery::default() };
        let found =
            stage.act::<ListDictionaryEntries>(who, Nothing, Listing { page, ..Listing::default() }, Nothing).await?;
        for entry in found.items {
            known.insert((entry.kind, entry.code.to_string()), entry);
        }
        match found.next_cursor {
            Some(next) => cursor = Some(next),
            None => return Ok(known),
        }
    }
}

fn entry(kind: DictionaryKind, code: &str, name: &str) -> Result<DictionaryEntryDraft> {
    let draft = serde_json::json!({"kind": kind, "code": code, "name": name, "sort_no": 500});
    Ok(serde_json::from_value(draft)?)
}

async fn stores(stage: &Stage, id: Uuid, code: &'static str, city: usize) -> Result<Station> {
    let who = stage.able::<CreateWarehouse>(id)?;
    let (mut good, mut bad) = (None, None);
    for (suffix, name, kind) in [
        ("G", "良品库", WarehouseKind::Good),
        ("B", "坏件库", WarehouseKind::Bad),
        ("U", "整机库", WarehouseKind::Unit),
        ("R", "翻新库", WarehouseKind::Refurb),
    ] {
        let draft = WarehouseDraft {
            org_id: Some(id.into()),
            code: text(&format!("{code}-{suffix}"))?,
            name: text(name)?,
            kind,
            manager_id: stage.holders(id, "-kg").first().map(|p| p.user_id.into()),
            address: None,
            remark: None,
        };
        let made = stage.act::<CreateWarehouse>(who, Nothing, Nothing, draft).await?;
        match kind {
            WarehouseKind::Good => good = Some(made.id),
            WarehouseKind::Bad => bad = Some(made.id),
            _ => {}
        }
    }
    let (good, bad) = good.zip(bad).ok_or_else(|| Failure::Internal("no store".to_owned()))?;
    let who = stage.able::<CreateBankAccount>(id)?;
    for kind in BankAccountKind::ALL {
        let draft = BankAccountDraft {
            org_id: Some(id.into()),
            code: text(&format!("{code}-{}", kind.as_str()))?,
            name: text(&format!("{code} {}", kind.label(openapi::Lang::Zh)))?,
            kind: *kind,
            bank_name: (*kind == BankAccountKind::Bank).then(|| text("工商银行城西支行")).transpose()?,
            account_no: None,
            holder: None,
            remark: None,
        };
        stage.act::<CreateBankAccount>(who, Nothing, Nothing, draft).await?;
    }
    Ok(Station { id, city, good, bad })
}

async fn goods(stage: &Stage, dictionary: &HashMap<(DictionaryKind, String), DictionaryEntry>) -> Result<Vec<Model>> {
    let who = stage.able::<CreateProduct>(Uuid::nil())?;
    let mut models = Vec::new();
    for family in FAMILIES {
        let brand = dictionary.get(&(DictionaryKind::Brand, family.brand.to_owned())).map(|e| e.id);
        let category = dictionary
            .values()
            .find(|e| e.kind == DictionaryKind::ProductCategory && e.name.starts_with(family.category));
        let category = category.map(|e| e.id);
        for (number, (name, price)) in family.models.iter().enumerate() {
            let code = format!("{}{:02}", family.code, number + 1);
            let draft = product(&code, name, ProductKind::Unit, *price, (brand, category), Some(name), true)?;
            let id = stage.act::<CreateProduct>(who, Nothing, Nothing, draft).await?.id;
            let mut parts = Vec::new();
            for (part, part_name, share, serial, is_board) in family.parts {
                let cost = (price * share / 1000).max(8);
                let kind = if *is_board { ProductKind::Board } else { ProductKind::Part };
                let title = format!("{name} {part_name}");
                let draft =
                    product(&format!("{code}-{part}"), &title, kind, cost, (brand, category), Some(name), *serial)?;
                parts.push((stage.act::<CreateProduct>(who, Nothing, Nothing, draft).await?.id, cost, *serial));
            }
            models.push(Model { family, id, parts });
        }
    }
    for (code, name, price) in SUNDRIES {
        let kind = if code.starts_with("CS") { ProductKind::Consumable } else { ProductKind::Accessory };
        let draft = product(code, name, kind, *price, (None, None), None, false)?;
        stage.act::<CreateProduct>(who, Nothing, Nothing, draft).await?;
    }
    Ok(models)
}

fn product(
    code: &str,
    name: &str,
    kind: ProductKind,
    retail: i64,
    (brand_id, category_id): (Option<DictionaryEntryId>, Option<DictionaryEntryId>),
    model: Option<&str>,
    is_serial_tracked: bool,
) -> Result<ProductDraft> {
    let is_spare = matches!(kind, ProductKind::Part | ProductKind::Board);
    Ok(ProductDraft {
        code: text(code)?,
        name: text(name)?,
        kind,
        brand_id,
        category_id,
        model: model.map(text).transpose()?,
        uom: text(if kind == ProductKind::Unit { "台" } else { "个" })?,
        is_serial_tracked,
        returns_old_part: is_spare,
        is_claimable: is_spare,
        has_three_guarantees: kind == ProductKind::Unit,
        warranty_months: if kind == ProductKind::Unit { 12 } else { 3 },
        standard_cost: Some(UnitPrice(retail * 6_000)),
        wholesale_price: UnitPrice(retail * 7_500),
        retail_price: yuan(retail),
        warranty_price: UnitPrice(retail * 6_500),
        applicable_models: if is_spare { model.map(text).transpose()?.into_iter().collect() } else { Vec::new() },
        remark: None,
    })
}

async fn customers(stage: &Stage, dice: &mut Dice, scale: Scale, company: &mut Company) -> Result<()> {
    let (customers, units) = scale.customers_and_units();
    let mut owners = Vec::new();
    for number in 0..customers {
        let at = usize::try_from(dice.between(0, 6)).unwrap_or_default();
        let Some(station) = company.stations.get(at) else { continue };
        let who = stage.able::<CreateCustomer>(station.id)?;
        let is_company = number % 12 == 11;
        let name = if is_company { dice.word(COMPANIES).to_owned() } else { dice.person() };
        let city = CITIES.get(station.city);
        let street = city.map(|c| (dice.word(c.districts), dice.word(c.streets)));
        let draft = CustomerDraft {
            name: text(&name)?,
            kind: if is_company { CustomerKind::Company } else { CustomerKind::Person },
            phone: text(&dice.mobile())?,
            landline: None,
            email: None,
            belongs_to: None,
            region: city.zip(street).map(|(c, s)| text(&format!("{}{}", c.name, s.0))).transpose()?,
            address: street
                .map(|s| text(&format!("{} {} 号 {} 室", s.1, dice.between(1, 900), dice.between(101, 2800))))
                .transpose()?,
            remark: None,
            roles: vec![PartyRole::Customer],
            tax_no: None,
            credit_limit: None,
            price_level: None,
            terms_days: None,
            runs_org_id: None,
            contacts: Vec::new(),
        };
        owners.push((stage.act::<CreateCustomer>(who, Nothing, Nothing, draft).await?.id, at));
    }
    let today = stage.clock.now().date_naive();
    for _ in 0..units {
        let (Some((customer, at)), Some(station)) = (dice.pick(&owners).copied(), company.stations.first()) else {
            continue;
        };
        let index =
            usize::try_from(dice.between(0, i64::try_from(company.models.len()).unwrap_or(1))).unwrap_or_default();
        let Some(model) = company.models.get(index) else { continue };
        let serial = dice.serial(model.family.category == "手机");
        let sold_on = today - chrono::Days::new(u64::try_from(dice.between(10, 700)).unwrap_or(10));
        let who = stage.able::<CreateUnit>(company.stations.get(at).unwrap_or(station).id)?;
        let draft = serde_json::json!({"serial": serial, "product_id": model.id, "customer_id": customer, "sold_on": sold_on.to_string()});
        let draft: UnitDraft = serde_json::from_value(draft)?;
        stage.act::<CreateUnit>(who, Nothing, Nothing, draft).await?;
        company.units.push(Owned { customer, serial, model: index, station: at });
    }
    Ok(())
}
