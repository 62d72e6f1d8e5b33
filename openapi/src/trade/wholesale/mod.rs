//! Wholesale: what dealers and other companies order, what is shipped to them on credit, and what they send back.

pub mod back;
pub mod order;
pub mod price;
pub mod shipment;

use crate::{codes, permissions};

codes! {
    SHIPMENT_EXCEEDS_ORDER = 422 "shipment_exceeds_order", "超出未发货数量 {open}", "More than the {open} that is still to be shipped";
    ORDER_NAMES_SERIAL = 422 "order_names_serial", "订单指定了序列号 {serial}", "The order names the piece {serial}";
    CREDIT_EXCEEDED = 409 "credit_exceeded", "信用额度 {limit}，加上本单将占用 {used}；请先收款、减少数量，或由有权限的人填写放行原因", "The credit limit is {limit} and with this order {used} would be used: collect money, order less, or have it released with a reason";
    CREDIT_OVERDUE = 409 "credit_overdue", "该客户有逾期应收 {overdue}；请先收款，或由有权限的人填写放行原因", "{overdue} of the customer is overdue: collect it, or have the order released with a reason";
    PRICE_NOT_AGREED = 422 "price_not_agreed", "价目表价格为 {price}，请改为该价格或留空", "The price list says {price}: enter that or leave it empty";
    SHIPMENT_NOT_RETURNABLE = 409 "shipment_not_returnable", "发货单 {number} 已冲销，不能退货", "Shipment {number} was reversed; nothing of it can come back";
    PRICE_DAY_TAKEN = 409 "price_day_taken", "该产品在这个价格级别和生效日期已有价格", "The product has a price at this level from this day already";
    PRICE_IN_FORCE = 409 "price_in_force", "已生效的价格不能删除，请另设新的生效日期", "A price that was in force is not removed: set another one from a later day";
}

permissions! {
    WHOLESALE_VIEW = "trade.wholesale.view", "查看销售订单", "View sales orders" {
        Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree, Headquarters: All, Dealer: Party,
    };
    WHOLESALE_EDIT = "trade.wholesale.edit", "录入销售订单", "Write sales orders" {
        Clerk: Station, Headquarters: All, Dealer: Party,
    };
    WHOLESALE_ACCEPT = "trade.wholesale.accept", "审核销售订单", "Accept and reject sales orders" {
        Accountant: All, Headquarters: All,
    };
    WHOLESALE_CREDIT = "trade.wholesale.credit", "超信用放行", "Release orders beyond the credit" {
        Accountant: All,
    };
    WHOLESALE_SHIP = "trade.wholesale.ship", "销售发货", "Ship sales orders" {
        Storekeeper: Station, Headquarters: All,
    };
    WHOLESALE_SIGN = "trade.wholesale.sign", "确认收到销售货物", "Confirm that an order has arrived" {
        Clerk: Station, Headquarters: All, Dealer: Party,
    };
    WHOLESALE_RETURN_ASK = "trade.wholesale.return.ask", "申请销售退货", "Ask to send sold goods back" {
        Clerk: Station, Storekeeper: Station, Headquarters: All, Dealer: Party,
    };
    WHOLESALE_RETURN_APPROVE = "trade.wholesale.return.approve", "审核销售退货", "Approve and reject sales returns" {
        Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    WHOLESALE_RETURN = "trade.wholesale.return", "销售退货收货", "Take sold goods back" {
        Storekeeper: Station, Headquarters: All,
    };
    WHOLESALE_REVERSE = "trade.wholesale.reverse", "冲销销售单据", "Reverse shipments and sales returns" {
        Accountant: All, Headquarters: All,
    };
    PRICE_VIEW = "trade.price.view", "查看价目表", "View the price list" {
        Reception: All, Clerk: All, Storekeeper: All, Accountant: All, StationManager: All, Headquarters: All,
    };
    PRICE_EDIT = "trade.price.edit", "维护价目表", "Maintain the price list" {
        Accountant: All, Headquarters: All,
    };
}
