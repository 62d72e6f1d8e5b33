//! What an exported list looks like, whose rows are in it, and what is refused.

use crate::support::base;
use crate::support::given::{World, customer};
use crate::support::workbook::rows_of;
use calamine::Data;
use openapi::master::product::ProductKind;
use openapi::system::export::{ExportDraft, ExportList};
use openapi::system::{AuditFilter, ListAudit};
use openapi::{Lang, Listing, Nothing, Role};
use serde_json::{Value, json};

fn draft(operation: &str, query: &str, fields: &[&str]) -> ExportDraft {
    let columns: Vec<Value> = fields.iter().map(|field| json!({ "field": field, "label": field })).collect();
    let query = (!query.is_empty()).then_some(query);
    serde_json::from_value(json!({ "operation": operation, "query": query, "title": "列表", "columns": columns }))
        .unwrap()
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// Proves: S0-2.6
#[actix_web::test]
async fn a_workbook_has_numbers_times_of_the_business_and_names_instead_of_codes() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    base::product(clerk, ProductKind::Part, "LCD-77").await;
    let mut asked = draft(
        "listProducts",
        "code=LCD-77",
        &["code", "kind", "retail_price", "warranty_months", "created_at", "is_active"],
    );
    let file = clerk.call::<ExportList>(Nothing, Nothing, asked.clone()).await.unwrap();
    let rows = rows_of(&file.bytes);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][1], text("kind"));
    assert_eq!((&rows[1][0], &rows[1][1]), (&text("LCD-77"), &text("配件")));
    assert!(matches!(rows[1][2], Data::Float(_)), "{:?}", rows[1][2]);
    assert!(matches!(rows[1][3], Data::Float(_) | Data::Int(_)), "{:?}", rows[1][3]);
    let Data::DateTime(at) = rows[1][4] else { panic!("{:?}", rows[1][4]) };
    let local = platform::Clock::now(&*world.app.clock).with_timezone(&world.app.app.config.zone()).naive_local();
    let (year, month, day, hour, ..) = at.to_ymd_hms_milli();
    let shown = format!("{year:04}-{month:02}-{day:02} {hour:02}");
    assert_eq!(shown, local.format("%Y-%m-%d %H").to_string());
    assert_eq!(rows[1][5], text("是"));
    asked.columns[5].words = vec![serde_json::from_value(json!({ "value": "true", "text": "在用" })).unwrap()];
    let file = clerk.in_language(Lang::En).call::<ExportList>(Nothing, Nothing, asked).await.unwrap();
    let rows = rows_of(&file.bytes);
    assert_eq!((&rows[1][1], &rows[1][5]), (&text("Part"), &text("在用")));
}

#[actix_web::test]
async fn what_looks_like_a_formula_is_disarmed() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let body = json!({ "name": "=HYPERLINK(\"http://evil\")", "kind": "person", "phone": "13911112222" });
    let answer = desk.request("POST", "/api/v1/master/customers").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let asked = draft("listCustomers", "phone=13911112222", &["name", "phone"]);
    let file = world.near.people[&Role::Clerk].call::<ExportList>(Nothing, Nothing, asked).await.unwrap();
    let rows = rows_of(&file.bytes);
    assert_eq!(rows[1], [text("'=HYPERLINK(\"http://evil\")"), text("13911112222")]);
}

#[actix_web::test]
async fn filter_order_and_reach_are_those_of_the_list_over_many_pages() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    for n in 0..230 {
        customer(desk, &format!("137{n:08}")).await;
    }
    let asked = draft("listCustomers", "sort=-created_at&limit=5&q=137", &["id", "phone"]);
    let file = world.near.people[&Role::Clerk].call::<ExportList>(Nothing, Nothing, asked).await.unwrap();
    let rows = rows_of(&file.bytes);
    assert_eq!(rows.len(), 231);
    let ids: Vec<_> = rows[1..].iter().map(|row| row[0].to_string()).collect();
    assert!(ids.is_sorted_by(|a, b| a > b), "the newest comes first");
    // a station sees its own warehouses only
    let asked = draft("listWarehouses", "", &["org_id"]);
    let file = world.near.people[&Role::StationManager].call::<ExportList>(Nothing, Nothing, asked).await.unwrap();
    let rows = rows_of(&file.bytes);
    assert!(rows.len() > 1);
    assert!(rows[1..].iter().all(|row| row[0] == text(&world.near.id.to_string())), "{rows:?}");
}

#[actix_web::test]
async fn what_cannot_be_exported_is_named_and_an_export_stands_in_the_audit_log() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let errors = async |asked: ExportDraft| {
        let refused = clerk.call::<ExportList>(Nothing, Nothing, asked).await.unwrap_err();
        assert_eq!(refused.status, 422);
        refused.errors().iter().map(|(at, code)| format!("{at} {code}")).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(errors(draft("getCustomer", "", &["id"])).await, "/operation unknown_value");
    assert_eq!(errors(draft("listCustomers", "", &["id", "secret"])).await, "/columns/1/field unknown_field");
    assert_eq!(errors(draft("listCustomers", "colour=red", &["id"])).await, "?colour unknown_field");
    assert_eq!(errors(draft("listCustomers", "sort=nonsense", &["id"])).await, "?sort unknown_value");
    assert_eq!(
        errors(ExportDraft { columns: Vec::new(), ..draft("listCustomers", "", &[]) }).await,
        "/columns too_few"
    );
    customer(&world.near.people[&Role::Reception], "13700000001").await;
    let asked = ExportDraft { max_rows: Some(1), ..draft("listCustomers", "", &["id"]) };
    let refused = clerk.call::<ExportList>(Nothing, Nothing, asked).await.unwrap_err();
    assert_eq!((refused.status, refused.code()), (422, "export_too_long"));
    assert!(refused.problem.detail.contains('1'), "{}", refused.problem.detail);

    let asked = draft("listCustomers", "phone=13700000001", &["phone"]);
    clerk.call::<ExportList>(Nothing, Nothing, asked).await.unwrap();
    let filter = AuditFilter { subject_kind: Some("export".parse().unwrap()), ..AuditFilter::default() };
    let found =
        world.admin.call::<ListAudit>(Nothing, Listing { filter, ..Listing::default() }, Nothing).await.unwrap();
    assert_eq!(found.items.len(), 1, "refused exports leave none");
    let said: Value = serde_json::from_str(found.items[0].after.as_deref().unwrap()).unwrap();
    assert_eq!(said["rows"], 1);
    assert_eq!(said["query"], "phone=13700000001");
}
