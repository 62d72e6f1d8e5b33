//! F3, F13: whatever statement of a command fails, and wherever the connection is cut around its commit, nothing is left behind and the
//! same request with the same key has one effect. The stories are those of the rest of the suite: under faults they end as ever.

use crate::support::{faults, report};
use crate::{finance, purchase, retail, stock, ticket};
use std::time::Instant;

macro_rules! under_faults {
    ($($name:ident: $story:path, $commands:literal;)*) => {$(
        #[test]
        fn $name() {
            let begun = Instant::now();
            faults::on();
            $story();
            let met = faults::happened();
            let faults: usize = met.values().sum();
            let worst = met.iter().max_by_key(|(_, count)| **count);
            report("F13", faults, begun, &format!("faults in {} commands, most in {worst:?}", met.len()));
            assert!(met.len() >= $commands && faults >= $commands, "{met:?}");
        }
    )*};
}

under_faults! {
    a_repair_goes_through_all_seven_stages: ticket::main_job::a_repair_out_of_warranty_goes_through_all_seven_stages_and_the_books_tie, 20;
    a_completed_ticket_is_taken_back: ticket::money::a_completed_ticket_is_taken_back_step_by_step_and_every_posting_is_mirrored, 20;
    an_order_is_received_charged_paid_and_all_of_it_taken_back: purchase::invoice::an_invoice_at_another_price_is_owed_paid_and_all_of_it_taken_back, 8;
    a_sale_is_taken_back_with_its_returns: retail::a_sale_is_taken_back_by_somebody_else_together_with_its_returns, 5;
    what_a_station_asks_for_comes_short: stock::transfer::what_a_station_asks_for_comes_short_and_every_piece_is_accounted_for, 7;
    a_signature_and_a_shipment_are_taken_back: stock::transfer::a_signature_and_a_shipment_are_taken_back_by_their_mirrors, 6;
    a_warehouse_is_counted: stock::stocktake::a_warehouse_is_counted_blind_again_where_it_differs_and_posted_by_somebody_else, 5;
    a_unit_comes_apart: stock::conversion::a_unit_comes_apart_its_serial_ends_and_its_parts_share_its_value_to_the_fen, 4;
    goods_cost_less_from_now_on: stock::revaluation::goods_cost_less_from_now_on_and_the_loss_is_posted_on_somebody_elses_word, 4;
    a_blocking_chain_is_taken_back: stock::reversal::a_blocking_chain_is_taken_back_in_one_command_or_not_at_all, 3;
    bad_parts_are_destroyed: stock::store_documents::bad_parts_are_destroyed_with_authority_a_witness_and_a_photo, 4;
    a_settlement_is_paid: finance::a_settlement_is_paid_in_several_ways_and_the_rest_becomes_an_advance, 1;
}
