//! Documents on paper, and the company's own templates.

use crate::support::client::{Client, Refused, version};
use crate::support::given::World;
use crate::ticket::shop::Shop;
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::receipt::ListReceipts;
use openapi::finance::settlement::ListSettlements;
use openapi::stock::document::ListStockDocs;
use openapi::system::print::{
    ByDocument, ByPaper, GetPrintTemplate, ListPrintTemplates, Paper, PrintDocument, PrintQuery, PrintTemplateDraft,
    PrintTemplateTrial, ResetPrintTemplate, TryPrintTemplate, UpdatePrintTemplate,
};
use openapi::{Listing, Nothing, Plain, Role};
use uuid::Uuid;

/// What comes out of the printer.
pub async fn printed(by: &Client, kind: DocKind, id: Uuid, paper: Paper) -> Result<String, Refused> {
    let path = ByDocument { kind, id: id.into() };
    let file = by.call::<PrintDocument>(path, Plain(PrintQuery { paper }), Nothing).await?;
    assert_eq!(file.media_type, "text/html; charset=utf-8");
    Ok(String::from_utf8(file.bytes).unwrap())
}

#[actix_web::test]
async fn everything_that_has_a_page_can_be_printed_by_whoever_may_read_it() {
    let mut shop = Shop::open().await;
    shop.completed("861234567890127", "out").await;
    shop.world = shop.world.short_of_parts().await;
    let (admin, near) = (&shop.world.admin, &shop.world.near);
    let kinds = admin.call::<ListPrintTemplates>(Nothing, Nothing, Nothing).await.unwrap().items;
    let unprinted: Vec<_> = DocKind::ALL.iter().filter(|kind| !kinds.iter().any(|row| row.kind == **kind)).collect();
    assert_eq!(unprinted, [&DocKind::Callback], "a callback is part of its ticket");

    for doc in admin.call::<ListStockDocs>(Nothing, Listing::default(), Nothing).await.unwrap().items {
        let page = printed(admin, doc.kind, doc.id.uuid(), Paper::A4).await.unwrap();
        assert!(page.contains(&doc.number) && page.contains(doc.kind.label(openapi::Lang::Zh)), "{}", doc.number);
    }
    let receipt = admin.call::<ListReceipts>(Nothing, Listing::default(), Nothing).await.unwrap().items.remove(0);
    let page = printed(admin, DocKind::Receipt, receipt.id.uuid(), Paper::A5).await.unwrap();
    assert!(page.contains(&receipt.number) && page.contains(&format!("¥{}", receipt.received)), "{page}");
    let bill = admin.call::<ListSettlements>(Nothing, Listing::default(), Nothing).await.unwrap().items.remove(0);
    assert!(printed(admin, DocKind::Settlement, bill.id.uuid(), Paper::A5).await.unwrap().contains(&bill.number));
    for kind in [
        DocKind::PartsPlan,
        DocKind::Requisition,
        DocKind::Transfer,
        DocKind::Stocktake,
        DocKind::RetailSale,
        DocKind::RetailReturn,
        DocKind::PurchaseReturn,
        DocKind::SalesOrder,
        DocKind::SalesShipment,
        DocKind::SalesReturn,
        DocKind::Revaluation,
        DocKind::Conversion,
        DocKind::Shortage,
        DocKind::OwedPart,
        DocKind::PartReturn,
        DocKind::Swap,
        DocKind::Refurb,
    ] {
        let id = near.objects[kind.as_str()];
        let page = printed(&near.people[&Role::StationManager], kind, id, Paper::A5).await.unwrap();
        let title = match kind {
            DocKind::RetailSale => "销售小票",
            other => other.label(openapi::Lang::Zh),
        };
        assert!(page.contains(title), "{kind}: {page}");
    }

    // neither another station's document nor one that the reader may not read
    let far = &shop.world.far.people[&Role::Accountant];
    assert!(printed(far, DocKind::Receipt, receipt.id.uuid(), Paper::A5).await.is_ok(), "accountants see all");
    for (role, kind, id) in [
        (Role::Storekeeper, DocKind::Ticket, near.objects["ticket"]),
        (Role::Reception, DocKind::StockIn, near.objects["stock_doc"]),
    ] {
        let refused = printed(&shop.world.far.people[&role], kind, id, Paper::A5).await.unwrap_err();
        assert_eq!(refused.status, 404, "{role}");
    }
    assert_eq!(printed(admin, DocKind::Callback, Uuid::max(), Paper::A5).await.unwrap_err().status, 404);
}

#[actix_web::test]
async fn costs_are_printed_for_those_who_may_see_them() {
    let shop = Shop::open().await;
    let keeper = shop.who(Role::Storekeeper);
    let docs = keeper.call::<ListStockDocs>(Nothing, Listing::default(), Nothing).await.unwrap().items;
    let posted = docs.iter().find(|doc| doc.kind == DocKind::StockIn && doc.posted_at.is_some()).unwrap();
    let page = printed(keeper, DocKind::StockIn, posted.id.uuid(), Paper::A5).await.unwrap();
    assert!(page.contains("¥200.00") && page.contains("¥500.00"), "{page}");
    let engineer = shop.who(Role::Engineer);
    if let Ok(page) = printed(engineer, DocKind::StockIn, posted.id.uuid(), Paper::A5).await {
        assert!(!page.contains("¥200.00"), "{page}");
    }
}

/// Proves: S2-5.2
#[actix_web::test]
async fn a_company_prints_with_its_own_template_until_it_goes_back_to_the_built_in_one() {
    let world = World::build().await;
    let office = &world.near.people[&Role::Headquarters];
    let path = ByPaper { kind: DocKind::Ticket, paper: Paper::Receipt80 };
    let get = async || office.call::<GetPrintTemplate>(path, Nothing, Nothing).await.unwrap();
    let before = get().await;
    assert!(!before.is_own && before.version == 1 && before.body.contains("<!doctype html>"));
    let ticket = world.near.objects["ticket"];
    let draft = |body: &str| PrintTemplateDraft { body: body.parse().unwrap() };
    let own = draft(
        "<h1>{{ doc.number }}</h1>{% for f in doc.fields %}<p>{{ f[0] }}: {{ f[1] }}</p>{% endfor %}{{ qr(doc.qr) }}",
    );
    let after = office.call_with::<UpdatePrintTemplate>(path, Nothing, own.clone(), version(1)).await.unwrap();
    assert!(after.is_own && after.version == 2);
    let stale = office.call_with::<UpdatePrintTemplate>(path, Nothing, own, version(1)).await.unwrap_err();
    assert_eq!((stale.status, stale.code()), (412, "stale"));
    let desk = &world.near.people[&Role::Reception];
    let page = printed(desk, DocKind::Ticket, ticket, Paper::Receipt80).await.unwrap();
    assert!(page.starts_with("<h1>RE") && page.contains("<svg") && !page.contains("<!doctype"), "{page}");
    assert!(
        printed(desk, DocKind::Ticket, ticket, Paper::A5).await.unwrap().starts_with("<!doctype"),
        "only this paper"
    );

    // a template that is wrong is refused with the place, and nothing changes
    for (body, line) in [("<p>\n{{ doc.number </p>", "2"), ("{% include 'x' %}", "1"), ("a\n{{ qr(1, 2) }}", "2")] {
        let wrong = office.call_with::<UpdatePrintTemplate>(path, Nothing, draft(body), version(2)).await.unwrap_err();
        assert_eq!((wrong.status, wrong.code()), (422, "print_template_wrong"), "{body}");
        assert!(wrong.problem.detail.contains(&format!("第 {line} 行")), "{}", wrong.problem.detail);
    }
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
    let trial = PrintTemplateTrial { paper: Paper::A5, body: endless.parse().unwrap() };
    assert_eq!(office.call::<TryPrintTemplate>(Nothing, Nothing, trial).await.unwrap_err().status, 422);
    let nothing = draft("{# nothing #}");
    let nothing = office.call_with::<UpdatePrintTemplate>(path, Nothing, nothing, version(2)).await.unwrap_err();
    assert_eq!(nothing.code(), "print_template_empty");
    let trial = PrintTemplateTrial { paper: Paper::A5, body: "<b>{{ doc.title }}</b>".parse().unwrap() };
    let sample = office.call::<TryPrintTemplate>(Nothing, Nothing, trial).await.unwrap();
    assert_eq!(String::from_utf8(sample.bytes).unwrap(), "<b>示例单据</b>");

    office.call_with::<ResetPrintTemplate>(path, Nothing, Nothing, version(2)).await.unwrap();
    assert_eq!(get().await, before);
    let page = printed(desk, DocKind::Ticket, ticket, Paper::Receipt80).await.unwrap();
    assert!(page.starts_with("<!doctype html>"));
    let none = ByPaper { kind: DocKind::Callback, paper: Paper::A5 };
    assert_eq!(office.call::<GetPrintTemplate>(none, Nothing, Nothing).await.unwrap_err().status, 404);
}
