//! Customers: recorded, found again, changed, and never changed by accident.

use crate::support::client::version;
use crate::support::given::{self, World, unfiltered};
use openapi::master::customer::*;
use openapi::{ById, Id, Lang, Listing, Nothing, PageQuery, Role};

fn draft(name: &str, phone: &str) -> CustomerDraft {
    CustomerDraft {
        name: name.parse().unwrap(),
        kind: CustomerKind::Person,
        phone: phone.parse().unwrap(),
        landline: Some("0571-8888 6666".parse().unwrap()),
        email: None,
        belongs_to: Some("西湖区教育局".parse().unwrap()),
        region: None,
        address: Some("文三路 1 号".parse().unwrap()),
        remark: None,
        roles: vec![PartyRole::Customer],
        tax_no: None,
        credit_limit: None,
        price_level: None,
        terms_days: None,
        runs_org_id: None,
        contacts: vec![ContactDraft {
            name: "韩梅梅".parse().unwrap(),
            phone: "13900139000".parse().unwrap(),
            position: None,
        }],
    }
}

/// Proves: S0-2.1c, S1g-3, S2-2.1b
#[actix_web::test]
async fn a_customer_is_recorded_with_contacts_and_found_by_name_and_phone() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let made = desk.call::<CreateCustomer>(Nothing, Nothing, draft("  韩立  ", "138 1234-5678")).await.unwrap();
    assert_eq!((&*made.name, &*made.phone, made.version), ("韩立", "13812345678", 1));
    let read = desk.call::<GetCustomer>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(read, made);
    assert_eq!(&*read.contacts[0].name, "韩梅梅");
    for words in ["韩立", "3812345", "文三路 韩"] {
        let query =
            Listing { page: PageQuery { q: Some(words.parse().unwrap()), ..PageQuery::default() }, ..unfiltered() };
        let page = desk.call::<ListCustomers>(Nothing, query, Nothing).await.unwrap();
        assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), [made.id], "{words}");
    }
}

#[actix_web::test]
async fn a_change_based_on_an_old_version_is_refused_and_changes_nothing() {
    let world = World::build().await;
    let (desk, clerk) = (&world.near.people[&Role::Reception], &world.far.people[&Role::Clerk]);
    let id = Id::new(given::customer(desk, "13700137000").await);
    let changed =
        clerk.call_with::<UpdateCustomer>(ById { id }, Nothing, draft("甲", "13700137000"), version(1)).await.unwrap();
    assert_eq!(changed.version, 2);
    let late = desk
        .call_with::<UpdateCustomer>(ById { id }, Nothing, draft("乙", "13700137000"), version(1))
        .await
        .unwrap_err();
    assert_eq!((late.status, late.code()), (412, "stale"));
    let now = desk.call::<GetCustomer>(ById { id }, Nothing, Nothing).await.unwrap();
    assert_eq!((&*now.name, now.version), ("甲", 2));
}

#[actix_web::test]
async fn wrong_values_are_named_by_pointer_in_the_callers_language() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let send = async |body: serde_json::Value, lang: Lang| {
        let desk = desk.in_language(lang);
        desk.request("POST", "/api/v1/master/customers")
            .json(&body)
            .send()
            .await
            .unwrap()
            .json::<serde_json::Value>()
            .await
            .unwrap()
    };
    let problem = send(serde_json::json!({"name": "张三", "kind": "person", "phone": "12"}), Lang::En).await;
    assert_eq!(problem["errors"][0]["pointer"], "/phone");
    assert_eq!(problem["errors"][0]["message"], "Wrong format");
    let problem = send(serde_json::json!({"name": "张三", "kind": "person"}), Lang::Zh).await;
    assert_eq!(
        (&problem["errors"][0]["pointer"], &problem["errors"][0]["message"]),
        (&"/phone".into(), &"必填".into())
    );
    let contact = serde_json::json!({"name": "", "phone": "13900139000"});
    let problem = send(
        serde_json::json!({"name": "张三", "kind": "person", "phone": "13900139000", "contacts": [contact]}),
        Lang::En,
    )
    .await;
    assert_eq!(problem["errors"][0]["pointer"], "/contacts/0/name");
}

#[actix_web::test]
async fn a_party_is_found_by_what_the_company_deals_with_it_as() {
    let world = World::build().await;
    let (clerk, boss) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Headquarters]);
    let keeper = &world.far.people[&Role::Storekeeper];
    let mut supplier = draft("华强北联创电子", "13500135000");
    supplier.roles = vec![PartyRole::Supplier, PartyRole::Maker, PartyRole::Supplier];
    supplier.tax_no = Some("91440300MA5EN2XC7D".parse().unwrap());
    let made = clerk.call::<CreateCustomer>(Nothing, Nothing, supplier.clone()).await.unwrap();
    assert_eq!(made.roles, [PartyRole::Supplier, PartyRole::Maker]);
    let mut both = draft("滨江数码", "13500135001");
    both.roles = vec![PartyRole::Dealer, PartyRole::Customer];
    let both = clerk.call::<CreateCustomer>(Nothing, Nothing, both).await.unwrap();
    let found = async |role: &str| {
        let filter = CustomerFilter { role: Some(role.parse().unwrap()), ..CustomerFilter::default() };
        let listing = Listing { filter, ..unfiltered() };
        let page = keeper.call::<ListCustomers>(Nothing, listing, Nothing).await.unwrap();
        page.items.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let suppliers = found("supplier").await;
    assert!(suppliers.contains(&made.id) && !suppliers.contains(&both.id));
    let mut dealers_and_makers = found("dealer,maker").await;
    dealers_and_makers.retain(|id| [both.id, made.id].contains(id));
    assert_eq!(dealers_and_makers, [both.id, made.id], "newest first, among those of the world");
    assert!(found("customer").await.contains(&both.id) && !found("customer").await.contains(&made.id));
    // credit, prices and terms take the right to agree on them; who has it not leaves them as they are
    supplier.terms_days = Some(30);
    let path = || ById { id: made.id };
    let refused = clerk.call_with::<UpdateCustomer>(path(), Nothing, supplier.clone(), version(1)).await.unwrap_err();
    assert_eq!((refused.status, refused.errors()[0].1), (422, "terms_forbidden"));
    let agreed = boss.call_with::<UpdateCustomer>(path(), Nothing, supplier.clone(), version(1)).await.unwrap();
    assert_eq!((agreed.terms_days, agreed.may_agree_terms), (Some(30), true));
    supplier.terms_days = None;
    let kept = clerk.call_with::<UpdateCustomer>(path(), Nothing, supplier, version(2)).await.unwrap();
    assert_eq!((kept.terms_days, kept.may_agree_terms), (Some(30), false));
}
