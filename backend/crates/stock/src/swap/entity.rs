//! Tables `swap`, `swap_line`, `swap_balance` and `swap_entry`.

use openapi::stock::swap::SwapLife;

platform::table! {
    /// Heads.
    swap = "swap", org = OrgId, life SwapLife {
        way: String,
        party_id: Uuid,
        warehouse_id: Uuid,
        reference: Option<String>,
        accept_over: bool,
        posted_at: Option<DateTimeUtc>,
        remark: Option<String>,
        total_quantity: i64,
    }
}
platform::table! {
    /// Accessories. `over` and `owed` are known once the swap is posted.
    line = "swap_line" of SwapId as swap_id {
        product_id: Uuid,
        quantity: i64,
        over: i64,
        owed: Option<i64>,
        condition: String,
        is_replaced: bool,
        fault: Option<String>,
        serial: Option<String>,
        for_serial: Option<String>,
    }
}
platform::table! {
    /// What is owed of an accessory to a distributor or by a factory: the sum of the entries, kept beside them.
    balance = "swap_balance", org = OrgId {
        side: String,
        party_id: Uuid,
        product_id: Uuid,
        taken: i64,
        given: i64,
    }
}
platform::table! {
    /// Every swap in history: append only.
    entry = "swap_entry", org = OrgId {
        way: String,
        is_reversal: bool,
        swap_id: Uuid,
        swap_number: String,
        party_id: Uuid,
        product_id: Uuid,
        quantity: i64,
        open: i64,
        serial: Option<String>,
    }
}
