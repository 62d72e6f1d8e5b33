//! The delivery note that travels with the goods.

use openapi::document::DocKind;
use openapi::stock::transfer::{Transfer, TransferLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, transfer: Transfer) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, transfer.org_id.uuid()).await?;
    let number = |quantity: Option<openapi::Quantity>| quantity.map(|q| q.to_string()).unwrap_or_default();
    let line = |l: &TransferLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            l.quantity.to_string(),
            number(l.received),
            number(l.damaged),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("发货", "From"), Some(format!("{} / {}", &*transfer.org_name, &*transfer.warehouse_name))),
            (("收货网点", "To"), Some(transfer.to_org_name.to_string())),
            (("状态", "State"), Some(writer.choice(transfer.state))),
            (("发货时间", "Shipped at"), transfer.shipped_at.map(|at| writer.time(at.utc()))),
            (("签收期限", "Sign by"), transfer.sign_by.map(|at| writer.time(at.utc()))),
            (("签收时间", "Signed at"), transfer.signed_at.map(|at| writer.time(at.utc()))),
            (("快递", "Courier"), transfer.courier.as_ref().map(ToString::to_string)),
            (("运单号", "Parcel"), transfer.tracking_number.as_ref().map(ToString::to_string)),
            (("备注", "Remark"), transfer.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[("物料", "Item"), ("序列号", "Serial"), ("发货", "Sent"), ("实收", "Received"), ("损坏", "Damaged")],
            transfer.lines.iter().map(line).collect(),
        )],
        signatures: writer.signatures(&[("发货人", "Sent by"), ("承运人", "Carrier"), ("收货人", "Received by")]),
        ..writer.slip(DocKind::Transfer, &transfer.number, company)
    })
}
