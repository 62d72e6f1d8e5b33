//! A stock document on paper, for the people who hand the goods over.

use openapi::stock::document::{StockDoc, StockLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, doc: StockDoc) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, doc.org_id.uuid()).await?;
    // costs are there only for those who may see them
    let parts = doc.lines.iter().map(|line| line.product_id.uuid());
    let bins = crate::bins::bins(tx, doc.warehouse_id.map(|id| id.uuid()), parts).await?;
    let bin = |l: &StockLine| bins.get(&(doc.warehouse_id?.uuid(), l.product_id.uuid())).map(ToString::to_string);
    // from shelf to shelf; what has no bin comes last
    let mut lines: Vec<&StockLine> = doc.lines.iter().collect();
    lines.sort_by_key(|l| (bin(l).is_none(), bin(l)));
    let line = |l: &&StockLine| {
        vec![
            bin(l).unwrap_or_default(),
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            match l.to_condition {
                Some(to) if to != l.condition => format!("{} → {}", writer.choice(l.condition), writer.choice(to)),
                _ => writer.choice(l.condition),
            },
            l.quantity.to_string(),
            l.value.map(|value| writer.money(value)).unwrap_or_default(),
        ]
    };
    let mut totals = vec![(writer.say(("合计数量", "Total quantity")), doc.total_quantity.to_string())];
    totals.extend(doc.total_value.map(|value| (writer.say(("合计金额", "Total value")), writer.money(value))));
    Ok(Slip {
        fields: writer.fields([
            (("仓库", "Warehouse"), doc.warehouse_name.as_ref().map(ToString::to_string)),
            (("调入仓库", "To"), doc.to_warehouse_name.as_ref().map(ToString::to_string)),
            (("见证人", "Witness"), doc.witness_name.as_ref().map(ToString::to_string)),
            (("工程师", "Engineer"), doc.engineer_name.as_ref().map(ToString::to_string)),
            (("原因", "Reason"), Some(writer.choice(doc.reason))),
            (("状态", "State"), Some(writer.choice(doc.state))),
            (("来源单据", "For"), doc.source.as_ref().map(|source| source.number.clone())),
            (("过账时间", "Posted at"), doc.posted_at.map(|at| writer.time(at.utc()))),
            (("外部单号", "Reference"), doc.reference.as_ref().map(ToString::to_string)),
            (("备注", "Remark"), doc.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[
                ("库位", "Bin"),
                ("物料", "Item"),
                ("序列号", "Serial"),
                ("状况", "Condition"),
                ("数量", "Quantity"),
                ("金额", "Value"),
            ],
            lines.iter().map(line).collect(),
        )],
        totals,
        signatures: writer.signatures(&[("交付人", "Handed over by"), ("接收人", "Received by")]),
        ..writer.slip(doc.kind, &doc.number, company)
    })
}
