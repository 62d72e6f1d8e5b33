//! The price list: what a product costs at a price level from a day on. Where it says nothing, the price on file of the
//! product applies. Wholesale and retail both ask it.

use super::{PRICE_EDIT, PRICE_VIEW};
use crate::master::customer::PriceLevel;
use crate::master::product::ProductId;
use crate::trade::retail::SaleCondition;
use crate::{
    ById, Created, Date, Id, ItemCode, NoContent, Page, Resource, Text, Timestamp, UnitPrice, Versioned, endpoints,
    filter, parts,
};

/// Id of a price.
pub type PriceId = Id<Price>;
impl Resource for Price {
    const NAME: &'static str = "price";
}
impl Versioned for Price {
    fn version(&self) -> i64 {
        self.version
    }
}

parts! {
    /// A price from a day on, as typed. An earlier one of the product at this level applies until the day before.
    draft PriceDraft {
        /// Product.
        product_id: ProductId,
        /// Price level.
        level: PriceLevel,
        /// Of new goods when absent.
        #[serde(default)]
        condition: Option<SaleCondition>,
        /// First day, not before today.
        from_on: Date,
        /// Price per unit of measure, VAT included.
        #[validate(custom(function = "crate::check::price"))]
        unit_price: UnitPrice,
        /// Remark, for example the number of the maker's circular.
        #[serde(default)]
        remark: Option<Text<200>>,
    }
    /// A price from a day on.
    shown Price {
        /// Id.
        id: PriceId,
        /// Counts the changes, from 1.
        #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
        version: i64,
        /// Created at.
        created_at: Timestamp,
        /// Last change.
        updated_at: Timestamp,
        /// Product.
        product_id: ProductId,
        /// Its code.
        product_code: ItemCode,
        /// Its name.
        product_name: Text<120>,
        /// Unit of measure.
        uom: Text<10>,
        /// Price level.
        level: PriceLevel,
        /// Of new or of refurbished goods.
        condition: SaleCondition,
        /// First day.
        from_on: Date,
        /// Last day; null when no later price is known.
        until_on: Option<Date>,
        /// Whether it applies today.
        is_in_force: bool,
        /// Price per unit of measure, VAT included.
        unit_price: UnitPrice,
        /// Price on file of the product at this level, which is that of new goods.
        price_on_file: UnitPrice,
        /// Remark.
        remark: Option<Text<200>>,
        /// Whether it lies ahead, and the caller may remove it.
        is_removable: bool,
    }
}

filter! {
    /// Filter of the price list. `q` looks in remarks.
    PriceFilter by "created_at", "updated_at", "from_on" {
        /// Product.
        product_id: id ProductId,
        /// Price levels.
        level: any PriceLevel,
        /// Of new or of refurbished goods.
        condition: any SaleCondition,
        /// Only prices that apply on this day.
        on: date,
        /// Only prices that apply today (true), or only others (false).
        is_in_force: flag,
    }
}

endpoints! { "Price list";
    /// Enquire about prices: what applied when, what applies on a day, what lies ahead.
    ListPrices: Get "/api/v1/trade/prices" needs PRICE_VIEW, list PriceFilter => Page<Price>;
    /// Set a price from a day on. Refused with `price_day_taken` when there is one from that very day.
    CreatePrice: Post "/api/v1/trade/prices" needs PRICE_EDIT, body PriceDraft => Created<Price>;
    /// Remove a price that lies ahead. What was in force stays (`price_in_force`).
    DeletePrice: Delete "/api/v1/trade/prices/{id}" needs PRICE_EDIT, path ById<Price> => NoContent;
}
