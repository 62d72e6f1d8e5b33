//! A shortage on paper, for whoever fetches or orders the part.

use openapi::document::DocKind;
use openapi::service::shortage::Shortage;
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, shortage: Shortage) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, shortage.org_id.uuid()).await?;
    let line = vec![
        format!("{} {}", &*shortage.product_code, &*shortage.product_name),
        shortage.quantity.to_string(),
        shortage.allocated.to_string(),
        shortage.missing.to_string(),
    ];
    Ok(Slip {
        fields: writer.fields([
            (("网点", "Station"), Some(shortage.org_name.to_string())),
            (("工单", "Ticket"), Some(shortage.ticket_number.clone())),
            (("机型", "Unit"), Some(shortage.unit_name.clone())),
            (("工程师", "Engineer"), shortage.engineer_name.clone()),
            (("状态", "State"), Some(writer.choice(shortage.state))),
            (("仓库", "Warehouse"), Some(shortage.warehouse_name.to_string())),
            (("要求日期", "Due"), shortage.due_at.map(|at| writer.time(at.utc()))),
        ]),
        tables: vec![writer.table(
            ("缺料", "Missing part"),
            &[("物料", "Item"), ("缺料数量", "Missing"), ("已分配", "Allocated"), ("仍缺", "Still missing")],
            vec![line],
        )],
        signatures: writer.signatures(&[("登记人", "Registered by"), ("库管", "Storekeeper")]),
        ..writer.slip(DocKind::Shortage, &shortage.number, company)
    })
}
