//! Refurbished goods on the lines of sales: in which condition goods move, what they cost by the list, and the warranty of
//! units that starts again.

use finance::api::Source;
use openapi::choice::Choice;
use openapi::master::product::{ProductKind, ProductRow};
use openapi::master::unit::DocumentLink;
use openapi::stock::Condition;
use openapi::trade::retail::SaleCondition;
use openapi::trade::retail::back::ReturnCondition;
use openapi::{Serial, UnitPrice};
use platform::{Result, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// In which condition goods of a line lie in stock.
pub fn in_stock(line: &str) -> Condition {
    SaleCondition::parse(line).unwrap_or(SaleCondition::Good).in_stock()
}

/// In which condition goods come back of a line that was sold in another: what is good is what it was.
pub fn coming_back(sold: &str, back: &str) -> Condition {
    if back == ReturnCondition::Bad.as_str() { Condition::Bad } else { in_stock(sold) }
}

/// Prices by the list: of new goods and of refurbished ones.
pub struct Lists<'a> {
    /// Of new goods.
    pub good: &'a HashMap<Uuid, UnitPrice>,
    /// Of refurbished goods, where the list says something.
    pub refurbished: &'a HashMap<Uuid, UnitPrice>,
}

impl Lists<'_> {
    /// The price of a product, if there is one.
    pub fn price(&self, product: Uuid, condition: SaleCondition) -> Option<UnitPrice> {
        match condition {
            SaleCondition::Good => self.good.get(&product).copied(),
            SaleCondition::Refurbished => self.refurbished.get(&product).copied(),
        }
    }
}

/// What was sold of refurbished units.
pub struct Sold<'a> {
    /// The sale.
    pub source: Source,
    /// Who bought, where that is known.
    pub customer: Option<Uuid>,
    /// The day.
    pub on: chrono::NaiveDate,
    /// Months of warranty by the rules of that day.
    pub months: u16,
    /// Products by id.
    pub products: &'a HashMap<Uuid, ProductRow>,
}

/// A line as far as this is concerned: product, serial, condition.
pub type Piece<'a> = (Uuid, Option<&'a String>, &'a str);

/// Starts the warranty of refurbished units again.
pub async fn resell(tx: &Tx, sale: &Sold<'_>, pieces: impl IntoIterator<Item = Piece<'_>>) -> Result<()> {
    for (product, serial, condition) in pieces {
        let is_unit = sale.products.get(&product).is_some_and(|p| p.kind == ProductKind::Unit);
        let Some(serial) = serial.filter(|_| is_unit && condition == SaleCondition::Refurbished.as_str()) else {
            continue;
        };
        let resale = master::api::Resale {
            product,
            serial: Serial::stored(serial.clone()),
            customer: sale.customer,
            sold_on: sale.on,
            months: sale.months,
            document: DocumentLink { kind: sale.source.kind, id: sale.source.id, number: sale.source.number.clone() },
        };
        master::api::unit_resold(tx, resale).await?;
    }
    Ok(())
}

/// The sale of these pieces is taken back, or stands again.
pub async fn stands<'a>(
    tx: &Tx,
    sale: Uuid,
    pieces: impl IntoIterator<Item = (Uuid, Option<&'a String>)>,
    stands: bool,
) -> Result<()> {
    for (product, serial) in pieces {
        if let Some(serial) = serial {
            master::api::resale_stands(tx, sale, product, &Serial::stored(serial.clone()), stands).await?;
        }
    }
    Ok(())
}
