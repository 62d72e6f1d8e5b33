//! Tables `price`, `sales_order`, `sales_shipment`, `sales_return` and their lines.

use openapi::trade::wholesale::back::SalesReturnLife;
use openapi::trade::wholesale::order::SalesLife;
use openapi::trade::wholesale::shipment::SalesShipmentLife;

platform::table! {
    /// Orders.
    order = "sales_order", org = OrgId, party = PartyId, life SalesLife {
        party_id: Uuid,
        warehouse_id: Option<Uuid>,
        source: String,
        customer_ref: Option<String>,
        address: Option<String>,
        expected_on: Option<Date>,
        remark: Option<String>,
        credit_reason: Option<String>,
        total_quantity: i64,
        shipped_quantity: i64,
        total_amount: i64,
        total_tax: i64,
    }
}
platform::table! {
    /// Lines of orders, in the order they were typed; shipments take their share of amount and tax.
    order_line = "sales_order_line" of OrderId as order_id {
        product_id: Uuid,
        quantity: i64,
        list_price: i64,
        unit_price: i64,
        vat_rate: i32,
        amount: i64,
        tax: i64,
        shipped: i64,
        shipped_amount: i64,
        shipped_tax: i64,
        remark: Option<String>,
        condition: String,
        serial: Option<String>,
    }
}
platform::table! {
    /// Shipments.
    shipment = "sales_shipment", org = OrgId, party = PartyId, life SalesShipmentLife {
        order_id: Uuid,
        order_number: String,
        party_id: Uuid,
        warehouse_id: Uuid,
        address: Option<String>,
        effective_at: DateTimeUtc,
        due_on: Date,
        courier: Option<String>,
        tracking_no: Option<String>,
        remark: Option<String>,
        reason: Option<String>,
        total_quantity: i64,
        amount: i64,
        tax: i64,
    }
}
platform::table! {
    /// Lines of shipments; one for each piece, where pieces have serial numbers. `returned`, `credited`, `tax_back` and
    /// `cost_back` grow as goods come back.
    shipment_line = "sales_shipment_line" of ShipmentId as shipment_id {
        order_line_id: Uuid,
        product_id: Uuid,
        serial: Option<String>,
        quantity: i64,
        unit_price: i64,
        amount: i64,
        tax: i64,
        cost: i64,
        returned: i64,
        credited: i64,
        tax_back: i64,
        cost_back: i64,
        condition: String,
    }
}
platform::table! {
    /// Returns.
    back = "sales_return", org = OrgId, party = PartyId, life SalesReturnLife {
        shipment_id: Uuid,
        shipment_number: String,
        party_id: Uuid,
        effective_at: DateTimeUtc,
        credit_no: Option<String>,
        remark: String,
        reason: Option<String>,
        total_quantity: i64,
        credit: i64,
        tax: i64,
        loss: i64,
        set_off: i64,
    }
}
platform::table! {
    /// Lines of returns.
    back_line = "sales_return_line" of ReturnId as return_id {
        shipment_line_id: Uuid,
        product_id: Uuid,
        serial: Option<String>,
        condition: String,
        quantity: i64,
        credit: i64,
        tax: i64,
        cost: i64,
        value: i64,
    }
}

/// Prices, each from a day on.
pub mod price {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "price")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub product_id: Uuid,
        pub level: String,
        pub from_on: Date,
        pub unit_price: i64,
        pub remark: Option<String>,
        pub condition: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(price, "price");
