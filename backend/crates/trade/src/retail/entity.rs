//! Tables `retail_sale`, `retail_return`, their lines and payments, `point_entry` and `retail_policy`.

use openapi::trade::retail::back::RetailReturn;
use openapi::trade::retail::member::{RetailPolicy, RetailPolicyChange, RetailPolicyDraft};
use openapi::trade::retail::sale::RetailSale;

platform::table! {
    /// Sales.
    sale = "retail_sale", org = OrgId, owners = [CashierId], life RetailSale {
        warehouse_id: Uuid,
        customer_id: Option<Uuid>,
        cashier_id: Uuid,
        cashier_name: String,
        effective_at: DateTimeUtc,
        effective_on: Date,
        posted_at: DateTimeUtc,
        gross: i64,
        discount: i64,
        total: i64,
        vat_total: i64,
        cost_total: i64,
        tendered: Option<i64>,
        change: i64,
        points: i64,
        points_back: i64,
        refunded: i64,
        line_count: i64,
        remark: Option<String>,
        reversal_of: Option<Uuid>,
        reason: Option<String>,
    }
}
platform::table! {
    /// Lines of sales. `credited`, `refunded`, `vat_back` and `cost_back` grow as goods come back.
    sale_line = "retail_sale_line" of RetailSaleId as retail_sale_id {
        product_id: Uuid,
        serial: Option<String>,
        quantity: i64,
        list_price: i64,
        unit_price: i64,
        gross: i64,
        discount: i64,
        amount: i64,
        vat_rate: i64,
        vat: i64,
        cost: i64,
        returned: i64,
        credited: i64,
        refunded: i64,
        vat_back: i64,
        cost_back: i64,
        condition: String,
    }
}
platform::table! {
    /// Returns.
    back = "retail_return", org = OrgId, owners = [CashierId], life RetailReturn {
        sale_id: Uuid,
        customer_id: Option<Uuid>,
        cashier_id: Uuid,
        cashier_name: String,
        effective_at: DateTimeUtc,
        effective_on: Date,
        posted_at: DateTimeUtc,
        refund: i64,
        vat_total: i64,
        loss: i64,
        points: i64,
        remark: String,
        reversal_of: Option<Uuid>,
        reason: Option<String>,
    }
}
platform::table! {
    /// Lines of returns.
    back_line = "retail_return_line" of RetailReturnId as retail_return_id {
        sale_line_id: Uuid,
        product_id: Uuid,
        serial: Option<String>,
        condition: String,
        quantity: i64,
        deduction: i64,
        refund: i64,
        vat: i64,
        cost: i64,
        value: i64,
    }
}
platform::table! {
    /// How sales were paid, and returns paid back.
    payment = "retail_payment" of DocumentId as document_id {
        method: String,
        bank_account_id: Uuid,
        amount: i64,
        reference: Option<String>,
    }
}

/// Points that customers earned and lost.
pub mod point {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "point_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub customer_id: Uuid,
        pub source_kind: String,
        pub source_id: Uuid,
        pub source_number: String,
        pub created_at: DateTimeUtc,
        pub points: i64,
        pub balance: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

platform::rules! {
    /// The rules, each change a row.
    policy = "retail_policy" of RetailPolicy: RetailPolicyDraft, RetailPolicyChange {
        points_per_hundred, discount_limit, bad_value, refurb_months,
    }
}
