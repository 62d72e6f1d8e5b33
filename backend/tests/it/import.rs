//! Import of base data from workbooks.

use crate::support::base;
use crate::support::client::Client;
use crate::support::given::World;
use openapi::choice::Choice;
use openapi::master::customer::{CustomerFilter, ListCustomers};
use openapi::master::import::{
    GetImportTemplate, GetImportWorkbook, ImportDataset, ImportQuery, ImportReport, StartImport, TemplateQuery,
};
use openapi::master::product::ProductKind;
use openapi::master::unit::{LookUpUnit, SerialQuery};
use openapi::system::operation::{GetOperation, Operation, OperationState};
use openapi::{ById, Listing, Nothing, Plain, Role};

const CUSTOMER: &[&str] = &["客户名称*", "客户类型", "手机*", "详细地址"];

pub fn book(headings: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    platform::sheet::export(&headings, &rows).unwrap()
}

/// Sends a workbook and works until the operation has ended.
pub async fn imported(world: &World, by: &Client, dataset: ImportDataset, dry: bool, bytes: Vec<u8>) -> Operation {
    let query = Plain(ImportQuery { dataset, is_dry_run: dry, file_name: "data.xlsx".parse().unwrap() });
    let queued = by.call::<StartImport>(Nothing, query, bytes).await.unwrap();
    let (_stopper, stop) = platform::stop::stop();
    while platform::job::one(&world.app.app, "test", &stop).await.unwrap() {}
    by.call::<GetOperation>(ById { id: queued.id }, Nothing, Nothing).await.unwrap()
}

pub fn report(operation: &Operation) -> ImportReport {
    assert_eq!(operation.state, OperationState::Done, "{:?}", operation.error);
    serde_json::from_str(operation.result.as_deref().unwrap()).unwrap()
}

async fn customers(by: &Client) -> usize {
    let query = Listing { filter: CustomerFilter::default(), ..Listing::default() };
    by.call::<ListCustomers>(Nothing, query, Nothing).await.unwrap().items.len()
}

/// Proves: S0-2.1c, S2-2.1b
#[actix_web::test]
async fn a_workbook_is_checked_without_effect_and_then_recorded_as_a_whole() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let before = customers(clerk).await;
    let rows: &[&[&str]] = &[&["张三", "", "13811112222", "文三路 1 号"], &["某某公司", "企业", "057188886666", ""]];
    let dry = report(&imported(&world, clerk, ImportDataset::Customer, true, book(CUSTOMER, rows)).await);
    assert_eq!((dry.rows, dry.bad_rows, dry.imported, dry.is_dry_run), (2, 0, 0, true));
    assert_eq!(customers(clerk).await, before);
    let real = report(&imported(&world, clerk, ImportDataset::Customer, false, book(CUSTOMER, rows)).await);
    assert_eq!((real.rows, real.bad_rows, real.imported), (2, 0, 2));
    assert_eq!(customers(clerk).await, before + 2);
}

#[actix_web::test]
async fn while_it_runs_an_import_says_how_far_it_is() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let cells: Vec<[String; 2]> = (0..400).map(|n| [format!("客户{n}"), format!("1391111{n:04}")]).collect();
    let lines: Vec<[&str; 4]> = cells.iter().map(|[name, phone]| [name.as_str(), "", phone.as_str(), ""]).collect();
    let rows: Vec<&[&str]> = lines.iter().map(|line| line.as_slice()).collect();
    let bytes = book(CUSTOMER, &rows);
    let query =
        ImportQuery { dataset: ImportDataset::Customer, is_dry_run: false, file_name: "data.xlsx".parse().unwrap() };
    let queued = clerk.call::<StartImport>(Nothing, Plain(query), bytes).await.unwrap();
    let (_stopper, stop) = platform::stop::stop();
    let mut seen = std::collections::BTreeSet::new();
    let look = async {
        loop {
            let now = clerk.call::<GetOperation>(ById { id: queued.id }, Nothing, Nothing).await.unwrap();
            if now.state.is_final() {
                return now;
            }
            if now.total > 0 {
                assert_eq!(now.total, 400);
                seen.insert(now.progress);
            }
        }
    };
    let (worked, ended) = futures::join!(platform::job::one(&world.app.app, "test", &stop), look);
    assert!(worked.unwrap());
    assert_eq!((ended.state, ended.progress, ended.total), (OperationState::Done, 400, 400));
    // how often the other side gets to look is the machine's business
    assert!(seen.iter().any(|done| (1..400).contains(done)), "{seen:?}");
}

/// Proves: S0-2.1c
#[actix_web::test]
async fn one_wrong_cell_stops_everything_and_the_workbook_marks_it() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let before = customers(clerk).await;
    let rows: &[&[&str]] =
        &[&["张三", "", "13811112222", "=1+1"], &["", "外星人", "12", ""], &["张三", "个人", "13811112222", ""]];
    let done = imported(&world, clerk, ImportDataset::Customer, false, book(CUSTOMER, rows)).await;
    let found = report(&done);
    assert_eq!((found.rows, found.bad_rows, found.imported), (3, 2, 0));
    let cells: Vec<_> = found.faults.iter().map(|f| (f.row, f.column.as_str())).collect();
    assert_eq!(cells, [(3, "客户名称*"), (3, "客户类型"), (3, "手机*"), (4, "手机*")]);
    assert_eq!(customers(clerk).await, before);
    let id = done.id;
    let marked = clerk.call::<GetImportWorkbook>(ById { id }, Nothing, Nothing).await.unwrap();
    assert!(marked.bytes.starts_with(b"PK"));
    // what was marked can be sent again and says the same
    let again = report(&imported(&world, clerk, ImportDataset::Customer, true, marked.bytes).await);
    assert_eq!((again.rows, again.bad_rows), (3, 2));
}

/// Proves: S2-2.2
#[actix_web::test]
async fn units_are_imported_with_their_owner_and_product_and_known_serials_are_named() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    base::product(clerk, ProductKind::Unit, "P60").await;
    let headings = &["序列号/IMEI*", "产品编码*", "机主手机", "售出日期"];
    let good: &[&[&str]] = &[&["490154203237518", "p60", "", "2025/3/5"], &["SN-00002", "P60", "", ""]];
    let done = report(&imported(&world, clerk, ImportDataset::Unit, false, book(headings, good)).await);
    assert_eq!((done.imported, done.bad_rows), (2, 0));
    let asked = Plain(SerialQuery { serial: "490154203237518".parse().unwrap() });
    let found = clerk.call::<LookUpUnit>(Nothing, asked, Nothing).await.unwrap();
    assert_eq!(found.matches[0].unit.sold_on.map(|d| d.to_string()).as_deref(), Some("2025-03-05"));
    let bad: &[&[&str]] = &[
        &["SN-00002", "P60", "", ""],
        &["SN-00003", "NOPE", "", ""],
        &["SN-00004", "P60", "13999999999", "2099-01-01"],
    ];
    let done = report(&imported(&world, clerk, ImportDataset::Unit, false, book(headings, bad)).await);
    let cells: Vec<_> = done.faults.iter().map(|f| (f.row, f.column.as_str())).collect();
    assert_eq!(cells, [(2, "序列号/IMEI*"), (3, "产品编码*"), (4, "机主手机")]);
}

#[actix_web::test]
async fn a_file_that_is_no_workbook_fails_with_a_clear_code_and_a_template_is_empty() {
    let world = World::build().await;
    let clerk = &world.near.people[&Role::Clerk];
    let failed = imported(&world, clerk, ImportDataset::Customer, false, b"not a workbook".to_vec()).await;
    assert_eq!((failed.state, failed.error_code.as_deref()), (OperationState::Failed, Some("workbook_unreadable")));
    let query = Plain(TemplateQuery { dataset: ImportDataset::Product });
    let template = clerk.call::<GetImportTemplate>(Nothing, query, Nothing).await.unwrap();
    let failed = imported(&world, clerk, ImportDataset::Product, true, template.bytes).await;
    assert_eq!(failed.error_code.as_deref(), Some("workbook_empty"));
    let manager = &world.near.people[&Role::StationManager];
    let query = Plain(ImportQuery {
        dataset: ImportDataset::Product,
        is_dry_run: true,
        file_name: "data.xlsx".parse().unwrap(),
    });
    let refused = manager.call::<StartImport>(Nothing, query, b"x".to_vec()).await.unwrap_err();
    assert_eq!(refused.status, 403, "who may not record products by hand may not import them");
}

#[actix_web::test]
async fn every_dataset_has_a_template() {
    let world = World::build().await;
    let manager = &world.near.people[&Role::Headquarters];
    for dataset in ImportDataset::ALL.iter().copied() {
        let query = Plain(TemplateQuery { dataset });
        let template = manager.call::<GetImportTemplate>(Nothing, query, Nothing).await.unwrap();
        assert!(template.bytes.starts_with(b"PK"), "{dataset}");
    }
}
