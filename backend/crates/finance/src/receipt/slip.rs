//! The receipt on paper.

use openapi::Lang;
use openapi::document::DocKind;
use openapi::finance::receipt::{Receipt, ReceiptAllocation, ReceiptPayment};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, receipt: Receipt) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, receipt.org_id.uuid()).await?;
    let taken_back = if receipt.reversal_of.is_some() {
        Some(writer.say(("红冲单", "Takes another receipt back")))
    } else {
        receipt.reversed_by.map(|_| writer.say(("已冲销", "Taken back")))
    };
    let way = |p: &ReceiptPayment| {
        let reference = p.reference.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![writer.choice(p.method), reference, writer.money(p.amount)]
    };
    let paid = |a: &ReceiptAllocation| {
        vec![a.source_number.clone(), a.origin_number.clone().unwrap_or_default(), writer.money(a.amount)]
    };
    let mut totals = Vec::new();
    if receipt.advance.is_positive() {
        totals.push((writer.say(("其中预收", "Of this in advance")), writer.money(receipt.advance)));
    }
    if writer.lang == Lang::Zh {
        totals.push(("大写".to_owned(), receipt.received_in_words.clone()));
    }
    totals.push((writer.say(("实收", "Received")), writer.money(receipt.received)));
    Ok(Slip {
        title: writer.say(("收据", "Receipt")),
        fields: writer.fields([
            (("付款方", "Received from"), Some(receipt.party_name.clone())),
            (("收款时间", "Received at"), Some(writer.time(receipt.effective_at.utc()))),
            (("收款人", "Cashier"), Some(receipt.cashier_name.clone())),
            (("状态", "State"), taken_back),
            (("备注", "Remark"), receipt.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![
            writer.table(
                ("收款方式", "Ways of payment"),
                &[("方式", "Way"), ("流水号", "Reference"), ("金额", "Amount")],
                receipt.payments.iter().map(way).collect(),
            ),
            writer.table(
                ("支付项目", "Pays for"),
                &[("单据", "Document"), ("来源单据", "For"), ("金额", "Amount")],
                receipt.allocations.iter().map(paid).collect(),
            ),
        ],
        totals,
        signatures: writer.signatures(&[("付款人签字", "Payer"), ("收款人签字", "Cashier")]),
        ..writer.slip(DocKind::Receipt, &receipt.number, company)
    })
}
