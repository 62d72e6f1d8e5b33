//! A payment on paper.

use openapi::Lang;
use openapi::document::DocKind;
use openapi::finance::payment::{Payment, PaymentAllocation};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, payment: Payment) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, payment.org_id.uuid()).await?;
    let paid = |a: &PaymentAllocation| {
        let due = a.due_on.map(|day| day.to_string()).unwrap_or_default();
        vec![writer.choice(a.side), a.source_number.clone(), due, writer.money(a.amount)]
    };
    let mut totals = Vec::new();
    if payment.set_off.is_positive() {
        totals.push((writer.say(("抵扣", "Set off")), writer.money(payment.set_off)));
    }
    if payment.advance.is_positive() {
        totals.push((writer.say(("其中预付", "Of which prepaid")), writer.money(payment.advance)));
    }
    if writer.lang == Lang::Zh {
        totals.push(("大写".to_owned(), payment.amount_in_words.clone()));
    }
    totals.push((writer.say(("付款合计", "Paid")), writer.money(payment.amount)));
    Ok(Slip {
        fields: writer.fields([
            (("收款方", "Paid to"), Some(payment.party_name.to_string())),
            (("付款时间", "Paid at"), Some(writer.time(payment.effective_at.utc()))),
            (("付款方式", "Way"), payment.method.map(|method| writer.choice(method))),
            (("付款账户", "From"), payment.bank_account_name.as_ref().map(ToString::to_string)),
            (("流水号", "Reference"), payment.reference.as_ref().map(ToString::to_string)),
            (("状态", "State"), Some(writer.choice(payment.state))),
            (("备注", "Remark"), payment.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("支付项目", "Pays for"),
            &[("类别", "Kind"), ("单据", "Document"), ("到期日", "Due on"), ("金额", "Amount")],
            payment.allocations.iter().map(paid).collect(),
        )],
        totals,
        signatures: writer.signatures(&[("付款人", "Paid by"), ("审核", "Checked by")]),
        ..writer.slip(DocKind::Payment, &payment.number, company)
    })
}
