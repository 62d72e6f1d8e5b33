//! Reads.

use super::entity::{invoice, line};
use super::model;
use crate::facts;
use crate::purchase::order::entity::line as order_line;
use crate::purchase::receipt::entity::{line as receipt_line, receipt};
use openapi::choice::Choice;
use openapi::finance::open_item::OpenItemSide;
use openapi::trade::purchase::invoice::{
    GetSupplierInvoice, ListSupplierInvoices, SupplierInvoice, SupplierInvoiceLine, SupplierInvoiceRow, ToInvoice,
};
use openapi::trade::purchase::receipt::GoodsReceiptState;
use openapi::{Page, Text, shown};
use platform::db::list::{Shape, page};
use platform::doc::document;
use platform::{Call, Failure, ReadTx, Result};
use platform::{narrowed, sorted};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub async fn list(tx: &ReadTx, call: Call<ListSupplierInvoices>) -> Result<Page<SupplierInvoiceRow>> {
    use invoice::Column as C;
    let filter = &call.query.filter;
    let all = narrowed!(filter, C:
        any state State, id org_id OrgId, id party_id PartyId, text invoice_no InvoiceNo, text number Number
    );
    let shape = Shape {
        sorts: sorted!(C: created_at CreatedAt, updated_at UpdatedAt, number Number, due_on DueOn),
        search: &[C::Number, C::InvoiceNo, C::Remark],
    };
    let found = page(tx, &call.query, invoice::Entity::find().filter(all), &shape).await?;
    let names = parties(tx, found.items.iter().map(|row| row.party_id)).await?;
    found.try_map(|row| {
        let party_name = Text::stored(names.get(&row.party_id).cloned().unwrap_or_default());
        Ok(shown!(row => SupplierInvoiceRow {
            id, version, created_at, updated_at, org_id, number, state, invoice_no, invoiced_on, due_on, amount, tax,
            difference,
        } with { party_name })?)
    })
}

async fn parties(tx: &ReadTx, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    master::api::customer_named(tx, ids.collect::<HashSet<_>>()).await
}

pub async fn get(tx: &ReadTx, call: Call<GetSupplierInvoice>) -> Result<SupplierInvoice> {
    detail(tx, tx.get::<invoice::Entity>(call.path.id).await?).await
}

/// The detail.
pub async fn detail(tx: &ReadTx, row: invoice::Model) -> Result<SupplierInvoice> {
    let rows = document::lines_of::<line::Entity>(tx, row.id).await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let line = |row: line::Model| {
        let (product_code, product_name) = facts::named(&products, row.product_id)?;
        Ok::<_, Failure>(shown!(row => SupplierInvoiceLine {
            id, receipt_line_id, product_id, quantity, unit_price, amount, tax, accrued,
        } with { product_code, product_name })?)
    };
    let lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let allowed = document::allowed_on::<invoice::Entity>(tx, &row, |_| false).await?;
    let party = parties(tx, [row.party_id].into_iter()).await?.remove(&row.party_id);
    let party_name = Text::stored(party.unwrap_or_default());
    let open = finance::api::open_of(tx, row.id, OpenItemSide::Payable).await?;
    Ok(shown!(row => SupplierInvoice {
        id, version, created_at, updated_at, org_id, number, state, party_id, invoice_no, invoiced_on, due_on,
        effective_at, remark, reason, amount, tax, accrued, difference,
    } with { allowed, is_editable: false, party_name, open, lines })?)
}

/// What was received of an order and is not invoiced yet, at most 500 lines.
pub async fn to_invoice(tx: &ReadTx, order: Uuid, ordered: &[order_line::Model]) -> Result<Vec<ToInvoice>> {
    use receipt_line::Column as C;
    let heads = receipt::Entity::find()
        .filter(receipt::Column::OrderId.eq(order))
        .filter(receipt::Column::State.eq(GoodsReceiptState::Posted.as_str()))
        .all(tx.conn())
        .await?;
    let numbers: HashMap<Uuid, &str> = heads.iter().map(|head| (head.id, head.number.as_str())).collect();
    let rows = receipt_line::Entity::find()
        .filter(C::ReceiptId.is_in(numbers.keys().copied()))
        .filter(Expr::col(C::Invoiced).add(Expr::col(C::Released)).lt(Expr::col(C::Quantity)))
        .order_by_asc(C::ReceiptId)
        .order_by_asc(C::LineNo)
        .limit(500)
        .all(tx.conn())
        .await?;
    let products = facts::products(tx, rows.iter().map(|l| l.product_id)).await?;
    let one = |row: receipt_line::Model| {
        let (_, product_name) = facts::named(&products, row.product_id)?;
        let of = ordered.iter().find(|line| line.id == row.order_line_id);
        let of = of.ok_or_else(|| Failure::Internal("a receipt has a line without an order".to_owned()))?;
        Ok(ToInvoice {
            receipt_line_id: row.id.into(),
            receipt_number: numbers.get(&row.receipt_id).copied().unwrap_or_default().to_owned(),
            product_name,
            quantity: model::open(&row),
            serial: row.serial.map(openapi::Serial::stored),
            unit_price: openapi::UnitPrice(of.unit_price),
            vat_rate: u16::try_from(of.vat_rate).unwrap_or_default(),
        })
    };
    rows.into_iter().map(one).collect()
}

/// The numbers of the invoices in force that charge for lines of a receipt.
pub async fn of_receipt(tx: &ReadTx, lines: impl IntoIterator<Item = Uuid>) -> Result<Vec<String>> {
    let charged = line::Entity::find().filter(line::Column::ReceiptLineId.is_in(lines)).all(tx.conn()).await?;
    let ids: HashSet<Uuid> = charged.into_iter().map(|line| line.invoice_id).collect();
    let rows = invoice::Entity::find()
        .filter(invoice::Column::Id.is_in(ids))
        .filter(invoice::Column::State.eq("posted"))
        .order_by_asc(invoice::Column::Number)
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

/// What a line of a receipt was invoiced for, by invoices in force.
#[derive(Clone, Debug, Default)]
pub struct Billed {
    /// Quantity in thousandths.
    pub quantity: i64,
    /// Amount in fen, VAT included.
    pub amount: i64,
    /// VAT in it, in fen.
    pub tax: i64,
}

/// What lines of a receipt were invoiced for, by line; and the invoices, the first one first.
pub async fn billed(tx: &ReadTx, lines: impl IntoIterator<Item = Uuid>) -> Result<(HashMap<Uuid, Billed>, Vec<Uuid>)> {
    let charged = line::Entity::find().filter(line::Column::ReceiptLineId.is_in(lines)).all(tx.conn()).await?;
    let rows = invoice::Entity::find()
        .filter(invoice::Column::Id.is_in(charged.iter().map(|line| line.invoice_id).collect::<HashSet<_>>()))
        .filter(invoice::Column::State.eq("posted"))
        .order_by_asc(invoice::Column::DueOn)
        .order_by_asc(invoice::Column::Id)
        .all(tx.conn())
        .await?;
    let in_force: Vec<Uuid> = rows.into_iter().map(|row| row.id).collect();
    let mut billed: HashMap<Uuid, Billed> = HashMap::new();
    for line in charged.iter().filter(|line| in_force.contains(&line.invoice_id)) {
        let sum = billed.entry(line.receipt_line_id).or_default();
        (sum.quantity, sum.amount, sum.tax) =
            (sum.quantity + line.quantity, sum.amount + line.amount, sum.tax + line.tax);
    }
    Ok((billed, in_force))
}
