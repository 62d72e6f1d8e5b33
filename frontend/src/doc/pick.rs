//! Pickers of records: a list endpoint to search in, a read endpoint to name what is stored.

use super::list::ListEndpoint;
use crate::api::{self, DataOf, Options};
use crate::nav;
use crate::ui::{Pick, PickSource};
use futures::FutureExt;
use openapi::{Endpoint, QueryString};
use std::sync::Arc;

/// A picker that searches with `L` and names a stored id with `G`. `fixed` narrows the search, for example `kind=part`.
pub fn picker<L: ListEndpoint, G: Endpoint>(
    fixed: &'static str,
    row: fn(&L::Row) -> Pick,
    one: fn(&DataOf<G>) -> Pick,
) -> PickSource {
    PickSource {
        search: Arc::new(move |words| {
            async move {
                let mut pairs = nav::pairs(fixed);
                pairs.extend([("q".to_owned(), words), ("limit".to_owned(), "20".to_owned())]);
                pairs.retain(|(_, value)| !value.is_empty());
                let query = L::Query::parse(&nav::render(&pairs), crate::text::lang());
                let query = query.map_err(|errors| errors.first().map(|e| e.message.clone()).unwrap_or_default())?;
                let page = api::call::<L>(openapi::Nothing, query, openapi::Nothing).await.map_err(|e| e.message())?;
                Ok(L::page(page).items.iter().map(row).collect())
            }
            .boxed_local()
        }),
        resolve: Arc::new(move |id| {
            async move { api::send_raw::<G>(&id, "", &[], Options::default()).await.ok().map(|data| one(&data)) }
                .boxed_local()
        }),
    }
}
