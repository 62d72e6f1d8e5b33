//! Old parts that stations owe headquarters, and the rules by which they go back.

mod detail;
mod list;
mod policy;
mod summary;

pub use list::{due, kept};

use crate::doc::picker;
use crate::nav::{Group, Page};
use crate::text::part_return as t;
use crate::ui::{Icon, Pick, PickSource};
use openapi::service::OWED_PART_VIEW;
use openapi::service::owed_part::{GetOwedPart, ListOwedParts, OwedPart, OwedPartRow};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/stock/owed-parts", t::OWED, list::list).needs(OWED_PART_VIEW).menu(Group::Returns, Icon::Warning),
    Page::new("/stock/old-part-summary", t::SUMMARY, summary::page)
        .needs(OWED_PART_VIEW)
        .menu(Group::Returns, Icon::Columns),
    Page::new("/stock/owed-parts/:id", t::OWED_ONE, detail::detail).needs(OWED_PART_VIEW),
    Page::new("/stock/part-return-policy", t::POLICY, policy::page)
        .needs(OWED_PART_VIEW)
        .menu(Group::Returns, Icon::Settings),
];

/// The page of one.
pub fn href(id: impl std::fmt::Display) -> String {
    format!("/stock/owed-parts/{id}")
}

/// Picks one that is to be returned.
pub fn open_parts() -> PickSource {
    let row = |r: &OwedPartRow| pick(r.id.to_string(), &r.number, &r.product_name, &r.ticket_number);
    let one = |d: &OwedPart| pick(d.id.to_string(), &d.number, &d.product_name, &d.ticket_number);
    picker::<ListOwedParts, GetOwedPart>("state=open&sort=due_on", row, one)
}

fn pick(value: String, number: &str, product: &str, ticket: &str) -> Pick {
    Pick { value, label: format!("{number} {product}"), detail: ticket.to_owned() }
}
