//! A stocktake on paper: a sheet to count with while it is blind, afterwards what differs.

use openapi::document::DocKind;
use openapi::stock::stocktake::{Stocktake, StocktakeLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, doc: Stocktake) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, doc.org_id.uuid()).await?;
    let number = |quantity: Option<openapi::Quantity>| quantity.map(|q| q.to_string()).unwrap_or_default();
    let line = |l: &StocktakeLine| {
        vec![
            l.bin.as_ref().map(ToString::to_string).unwrap_or_default(),
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            writer.choice(l.condition),
            number(l.book),
            number(l.counted),
            number(l.difference),
        ]
    };
    let heads = [
        ("库位", "Bin"),
        ("物料", "Item"),
        ("序列号", "Serial"),
        ("状况", "Condition"),
        ("账面", "Books"),
        ("实盘", "Counted"),
        ("差异", "Difference"),
    ];
    let money = |value: Option<openapi::Money>| value.map(|value| writer.money(value));
    Ok(Slip {
        fields: writer.fields([
            (("仓库", "Warehouse"), Some(doc.warehouse_name.to_string())),
            (("状态", "State"), Some(writer.choice(doc.state))),
            (("快照时间", "Snapshot"), Some(writer.time(doc.frozen_at.utc()))),
            (("盘盈金额", "Found"), money(doc.gain_value)),
            (("盘亏金额", "Missing"), money(doc.loss_value)),
            (("备注", "Remark"), doc.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(("明细", "Lines"), &heads, doc.lines.iter().map(line).collect())],
        signatures: writer.signatures(&[("盘点人", "Counted by"), ("审批人", "Approved by")]),
        ..writer.slip(DocKind::Stocktake, &doc.number, company)
    })
}
