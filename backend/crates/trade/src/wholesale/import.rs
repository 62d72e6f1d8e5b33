//! Orders from a workbook: a row for each line, rows with the same number of the customer together one draft. A dealer
//! uploads its own; staff names the customer.

use super::entity::{order, order_line as line};
use super::order::commands;
use openapi::choice::Choice;
use openapi::master::customer::CustomerId;
use openapi::master::product::ProductId;
use openapi::problem::field;
use openapi::trade::retail::SaleCondition;
use openapi::trade::wholesale::order::{SalesLineDraft, SalesOrderDraft, SalesState};
use openapi::{Date, Issue, Quantity, Text, UnitPrice, check};
use platform::doc::document;
use platform::sheet::import::Dataset;
use platform::sheet::{Column, Row, Sheet};
use platform::{ReadTx, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// The dataset.
pub struct SalesOrders;

/// What rows refer to.
pub struct Known {
    /// Products by code in capital letters, and whether they come in whole pieces only.
    products: HashMap<String, (Uuid, bool)>,
    /// Parties by name and by phone; none where a dealer uploads its own.
    parties: Option<HashMap<String, Uuid>>,
}

/// One line of an order, and the order that it belongs to.
pub struct OrderRow {
    party: Option<CustomerId>,
    customer_ref: Text<60>,
    address: Option<Text<200>>,
    expected_on: Option<Date>,
    line: SalesLineDraft,
}

impl Dataset for SalesOrders {
    const COLUMNS: &'static [Column] = &[
        Column::new("customer_ref", "客户订单号", "Customer's number", "PO-2026-001").required(),
        Column::new("party", "客户", "Customer", "经销商自己上传时留空"),
        Column::new("product", "物料编码", "Item code", "LCD-P60").required(),
        Column::new("quantity", "数量", "Quantity", "10").required(),
        Column::new("unit_price", "含税单价", "Price incl. VAT", "不填按价目表"),
        Column::new("expected_on", "期望到货", "Wanted on", "2026-12-01"),
        Column::new("address", "送货地址", "Deliver to", "不填用档案地址"),
        Column::new("remark", "备注", "Remark", ""),
    ];
    type Draft = OrderRow;
    type Known = Known;

    async fn known(tx: &ReadTx, sheet: &Sheet) -> Result<Known> {
        let codes: Vec<String> = sheet.column(Self::COLUMNS, "product").map(str::to_owned).collect();
        let found = master::api::products_called(tx, &codes).await?;
        let usable = found.into_iter().filter(crate::facts::is_goods);
        let products = usable.map(|p| (p.code.to_uppercase(), (p.id.uuid(), p.is_serial_tracked))).collect();
        let parties = match tx.actor().party_id {
            Some(_) => None,
            None => {
                let words: Vec<String> = sheet.column(Self::COLUMNS, "party").map(str::to_owned).collect();
                Some(master::api::parties_called(tx, &words).await?)
            }
        };
        Ok(Known { products, parties })
    }

    fn draft(row: &mut Row<'_>, known: &mut Known) -> Option<OrderRow> {
        let customer_ref = row.need("customer_ref");
        let party = party(row, known);
        let code = row.text("product").to_uppercase();
        let product = known.products.get(&code).copied();
        match (code.is_empty(), product) {
            (true, _) => row.blame("product", Issue::new(field::REQUIRED)),
            (false, None) => row.blame("product", Issue::new(field::REFERENCE_NOT_FOUND)),
            _ => {}
        }
        let quantity: Option<Quantity> = row.need("quantity");
        let is_wrong = quantity.is_some_and(|q| check::quantity(&q).is_err());
        if is_wrong {
            row.blame("quantity", Issue::new(field::OUT_OF_RANGE).with("min", "0.001").with("max", 1_000_000));
        } else if quantity.is_some_and(|q| !q.is_whole()) && product.is_some_and(|(_, is_tracked)| is_tracked) {
            row.blame("quantity", Issue::new(field::TOO_MANY_DECIMALS).with("max", 0));
        }
        let unit_price: Option<UnitPrice> = row.may("unit_price");
        let (address, expected_on, remark) = (row.may("address"), row.day("expected_on"), row.may("remark"));
        let product_id: ProductId = product?.0.into();
        let line =
            SalesLineDraft { product_id, quantity: quantity?, condition: None, serial: None, unit_price, remark };
        Some(OrderRow { party, customer_ref: customer_ref?, address, expected_on, line })
            .filter(|_| row.issues.is_empty())
    }

    async fn apply(tx: &Tx, draft: OrderRow) -> Result<()> {
        let OrderRow { party, customer_ref, address, expected_on, line } = draft;
        let begun = begun(tx, party.map_or(tx.actor().party_id, |id| Some(id.uuid())), &customer_ref).await?;
        let (mut lines, mut address, mut expected_on) = (Vec::new(), address, expected_on);
        if let Some((row, earlier)) = &begun {
            lines.extend(earlier.iter().map(as_typed));
            address = address.or_else(|| row.address.clone().map(Text::stored));
            expected_on = expected_on.or(row.expected_on.map(Into::into));
        }
        lines.push(line);
        let draft = SalesOrderDraft {
            party_id: party,
            warehouse_id: None,
            customer_ref: Some(customer_ref),
            address,
            expected_on,
            remark: None,
            lines,
        };
        match begun {
            None => commands::add(tx, draft).await.map(|_| ()),
            Some((row, _)) => commands::retype(tx, row, draft).await,
        }
    }
}

fn party(row: &mut Row<'_>, known: &Known) -> Option<CustomerId> {
    let name = row.text("party").to_owned();
    let Some(parties) = &known.parties else { return None };
    let found = parties.get(&name).copied();
    if found.is_none() {
        row.blame("party", Issue::new(if name.is_empty() { field::REQUIRED } else { field::REFERENCE_NOT_FOUND }));
    }
    found.map(Into::into)
}

/// The draft that an earlier row of this workbook began.
async fn begun(
    tx: &Tx,
    party: Option<Uuid>,
    customer_ref: &Text<60>,
) -> Result<Option<(order::Model, Vec<line::Model>)>> {
    use order::Column as C;
    let select = order::Entity::find()
        .filter(C::PartyId.eq(party.unwrap_or_default()))
        .filter(C::CustomerRef.eq(&**customer_ref))
        .filter(C::State.eq(openapi::choice::Choice::as_str(SalesState::Draft)))
        .filter(C::CreatedBy.eq(tx.actor().user_id))
        .filter(C::CreatedAt.eq(tx.now()));
    let Some(row) = select.one(tx.conn()).await? else { return Ok(None) };
    let lines = document::lines_of::<line::Entity>(tx, row.id).await?;
    Ok(Some((row, lines)))
}

fn as_typed(line: &line::Model) -> SalesLineDraft {
    SalesLineDraft {
        product_id: line.product_id.into(),
        quantity: Quantity(line.quantity),
        condition: SaleCondition::parse(&line.condition),
        serial: line.serial.clone().map(openapi::Serial::stored),
        unit_price: Some(UnitPrice(line.unit_price)),
        remark: line.remark.clone().map(Text::stored),
    }
}
