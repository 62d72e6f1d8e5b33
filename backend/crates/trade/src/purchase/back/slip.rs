//! A purchase return on paper, for the supplier and the store.

use openapi::document::DocKind;
use openapi::trade::purchase::back::{PurchaseReturn, PurchaseReturnLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, back: PurchaseReturn) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, back.org_id.uuid()).await?;
    let line = |l: &PurchaseReturnLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            writer.choice(l.condition),
            l.quantity.to_string(),
            writer.money(l.credit),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("供应商", "Supplier"), Some(back.party_name.to_string())),
            (("采购收货单", "Goods receipt"), Some(back.receipt_number.clone())),
            (("出库仓库", "Warehouse"), Some(back.warehouse_name.to_string())),
            (("退货时间", "Returned at"), back.effective_at.map(|at| writer.time(at.utc()))),
            (("红字发票号", "Credit invoice"), back.credit_no.as_ref().map(ToString::to_string)),
            (("状态", "State"), Some(writer.choice(back.state))),
            (("退货原因", "Reason"), Some(back.reason.to_string())),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[
                ("物料", "Item"),
                ("序列号", "Serial"),
                ("品质", "Condition"),
                ("数量", "Quantity"),
                ("退款含税金额", "Credit incl. VAT"),
            ],
            back.lines.iter().map(line).collect(),
        )],
        totals: vec![
            (writer.say(("未开票暂估", "Not invoiced, net")), writer.money(back.accrued)),
            (writer.say(("应退含税金额", "Credit incl. VAT")), writer.money(back.credit)),
        ],
        signatures: writer.signatures(&[("库管发货", "Sent by"), ("供应商签收", "Received by supplier")]),
        ..writer.slip(DocKind::PurchaseReturn, &back.number, company)
    })
}
