//! A supplier invoice as it was booked, on paper.

use openapi::document::DocKind;
use openapi::trade::purchase::invoice::{SupplierInvoice, SupplierInvoiceLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, invoice: SupplierInvoice) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, invoice.org_id.uuid()).await?;
    let line = |l: &SupplierInvoiceLine| {
        let item = format!("{} {}", &*l.product_code, &*l.product_name);
        vec![item, l.quantity.to_string(), l.unit_price.to_string(), writer.money(l.tax), writer.money(l.amount)]
    };
    Ok(Slip {
        fields: writer.fields([
            (("供应商", "Supplier"), Some(invoice.party_name.to_string())),
            (("发票号", "Invoice"), Some(invoice.invoice_no.to_string())),
            (("开票日期", "Date"), Some(invoice.invoiced_on.to_string())),
            (("到期日", "Due on"), Some(invoice.due_on.to_string())),
            (("状态", "State"), Some(writer.choice(invoice.state))),
            (("备注", "Remark"), invoice.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[("物料", "Item"), ("数量", "Quantity"), ("含税单价", "Price"), ("税额", "VAT"), ("金额", "Amount")],
            invoice.lines.iter().map(line).collect(),
        )],
        totals: vec![
            (writer.say(("其中税额", "VAT in it")), writer.money(invoice.tax)),
            (writer.say(("进货价差", "Price difference")), writer.money(invoice.difference)),
            (writer.say(("含税合计", "Total")), writer.money(invoice.amount)),
        ],
        signatures: writer.signatures(&[("会计", "Booked by"), ("审核", "Checked by")]),
        ..writer.slip(DocKind::SupplierInvoice, &invoice.number, company)
    })
}
