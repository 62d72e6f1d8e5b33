//! Members: the points of customers, and the rules of retail that they follow from.

use super::{RETAIL_POLICY_EDIT, RETAIL_VIEW};
use crate::document::DocKind;
use crate::master::customer::{Customer, CustomerId};
use crate::system::SubjectId;
use crate::{ById, Id, Json, Resource, Text, Timestamp, endpoints, parts, rules};

/// Id of an entry of points.
pub type PointEntryId = Id<PointEntry>;
impl Resource for PointEntry {
    const NAME: &'static str = "point_entry";
}

rules! {
    /// The rules of retail: points, discounts, worth of bad goods.
    RetailPolicy: RetailPolicyDraft, RetailPolicyChange, RetailPolicyChangeId = "retail_policy" {
        /// Points that a customer earns for 100 yuan.
        points_per_hundred: 0 to 10000, at first 100;
        /// The largest discount that every cashier may give, in basis points of the list price.
        discount_limit: 0 to 10000, at first 1000;
        /// What goods that come back bad are still worth, in basis points of their cost.
        bad_value: 0 to 10000, at first 0;
        /// Months of warranty that start with the sale of a refurbished unit, retail or wholesale; none with 0.
        refurb_months: 0 to 240, at first 3;
    }
}

parts! {
    /// Points that a customer earned or lost.
    shown PointEntry {
        /// Id.
        id: PointEntryId,
        /// When.
        created_at: Timestamp,
        /// Kind of the document.
        source_kind: DocKind,
        /// The document.
        source_id: SubjectId,
        /// Its number.
        #[cfg_attr(feature = "schema", schema(max_length = 60, example = "LS20261100001"))]
        source_number: String,
        /// Points, below zero when they were taken back.
        #[cfg_attr(feature = "schema", schema(example = 48))]
        points: i64,
        /// Balance afterwards.
        #[cfg_attr(feature = "schema", schema(example = 148))]
        balance: i64,
    }
    /// The points of a customer.
    shown MemberPoints {
        /// The customer.
        customer_id: CustomerId,
        /// Name.
        customer_name: Text<100>,
        /// Points that the customer has.
        #[cfg_attr(feature = "schema", schema(example = 148))]
        balance: i64,
        /// The latest entries first, at most 100.
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        entries: Vec<PointEntry>,
    }
}

endpoints! { "Members";
    /// The points of a customer.
    GetMemberPoints: Get "/api/v1/trade/members/{id}/points" needs RETAIL_VIEW, path ById<Customer> => Json<MemberPoints>;
    /// The rules of retail: points, discounts, worth of bad goods.
    GetRetailPolicy: Get "/api/v1/trade/retail-policy" needs RETAIL_VIEW => Json<RetailPolicy>;
    /// Set the rules of retail from now on.
    SetRetailPolicy: Post "/api/v1/trade/retail-policy" needs RETAIL_POLICY_EDIT, body RetailPolicyDraft => Json<RetailPolicy>;
}
