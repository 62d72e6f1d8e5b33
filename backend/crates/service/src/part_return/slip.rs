//! The label that is tied to an old part, and the list that travels with those of a return.

use openapi::Money;
use openapi::document::DocKind;
use openapi::service::owed_part::OwedPart;
use openapi::service::part_return::{PartReturn, PartReturnLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn label(tx: &ReadTx, part: OwedPart) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, part.org_id.uuid()).await?;
    Ok(Slip {
        fields: writer.fields([
            (("网点", "Station"), Some(part.org_name.to_string())),
            (("工单", "Ticket"), Some(part.ticket_number.clone())),
            (("物料", "Item"), Some(format!("{} {}", &*part.product_code, &*part.product_name))),
            (("序列号", "Serial"), part.serial.as_ref().map(ToString::to_string)),
            (("数量", "Quantity"), Some(part.quantity.to_string())),
            (("付费方", "Payer"), Some(writer.choice(part.payer))),
            (("完工日期", "Repaired on"), Some(part.finished_on.to_string())),
            (("最迟返还", "Due on"), Some(part.due_on.to_string())),
            (("状态", "State"), Some(writer.choice(part.state))),
            (("返还单", "Return"), part.return_number.clone()),
        ]),
        signatures: writer.signatures(&[("工程师", "Engineer"), ("库管", "Storekeeper")]),
        ..writer.slip(DocKind::OwedPart, &part.number, company)
    })
}

pub async fn list(tx: &ReadTx, back: PartReturn) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, back.org_id.uuid()).await?;
    let line = |l: &PartReturnLine| {
        let kept = l.missing_amount + l.verdict_amount + l.late_amount;
        vec![
            format!("{}\n{}", l.owed_part_number, l.ticket_number),
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            writer.choice(l.declared),
            l.quantity.to_string(),
            l.received.map(|q| q.to_string()).unwrap_or_default(),
            l.verdict.map(|verdict| writer.choice(verdict)).unwrap_or_default(),
            if kept == Money::ZERO { String::new() } else { writer.money(kept) },
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("返还网点", "From"), Some(format!("{} / {}", &*back.org_name, &*back.warehouse_name))),
            (
                ("收货方", "To"),
                Some(back.maker_name.as_ref().map_or_else(|| back.to_org_name.to_string(), ToString::to_string)),
            ),
            (("状态", "State"), Some(writer.choice(back.state))),
            (("调拨单", "Transfer"), back.transfer_number.clone()),
            (("发出时间", "Shipped at"), back.shipped_at.map(|at| writer.time(at.utc()))),
            (("核对时间", "Examined at"), back.examined_at.map(|at| writer.time(at.utc()))),
            (("快递", "Courier"), back.courier.as_ref().map(ToString::to_string)),
            (("运单号", "Parcel"), back.tracking_number.as_ref().map(ToString::to_string)),
            (("扣款承担方", "Borne by"), back.party_name.as_ref().map(ToString::to_string)),
            (("备注", "Remark"), back.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[
                ("旧件 / 工单", "Old part / ticket"),
                ("物料", "Item"),
                ("序列号", "Serial"),
                ("申报", "Declared"),
                ("发出", "Sent"),
                ("实收", "Received"),
                ("核对结果", "Found"),
                ("扣款", "Kept back"),
            ],
            back.lines.iter().map(line).collect(),
        )],
        totals: vec![(writer.say(("扣款合计", "Kept back")), writer.money(back.deduction))],
        signatures: writer.signatures(&[("网点库管", "Sent by"), ("承运人", "Carrier"), ("总部收货", "Received by")]),
        ..writer.slip(DocKind::PartReturn, &back.number, company)
    })
}
