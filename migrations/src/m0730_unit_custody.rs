//! The units of customers, in the custody of a station: a place of their own and two kinds of documents.

const SQL: &str = "
{check} stock_place ck_stock_place_kind: kind IN ('warehouse', 'custody', 'counter', 'opening', 'supplier', 'customer', 'consumed', 'scrapped', 'difference', 'revaluation');
{check} stock_doc ck_stock_doc_kind: kind IN ('opening_stock', 'stock_in', 'stock_out', 'engineer_issue', 'engineer_return', 'repair_consumption', 'old_part_in', 'custody_in', 'custody_out');
";

crate::kit::migration!("m0730_unit_custody", SQL);
