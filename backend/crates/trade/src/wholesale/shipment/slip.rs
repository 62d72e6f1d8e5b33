//! A delivery note.

use openapi::document::DocKind;
use openapi::trade::wholesale::shipment::{SalesShipment, SalesShipmentLine};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, shipment: SalesShipment) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, shipment.org_id.uuid()).await?;
    let line = |l: &SalesShipmentLine| {
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            l.serial.as_ref().map(ToString::to_string).unwrap_or_default(),
            l.quantity.to_string(),
            l.unit_price.to_string(),
            writer.money(l.amount),
        ]
    };
    Ok(Slip {
        fields: writer.fields([
            (("客户", "Customer"), Some(shipment.party_name.to_string())),
            (("销售订单", "Order"), Some(shipment.order_number.clone())),
            (("送货地址", "Deliver to"), shipment.address.as_ref().map(ToString::to_string)),
            (("发货仓库", "Warehouse"), Some(shipment.warehouse_name.to_string())),
            (("发货时间", "Shipped at"), Some(writer.time(shipment.effective_at.utc()))),
            (("物流公司", "Courier"), shipment.courier.as_ref().map(ToString::to_string)),
            (("运单号", "Consignment note"), shipment.tracking_no.as_ref().map(ToString::to_string)),
            (("付款到期日", "Due on"), Some(shipment.due_on.to_string())),
            (("状态", "State"), Some(writer.choice(shipment.state))),
            (("备注", "Remark"), shipment.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[
                ("物料", "Item"),
                ("序列号", "Serial"),
                ("数量", "Quantity"),
                ("含税单价", "Price incl. VAT"),
                ("金额", "Amount"),
            ],
            shipment.lines.iter().map(line).collect(),
        )],
        totals: vec![
            (writer.say(("其中税额", "VAT in it")), writer.money(shipment.tax)),
            (writer.say(("合计", "Total")), writer.money(shipment.amount)),
        ],
        signatures: writer.signatures(&[("库管发货", "Shipped by"), ("客户签收", "Received by customer")]),
        ..writer.slip(DocKind::SalesShipment, &shipment.number, company)
    })
}
