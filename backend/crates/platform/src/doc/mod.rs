//! What is true of every business document: lifecycle, number, timeline, audit trail.

pub mod audit;
pub mod document;
pub mod external;
pub mod journal;
pub mod lifecycle;
mod narrow;
pub mod number;
pub mod number_rule;
pub mod rules;
pub mod subject;
