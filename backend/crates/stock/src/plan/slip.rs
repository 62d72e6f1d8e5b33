//! A parts plan on paper.

use openapi::document::DocKind;
use openapi::stock::plan::{PartsPlan, PartsPlanLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, plan: PartsPlan) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, plan.org_id.uuid()).await?;
    let line = |l: &PartsPlanLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.suggested.map(|q| q.to_string()).unwrap_or_default(),
            l.quantity.to_string(),
            l.approved.map(|q| q.to_string()).unwrap_or_default(),
            l.received.to_string(),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("网点", "Station"), Some(plan.org_name.to_string())),
            (("类型", "Kind"), Some(writer.choice(plan.kind))),
            (("月份", "Month"), Some(plan.month.to_string())),
            (("状态", "State"), Some(writer.choice(plan.state))),
            (("需求日期", "Needed on"), plan.needed_on.map(|day| day.to_string())),
            (("原因", "Reason"), plan.reason.as_ref().map(ToString::to_string)),
            (("备注", "Remark"), plan.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[("物料", "Item"), ("建议", "Suggested"), ("需求", "Wanted"), ("批准", "Approved"), ("已收", "Received")],
            plan.lines.iter().map(line).collect(),
        )],
        signatures: writer.signatures(&[("提报人", "Planned by"), ("批准人", "Approved by")]),
        ..writer.slip(DocKind::PartsPlan, &plan.number, company)
    })
}
