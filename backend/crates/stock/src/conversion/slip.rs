//! A conversion on paper. Values are there only for those who may see them.

use openapi::document::DocKind;
use openapi::stock::conversion::{Conversion, ConversionLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, doc: Conversion) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, doc.org_id.uuid()).await?;
    let line = |l: &ConversionLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            writer.choice(l.condition),
            l.quantity.to_string(),
            l.value.map(|value| writer.money(value)).unwrap_or_default(),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("方向", "Way"), Some(writer.choice(doc.way))),
            (("整机", "Unit"), Some(format!("{} {}", &*doc.product_code, &*doc.product_name))),
            (("序列号", "Serial"), doc.serial.as_ref().map(ToString::to_string)),
            (("品质", "Condition"), Some(writer.choice(doc.condition))),
            (("整机仓库", "Warehouse of the unit"), Some(doc.warehouse_name.to_string())),
            (("散件仓库", "Warehouse of the parts"), Some(doc.parts_warehouse_name.to_string())),
            (("配方版本", "Formula"), Some(doc.edition.to_string())),
            (("状态", "State"), Some(writer.choice(doc.state))),
            (("过账时间", "Posted at"), doc.posted_at.map(|at| writer.time(at.utc()))),
            (("整机金额", "Value of the unit"), doc.unit_value.map(|value| writer.money(value))),
            (("备注", "Remark"), doc.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("散件", "Parts"),
            &[("物料", "Item"), ("序列号", "Serial"), ("状况", "Condition"), ("数量", "Quantity"), ("金额", "Value")],
            doc.lines.iter().map(line).collect(),
        )],
        signatures: writer.signatures(&[("操作人", "Done by"), ("库管", "Storekeeper")]),
        ..writer.slip(DocKind::Conversion, &doc.number, company)
    })
}
