//! A requisition on paper.

use openapi::document::DocKind;
use openapi::stock::requisition::{Requisition, RequisitionLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, requisition: Requisition) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, requisition.org_id.uuid()).await?;
    let line = |l: &RequisitionLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.quantity.to_string(),
            l.approved.map(|q| q.to_string()).unwrap_or_default(),
            l.shipped.to_string(),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("申请网点", "Asked by"), Some(requisition.org_name.to_string())),
            (("供货网点", "Asked of"), Some(requisition.supplier_name.to_string())),
            (("状态", "State"), Some(writer.choice(requisition.state))),
            (("紧急程度", "Urgency"), Some(writer.choice(requisition.priority))),
            (("需求日期", "Needed on"), requisition.needed_on.map(|day| day.to_string())),
            (("用途", "Purpose"), requisition.purpose.as_ref().map(ToString::to_string)),
            (("备注", "Remark"), requisition.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[("物料", "Item"), ("申请", "Asked"), ("批准", "Approved"), ("已发", "Sent")],
            requisition.lines.iter().map(line).collect(),
        )],
        signatures: writer.signatures(&[("申请人", "Asked by"), ("批准人", "Approved by")]),
        ..writer.slip(DocKind::Requisition, &requisition.number, company)
    })
}
