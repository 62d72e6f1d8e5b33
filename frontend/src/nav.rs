//! Where one can go: the pages of every domain, the menu, the trail of breadcrumbs, and the address.
//!
//! A domain lists its pages in `pages/<domain>/mod.rs`, one row per page; menu, permissions, palette, breadcrumb and
//! routing come from those rows.

use crate::api::session;
use crate::part::Part;
use crate::text::{Label, common};
use crate::ui::Icon;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use openapi::Permission;
use openapi::document::DocKind;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A group of the menu, in the order in which the groups stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The first page; it has no heading.
    Home,
    /// Tickets.
    Service,
    /// What lies where, and what became of it.
    Stock,
    /// Documents that move stock.
    StockWork,
    /// Old parts, accessories and units that go round: returned, swapped, refurbished.
    Returns,
    /// What is bought.
    Purchase,
    /// What is sold, wholesale and over the counter.
    Sales,
    /// Money.
    Finance,
    /// Base data.
    Master,
    /// Organisation and system.
    System,
}

impl Group {
    /// Its heading.
    pub const fn label(self) -> Label {
        match self {
            Group::Home => common::HOME,
            Group::Service => crate::text::shell::GROUP_SERVICE,
            Group::Stock => crate::text::shell::GROUP_STOCK,
            Group::StockWork => crate::text::shell::GROUP_STOCK_WORK,
            Group::Returns => crate::text::shell::GROUP_RETURNS,
            Group::Purchase => crate::text::shell::GROUP_PURCHASE,
            Group::Sales => crate::text::shell::GROUP_SALES,
            Group::Finance => crate::text::shell::GROUP_FINANCE,
            Group::Master => crate::text::shell::GROUP_MASTER,
            Group::System => crate::text::shell::GROUP_SYSTEM,
        }
    }
}

/// The parameters of a page's path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(BTreeMap<&'static str, String>);

impl Params {
    /// The parameter of this name.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}

/// A page.
#[derive(Clone, Copy)]
pub struct Page {
    /// Its path; `:name` stands for a parameter.
    pub path: &'static str,
    /// Its name in menu, breadcrumb and palette.
    pub title: Label,
    /// Draws it.
    pub view: fn(&Params) -> AnyView,
    /// Who may see it; the page itself is not drawn without.
    pub needs: Option<Permission>,
    /// Its place in the menu.
    pub menu: Option<(Group, Icon)>,
}

impl Page {
    /// A page that everybody may see and that is not in the menu.
    pub const fn new(path: &'static str, title: Label, view: fn(&Params) -> AnyView) -> Self {
        Page { path, title, view, needs: None, menu: None }
    }

    /// Only with this permission.
    #[must_use]
    pub const fn needs(mut self, permission: Permission) -> Self {
        self.needs = Some(permission);
        self
    }

    /// In the menu.
    #[must_use]
    pub const fn menu(mut self, group: Group, icon: Icon) -> Self {
        self.menu = Some((group, icon));
        self
    }

    /// Where it stands.
    pub(crate) const fn place(&self, part: Part) -> Place {
        Place { path: self.path, title: self.title, needs: self.needs, menu: self.menu, part }
    }
}

/// Where a page stands: all that the rest of the app knows of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// See [`Page::path`].
    pub path: &'static str,
    /// See [`Page::title`].
    pub title: Label,
    /// See [`Page::needs`].
    pub needs: Option<Permission>,
    /// See [`Page::menu`].
    pub menu: Option<(Group, Icon)>,
    /// The part of the app that draws it.
    pub part: Part,
}

impl Place {
    pub(crate) const NOWHERE: Place =
        Place { path: "", title: common::PAGE_NOT_FOUND, needs: None, menu: None, part: Part::Home };

    /// Whether the signed-in person may see it; reactive.
    pub fn is_allowed(&self) -> bool {
        self.needs.is_none_or(session::may)
    }

    /// Whether it makes something new.
    pub fn is_create(&self) -> bool {
        self.path.ends_with("/new")
    }

    fn matches(&self, path: &str) -> Option<Params> {
        let (mine, given) = (self.path.trim_matches('/'), path.trim_matches('/'));
        if mine.split('/').count() != given.split('/').count() {
            return None;
        }
        let mut params = BTreeMap::new();
        for (pattern, part) in mine.split('/').zip(given.split('/')) {
            match pattern.strip_prefix(':') {
                Some(name) if !part.is_empty() => {
                    params.insert(name, part.to_owned());
                }
                _ if pattern == part => {}
                _ => return None,
            }
        }
        Some(Params(params))
    }
}

/// Every page.
pub fn pages() -> impl Iterator<Item = &'static Place> {
    crate::part::PLACES.iter()
}

/// The page at a path. A literal path beats one with a parameter.
pub fn find(path: &str) -> Option<(&'static Place, Params)> {
    let matching = pages().filter_map(|page| page.matches(path).map(|params| (page, params)));
    matching.min_by_key(|(_, params)| params.0.len())
}

/// The page of a kind of document, without the id.
pub const fn document_path(kind: DocKind) -> &'static str {
    match kind {
        DocKind::Ticket => "/service/tickets",
        DocKind::OpeningStock
        | DocKind::StockIn
        | DocKind::StockOut
        | DocKind::EngineerIssue
        | DocKind::EngineerReturn
        | DocKind::RepairConsumption
        | DocKind::OldPartIn
        | DocKind::CustodyIn
        | DocKind::CustodyOut
        | DocKind::WarehouseMove
        | DocKind::Destruction
        | DocKind::BadPartReturn
        | DocKind::StockDifference
        | DocKind::ValueChange
        | DocKind::ConversionPosting
        | DocKind::SwapPosting
        | DocKind::RefurbPosting
        | DocKind::TransferOut
        | DocKind::PurchaseIn
        | DocKind::PurchaseOut
        | DocKind::TransferIn
        | DocKind::SaleOut
        | DocKind::SaleIn => "/stock/documents",
        DocKind::PurchaseOrder => "/trade/purchase-orders",
        DocKind::GoodsReceipt => "/trade/goods-receipts",
        DocKind::SupplierInvoice => "/trade/supplier-invoices",
        DocKind::PurchaseReturn => "/trade/purchase-returns",
        DocKind::Payment => "/finance/payments",
        DocKind::SalesOrder => "/trade/sales-orders",
        DocKind::SalesShipment => "/trade/sales-shipments",
        DocKind::SalesReturn => "/trade/sales-returns",
        DocKind::RetailSale => "/trade/retail-sales",
        DocKind::RetailReturn => "/trade/retail-returns",
        DocKind::Requisition => "/stock/requisitions",
        DocKind::PartsPlan => "/stock/parts-plans",
        DocKind::Revaluation => "/stock/revaluations",
        DocKind::Conversion => "/stock/conversions",
        DocKind::Stocktake => "/stock/stocktakes",
        DocKind::Transfer => "/stock/transfers",
        DocKind::Settlement => "/finance/settlements",
        DocKind::Receipt => "/finance/receipts",
        DocKind::Refurb => "/stock/refurbs",
        DocKind::Swap => "/stock/swaps",
        DocKind::Shortage => "/stock/shortages",
        DocKind::OwedPart => "/stock/owed-parts",
        DocKind::PartReturn => "/stock/part-returns",
        DocKind::Callback => "/service/callbacks",
    }
}

/// The pages above a path, each with its address unless it is the page itself.
pub fn trail(path: &str) -> Vec<(Label, Option<&'static str>)> {
    let mut trail = Vec::new();
    if path != "/" {
        trail.push((common::HOME, Some("/")));
    }
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let prefixes =
        (1..=parts.len()).map(|n| format!("/{}", parts.iter().take(n).copied().collect::<Vec<_>>().join("/")));
    for (page, _) in prefixes.filter_map(|prefix| find(&prefix)) {
        if trail.len() <= 1
            && let Some((group, _)) = page.menu.filter(|(group, _)| *group != Group::Home)
            // a list that is called like its group says it alone
            && group.label() != page.title
        {
            trail.push((group.label(), None));
        }
        let is_above = !page.path.contains(':') && page.matches(path).is_none();
        let is_said = trail.last().is_some_and(|(label, _)| *label == page.title);
        let title = if is_said { common::DETAILS } else { page.title };
        trail.push((title, is_above.then_some(page.path)));
    }
    trail
}

/// The address one level up.
pub fn parent(path: &str) -> String {
    path.trim_end_matches('/')
        .rsplit_once('/')
        .map_or("/", |(head, _)| if head.is_empty() { "/" } else { head })
        .to_owned()
}

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;
thread_local! {
    static NAVIGATE: RefCell<Option<Navigate>> = const { RefCell::new(None) };
    static ADDRESS: ArcRwSignal<(String, String)> = ArcRwSignal::new((String::from("/"), String::new()));
}

/// Connects this module with the router. Once, inside it.
pub fn connect() {
    let navigate = use_navigate();
    NAVIGATE.set(Some(Box::new(move |path, options| navigate(path, options))));
    let location = use_location();
    let now = move || (location.pathname.get(), location.search.get());
    let address = ADDRESS.with(Clone::clone);
    address.set(untrack(now));
    Effect::new(move || {
        let now = now();
        if address.with_untracked(|before| *before != now) {
            address.set(now);
        }
    });
}

/// Path and raw query of the address; reactive.
pub fn address() -> (String, String) {
    ADDRESS.with(|address| address.get())
}

/// The path of the address, not reactive.
pub fn path_now() -> String {
    ADDRESS.with(|address| address.with_untracked(|(path, _)| path.clone()))
}

/// Goes to an address of the app.
pub fn go(href: &str) {
    NAVIGATE.with_borrow(|navigate| {
        if let Some(navigate) = navigate {
            navigate(href, NavigateOptions::default());
        }
    });
}

/// Goes to an address of the app; the back button skips the present page.
pub fn replace(href: &str) {
    NAVIGATE.with_borrow(|navigate| {
        if let Some(navigate) = navigate {
            navigate(href, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
}

/// The parameters of a raw query; empty ones are left out.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let all = serde_urlencoded::from_str::<Vec<(String, String)>>(query.trim_start_matches('?')).unwrap_or_default();
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A raw query of parameters.
pub fn render(pairs: &[(String, String)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

/// A parameter of the present address, not reactive.
pub fn query_value(name: &str) -> Option<String> {
    let query = ADDRESS.with(|address| address.with_untracked(|(_, query)| query.clone()));
    pairs(&query).into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_path_beats_a_parameter_and_every_path_stands_once() {
        assert_eq!(find("/master/customers/new").map(|(page, _)| page.path), Some("/master/customers/new"));
        let (page, params) = find("/master/customers/7/edit").unwrap();
        assert_eq!((page.path, params.get("id").as_deref()), ("/master/customers/:id/edit", Some("7")));
        assert!(find("/master").is_none() && find("/").is_some());
        let mut paths: Vec<_> = pages().map(|page| page.path).collect();
        paths.sort_unstable();
        let count = paths.len();
        paths.dedup();
        assert_eq!(paths.len(), count, "a path stands twice");
    }

    #[test]
    fn the_trail_names_group_and_pages_above() {
        let names: Vec<_> = trail("/master/customers/new").into_iter().map(|(label, href)| (label.en, href)).collect();
        let wanted = [
            ("Home", Some("/")),
            ("Base data", None),
            ("Customers and suppliers", Some("/master/customers")),
            ("New customer", None),
        ];
        assert_eq!(names, wanted);
        let names: Vec<_> = trail("/stock/documents/new").into_iter().map(|(label, href)| (label.en, href)).collect();
        let wanted = [("Home", Some("/")), ("Stock documents", Some("/stock/documents")), ("New stock document", None)];
        assert_eq!(names, wanted, "a group and a list of one name are said once");
        for page in pages().filter(|page| page.is_create()) {
            assert_eq!(trail(page.path).last(), Some(&(page.title, None)), "{}", page.path);
            assert!(trail(page.path).iter().all(|(label, _)| *label != common::DETAILS), "{}", page.path);
        }
        assert_eq!(parent("/master/customers/7/edit"), "/master/customers/7");
        assert_eq!(parent("/about"), "/");
    }
}
