//! Bins (库位): where in a warehouse a part lies. The ledger counts by warehouse; the bin says where to put a hand on it.

use super::{BIN_EDIT, BIN_VIEW};
use crate::identity::OrgId;
use crate::master::product::ProductId;
use crate::master::warehouse::WarehouseId;
use crate::{
    ById, Created, Detail, Id, ItemCode, NoContent, Page, Quantity, Resource, Text, Timestamp, Versioned, endpoints,
    filter, parts,
};

/// Id of a bin of a part.
pub type BinId = Id<Bin>;
impl Resource for Bin {
    const NAME: &'static str = "bin";
}
impl Versioned for Bin {
    fn version(&self) -> i64 {
        self.version
    }
}

parts! {
    /// Where a part lies in a warehouse, as typed.
    draft BinDraft {
        /// Warehouse; it cannot be changed later.
        warehouse_id: WarehouseId,
        /// Part; at most one bin in each warehouse, and it cannot be changed later. Several parts may share a bin.
        product_id: ProductId,
        /// Name of the bin, for example shelf, level and box: "A-01-03". Lists of what to fetch or count go by it.
        code: Text<20>,
        /// Remark, for example where more of it lies.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// Where a part lies in a warehouse.
    shown Bin {
        /// Id.
        id: BinId,
        /// Counts the changes, from 1.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
        version: i64,
        /// Created at.
        created_at: Timestamp,
        /// Last change.
        updated_at: Timestamp,
        /// Station of the warehouse.
        org_id: OrgId,
        /// Warehouse.
        warehouse_id: WarehouseId,
        /// Its name.
        warehouse_name: Text<60>,
        /// Part.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Name of the bin.
        code: Text<20>,
        /// What lies in the warehouse, of every condition and owner.
        on_hand: Quantity,
        /// Remark.
        remark: Option<Text<200>>,
    }
}

filter! {
    /// Filter of bins. `q` looks in the name of the bin and the remark.
    BinFilter by "code", "created_at", "updated_at" {
        /// Station.
        org_id: id OrgId,
        /// Warehouse.
        warehouse_id: id WarehouseId,
        /// Part.
        product_id: id ProductId,
    }
}

endpoints! { "Bins";
    /// List bins: what lies in a shelf, or where a part lies.
    ListBins: Get "/api/v1/stock/bins" needs BIN_VIEW, list BinFilter => Page<Bin>;
    /// Read a bin.
    GetBin: Get "/api/v1/stock/bins/{id}" needs BIN_VIEW, path ById<Bin> => Detail<Bin>;
    /// Give a part its bin in a warehouse. Refused with `taken` when it has one there: that one is changed.
    CreateBin: Post "/api/v1/stock/bins" needs BIN_EDIT, body BinDraft => Created<Bin>;
    /// Put a part into another bin.
    UpdateBin: Put "/api/v1/stock/bins/{id}" needs BIN_EDIT, path ById<Bin>, body BinDraft => Detail<Bin>;
    /// Take a part out of its bin; its stock stays what it is.
    DeleteBin: Delete "/api/v1/stock/bins/{id}" needs BIN_EDIT, path ById<Bin> => NoContent;
}
