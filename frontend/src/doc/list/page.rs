//! What a page author says about a list.

use super::column::{AnyColumn, Column};
use super::filter::Filter;
use super::rows::{AnyPage, AnyRow, ListView};
use crate::api::{self, ApiError, Wire};
use crate::doc::send::{Anything, permission};
use crate::text::{Label, documents};
use crate::ui::{MenuItem, toast};
use leptos::prelude::{AnyView, Callable, Callback};
use openapi::endpoint::operation_id;
use openapi::page::Filter as ContractFilter;
use openapi::read::{self, Unreadable};
use openapi::{Endpoint, Listing, Nothing, Page, Permission};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;

/// An endpoint that lists rows.
pub trait ListEndpoint: Endpoint<Path = Nothing, Body = Nothing> {
    /// A row.
    type Row: DeserializeOwned + Send + Sync + 'static;
    /// The keys one may sort by.
    const SORTS: &'static [&'static str];
    /// The order when none is asked for.
    const DEFAULT_SORT: &'static str;
}

impl<E, F, R> ListEndpoint for E
where
    E: Endpoint<Path = Nothing, Body = Nothing, Query = Listing<F>, Reply = Page<R>>,
    F: ContractFilter,
    R: openapi::reply::JsonValue + Send + Sync,
{
    type Row = R;
    const SORTS: &'static [&'static str] = F::SORTS;
    const DEFAULT_SORT: &'static str = F::DEFAULT_SORT;
}

/// Where the rows come from, without their type.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    wire: Wire,
    read: fn(&Value) -> Result<Anything, Unreadable>,
}

impl Source {
    /// The rows of `E`.
    pub fn of<E: ListEndpoint>() -> Self {
        Source { wire: Wire::of::<E>(), read: row::<E::Row> }
    }

    /// Reads one page: raw query in, rows out.
    pub async fn page(self, query: String) -> Result<AnyPage, ApiError> {
        let encoded = self.wire.send("", query, Vec::new(), api::Options::default()).await?;
        AnyPage::read(&encoded.bytes, self.read).map_err(|_| ApiError::Unreadable)
    }
}

fn row<R: DeserializeOwned + Send + Sync + 'static>(json: &Value) -> Result<Anything, Unreadable> {
    Ok(Arc::new(read::value::<R>(json)?))
}

/// Does something to the ticked rows; gets their ids and calls back when the list should be read again.
pub(crate) type BulkRun = Arc<dyn Fn(Vec<String>, Callback<()>) + Send + Sync>;

/// Draws the record with an id.
type Peek = Arc<dyn Fn(&str) -> AnyView + Send + Sync>;
/// Draws what the whole list adds up to, from the reply of an operation.
type DrawSums = Arc<dyn Fn(&Value) -> Option<AnyView> + Send + Sync>;
/// Where a row leads.
type Href = Arc<dyn Fn(&AnyRow) -> Option<String> + Send + Sync>;

/// Everything a list is made of, without its row type.
#[derive(Clone)]
pub(crate) struct ListParts {
    pub key: &'static str,
    pub title: Label,
    /// The operation id of the list.
    pub operation: String,
    pub columns: Vec<AnyColumn>,
    pub filters: Vec<Filter>,
    pub presets: Vec<(Label, &'static str)>,
    pub default_sort: &'static str,
    pub needs: Option<Permission>,
    pub create: Option<(Label, &'static str, Option<Permission>)>,
    pub bulk: Vec<(Label, Option<Permission>, BulkRun)>,
    pub extra: Vec<MenuItem>,
    pub search_hint: Option<Label>,
    pub source: Source,
    pub peek: Option<Peek>,
    pub href: Option<Href>,
    pub sums: Option<(Wire, DrawSums)>,
}

/// The list page of `E`, as data. See [`crate::doc`] for an example.
pub struct ListPage<E: ListEndpoint> {
    parts: ListParts,
    endpoint: std::marker::PhantomData<E>,
}

impl<E: ListEndpoint> ListPage<E> {
    /// `key` names what is remembered on this device: columns, density, views.
    pub fn new(key: &'static str, title: Label) -> Self {
        let parts = ListParts {
            key,
            title,
            operation: operation_id(E::NAME),
            columns: Vec::new(),
            filters: Vec::new(),
            presets: Vec::new(),
            default_sort: E::DEFAULT_SORT,
            needs: permission::<E>(),
            create: None,
            bulk: Vec::new(),
            extra: Vec::new(),
            search_hint: None,
            source: Source::of::<E>(),
            peek: None,
            href: None,
            sums: None,
        };
        ListPage { parts, endpoint: std::marker::PhantomData }
    }

    /// Adds a column. It can be sorted by when its key is a sort key of the list. The first column is the link of the row.
    #[must_use]
    pub fn column(mut self, column: Column<E::Row>) -> Self {
        let mut column = column.inner;
        column.sort = E::SORTS.contains(&column.key);
        self.parts.columns.push(column);
        self
    }

    /// Adds a filter; the search words are always there.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.parts.filters.push(filter);
        self
    }

    /// Says what the search words look in.
    #[must_use]
    pub fn search_hint(mut self, hint: Label) -> Self {
        self.parts.search_hint = Some(hint);
        self
    }

    /// Adds a view: a name for a query such as `state=open&sort=-created_at`.
    #[must_use]
    pub fn preset(mut self, name: Label, query: &'static str) -> Self {
        self.parts.presets.push((name, query));
        self
    }

    /// Where a row leads.
    #[must_use]
    pub fn open(mut self, href: impl Fn(&E::Row) -> String + Send + Sync + 'static) -> Self {
        self.parts.href = Some(Arc::new(move |row: &AnyRow| row.value.downcast_ref::<E::Row>().map(&href)));
        self
    }

    /// A look at a row without leaving the list: a panel that draws the record with this id, usually
    /// `|id| detail_page().panel(id)`.
    #[must_use]
    pub fn peek(mut self, draw: impl Fn(&str) -> AnyView + Send + Sync + 'static) -> Self {
        self.parts.peek = Some(Arc::new(draw));
        self
    }

    /// The main action: a page that makes a new record with `C`. Shown to those who may call `C`.
    #[must_use]
    pub fn create<C: Endpoint>(mut self, label: Label, href: &'static str) -> Self {
        self.parts.create = Some((label, href, permission::<C>()));
        self
    }

    /// Something to do with ticked rows, for those who may call `C`.
    #[must_use]
    pub fn bulk<C: Endpoint>(
        mut self,
        label: Label,
        run: impl Fn(Vec<String>, Callback<()>) + Send + Sync + 'static,
    ) -> Self {
        self.parts.bulk.push((label, permission::<C>(), Arc::new(run)));
        self
    }

    /// Calls `C` for each ticked row and tells how many worked and why the others did not.
    #[must_use]
    pub fn bulk_each<C: Endpoint>(self, label: Label) -> Self {
        let send = crate::doc::send::teller::<C>();
        self.bulk::<C>(label, move |ids, done| {
            let send = send.clone();
            leptos::task::spawn_local(async move {
                let (mut worked, mut failed) = (0_usize, Vec::new());
                for id in ids {
                    match send(id, String::new(), Vec::new(), api::Options::default()).await {
                        Ok(_) => worked += 1,
                        Err(error) => failed.push(error.message()),
                    }
                }
                let summary = documents::BULK_DONE.with("done", worked).with("failed", failed.len());
                match failed.first() {
                    Some(why) => toast::error(format!("{summary} · {why}")),
                    None => toast::success(summary),
                }
                done.try_run(());
            });
        })
    }

    /// What the whole list adds up to, shown below it: `E` takes the same filter.
    #[must_use]
    pub fn sums<S: Endpoint, T: DeserializeOwned + 'static>(mut self, draw: fn(T) -> AnyView) -> Self {
        let drawn = move |json: &Value| read::value::<T>(json).ok().map(draw);
        self.parts.sums = Some((Wire::of::<S>(), Arc::new(drawn)));
        self
    }

    /// A command in the menu at the right: export, import.
    #[must_use]
    pub fn more(mut self, item: MenuItem) -> Self {
        self.parts.extra.push(item);
        self
    }

    /// The page.
    pub fn view(self) -> AnyView {
        ListView::page(self.parts)
    }
}
