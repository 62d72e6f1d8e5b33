//! Pickers of records: a list endpoint to search in, a read endpoint to name what is stored.

use super::list::{ListEndpoint, Source};
use super::send::{Anything, Sender, sender};
use crate::api::{DataOf, Options};
use crate::nav;
use crate::ui::{Pick, PickSource};
use futures::FutureExt;
use openapi::Endpoint;
use std::sync::Arc;

/// A picker that searches with `L` and names a stored id with `G`. `fixed` narrows the search, for example `kind=part`.
pub fn picker<L: ListEndpoint, G: Endpoint>(
    fixed: &'static str,
    row: fn(&L::Row) -> Pick,
    one: fn(&DataOf<G>) -> Pick,
) -> PickSource
where
    DataOf<G>: Send + Sync,
{
    let row: Named = Arc::new(move |any| any.downcast_ref::<L::Row>().map(row));
    let one: Named = Arc::new(move |any| any.downcast_ref::<DataOf<G>>().map(one));
    untyped(fixed, Source::of::<L>(), row, sender::<G>(), one)
}

/// How a record is called.
type Named = Arc<dyn Fn(&Anything) -> Option<Pick> + Send + Sync>;

fn untyped(fixed: &'static str, source: Source, row: Named, get: Sender, one: Named) -> PickSource {
    PickSource {
        search: Arc::new(move |words| {
            let row = row.clone();
            async move {
                let mut pairs = nav::pairs(fixed);
                pairs.extend([("q".to_owned(), words), ("limit".to_owned(), "20".to_owned())]);
                pairs.retain(|(_, value)| !value.is_empty());
                let page = source.page(nav::render(&pairs)).await.map_err(|e| e.message())?;
                Ok(page.rows.iter().filter_map(|found| row(&found.value)).collect())
            }
            .boxed_local()
        }),
        resolve: Arc::new(move |id| {
            let (answer, one) = (get(id, String::new(), Vec::new(), Options::default()), one.clone());
            async move { one(&answer.await.ok()?.value) }.boxed_local()
        }),
    }
}
