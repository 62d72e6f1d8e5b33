//! Base data: customers, products, dictionaries, warehouses, bank accounts, units.

pub mod bank_account;
pub mod customer;
pub mod dictionary;
pub mod import;
pub mod product;
pub mod unit;
pub mod warehouse;
pub mod warranty;

use crate::{choices, codes, permissions};

choices! {
    /// What can be done to a master record besides editing it.
    RecordAction {
        Deactivate = "deactivate" ("停用", "Take out of use", Warning),
        Activate = "activate" ("启用", "Take into use", Success),
        Verify = "verify" ("核实", "Verify", Success),
    }
}

codes! {
    NOT_APPLICABLE = 422 "not_applicable", "该类型没有此项", "Not used for this kind";
    PARENT_NOT_TOP = 422 "parent_not_top", "上级必须是同类的第一级条目", "The parent must be an entry of the first level of the same kind";
    DATE_IN_FUTURE = 422 "date_in_future", "日期不能晚于今天", "The date lies in the future";
    PRODUCT_NOT_A_UNIT = 422 "product_not_a_unit", "只有主机类产品才有机器档案", "Only products of the kind main unit have units";
    NOT_CHANGEABLE = 422 "not_changeable", "建档后不能修改", "Cannot be changed after it was recorded";
    TERMS_FORBIDDEN = 422 "terms_forbidden", "没有设定信用额度、价格和账期的权限", "You may not agree on credit, prices and terms";
    PARTY_ROLE_MISSING = 422 "party_role_missing", "该往来单位不是{role}", "The party is no {role}";
    COST_FORBIDDEN = 422 "cost_forbidden", "没有维护成本的权限", "You may not maintain the cost";
}

permissions! {
    CUSTOMER_VIEW = "master.customer.view", "查看客户", "View customers" {
        Reception: All, Engineer: All, Inspector: All, Clerk: All, Storekeeper: All, Accountant: All, Care: All,
        Dispatcher: All, StationManager: All, Headquarters: All,
    };
    CUSTOMER_EDIT = "master.customer.edit", "维护客户", "Maintain customers" {
        Reception: All, Clerk: All, StationManager: All, Headquarters: All,
    };
    CUSTOMER_TERMS = "master.customer.terms", "设定信用额度、价格和账期", "Agree on credit, prices and terms of payment" {
        StationManager: All, Headquarters: All,
    };
    CUSTOMER_CONTACT = "master.customer.contact", "查看客户完整电话（档案）", "See customers' full phone numbers on file" {
        Reception: All, Clerk: All, Accountant: All, Care: All, Dispatcher: All, StationManager: All, Headquarters: All,
        Dealer: Party,
    };
    DICTIONARY_VIEW = "master.dictionary.view", "查看基础字典", "View dictionaries" {
        Reception: All, Engineer: All, Inspector: All, Clerk: All, Storekeeper: All, Accountant: All, Care: All,
        Dispatcher: All, StationManager: All, Headquarters: All,
    };
    DICTIONARY_EDIT = "master.dictionary.edit", "维护基础字典", "Maintain dictionaries" {
        Clerk: All, Headquarters: All,
    };
    PRODUCT_VIEW = "master.product.view", "查看产品与配件", "View products and parts" {
        Reception: All, Engineer: All, Inspector: All, Clerk: All, Storekeeper: All, Accountant: All, Care: All,
        Dispatcher: All, StationManager: All, Headquarters: All, Dealer: All,
    };
    PRODUCT_EDIT = "master.product.edit", "维护产品与配件", "Maintain products and parts" {
        Clerk: All, Headquarters: All,
    };
    PRODUCT_COST = "master.product.cost", "查看成本", "See costs" {
        Clerk: All, Storekeeper: All, Accountant: All, StationManager: All, Headquarters: All,
    };
    PRODUCT_PRICES = "master.product.prices", "查看批发价与保内结算价", "See wholesale and warranty prices" {
        Reception: All, Engineer: All, Clerk: All, Storekeeper: All, Accountant: All, Care: All, Dispatcher: All,
        StationManager: All, Headquarters: All,
    };
    WAREHOUSE_VIEW = "master.warehouse.view", "查看仓库", "View warehouses" {
        Reception: Station, Engineer: Station, Inspector: Station, Clerk: Station, Storekeeper: Station, Accountant: All,
        Care: All, Dispatcher: Subtree, StationManager: Subtree, Headquarters: All,
    };
    WAREHOUSE_EDIT = "master.warehouse.edit", "维护仓库", "Maintain warehouses" {
        StationManager: Subtree, Headquarters: All,
    };
    BANK_ACCOUNT_VIEW = "master.bank_account.view", "查看资金账户", "View cash and bank accounts" {
        Reception: Station, Clerk: Station, Accountant: All, StationManager: Subtree, Headquarters: All,
    };
    BANK_ACCOUNT_EDIT = "master.bank_account.edit", "维护资金账户", "Maintain cash and bank accounts" {
        Accountant: All, Headquarters: All,
    };
    IMPORT = "master.import", "导入表格", "Import workbooks" {
        Clerk: All, Storekeeper: All, StationManager: All, Headquarters: All, Dealer: Party,
    };
    UNIT_VIEW = "master.unit.view", "查看机器档案", "View units" {
        Reception: All, Engineer: All, Inspector: All, Clerk: All, Storekeeper: All, Accountant: All, Care: All,
        Dispatcher: All, StationManager: All, Headquarters: All, Dealer: Party,
    };
    UNIT_EDIT = "master.unit.edit", "维护机器档案", "Maintain units" {
        Reception: All, Clerk: All, StationManager: All, Headquarters: All,
    };
}
