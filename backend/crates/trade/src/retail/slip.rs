//! The receipt of a sale and the slip of a return.

use openapi::document::DocKind;
use openapi::trade::retail::back::{RetailReturn, RetailReturnLine};
use openapi::trade::retail::sale::{RetailLine, RetailSale};
use openapi::trade::retail::{RetailPayment, SaleCondition};
use platform::print::{Slip, SlipTable, Writer};
use platform::{ReadTx, Result};

pub async fn sale(tx: &ReadTx, sale: RetailSale) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, sale.org_id.uuid()).await?;
    let again = format!(" {}", writer.choice(SaleCondition::Refurbished));
    let name = |l: &RetailLine| {
        let condition = if l.condition == SaleCondition::Refurbished { again.as_str() } else { "" };
        match &l.serial {
            Some(serial) => format!("{}{condition} {serial}", &*l.product_name),
            None => format!("{}{condition}", &*l.product_name),
        }
    };
    let line = |l: &RetailLine| vec![name(l), l.quantity.to_string(), l.unit_price.to_string(), writer.money(l.amount)];
    let mut totals = Vec::new();
    let mut say = |label: (&'static str, &'static str), text: String| totals.push((writer.say(label), text));
    if !sale.discount.is_zero() {
        say(("优惠", "Discount"), writer.money(-sale.discount));
    }
    if let Some(tendered) = sale.tendered {
        say(("收到现金", "Cash received"), writer.money(tendered));
        say(("找零", "Change"), writer.money(sale.change));
    }
    if sale.points != 0 {
        say(("本次积分", "Points"), sale.points.to_string());
    }
    say(("其中税额", "VAT included"), writer.money(sale.vat_total));
    say(("合计", "Total"), writer.money(sale.total));
    Ok(Slip {
        title: writer.say(("销售小票", "Sales receipt")),
        fields: writer.fields([
            (("顾客", "Customer"), sale.customer_name.as_ref().map(ToString::to_string)),
            (("时间", "Time"), Some(writer.time(sale.effective_at.utc()))),
            (("收银员", "Cashier"), Some(sale.cashier_name.to_string())),
            (
                ("状态", "State"),
                (sale.reversal_of.is_some() || sale.reversed_by.is_some()).then(|| writer.choice(sale.state)),
            ),
            (("备注", "Remark"), sale.remark.as_ref().map(ToString::to_string)),
        ]),
        tables: vec![
            writer.table(
                ("商品", "Goods"),
                &[("品名", "Item"), ("数量", "Qty"), ("单价", "Price"), ("金额", "Amount")],
                sale.lines.iter().map(line).collect(),
            ),
            payments(writer, ("付款", "Payment"), &sale.payments),
        ],
        totals,
        notes: vec![writer.say(("退换货请凭本小票。", "Please keep this receipt for returns."))],
        ..writer.slip(DocKind::RetailSale, &sale.number, company)
    })
}

fn payments(writer: Writer<'_>, title: (&'static str, &'static str), all: &[RetailPayment]) -> SlipTable {
    let way = |p: &RetailPayment| {
        let reference = p.reference.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![writer.choice(p.method), reference, writer.money(p.amount)]
    };
    writer.table(title, &[("方式", "Way"), ("流水号", "Reference"), ("金额", "Amount")], all.iter().map(way).collect())
}

pub async fn back(tx: &ReadTx, back: RetailReturn) -> Result<Slip> {
    let writer = Writer::new(tx);
    let company = identity::api::letterhead(tx, back.org_id.uuid()).await?;
    let line = |l: &RetailReturnLine| {
        vec![l.product_name.to_string(), l.quantity.to_string(), writer.choice(l.condition), writer.money(l.refund)]
    };
    let mut totals = Vec::new();
    if back.points != 0 {
        totals.push((writer.say(("扣回积分", "Points taken back")), back.points.to_string()));
    }
    totals.push((writer.say(("退款", "Refund")), writer.money(back.refund)));
    Ok(Slip {
        fields: writer.fields([
            (("原销售单", "Sale"), Some(back.sale_number.clone())),
            (("顾客", "Customer"), back.customer_name.as_ref().map(ToString::to_string)),
            (("时间", "Time"), Some(writer.time(back.effective_at.utc()))),
            (("经办人", "By"), Some(back.cashier_name.to_string())),
            (("退货原因", "Why"), Some(back.remark.to_string())),
        ]),
        tables: vec![
            writer.table(
                ("商品", "Goods"),
                &[("品名", "Item"), ("数量", "Qty"), ("品质", "Condition"), ("退款", "Refund")],
                back.lines.iter().map(line).collect(),
            ),
            payments(writer, ("退款方式", "Paid back by"), &back.payments),
        ],
        totals,
        signatures: writer.signatures(&[("顾客签字", "Customer"), ("经办人", "Cashier")]),
        ..writer.slip(DocKind::RetailReturn, &back.number, company)
    })
}
