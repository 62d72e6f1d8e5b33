//! Rules that hold for every row of the endpoint table. A new row is covered without anyone adding a test.

mod access;
mod contract;
mod input;
mod lists;
