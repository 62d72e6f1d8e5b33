//! Lists as data: an endpoint, columns, filters; everything the reader asks for stands in the page's address.

mod column;
mod filter;
mod page;
mod rows;
mod toolbar;
mod views;

pub use column::Column;
pub use filter::Filter;
pub(crate) use page::Source;
pub use page::{ListEndpoint, ListPage};
