//! A sales order on paper, for the customer.

use openapi::document::DocKind;
use openapi::trade::wholesale::order::{SalesLine, SalesOrder};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, order: SalesOrder) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, order.org_id.uuid()).await?;
    let line = |l: &SalesLine| {
        let item = format!("{} {}", &*l.product_code, &*l.product_name);
        vec![item, l.quantity.to_string(), l.shipped.to_string(), l.unit_price.to_string(), writer.money(l.amount)]
    };
    Ok(Slip {
        fields: writer.fields([
            (("客户", "Customer"), Some(order.party_name.to_string())),
            (("客户订单号", "Customer's number"), order.customer_ref.as_ref().map(ToString::to_string)),
            (("发货网点", "Shipped by"), Some(order.org_name.to_string())),
            (("送货地址", "Deliver to"), order.address.as_ref().map(ToString::to_string)),
            (("期望到货", "Wanted on"), order.expected_on.map(|day| day.to_string())),
            (("状态", "State"), Some(writer.choice(order.state))),
            (("备注", "Remark"), order.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[
                ("物料", "Item"),
                ("数量", "Quantity"),
                ("已发", "Shipped"),
                ("含税单价", "Price incl. VAT"),
                ("金额", "Amount"),
            ],
            order.lines.iter().map(line).collect(),
        )],
        totals: vec![
            (writer.say(("其中税额", "VAT in it")), writer.money(order.total_tax)),
            (writer.say(("合计", "Total")), writer.money(order.total_amount)),
        ],
        signatures: writer.signatures(&[("制单", "Written by"), ("审核", "Accepted by"), ("客户确认", "Customer")]),
        ..writer.slip(DocKind::SalesOrder, &order.number, company)
    })
}
