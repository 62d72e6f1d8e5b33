//! Every list can be exported, in the process as over the wire, to those who may see it.

use crate::support::given::World;
use crate::support::sample::DOCUMENT;
use crate::support::workbook::rows_of;
use openapi::choice::Choice;
use openapi::system::export::{DATA_EXPORT, ExportDraft, ExportList};
use openapi::{Access, Endpoint, Nothing, Role, Row};
use serde_json::{Value, json};

/// Every plain field of a row.
fn fields(row: &Row) -> Vec<String> {
    let document = &*DOCUMENT;
    let named = |schema: &Value| {
        document["components"]["schemas"][schema["$ref"].as_str().unwrap().rsplit('/').next().unwrap()].clone()
    };
    let reply = &document["paths"][row.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    let item = named(&named(reply)["properties"]["items"]["items"]);
    let is_plain = |schema: &Value| {
        schema["type"] != "array" && schema.get("$ref").is_none_or(|_| named(schema)["type"] != "object")
    };
    let all = item["properties"].as_object().unwrap();
    all.iter()
        .filter(|(_, schema)| is_plain(schema) && schema.get("oneOf").is_none())
        .map(|(name, _)| name.clone())
        .collect()
}

fn draft(row: &Row) -> ExportDraft {
    let columns: Vec<_> = fields(row).iter().take(60).map(|field| json!({ "field": field, "label": field })).collect();
    serde_json::from_value(json!({ "operation": row.operation_id(), "title": "列表", "columns": columns })).unwrap()
}

/// Proves: S0-2.6
#[actix_web::test]
async fn every_list_can_be_exported_and_holds_the_rows_of_the_list() {
    let world = World::build().await;
    for row in super::rows().filter(|row| row.is_list) {
        let asked = draft(row);
        let columns = asked.columns.len();
        assert!(columns > 1, "{} has no fields", row.name);
        let file = world.admin.call::<ExportList>(Nothing, Nothing, asked).await;
        let file = file.unwrap_or_else(|refused| panic!("{}: {:?}", row.name, refused.problem));
        let found = rows_of(&file.bytes);
        assert_eq!(found[0].len(), columns, "{}: headings", row.name);
        let list: Value =
            world.admin.request("GET", &format!("{}?limit=200", row.path)).send().await.unwrap().json().await.unwrap();
        let expected = list["items"].as_array().unwrap().len();
        // the audit log and the like grow while they are looked at
        let is_all =
            list["has_more"] == true && found.len() > expected || (expected + 1..=expected + 2).contains(&found.len());
        assert!(is_all, "{}: {expected} rows in the list, {} in the workbook", row.name, found.len() - 1);
    }
}

#[actix_web::test]
async fn an_export_takes_the_permission_of_its_list_and_its_own() {
    let world = World::build().await;
    for row in super::rows().filter(|row| row.is_list) {
        for role in Role::ALL {
            let may_list = match row.access {
                Access::Needs(permission) => permission.preset(*role).is_some(),
                Access::SignedIn | Access::Public => true,
            };
            let may_export = DATA_EXPORT.preset(*role).is_some();
            // a refusal before the body is read may end the connection: each asks on one of its own
            let person = world.app.anonymous().with_token(world.near.people[role].token.clone().unwrap());
            let answer = person.call::<ExportList>(Nothing, Nothing, draft(row)).await;
            let status = answer.map_or_else(|refused| refused.status, |_| ExportList::ROW.status);
            assert_eq!(status == 200, may_list && may_export, "{} as {role}: {status}", row.name);
            assert!(matches!(status, 200 | 403), "{} as {role}: {status}", row.name);
        }
    }
}
