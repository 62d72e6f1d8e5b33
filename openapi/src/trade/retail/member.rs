//! Members: the points of customers, and the rules of retail that they follow from.

use super::{RETAIL_POLICY_EDIT, RETAIL_VIEW};
use crate::document::DocKind;
use crate::master::customer::{Customer, CustomerId};
use crate::system::SubjectId;
use crate::{ById, Id, Json, Resource, Text, Timestamp, endpoints, parts};

/// Id of a change of the rules.
pub type RetailPolicyChangeId = Id<RetailPolicyChange>;
impl Resource for RetailPolicyChange {
    const NAME: &'static str = "retail_policy";
}
/// Id of an entry of points.
pub type PointEntryId = Id<PointEntry>;
impl Resource for PointEntry {
    const NAME: &'static str = "point_entry";
}

parts! {
    /// The rules of retail, as typed. They hold from now on; what is posted keeps its points and values.
    draft RetailPolicyDraft {
        /// Points that a customer earns for 100 yuan, 0 to 10,000.
        #[validate(range(max = 10_000))]
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 100))]
        points_per_hundred: u16,
        /// The largest discount that every cashier may give, in basis points of the list price.
        #[validate(range(max = 10_000))]
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1000))]
        discount_limit: u16,
        /// What goods that come back bad are still worth, in basis points of their cost.
        #[validate(range(max = 10_000))]
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 0))]
        bad_value: u16,
        /// Remark.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// One change of the rules.
    shown RetailPolicyChange {
        /// Id.
        id: RetailPolicyChangeId,
        /// Points for 100 yuan.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 100))]
        points_per_hundred: u16,
        /// Largest usual discount in basis points.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1000))]
        discount_limit: u16,
        /// Worth of bad goods in basis points of their cost.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 0))]
        bad_value: u16,
        /// When it was set.
        created_at: Timestamp,
        /// By whom.
        created_by_name: Option<Text<100>>,
        /// Remark.
        remark: Option<Text<200>>,
    }
    /// The rules of retail.
    shown RetailPolicy {
        /// Points for 100 yuan now.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 100))]
        points_per_hundred: u16,
        /// Largest usual discount now, in basis points.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 1000))]
        discount_limit: u16,
        /// Worth of bad goods now, in basis points of their cost.
        #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 10000, example = 0))]
        bad_value: u16,
        /// What was set, the latest first, at most 100. Before the first entry the presets applied.
        #[cfg_attr(feature = "schema", schema(max_items = 100))]
        items: Vec<RetailPolicyChange>,
    }
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
