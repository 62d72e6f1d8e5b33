//! A purchase order on paper, for the supplier.

use openapi::document::DocKind;
use openapi::trade::purchase::order::{PurchaseLine, PurchaseOrder};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, order: PurchaseOrder) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, order.org_id.uuid()).await?;
    let line = |l: &PurchaseLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.quantity.to_string(),
            l.unit_price.to_string(),
            writer.money(l.amount),
            l.expected_on.or(order.expected_on).map(|day| day.to_string()).unwrap_or_default(),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("供应商", "Supplier"), Some(order.party_name.to_string())),
            (("收货网点", "Deliver to"), Some(order.org_name.to_string())),
            (("收货仓库", "Warehouse"), Some(order.warehouse_name.to_string())),
            (("状态", "State"), Some(writer.choice(order.state))),
            (("预计到货", "Expected on"), order.expected_on.map(|day| day.to_string())),
            (("备注", "Remark"), order.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[
                ("物料", "Item"),
                ("数量", "Quantity"),
                ("含税单价", "Price incl. VAT"),
                ("金额", "Amount"),
                ("到货", "Due"),
            ],
            order.lines.iter().map(line).collect(),
        )],
        totals: vec![
            (writer.say(("其中税额", "VAT in it")), writer.money(order.total_tax)),
            (writer.say(("合计", "Total")), writer.money(order.total_amount)),
        ],
        signatures: writer.signatures(&[("采购", "Bought by"), ("批准", "Approved by"), ("供应商确认", "Supplier")]),
        ..writer.slip(DocKind::PurchaseOrder, &order.number, company)
    })
}
