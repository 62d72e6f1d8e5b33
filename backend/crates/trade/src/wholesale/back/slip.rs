//! A sales return on paper: the credit note.

use openapi::document::DocKind;
use openapi::trade::wholesale::back::{SalesReturn, SalesReturnLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, back: SalesReturn) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, back.org_id.uuid()).await?;
    let line = |l: &SalesReturnLine| {
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
            (("客户", "Customer"), Some(back.party_name.to_string())),
            (("发货单", "Shipment"), Some(back.shipment_number.clone())),
            (("红字发票号", "Credit note"), back.credit_no.as_ref().map(ToString::to_string)),
            (("退货时间", "Returned at"), Some(writer.time(back.effective_at.utc()))),
            (("状态", "State"), Some(writer.choice(back.state))),
            (("退货原因", "Reason"), Some(back.remark.to_string())),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[
                ("物料", "Item"),
                ("序列号", "Serial"),
                ("品质", "Condition"),
                ("数量", "Quantity"),
                ("冲减金额", "Credit incl. VAT"),
            ],
            back.lines.iter().map(line).collect(),
        )],
        totals: vec![
            (writer.say(("其中税额", "VAT in it")), writer.money(back.tax)),
            (writer.say(("冲减合计", "Total credit")), writer.money(back.credit)),
        ],
        signatures: writer.signatures(&[("库管收货", "Received by"), ("客户确认", "Customer")]),
        ..writer.slip(DocKind::SalesReturn, &back.number, company)
    })
}
