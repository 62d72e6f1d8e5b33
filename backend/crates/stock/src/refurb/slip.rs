//! A refurbishment on paper: the application, and the record that goes with the units. Values are there only for those
//! who may see them.

use openapi::document::DocKind;
use openapi::stock::refurb::{Refurb, RefurbLine, RefurbPart};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, refurb: Refurb) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, refurb.org_id.uuid()).await?;
    let unit = |l: &RefurbLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.to_string(),
            l.grade.map(|grade| writer.choice(grade)).unwrap_or_default(),
            l.value.map(|value| writer.money(value)).unwrap_or_default(),
        ]
    };
    let part = |p: &RefurbPart| {
        vec![
            format!("{} {}", &*p.product_code, &*p.product_name),
            p.unit_serial.to_string(),
            p.quantity.to_string(),
            p.value.map(|value| writer.money(value)).unwrap_or_default(),
        ]
    };
    let used = refurb.parts.iter().filter(|part| !part.is_taken_back);
    Ok(Slip {
        fields: writer.fields([
            (("网点", "Station"), Some(refurb.org_name.to_string())),
            (("代理商", "Dealer"), refurb.agent_name.as_ref().map(ToString::to_string)),
            (("仓库", "Warehouse"), Some(refurb.warehouse_name.to_string())),
            (("状态", "State"), Some(writer.choice(refurb.state))),
            (("原因", "Reason"), Some(refurb.reason.to_string())),
            (("预计费用", "Estimate"), Some(writer.money(refurb.estimate))),
            (("开工时间", "Begun"), refurb.started_at.map(|at| writer.time(at.utc()))),
        ]),
        tables: vec![
            writer.table(
                ("整机", "Units"),
                &[("机型", "Model"), ("序列号", "Serial"), ("等级", "Grade"), ("金额", "Value")],
                refurb.lines.iter().map(unit).collect(),
            ),
            writer.table(
                ("用料", "Parts"),
                &[("物料", "Item"), ("整机序列号", "Unit"), ("数量", "Quantity"), ("金额", "Value")],
                used.map(part).collect(),
            ),
        ],
        signatures: writer.signatures(&[("申请人", "Applied by"), ("质检", "Inspected by")]),
        ..writer.slip(DocKind::Refurb, &refurb.number, company)
    })
}
