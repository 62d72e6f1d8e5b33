//! Retail: the counter, its sales and returns, and the rules.

mod back;
mod counter;
mod policy;
mod returns;
mod sale;
mod till;

use crate::nav::{Group, Page};
use crate::text::retail as t;
use crate::ui::Icon;
use openapi::trade::retail::{RETAIL_RETURN, RETAIL_SELL, RETAIL_VIEW};

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("/trade/counter", t::COUNTER, counter::page).needs(RETAIL_SELL).menu(Group::Trade, Icon::Money),
    Page::new("/trade/retail-sales", t::SALES, sale::list).needs(RETAIL_VIEW).menu(Group::Trade, Icon::Document),
    Page::new("/trade/retail-sales/:id", t::SALE, sale::detail).needs(RETAIL_VIEW),
    Page::new("/trade/retail-sales/:id/return", t::NEW_RETURN, back::page).needs(RETAIL_RETURN),
    Page::new("/trade/retail-returns", t::RETURNS, returns::list).needs(RETAIL_VIEW).menu(Group::Trade, Icon::Refresh),
    Page::new("/trade/retail-returns/:id", t::RETURN, returns::detail).needs(RETAIL_VIEW),
    Page::new("/trade/retail-policy", t::POLICY, policy::page).needs(RETAIL_VIEW).menu(Group::Trade, Icon::Settings),
];
