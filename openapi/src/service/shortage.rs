//! Shortages (缺料单): parts that a repair waits for. A ticket makes one for each part that the store does not have; what
//! arrives is reserved for the one that is due first, and the repair goes on by itself.

use super::detail::TicketId;
use super::state::TicketState;
use super::{SHORTAGE_VIEW, TICKET_PARTS, TicketPartId};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Detail, ItemCode, Note, Page, Quantity, Text, Timestamp, choices, document, endpoints, filter, life, parts,
};

choices! {
    /// States of a shortage.
    ShortageState {
        Waiting = "waiting" ("待料", "Waiting", Warning),
        Allocated = "allocated" ("已分配", "Allocated", Info),
        Issued = "issued" ("已领料", "Issued", Success),
        Cancelled = "cancelled" ("已取消", "Cancelled", Neutral),
    }
    /// What happens to a shortage.
    ShortageAction {
        Allocate = "allocate" ("分配到料", "Allocate", Success),
        Issue = "issue" ("领料", "Issue", Success),
        Cancel = "cancel" ("取消缺料", "Cancel the shortage", Danger),
        Lapse = "lapse" ("工单不再需要", "No longer needed by the ticket", Neutral),
    }
}

life! {
    /// From the missing part to the part in the engineer's hands. Only `cancel` is called by people: the others follow
    /// from what arrives and from what becomes of the ticket.
    ShortageLife of Shortage: ShortageState, ShortageAction from Waiting {
        Waiting: Allocate => Allocated needs SHORTAGE_VIEW;
        Waiting: Issue => Issued needs SHORTAGE_VIEW;
        Waiting: Cancel => Cancelled needs TICKET_PARTS;
        Waiting: Lapse => Cancelled needs SHORTAGE_VIEW;
        Allocated: Issue => Issued needs SHORTAGE_VIEW;
        Allocated: Lapse => Cancelled needs SHORTAGE_VIEW;
    }
}

parts! {
    /// Why nobody waits for the part any more.
    draft ShortageReason {
        /// The reason, shown in the timeline.
        reason: Note<500>,
    }
}

document! {
    /// A part that a repair waits for.
    Shortage: ShortageId "shortage" in ShortageState by ShortageAction {
        /// Name of the station.
        org_name: Text<100>,
        /// Ticket.
        ticket_id: TicketId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 40, example = "RE202611210043"))]
        ticket_number: String,
        /// Its state.
        ticket_state: TicketState,
        /// What is repaired.
        #[cfg_attr(feature = "schema", schema(max_length = 200, example = "X30 5G 手机"))]
        unit_name: String,
        /// Name of the engineer.
        #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李强"))]
        engineer_name: Option<String>,
        /// Line of the ticket.
        part_id: TicketPartId,
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Store that it is to come from.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Quantity that was missing.
        quantity: Quantity,
        /// Quantity that has been reserved for the ticket since, or issued.
        allocated: Quantity,
        /// Quantity that is still missing.
        missing: Quantity,
        /// When the ticket is promised to be ready: who is due first gets first. Null without a promise, which comes last.
        due_at: Option<Timestamp>,
        /// Whether that time has passed and the part is still missing.
        is_overdue: bool,
        /// How many wait before this one for the same part.
        #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1))]
        ahead: i64,
        /// Quantity of the part on its way to the station, shipped and not yet signed for.
        incoming: Quantity,
        /// When it ended: issued, or no longer needed.
        closed_at: Option<Timestamp>,
    }
    /// A shortage in a list.
    ShortageRow {
        /// Name of the station.
        org_name: Text<100>,
        /// Ticket.
        ticket_id: TicketId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 40, example = "RE202611210043"))]
        ticket_number: String,
        /// Name of the engineer.
        #[cfg_attr(feature = "schema", schema(max_length = 100, example = "李强"))]
        engineer_name: Option<String>,
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Quantity that was missing.
        quantity: Quantity,
        /// Quantity that has been reserved or issued since.
        allocated: Quantity,
        /// Quantity that is still missing.
        missing: Quantity,
        /// When the ticket is promised to be ready.
        due_at: Option<Timestamp>,
        /// Whether that time has passed and the part is still missing.
        is_overdue: bool,
        /// Quantity of the part on its way to the station.
        incoming: Quantity,
        /// When it ended.
        closed_at: Option<Timestamp>,
    }
}

filter! {
    /// Filter of the list of shortages. `q` looks in the numbers of the shortage and of its ticket.
    ShortageFilter by "created_at", "updated_at", "number", "due_at" {
        /// States.
        state: any ShortageState,
        /// Station.
        org_id: id OrgId,
        /// Part.
        product_id: id ProductId,
        /// Ticket.
        ticket_id: id TicketId,
        /// Only those whose ticket should be ready by now and that still wait, or only others.
        is_overdue: flag,
        /// Exactly this number.
        number: text 60,
    }
}

endpoints! { "Shortages";
    /// List what repairs wait for.
    ListShortages: Get "/api/v1/service/shortages" needs SHORTAGE_VIEW, list ShortageFilter => Page<ShortageRow>;
    /// Read a shortage.
    GetShortage: Get "/api/v1/service/shortages/{id}" needs SHORTAGE_VIEW, path ById<Shortage> => Detail<Shortage>;
    /// Wait no longer: the repair does without what is still missing.
    ///
    /// The ticket then needs so much less of the part; what has been reserved stays reserved. A ticket that waits for
    /// nothing else goes on.
    CancelShortage: Post "/api/v1/service/shortages/{id}/cancel" needs TICKET_PARTS, path ById<Shortage>, body ShortageReason => Detail<Shortage>;
}
