//! Tables of the ticket.

/// Heads; customer, model, warranty and people stand here by name too, so that lists need no join.
pub mod ticket {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub version: i64,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub updated_at: DateTimeUtc,
        pub updated_by: Uuid,
        pub org_id: Uuid,
        pub number: String,
        pub state: String,
        pub priority: String,
        pub urgency: i32,
        pub channel: String,
        pub customer_id: Uuid,
        pub customer_name: String,
        pub customer_phone: String,
        pub unit_id: Option<Uuid>,
        pub serial: Option<String>,
        pub product_id: Uuid,
        pub product_name: String,
        pub is_abnormal: bool,
        pub sold_on: Option<Date>,
        pub warranty_state_id: Uuid,
        pub warranty_state_name: String,
        pub payer: String,
        pub promised_at: Option<DateTimeUtc>,
        pub due_at: DateTimeUtc,
        pub fault_text: Option<String>,
        pub fault_summary: String,
        pub appearance: Option<String>,
        pub remark: Option<String>,
        pub inbound_courier: Option<String>,
        pub outbound_courier: Option<String>,
        pub engineer_id: Option<Uuid>,
        pub engineer_name: Option<String>,
        pub inspector_id: Option<Uuid>,
        pub inspector_name: Option<String>,
        pub rework_count: i32,
        pub cause_id: Option<Uuid>,
        pub cause_name: Option<String>,
        pub findings: Option<String>,
        pub accepted_at: Option<DateTimeUtc>,
        pub finished_at: Option<DateTimeUtc>,
        pub settled_at: Option<DateTimeUtc>,
        pub settlement_id: Option<Uuid>,
        pub customer_due: i64,
        pub bill: Option<String>,
        pub completed_at: Option<DateTimeUtc>,
        pub received_by: Option<String>,
        pub signature_id: Option<Uuid>,
        pub callback_id: Option<Uuid>,
        pub imported_at: Option<DateTimeUtc>,
        pub imported_received: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
platform::head!(ticket, "ticket", org = OrgId, owners = [EngineerId], party = CustomerId);

/// Symptoms: as the customer says, and as the engineer sees.
pub mod fault {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket_fault")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub position_no: i32,
        pub fault_id: Uuid,
        pub name: String,
        pub is_reported: bool,
        pub is_confirmed: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Methods with the prices of their level, pinned when they were chosen.
pub mod method {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket_method")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub position_no: i32,
        pub method_id: Uuid,
        pub name: String,
        pub level_id: Option<Uuid>,
        pub level_name: Option<String>,
        pub labour_price: i64,
        pub claim_fee: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Parts: needed, reserved, issued, returned, used, consumed.
pub mod part {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket_part")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub position_no: i32,
        pub product_id: Uuid,
        pub product_code: String,
        pub product_name: String,
        pub is_serial_tracked: bool,
        pub returns_old_part: bool,
        pub warehouse_id: Uuid,
        pub reservation_id: Option<Uuid>,
        pub required: i64,
        pub reserved: i64,
        pub issued: i64,
        pub returned: i64,
        pub used: i64,
        pub consumed: i64,
        pub retail_price: i64,
        pub warranty_price: i64,
        pub payer: Option<String>,
        pub cost: i64,
        pub serial: Option<String>,
        pub old_serial: Option<String>,
        pub old_part: String,
        pub remark: Option<String>,
        pub shortage_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Services that are charged.
pub mod fee {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket_fee")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub position_no: i32,
        pub service_item_id: Uuid,
        pub name: String,
        pub quantity: i64,
        pub unit_price: i64,
        pub tax_rate: i64,
        pub is_free_in_warranty: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Accessories left with the unit.
pub mod accessory {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket_accessory")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub position_no: i32,
        pub accessory_id: Option<Uuid>,
        pub name: String,
        pub quantity: i64,
        pub condition: String,
        pub remark: Option<String>,
        pub is_returned: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Stock and money documents that the ticket caused.
pub mod document {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket_document")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub kind: String,
        pub document_id: Uuid,
        pub number: String,
        pub posted_at: DateTimeUtc,
        pub is_reversed: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Callbacks; the latest is the one that counts.
pub mod callback {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "ticket_callback")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: Uuid,
        pub number: String,
        pub created_at: DateTimeUtc,
        pub created_by: Uuid,
        pub by_name: String,
        pub outcome: String,
        pub score: Option<i32>,
        pub answers: String,
        pub follow_up: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
