//! What stations owe, what is due first at the top; ticked parts become the draft of a return.

use crate::api::call;
use crate::doc::problem::error_toast;
use crate::doc::{Column, Filter, ListPage, cell};
use crate::nav::{self, Params};
use crate::pages::master::product::products;
use crate::pages::stock::part_return;
use crate::pages::stock::requisition::all_stations;
use crate::text::{documents, part_return as t, stock};
use crate::ui::{Tag, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::choice::Tone;
use openapi::service::owed_part::{ListOwedParts, OwedPartRow as Row, OwedPartState};
use openapi::service::part_return::{CreatePartReturn, PartReturnDraft, PartReturnLineDraft};
use openapi::{Date, Money, Nothing};

/// The list.
pub fn list(_: &Params) -> AnyView {
    ListPage::<ListOwedParts>::new("owed-parts", t::OWED)
        .search_hint(t::OWED_SEARCH)
        .filter(Filter::choices::<OwedPartState>("state", stock::STATE))
        .filter(Filter::pick("org_id", stock::STATION, all_stations()))
        .filter(Filter::pick("product_id", stock::PRODUCT, products("")))
        .filter(Filter::flag("is_overdue", t::OVERDUE))
        .filter(Filter::flag("is_due_soon", t::DUE_SOON))
        .filter(Filter::created())
        .preset(t::OPEN, "state=open&sort=due_on")
        .preset(t::OVERDUE, "is_overdue=true&sort=due_on")
        .preset(t::DUE_SOON, "is_due_soon=true&sort=due_on")
        .preset(t::DIFFERENT, "state=mismatched,misdeclared,short")
        .column(Column::new("number", stock::NUMBER, |r: &Row| cell::code(r.number.clone())).width("11em"))
        .column(Column::new("state", stock::STATE, |r: &Row| cell::tag(r.state)))
        .column(Column::new("product_name", stock::PRODUCT, product).also("product_code", stock::CODE))
        .column(Column::new("serial", stock::SERIAL, |r: &Row| cell::maybe(r.serial.as_ref())))
        .column(Column::new("quantity", stock::QUANTITY, |r: &Row| cell::quantity(r.quantity)).right())
        .column(Column::new("due_on", t::DUE_ON, |r: &Row| due(r.due_on, r.is_overdue)))
        .column(Column::new("ticket_number", t::TICKET, |r: &Row| {
            cell::link(r.ticket_number.clone(), format!("/service/tickets/{}", r.ticket_id))
        }))
        .column(Column::new("org_name", stock::STATION, |r: &Row| cell::text(&*r.org_name)))
        .column(Column::new("return_number", t::RETURN_OF, |r: &Row| of_return(r.return_id, r.return_number.as_ref())))
        .column(Column::new("deduction", t::DEDUCTION, |r: &Row| kept(r.deduction)).right())
        .column(Column::new("unit_price", t::PRICE, |r: &Row| cell::price(r.unit_price)).right().hidden())
        .column(Column::new("payer", t::PAYER, |r: &Row| cell::choice(r.payer)).hidden())
        .column(Column::new("finished_on", t::FINISHED_ON, |r: &Row| cell::date(r.finished_on)).hidden())
        .column(Column::new("created_at", documents::CREATED_AT, |r: &Row| cell::time(r.created_at)).hidden())
        .column(Column::new("updated_at", documents::UPDATED_AT, |r: &Row| cell::time(r.updated_at)).hidden())
        .peek(|id| super::detail::page().panel(id))
        .open(|r| super::href(r.id))
        .bulk::<CreatePartReturn>(t::MAKE_RETURN, |ids, _| spawn_local(write_return(ids)))
        .view()
}

fn product(row: &Row) -> AnyView {
    let code = view! { <span class="code faint">{row.product_code.to_string()}</span> };
    view! { <span class="stack"><span>{row.product_name.to_string()}</span>{code}</span> }.into_any()
}

/// The last day, in red once it has passed.
pub fn due(on: Date, is_late: bool) -> AnyView {
    let late = is_late.then(|| view! { <Tag label=t::IS_LATE tone=Tone::Danger /> });
    view! { <span class="row nowrap">{cell::date(on)} {late}</span> }.into_any()
}

/// What was kept back, if anything.
pub fn kept(amount: Money) -> AnyView {
    if amount.is_zero() { cell::none() } else { cell::money(amount) }
}

/// The return that it went with.
pub fn of_return(id: Option<impl std::fmt::Display>, number: Option<&String>) -> AnyView {
    match id.zip(number) {
        Some((id, number)) => cell::link(number.clone(), part_return::href(id)),
        None => cell::none(),
    }
}

/// Writes the draft of a return with these parts and goes there to check it.
async fn write_return(ids: Vec<String>) {
    let line = |id: &String| {
        let owed_part_id = id.parse().ok()?;
        Some(PartReturnLineDraft { owed_part_id, declared: None, quantity: None, remark: None })
    };
    let lines = ids.iter().filter_map(line).collect();
    let draft = PartReturnDraft {
        warehouse_id: None,
        maker_id: None,
        courier: None,
        tracking_number: None,
        remark: None,
        lines,
    };
    match call::<CreatePartReturn>(Nothing, Nothing, draft).await {
        Ok(made) => {
            toast::success(t::MADE.with("number", &made.number));
            nav::go(&part_return::href(made.id));
        }
        Err(error) => error_toast(&error),
    }
}
