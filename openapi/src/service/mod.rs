//! Service: the repair ticket and everything that hangs on one.

pub mod board;
pub mod closing;
pub mod custody;
pub mod detail;
pub mod intake;
pub mod owed_part;
pub mod part_return;
pub mod shortage;
pub mod state;
pub mod ticket;
pub mod work;

pub use crate::finance::BankAccountId;
use crate::master::dictionary::DictionaryEntryId;
pub use crate::master::product::ProductId;
pub use crate::master::unit::UnitId;
pub use crate::master::warehouse::WarehouseId;
use crate::{Id, Resource, codes, permissions};

/// A fault symptom.
pub type FaultId = DictionaryEntryId;
/// A cause of faults.
pub type CauseId = DictionaryEntryId;
/// A repair method.
pub type MethodId = DictionaryEntryId;
/// A repair level.
pub type LevelId = DictionaryEntryId;
/// A warranty state.
pub type WarrantyStateId = DictionaryEntryId;
/// A service item with its price.
pub type ServiceItemId = DictionaryEntryId;
/// A kind of accessory.
pub type AccessoryId = DictionaryEntryId;

/// Declares what other documents of the contract are known by here.
macro_rules! references { ($($(#[$doc:meta])* $id:ident of $of:ident = $name:literal;)+) => { $(
    $(#[$doc])*
    #[derive(Clone, Copy, Debug)]
    pub struct $of;
    impl Resource for $of {
        const NAME: &'static str = $name;
    }
    $(#[$doc])*
    pub type $id = Id<$of>;
)+ } }

references! {
    /// A line of parts on a ticket.
    TicketPartId of TicketPartRef = "ticket_part";
    /// An accessory on a ticket.
    TicketAccessoryId of TicketAccessoryRef = "ticket_accessory";
    /// A document of another domain that belongs to a ticket; its kind stands beside it.
    LinkedDocumentId of LinkedDocumentRef = "linked_document";
}

permissions! {
    TICKET_VIEW = "service.ticket.view", "查看工单", "View tickets" {
        Reception: Station, Engineer: Own, Inspector: Station, Clerk: Station, Storekeeper: Station, Accountant: Subtree,
        Care: All, Dispatcher: Subtree, StationManager: Subtree, Headquarters: All, Dealer: Party,
    };
    TICKET_INTAKE = "service.ticket.intake", "接单与修改工单", "Take in and edit tickets" {
        Reception: Station, Clerk: Station, Care: All, StationManager: Subtree, Headquarters: All,
    };
    TICKET_ACCEPT = "service.ticket.accept", "受理工单", "Accept tickets" { Reception: Station, StationManager: Subtree };
    TICKET_CANCEL = "service.ticket.cancel", "取消工单", "Cancel tickets" { Reception: Station, StationManager: Subtree };
    TICKET_ASSIGN = "service.ticket.assign", "派工与改派", "Assign engineers" {
        Reception: Station, Dispatcher: Subtree, StationManager: Subtree,
    };
    TICKET_REPAIR = "service.ticket.repair", "检测与维修", "Diagnose and repair" { Engineer: Own, StationManager: Subtree };
    TICKET_PARTS = "service.ticket.parts", "工单领退料", "Issue and return parts" {
        Engineer: Own, Storekeeper: Station, StationManager: Subtree,
    };
    TICKET_INSPECT = "service.ticket.inspect", "质检", "Inspect" { Inspector: Station, StationManager: Subtree };
    TICKET_CHARGE = "service.ticket.charge", "录入服务费用", "Enter service charges" {
        Reception: Station, Engineer: Own, StationManager: Subtree,
    };
    TICKET_SETTLE = "service.ticket.settle", "结算与收款", "Settle and collect" {
        Reception: Station, Accountant: Subtree, StationManager: Subtree,
    };
    TICKET_PICKUP = "service.ticket.pickup", "取机交付", "Hand the unit over" {
        Reception: Station, Clerk: Station, StationManager: Subtree,
    };
    TICKET_CALLBACK = "service.ticket.callback", "回访", "Call customers back" { Care: All, StationManager: Subtree };
    TICKET_AUDIT = "service.ticket.audit", "审计工单", "Audit tickets" { Headquarters: All };
    TICKET_REVERSE = "service.ticket.reverse", "反审核/反完成", "Reverse completed steps" { Headquarters: All };
    SHORTAGE_VIEW = "service.shortage.view", "查看缺料单", "View shortages" {
        Reception: Station, Engineer: Station, Clerk: Station, Storekeeper: Station, Accountant: Subtree,
        Dispatcher: Subtree, StationManager: Subtree, Headquarters: All,
    };
    OWED_PART_VIEW = "service.owed_part.view", "查看欠返旧件", "View old parts owed" {
        Engineer: Station, Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree,
        Headquarters: All,
    };
    OWED_PART_WAIVE = "service.owed_part.waive", "旧件免返", "Waive old parts" { Headquarters: All };
    PART_POLICY_EDIT = "service.part_return.policy", "设置旧件返还规则", "Set the rules of old parts" {
        Accountant: All, Headquarters: All,
    };
    PART_RETURN_EDIT = "service.part_return.edit", "录入旧件返还单", "Write old-part returns" {
        Clerk: Station, Storekeeper: Station, StationManager: Station, Headquarters: All,
    };
    PART_RETURN_SHIP = "service.part_return.ship", "旧件返还发出", "Ship old-part returns" {
        Storekeeper: Station, Headquarters: All,
    };
    PART_RETURN_EXAMINE = "service.part_return.examine", "旧件收货核对", "Examine old-part returns" {
        Storekeeper: Station, Headquarters: All,
    };
    PART_RETURN_REVERSE = "service.part_return.reverse", "撤销旧件返还", "Reverse old-part returns" { Headquarters: All };
    TICKET_IMPORT = "service.ticket.import", "导入历史工单", "Import old tickets" {
        StationManager: Subtree, Headquarters: All,
    };
    TICKET_COST_VIEW = "service.ticket.cost", "查看维修成本", "View the cost of repairs" {
        Storekeeper: Station, Accountant: Subtree, StationManager: Subtree, Headquarters: All,
    };
    TICKET_CONTACT_VIEW = "service.ticket.contact", "查看客户完整电话", "View customers' full phone numbers" {
        Reception: Station, Clerk: Station, Accountant: Subtree, Care: All, Dispatcher: Subtree, StationManager: Subtree,
        Headquarters: All, Dealer: Party,
    };
}

codes! {
    CUSTOMER_CHOICE = 422 "customer_choice", "请选择一个已有客户，或录入一个新客户", "Choose a customer or enter a new one, not both";
    INSPECTOR_IS_ENGINEER = 409 "inspector_is_engineer", "质检人不能是维修工程师本人", "The inspector must not be the engineer of the ticket";
    NO_ENGINEER = 409 "no_engineer", "请先派工", "Assign an engineer first";
    NOT_THE_ENGINEER = 409 "not_the_engineer", "该工单由 {engineer} 负责", "{engineer} is the engineer of this ticket";
    ENGINEER_UNSUITABLE = 422 "engineer_unsuitable", "该员工不是本网点的维修工程师", "This person is not an engineer of the station";
    METHOD_MISSING = 409 "method_missing", "请先填写维修方法和维修级别", "Give the repair method and its level first";
    PARTS_NOT_BALANCED = 409 "parts_not_balanced", "{part}：领用 {issued}，使用 {used}，退回 {returned}，数量不符", "{part}: issued {issued}, used {used}, returned {returned} do not balance";
    PARTS_SHORT = 409 "parts_short", "{part} 库存不足", "{part} is not in stock";
    PARTS_OUTSTANDING = 409 "parts_outstanding", "{part} 尚有 {quantity} 未退回仓库", "{quantity} of {part} must be returned to stock first";
    PART_QUANTITY = 422 "part_quantity", "数量应在 0 与 {max} 之间", "The quantity must be between 0 and {max}";
    PART_NEEDS_SERIAL = 422 "part_needs_serial", "该配件须录入序列号", "This part needs a serial number";
    PART_IN_USE = 409 "part_in_use", "配件已领用，不能删除", "The part was issued and cannot be removed";
    ALREADY_SETTLED = 409 "already_settled", "工单已结算", "The ticket is settled already";
    NOT_SETTLED = 409 "not_settled", "请先结算", "Settle the ticket first";
    NOT_PAID = 409 "not_paid", "客户尚欠 {open} 元", "The customer still owes {open} yuan";
    OVERPAID = 422 "overpaid", "收款超过应收 {open} 元", "More than the {open} yuan that are due";
    ACCESSORIES_NOT_RETURNED = 409 "accessories_not_returned", "还有 {count} 件附件未交还客户", "{count} accessories were not given back";
    SIGNATURE_MISSING = 409 "signature_missing", "缺少客户签名", "The customer's signature is missing";
    OLD_PART_STORE_MISSING = 409 "old_part_store_missing", "本网点没有坏件库，请先建立", "The station has no store for bad parts; open one first";
    IMPORT_STATE = 422 "import_state", "历史工单只能是待受理、已完成、已回访、已审计或已取消", "An old ticket is to be accepted, completed, called back, audited or cancelled";
    IMPORT_NOT_COMPLETED = 422 "import_not_completed", "未完成的工单没有完成时间", "Only a completed ticket has a time of completion";
    IMPORT_OPEN_MONEY = 422 "import_open_money", "待受理的工单没有已收金额，收款须在本系统登记", "A ticket that is to be accepted has received nothing; money is entered here";
    NOTHING_TO_REVERSE = 409 "nothing_to_reverse", "历史导入的工单没有过账，无可冲销", "The ticket was imported as history and posted nothing that could be reversed";
    PART_NOT_OWED = 409 "part_not_owed", "旧件 {number} 已不在待返还状态（{state}）", "Old part {number} is not to be returned any more ({state})";
    OLD_PART_OWED = 409 "old_part_owed", "总部要求返还旧件 {number}（{state}），只有免返的旧件才能退还客户", "Headquarters wants old part {number} back ({state}); only what is waived may go to the customer";
    OLD_PART_GONE = 409 "old_part_gone", "旧件 {number} 已退还客户，不能恢复返还", "Old part {number} went to the customer and cannot be owed again";
    PART_OF_OTHER_STATION = 422 "part_of_other_station", "一张返还单只能返还同一网点的旧件", "A return takes old parts of one station only";
    UNIT_ALREADY_KNOWN = 409 "unit_already_known", "该设备已有档案", "The unit is on file already";
}

#[cfg(test)]
mod tests {
    use super::state::{TicketLifecycle, TicketState};
    use crate::document::table_faults;

    #[test]
    fn the_state_table_is_sound() {
        assert_eq!(table_faults::<TicketLifecycle>(TicketState::PendingAcceptance), Vec::<String>::new());
    }
}
