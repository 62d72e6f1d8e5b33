//! A swap on paper: the receipt for the distributor, the packing list for the factory.

use openapi::document::DocKind;
use openapi::stock::swap::{Swap, SwapLine, SwapWay};
use platform::print::{Slip, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, swap: Swap) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, swap.org_id.uuid()).await?;
    let line = |l: &SwapLine| {
        let replaced = l.is_replaced.then(|| writer.say(("换新", "another piece")));
        vec![
            format!("{} {}", &*l.product_code, &*l.product_name),
            [&l.serial, &l.for_serial].into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" ← "),
            l.quantity.to_string(),
            writer.choice(l.condition),
            [l.fault.as_ref().map(ToString::to_string), replaced].into_iter().flatten().collect::<Vec<_>>().join(" "),
        ]
    };
    let (gives, takes) = match swap.way {
        SwapWay::Accept => (("送件人", "Handed in by"), ("受理人", "Accepted by")),
        SwapWay::Return => (("经手人", "Returned by"), ("收件人", "Received by")),
        SwapWay::Send => (("发货人", "Sent by"), ("厂家签收", "Received by the factory")),
        SwapWay::Back => (("厂家", "Factory"), ("收货人", "Received by")),
    };
    Ok(Slip {
        fields: writer.fields([
            (("业务", "Way"), Some(writer.choice(swap.way))),
            (("往来单位", "Party"), Some(swap.party_name.to_string())),
            (("仓库", "Warehouse"), Some(swap.warehouse_name.to_string())),
            (("状态", "State"), Some(writer.choice(swap.state))),
            (("过账时间", "Posted at"), swap.posted_at.map(|at| writer.time(at.utc()))),
            (("运单号", "Reference"), swap.reference.as_ref().map(ToString::to_string)),
            (("备注", "Remark"), swap.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![writer.table(
            ("明细", "Lines"),
            &[("物料", "Item"), ("序列号", "Serial"), ("数量", "Quantity"), ("状况", "Condition"), ("故障", "Fault")],
            swap.lines.iter().map(line).collect(),
        )],
        signatures: writer.signatures(&[gives, takes]),
        ..writer.slip(DocKind::Swap, &swap.number, company)
    })
}
