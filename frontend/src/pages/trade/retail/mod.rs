//! Retail: the counter, its sales and returns, and the rules.

mod back;
mod counter;
mod policy;
mod returns;
mod sale;
mod till;

use crate::api;
use crate::nav::{Group, Page};
use crate::palette::{Finder, Hit};
use crate::text::{self, retail as t};
use crate::ui::Icon;
use openapi::trade::retail::sale::{ListRetailSales, RetailSaleFilter, RetailSaleRow};
use openapi::trade::retail::{RETAIL_RETURN, RETAIL_SELL, RETAIL_VIEW};
use openapi::{Listing, Nothing, PageQuery};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/trade/counter", t::COUNTER, counter::page).needs(RETAIL_SELL).menu(Group::Sales, Icon::Money),
    Page::new("/trade/retail-sales", t::SALES, sale::list).needs(RETAIL_VIEW).menu(Group::Sales, Icon::Document),
    Page::new("/trade/retail-sales/:id", t::SALE, sale::detail).needs(RETAIL_VIEW),
    Page::new("/trade/retail-sales/:id/return", t::NEW_RETURN, back::page).needs(RETAIL_RETURN),
    Page::new("/trade/retail-returns", t::RETURNS, returns::list).needs(RETAIL_VIEW).menu(Group::Sales, Icon::Refresh),
    Page::new("/trade/retail-returns/:id", t::RETURN, returns::detail).needs(RETAIL_VIEW),
    Page::new("/trade/retail-policy", t::POLICY, policy::page).needs(RETAIL_VIEW).menu(Group::Sales, Icon::Settings),
];

/// Ctrl K finds sales by number.
pub const FINDERS: &[Finder] = &[Finder { label: t::SALES, needs: RETAIL_VIEW, find: |words| Box::pin(find(words)) }];

async fn find(words: String) -> Vec<Hit> {
    let page = PageQuery { q: words.parse().ok(), limit: Some(5), ..PageQuery::default() };
    let query = Listing { page, filter: RetailSaleFilter::default() };
    let found = api::call::<ListRetailSales>(Nothing, query, Nothing).await.map(|page| page.items).unwrap_or_default();
    let hit = |r: &RetailSaleRow| Hit {
        label: r.number.clone(),
        detail: format!("{} {}", r.org_name, text::money(r.total)),
        href: format!("/trade/retail-sales/{}", r.id),
    };
    found.iter().map(hit).collect()
}
