//! The list contract, for every list.

use crate::support::given::World;
use crate::support::sample;
use openapi::Row;
use serde_json::Value;

async fn get(world: &World, row: &Row, query: &str) -> (u16, Value) {
    let answer = world.admin.request("GET", &format!("{}?{query}", row.path)).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn every_list_keeps_the_list_contract() {
    let world = World::build().await;
    for row in super::rows().filter(|row| row.is_list) {
        let name = row.name;
        for (query, pointer) in [
            ("limit=0", "?limit"),
            ("limit=201", "?limit"),
            ("limit=x", "?limit"),
            ("sort=nonsense", "?sort"),
            ("no_such=1", "?no_such"),
        ] {
            let (status, problem) = get(&world, row, query).await;
            assert_eq!(status, 422, "{name} {query}");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{name} {query}: {problem}");
        }
        for cursor in ["x", "AAAA", "Zm9vLmJhcg"] {
            let (status, problem) = get(&world, row, &format!("cursor={cursor}")).await;
            assert_eq!((status, problem["code"].as_str()), (422, Some("cursor_invalid")), "{name}");
        }
        for query in [
            "q=%25_%27%22%5C",
            "q=%E6%89%8B%E6%9C%BA",
            "updated_at%5Bgte%5D=2020-01-01T00:00:00Z",
            "created_at%5Blt%5D=2020-01-01T00:00:00Z",
        ] {
            let (status, page) = get(&world, row, query).await;
            assert_eq!(status, 200, "{name} {query}: {page}");
        }
        let mut refused = Vec::new();
        for query in filters(row) {
            let (status, page) = get(&world, row, &query).await;
            refused.extend((status != 200).then(|| format!("{query}: {page}")));
        }
        assert!(refused.is_empty(), "{name}: {refused:?}");
        for sort in row.sorts.iter().flat_map(|key| [(*key).to_owned(), format!("-{key}")]) {
            walk(&world, row, &sort).await;
        }
    }
}

/// Every filter of a list with a value, as a query.
fn filters(row: &Row) -> Vec<String> {
    let named = sample::filters(row.path).into_iter();
    let found: Vec<String> = named.map(|pair| serde_urlencoded::to_string([pair]).unwrap()).collect();
    assert!(found.iter().any(|query| query.starts_with("updated_at")), "{} declares no filters: {found:?}", row.name);
    found
}

/// Page by page gives the same rows, in the same order, as one big page.
async fn walk(world: &World, row: &Row, sort: &str) {
    let name = row.name;
    let (status, whole) = get(world, row, &format!("sort={sort}&limit=200&include_total=true")).await;
    assert_eq!(status, 200, "{name} by {sort}: {whole}");
    let expected = ids(&whole);
    if whole["has_more"] == false {
        assert_eq!(whole["total"]["count"].as_u64(), Some(expected.len() as u64), "{name} by {sort}");
    }
    if expected.len() > 1 {
        let (_, first) = get(world, row, &format!("sort={sort}&limit=1")).await;
        let next = first["next_cursor"].as_str().unwrap_or_else(|| panic!("{name} by {sort}: {first}"));
        for other in &filters(row) {
            let (status, problem) = get(world, row, &format!("sort={sort}&{other}&cursor={next}")).await;
            assert_eq!(
                (status, problem["code"].as_str()),
                (422, Some("cursor_invalid")),
                "{name} by {sort} with {other}"
            );
        }
    }
    let expected: Vec<String> = expected.into_iter().take(12).collect();
    let (mut found, mut cursor) = (Vec::new(), String::new());
    while found.len() < expected.len() {
        let (status, page) = get(world, row, &format!("sort={sort}&limit=5{cursor}")).await;
        assert_eq!(status, 200, "{name} by {sort}: {page}");
        found.extend(ids(&page));
        let Some(next) = page["next_cursor"].as_str() else { break };
        let (status, _) = get(world, row, &format!("sort={sort}&q=zz&cursor={next}")).await;
        assert_eq!(status, 422, "{name}: a cursor works for its own filter only");
        cursor = format!("&cursor={next}");
    }
    found.truncate(expected.len());
    assert_eq!(found, expected, "{name} by {sort}: pages do not add up");
}
