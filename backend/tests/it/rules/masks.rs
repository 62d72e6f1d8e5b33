//! Fields that not everybody sees: no role gets more than it may, by no way in.

use crate::support::given::World;
use crate::support::sample::{self, DOCUMENT, path_of};
use crate::support::workbook::rows_of;
use openapi::choice::Choice;
use openapi::master::{CUSTOMER_CONTACT, PRODUCT_COST};
use openapi::restricted::{RESTRICTED, Restricted, Veil};
use openapi::service::TICKET_COST_VIEW;
use openapi::stock::STOCK_COST;
use openapi::system::AUDIT_VIEW;
use openapi::system::export::{ExportDraft, ExportList};
use openapi::{Access, Method, Nothing, Role, Row};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Fields of telephone numbers that everybody may see who sees the record: the company's own.
const OPEN: &[&str] = &["AvailabilityRow", "Station", "StationRow", "User", "UserRow"];

/// Walks a reply along its schema and hands over every restricted field.
fn walk(value: &Value, schema: &Value, found: &mut impl FnMut(&'static Restricted, &Value)) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        for rule in RESTRICTED.iter().filter(|rule| rule.schema == name) {
            found(rule, &value[rule.field]);
        }
        return walk(value, &DOCUMENT["components"]["schemas"][name], found);
    }
    for one in schema["oneOf"].as_array().into_iter().flatten().filter(|one| one["type"] != "null" && !value.is_null())
    {
        walk(value, one, found);
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        walk(&value[name], inner, found);
    }
    for item in value.as_array().into_iter().flatten() {
        walk(item, &schema["items"], found);
    }
}

fn reply_schema(row: &Row) -> Value {
    let operation = &DOCUMENT["paths"][row.path][row.method.as_str().to_lowercase()];
    operation["responses"][row.status.to_string()]["content"]["application/json"]["schema"].clone()
}

fn is_hidden(rule: &Restricted, value: &Value) -> bool {
    match rule.veil {
        Veil::Absent => value.is_null() || value.as_array().is_some_and(Vec::is_empty),
        Veil::Masked => value.is_null() || value.as_str().is_some_and(|text| text.contains('*')),
    }
}

/// A product with a standard cost, and goods with a cost in stock by a posted document.
async fn with_costs(world: &World) {
    let path = format!("/api/v1/master/products/{}", world.near.objects["product"]);
    let mut draft: Value = world.admin.request("GET", &path).send().await.unwrap().json().await.unwrap();
    for name in ["id", "version", "created_at", "updated_at", "brand_name", "category_name", "is_active"] {
        draft.as_object_mut().unwrap().remove(name);
    }
    draft["standard_cost"] = json!("120.00");
    let answer = world.admin.request("PUT", &path).header("if-match", "\"1\"").json(&draft).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    let doc = world.near.objects["stock_doc"];
    for (verb, version) in [("submit", 1), ("approve", 2), ("post", 3)] {
        let request = world.admin.request("POST", &format!("/api/v1/stock/documents/{doc}/{verb}"));
        let request = request.header("if-match", format!("\"{version}\"")).header("idempotency-key", verb);
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success() || verb != "post", "{verb}: {}", answer.text().await.unwrap());
    }
}

#[test]
fn costs_are_not_for_reception_engineers_and_dealers_and_phones_not_for_engineers() {
    for role in [Role::Reception, Role::Engineer, Role::Dealer] {
        for cost in [PRODUCT_COST, STOCK_COST, TICKET_COST_VIEW, openapi::finance::LEDGER_VIEW, AUDIT_VIEW] {
            assert_eq!(cost.preset(role), None, "{role} has {}", cost.code);
        }
    }
    assert_eq!(CUSTOMER_CONTACT.preset(Role::Engineer), None);
}

#[test]
fn every_field_that_looks_like_a_cost_or_a_customers_phone_is_restricted() {
    let schemas = DOCUMENT["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas.iter().filter(|(name, _)| !name.ends_with("Draft") && !OPEN.contains(&name.as_str()))
    {
        for (field, text) in schema["properties"].as_object().into_iter().flatten() {
            let says = text.to_string();
            let is_sensitive =
                ["cost", "margin", "profit", "phone", "landline", "email"].iter().any(|word| field.contains(word))
                    || says.contains("without the right")
                    || says.contains("may not see");
            let is_known = RESTRICTED.iter().any(|rule| rule.schema == name && rule.field == field);
            assert!(!is_sensitive || is_known, "{name}.{field} belongs into openapi::restricted");
        }
    }
}

#[actix_web::test]
async fn no_role_reads_a_field_that_it_may_not_see() {
    let world = World::build().await;
    with_costs(&world).await;
    let mut seen = BTreeSet::new();
    for row in super::rows().filter(|row| row.method == Method::Get) {
        let Access::Needs(permission) = row.access else { continue };
        let schema = reply_schema(row);
        let object = row.resource.map(|kind| world.near.objects.get(kind).copied().unwrap_or(Uuid::nil()));
        for role in Role::ALL.iter().filter(|role| permission.preset(**role).is_some()) {
            let request = world.near.people[role].request("GET", &path_of(row, object.unwrap_or_default()));
            let answer = request.query(&sample::query(row.path, "GET")).send().await.unwrap();
            if answer.status() != 200 {
                continue;
            }
            let Ok(reply) = answer.json::<Value>().await else { continue };
            walk(&reply, &schema, &mut |rule, value| {
                if rule.needs.preset(*role).is_some() {
                    if !value.is_null() && !is_hidden(rule, value) {
                        seen.insert((rule.schema, rule.field));
                    }
                } else {
                    assert!(
                        is_hidden(rule, value),
                        "{} shows {}.{} to {role}: {value}",
                        row.name,
                        rule.schema,
                        rule.field
                    );
                }
            });
        }
    }
    // somebody sees it, so that hiding it from others means something
    for wanted in [
        ("ProductRow", "standard_cost"),
        ("Product", "standard_cost"),
        ("StockBalance", "value"),
        ("StockMove", "value"),
        ("StockDoc", "total_value"),
        ("StockDocRow", "total_value"),
        ("StockLine", "unit_cost"),
        ("Ticket", "cost"),
        ("CustomerRow", "phone"),
        ("Customer", "phone"),
        ("Customer", "email"),
        ("UnitRow", "customer_phone"),
        ("TicketRow", "customer_phone"),
    ] {
        assert!(seen.contains(&wanted), "nobody saw {wanted:?}: {seen:?}");
    }
}

#[actix_web::test]
async fn what_is_hidden_can_be_neither_sorted_nor_filtered_nor_searched_by() {
    let world = World::build().await;
    with_costs(&world).await;
    for row in super::rows().filter(|row| row.is_list) {
        let Access::Needs(permission) = row.access else { continue };
        let schema = reply_schema(row).to_string();
        let page = &DOCUMENT["components"]["schemas"][schema.trim_matches(['"', '{', '}']).rsplit('/').next().unwrap()];
        let item =
            page["properties"]["items"]["items"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        for rule in RESTRICTED.iter().filter(|rule| rule.schema == item) {
            let parameters = DOCUMENT["paths"][row.path]["get"]["parameters"].as_array().unwrap();
            let is_filter = parameters.iter().any(|p| p["name"] == rule.field);
            for role in Role::ALL {
                if permission.preset(*role).is_none() || rule.needs.preset(*role).is_some() {
                    continue;
                }
                let person = &world.near.people[role];
                let ask = async |query: String| {
                    let answer = person.request("GET", &format!("{}?{query}", row.path)).send().await.unwrap();
                    (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
                };
                if row.sorts.contains(&rule.field) {
                    assert_eq!(
                        ask(format!("sort=-{}", rule.field)).await.0,
                        422,
                        "{} by {} as {role}",
                        row.name,
                        rule.field
                    );
                }
                if is_filter {
                    assert_eq!(
                        ask(format!("{}=13800138000", rule.field)).await.0,
                        422,
                        "{} with {} as {role}",
                        row.name,
                        rule.field
                    );
                }
                if rule.veil == Veil::Masked {
                    let (status, page) = ask("q=00138".to_owned()).await;
                    assert_eq!(
                        (status, page["items"].as_array().map(Vec::len)),
                        (200, Some(0)),
                        "{} as {role}",
                        row.name
                    );
                }
            }
        }
    }
}

#[actix_web::test]
async fn an_export_hides_what_the_list_hides() {
    let world = World::build().await;
    with_costs(&world).await;
    let draft = |operation: &str, field: &str| -> ExportDraft {
        let columns = json!([{ "field": field, "label": field }]);
        serde_json::from_value(json!({ "operation": operation, "title": "列表", "columns": columns })).unwrap()
    };
    let cells = async |role: Role, operation: &str, field: &str| {
        let file =
            world.near.people[&role].call::<ExportList>(Nothing, Nothing, draft(operation, field)).await.unwrap();
        rows_of(&file.bytes)[1..].iter().map(|row| row[0].to_string()).collect::<Vec<_>>()
    };
    assert!(cells(Role::Accountant, "listProducts", "standard_cost").await.iter().any(|cost| !cost.is_empty()));
    assert!(cells(Role::Care, "listProducts", "standard_cost").await.iter().all(String::is_empty));
    assert!(cells(Role::Care, "listCustomers", "phone").await.contains(&"13800138000".to_owned()));
    let masked = cells(Role::Storekeeper, "listCustomers", "phone").await;
    assert!(!masked.is_empty() && masked.iter().all(|phone| phone.contains("****")), "{masked:?}");
}
