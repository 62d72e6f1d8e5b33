//! The settlement on paper: what the service cost, and who pays which part.

use openapi::document::DocKind;
use openapi::finance::settlement::{Settlement, SettlementLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, settlement: Settlement) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, settlement.org_id.uuid()).await?;
    let line = |l: &SettlementLine| {
        vec![
            l.description.clone(),
            writer.choice(l.payer),
            l.quantity.to_string(),
            l.unit_price.to_string(),
            writer.money(l.amount),
        ]
    };
    let share = |s: &openapi::finance::settlement::SettlementShare| (writer.choice(s.payer), writer.money(s.amount));
    let mut totals: Vec<(String, String)> = settlement.shares.iter().map(share).collect();
    totals.push((writer.say(("其中税额", "Tax included")), writer.money(settlement.vat_total)));
    totals.push((writer.say(("合计（含税）", "Total (tax included)")), writer.money(settlement.total)));
    Ok(Slip {
        fields: writer.fields([
            (("客户", "Customer"), Some(settlement.party_name.clone())),
            (("来源单据", "For"), Some(settlement.source_number.clone())),
            (("结算日期", "Date"), Some(settlement.effective_on.to_string())),
            (("状态", "State"), Some(writer.choice(settlement.state))),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[("项目", "Item"), ("付费方", "Payer"), ("数量", "Quantity"), ("单价", "Price"), ("金额", "Amount")],
            settlement.lines.iter().map(line).collect(),
        )],
        totals,
        signatures: writer.signatures(&[("客户签字", "Customer"), ("经办人签字", "Clerk")]),
        ..writer.slip(DocKind::Settlement, &settlement.number, company)
    })
}
