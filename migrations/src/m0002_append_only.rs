//! What happened stays: audit log and timeline can only grow.

const SQL: &str = "
{append_only} audit;
{append_only} journal;
";

crate::kit::migration!("m0002_append_only", SQL);
