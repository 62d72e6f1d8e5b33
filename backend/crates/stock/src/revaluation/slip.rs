//! A revaluation on paper. Costs are there only for those who may see them.

use openapi::document::DocKind;
use openapi::stock::revaluation::{Revaluation, RevaluationLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, doc: Revaluation) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, doc.org_id.uuid()).await?;
    let cost = |price: Option<openapi::UnitPrice>| price.map(|price| price.to_string()).unwrap_or_default();
    let line = |l: &RevaluationLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            writer.choice(l.condition),
            l.quantity.to_string(),
            cost(l.old_cost),
            cost(l.new_cost),
            l.difference.map(|value| writer.money(value)).unwrap_or_default(),
        ]
    };
    let heads = [
        ("物料", "Item"),
        ("序列号", "Serial"),
        ("状况", "Condition"),
        ("数量", "Quantity"),
        ("原成本", "Old cost"),
        ("新成本", "New cost"),
        ("差额", "Difference"),
    ];
    let money = |value: Option<openapi::Money>| value.map(|value| writer.money(value));
    Ok(Slip {
        fields: writer.fields([
            (("网点", "Station"), Some(doc.org_name.to_string())),
            (("状态", "State"), Some(writer.choice(doc.state))),
            (("原因", "Reason"), Some(doc.reason.to_string())),
            (("过账时间", "Posted at"), doc.posted_at.map(|at| writer.time(at.utc()))),
            (("调增金额", "Gain"), money(doc.gain_value)),
            (("调减金额", "Loss"), money(doc.loss_value)),
        ]),
        tables: vec![writer.table(("明细", "Lines"), &heads, doc.lines.iter().map(line).collect())],
        signatures: writer.signatures(&[("制单人", "Written by"), ("审批人", "Approved by")]),
        ..writer.slip(DocKind::Revaluation, &doc.number, company)
    })
}
