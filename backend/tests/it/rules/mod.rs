//! Rules that hold for every row of the endpoint table. A new row is covered without anyone adding a test.

mod access;
mod contract;
mod exports;
mod indexes;
mod input;
mod lists;
mod masks;
mod scans;

use openapi::Row;

/// The rows that the server serves.
fn rows() -> impl Iterator<Item = &'static Row> {
    let mounted = backend::modules::mount().mounted;
    openapi::registry::rows().filter(move |row| mounted.contains(&row.name))
}
