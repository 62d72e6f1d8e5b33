//! A goods receipt on paper.

use openapi::document::DocKind;
use openapi::trade::purchase::receipt::{GoodsReceipt, GoodsReceiptLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, receipt: GoodsReceipt) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, receipt.org_id.uuid()).await?;
    let line = |l: &GoodsReceiptLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            l.quantity.to_string(),
            writer.money(l.value),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("供应商", "Supplier"), Some(receipt.party_name.to_string())),
            (("采购订单", "Order"), Some(receipt.order_number.clone())),
            (("入库仓库", "Warehouse"), Some(receipt.warehouse_name.to_string())),
            (("到货时间", "Received at"), Some(writer.time(receipt.effective_at.utc()))),
            (("送货单号", "Delivery note"), receipt.reference.as_ref().map(ToString::to_string)),
            (("状态", "State"), Some(writer.choice(receipt.state))),
            (("备注", "Remark"), receipt.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[("物料", "Item"), ("序列号", "Serial"), ("数量", "Quantity"), ("不含税金额", "Net amount")],
            receipt.lines.iter().map(line).collect(),
        )],
        totals: vec![(writer.say(("不含税合计", "Net total")), writer.money(receipt.total_value))],
        signatures: writer.signatures(&[("送货人", "Delivered by"), ("库管签收", "Received by")]),
        ..writer.slip(DocKind::GoodsReceipt, &receipt.number, company)
    })
}
