//! Retail: what is sold over the counter and brought back to it, and the points of members.

pub mod back;
pub mod member;
pub mod sale;

use crate::finance::PayMethod;
use crate::finance::receipt::ReceiptPaymentDraft;
use crate::stock::Condition;
use crate::{Money, Text, choices, codes, parts, permissions};

/// One way in which a sale was paid or a return was paid back.
pub type RetailPaymentDraft = ReceiptPaymentDraft;

choices! {
    /// State of a retail sale or a retail return.
    RetailState {
        Posted = "posted" ("已过账", "Posted", Success),
        Reversed = "reversed" ("已冲销", "Reversed", Danger),
        Mirror = "mirror" ("红字冲销", "Reversal", Warning),
    }
    /// In which condition goods are sold.
    SaleCondition {
        Good = "good" ("全新", "New", Neutral),
        Refurbished = "refurb" ("翻新", "Refurbished", Info),
    }
    /// What can be done to a retail sale or a retail return.
    RetailAction {
        Reverse = "reverse" ("冲销", "Reverse", Danger),
    }
}

impl SaleCondition {
    /// The condition in which such goods lie in stock.
    pub const fn in_stock(self) -> Condition {
        match self {
            SaleCondition::Good => Condition::Good,
            SaleCondition::Refurbished => Condition::Refurbished,
        }
    }
}

parts! {
    /// One way in which money went over the counter.
    shown RetailPayment {
        /// How it was paid.
        method: PayMethod,
        /// Where the money is.
        bank_account_id: crate::finance::BankAccountId,
        /// Its name.
        bank_account_name: Text<100>,
        /// Amount; below zero in the mirror of a reversed document.
        amount: Money,
        /// Number of the slip or of the transfer.
        reference: Option<Text<60>>,
    }
}

codes! {
    PAYMENT_DIFFERS = 422 "payment_differs", "付款合计 {paid} 与应付金额 {due} 不一致", "{paid} is paid but {due} is due";
    TENDERED_TOO_LITTLE = 422 "tendered_too_little", "收到的现金少于现金付款金额 {cash}", "Less cash was handed over than the {cash} that is paid in cash";
    DISCOUNT_EXCEEDS = 422 "discount_exceeds", "优惠金额超过商品金额 {amount}", "The discount is more than the goods cost ({amount})";
    DISCOUNT_NOT_ALLOWED = 403 "discount_not_allowed", "优惠 {discount} 超过您可给的上限 {most}，请由店长开单", "A discount of {discount} is more than the {most} that you may give; ask the manager";
    RETURN_EXCEEDS = 422 "return_exceeds", "超过可退数量 {open}", "More than the {open} that can still come back";
    DEDUCTION_EXCEEDS = 422 "deduction_exceeds", "扣款超过可退金额 {most}", "The deduction is more than the refund of {most}";
    SALE_NOT_RETURNABLE = 409 "sale_not_returnable", "销售单 {number} 已冲销，不能退货", "Sale {number} was reversed; nothing of it can come back";
    CASHIER_CANNOT_TAKE_BACK = 409 "cashier_cannot_take_back", "收银员不能冲销自己的单据", "The cashier cannot reverse the own document";
}

permissions! {
    RETAIL_VIEW = "trade.retail.view", "查看零售单据", "View retail sales" {
        Reception: Station, Clerk: Station, Storekeeper: Station, Accountant: All, StationManager: Subtree,
        Headquarters: All,
    };
    RETAIL_SELL = "trade.retail.sell", "零售开单", "Sell over the counter" {
        Reception: Station, StationManager: Station,
    };
    RETAIL_RETURN = "trade.retail.return", "零售退货", "Take retail goods back" {
        Reception: Station, StationManager: Station,
    };
    RETAIL_DISCOUNT = "trade.retail.discount", "超限优惠", "Give more than the usual discount" {
        StationManager: Station,
    };
    RETAIL_REVERSE = "trade.retail.reverse", "冲销零售单据", "Reverse retail documents" {
        Accountant: All, StationManager: Station,
    };
    RETAIL_POLICY_EDIT = "trade.retail.policy", "设置零售规则", "Set the rules of retail" {
        Accountant: All, Headquarters: All,
    };
}
