//! Base data: customers, products, dictionaries, warehouses, units.

pub mod customer;

use crate::permissions;

permissions! {
    CUSTOMER_VIEW = "master.customer.view", "查看客户", "View customers" {
        Reception: All, Engineer: All, Inspector: All, Clerk: All, Storekeeper: All, Accountant: All, Care: All,
        Dispatcher: All, StationManager: All, Headquarters: All,
    };
    CUSTOMER_EDIT = "master.customer.edit", "维护客户", "Maintain customers" {
        Reception: All, Clerk: All, StationManager: All, Headquarters: All,
    };
}
