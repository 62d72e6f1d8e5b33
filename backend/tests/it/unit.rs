//! Units: warranty explained, look-up at intake, history of a serial number.

use crate::support::base;
use crate::support::client::version;
use crate::support::given::{self, World};
use openapi::master::dictionary::DictionaryKind;
use openapi::master::product::ProductKind;
use openapi::master::unit::{
    CreateUnit, GetSerialHistory, GetUnit, ImeiHint, LookUpUnit, SerialQuery, UnitDraft, UnitEventKind, UpdateUnit,
    VerifyUnit,
};
use openapi::master::warranty::{WarrantyRule, WarrantyVerdict};
use openapi::{ById, Nothing, Plain, Role};

const IMEI: &str = "490154203237518";

fn asked(serial: &str) -> Plain<SerialQuery> {
    Plain(SerialQuery { serial: serial.parse().unwrap() })
}

/// Proves: S1d-2.4, S4-1.6, S0-3.3, S2-2.2
#[actix_web::test]
async fn typing_a_serial_at_intake_fills_in_unit_owner_and_warranty() {
    let world = World::build().await;
    let (clerk, desk) = (&world.near.people[&Role::Clerk], &world.far.people[&Role::Reception]);
    let phone = base::product(clerk, ProductKind::Unit, "P60").await;
    let owner = given::customer(desk, "13612345678").await;
    let today = world.app.clock_today();
    let sold = today.checked_sub_days(chrono::Days::new(10)).unwrap();
    let draft = UnitDraft {
        customer_id: Some(owner.into()),
        sold_on: Some(sold.into()),
        ..base::unit_draft(phone.id.uuid(), IMEI)
    };
    let made = desk.call::<CreateUnit>(Nothing, Nothing, draft).await.unwrap();
    let found = desk.call::<LookUpUnit>(Nothing, asked("490154203237518"), Nothing).await.unwrap();
    assert_eq!((found.imei, found.matches.len()), (ImeiHint::Sound, 1));
    let hit = &found.matches[0];
    assert_eq!((hit.unit.id, hit.customer.as_ref().map(|c| c.id.uuid())), (made.id, Some(owner)));
    assert_eq!(hit.unit.warranty.verdict, WarrantyVerdict::Covered);
    let holds = |rule| hit.unit.warranty.lines.iter().any(|l| l.rule == rule && l.holds);
    assert!(!holds(WarrantyRule::Return) && holds(WarrantyRule::Exchange) && holds(WarrantyRule::WholeUnit));
    assert!(hit.unit.warranty.lines.iter().any(|l| l.rule == WarrantyRule::Component && l.zh.contains("电池")));
    let state = base::entry(desk, DictionaryKind::WarrantyState, "IN").await.id;
    assert_eq!(hit.warranty_state_id, Some(state));
    world.app.clock.advance(chrono::Duration::minutes(5));
    let unknown = desk.call::<LookUpUnit>(Nothing, asked("490154203237519"), Nothing).await.unwrap();
    assert_eq!((unknown.imei, unknown.matches.len()), (ImeiHint::WrongCheckDigit, 0));
}

/// Proves: S1p-4.3
#[actix_web::test]
async fn an_unknown_serial_is_recorded_as_abnormal_at_intake_until_somebody_verifies_it() {
    let world = World::build().await;
    let (clerk, desk) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Reception]);
    let phone = base::product(clerk, ProductKind::Unit, "P60").await.id;
    let customer = given::customer(desk, "13612345678").await;
    let intake = || master::api::Intake {
        serial: "SN-0001".parse().unwrap(),
        product_id: phone,
        customer_id: customer.into(),
        sold_on: None,
        manufactured_on: None,
    };
    let first = world.app.as_system(async |tx| master::api::unit_at_intake(tx, intake()).await).await;
    assert!(first.was_unknown);
    let again = world.app.as_system(async |tx| master::api::unit_at_intake(tx, intake()).await).await;
    assert_eq!((again.unit_id, again.was_unknown), (first.unit_id, true));
    let unit = desk.call::<GetUnit>(ById { id: first.unit_id }, Nothing, Nothing).await.unwrap();
    assert!(unit.is_abnormal && unit.warranty.verdict == WarrantyVerdict::ToVerify);
    let verified = desk.call::<VerifyUnit>(ById { id: first.unit_id }, Nothing, Nothing).await.unwrap();
    assert!(!verified.is_abnormal);
    let later = world.app.as_system(async |tx| master::api::unit_at_intake(tx, intake()).await).await;
    assert!(!later.was_unknown);
}

/// Proves: S4-1.6
#[actix_web::test]
async fn everything_that_happened_to_a_serial_stands_in_time_order() {
    let world = World::build().await;
    let (clerk, desk) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Reception]);
    let phone = base::product(clerk, ProductKind::Unit, "P60").await.id.uuid();
    let sold = world.app.clock_today().checked_sub_days(chrono::Days::new(400)).unwrap();
    let draft = UnitDraft { sold_on: Some(sold.into()), ..base::unit_draft(phone, IMEI) };
    let made = desk.call::<CreateUnit>(Nothing, Nothing, draft.clone()).await.unwrap();
    assert_eq!(made.warranty.verdict, WarrantyVerdict::Expired);
    let owner = given::customer(desk, "13612345678").await;
    let owned = UnitDraft { customer_id: Some(owner.into()), ..draft.clone() };
    desk.call_with::<UpdateUnit>(ById { id: made.id }, Nothing, owned, version(1)).await.unwrap();
    let history = desk.call::<GetSerialHistory>(Nothing, asked(IMEI), Nothing).await.unwrap();
    let kinds: Vec<_> = history.events.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [UnitEventKind::Sold, UnitEventKind::Recorded, UnitEventKind::OwnerChanged]);
    assert!(history.events.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert_eq!(history.units.len(), 1);
    let twice = desk.call::<CreateUnit>(Nothing, Nothing, draft).await.unwrap_err();
    assert_eq!((twice.status, twice.errors()), (409, vec![("/serial", "taken")]));
    let dealer = &world.near.people[&Role::Dealer];
    let nothing = dealer.call::<GetSerialHistory>(Nothing, asked(IMEI), Nothing).await.unwrap();
    assert!(nothing.units.is_empty() && nothing.events.is_empty(), "a dealer sees the own units only");
}

#[actix_web::test]
async fn impossible_dates_and_products_that_are_no_units_are_refused() {
    let world = World::build().await;
    let (clerk, desk) = (&world.near.people[&Role::Clerk], &world.near.people[&Role::Reception]);
    let phone = base::product(clerk, ProductKind::Unit, "P60").await.id.uuid();
    let part = base::product(clerk, ProductKind::Part, "LCD").await.id.uuid();
    let refused = desk.call::<CreateUnit>(Nothing, Nothing, base::unit_draft(part, IMEI)).await.unwrap_err();
    assert_eq!(refused.errors(), [("/product_id", "product_not_a_unit")]);
    let tomorrow = world.app.clock_today().succ_opt().unwrap();
    let draft = UnitDraft { sold_on: Some(tomorrow.into()), ..base::unit_draft(phone, IMEI) };
    let refused = desk.call::<CreateUnit>(Nothing, Nothing, draft).await.unwrap_err();
    assert_eq!(refused.errors(), [("/sold_on", "date_in_future")]);
}
