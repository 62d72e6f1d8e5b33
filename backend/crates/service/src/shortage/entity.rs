//! Table `shortage`.

use openapi::service::shortage::ShortageLife;

platform::table! {
    /// Parts that repairs wait for. `due_at` is that of the ticket.
    shortage = "shortage", org = OrgId, life ShortageLife {
        ticket_id: Uuid,
        ticket_number: String,
        part_id: Uuid,
        product_id: Uuid,
        warehouse_id: Uuid,
        quantity: i64,
        allocated: i64,
        due_at: DateTimeUtc,
        closed_at: Option<DateTimeUtc>,
    }
}
