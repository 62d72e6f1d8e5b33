//! The repair slip: what the customer takes home, on a roll or on A5, with the QR code of the ticket.

use openapi::Lang;
use openapi::document::DocKind;
use openapi::finance::amount_in_words;
use openapi::service::closing::ChargeLine;
use openapi::service::ticket::{Ticket, TicketAccessory};
use platform::print::{Slip, SlipTable, Writer};
use platform::{ReadTx, Result};

pub async fn slip(tx: &ReadTx, ticket: Ticket) -> Result<Slip> {
    let printer = Printer(Writer::new(tx));
    let company = identity::api::letterhead(tx, ticket.org_id.uuid()).await?;
    let say = |zh, en| printer.0.say((zh, en));
    Ok(Slip {
        title: say("维修服务单", "Repair slip"),
        fields: printer.fields(&ticket),
        tables: vec![printer.accessories(&ticket), printer.charges(&ticket)],
        totals: printer.totals(&ticket),
        notes: vec![
            say(
                "请凭本单取机，并当面核对机器外观与附件。",
                "Bring this slip to pick the unit up, and check unit and accessories.",
            ),
            say(
                "维修前请自行备份数据，本站不承担数据丢失责任。",
                "Back up your data before the repair; we cannot answer for lost data.",
            ),
        ],
        signatures: printer.0.signatures(&[("客户签字", "Customer"), ("受理人签字", "Received by")]),
        ..printer.0.slip(DocKind::Ticket, &ticket.number, company)
    })
}

struct Printer<'a>(Writer<'a>);

impl Printer<'_> {
    fn fields(&self, ticket: &Ticket) -> Vec<(String, String)> {
        let faults = ticket.faults.iter().map(|fault| fault.name.as_str()).collect::<Vec<_>>().join("、");
        let told = ticket.fault_text.as_deref().unwrap_or_default();
        let fault = [faults.as_str(), told].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；");
        self.0.fields([
            (("客户", "Customer"), Some(ticket.customer_name.clone())),
            (("电话", "Phone"), Some(ticket.customer_phone.clone())),
            (("机型", "Model"), Some(ticket.product_name.clone())),
            (("序列号", "Serial"), ticket.serial.as_ref().map(ToString::to_string)),
            (("保修", "Warranty"), Some(ticket.warranty_state_name.clone())),
            (("状态", "State"), Some(self.0.choice(ticket.state))),
            (("接机时间", "Taken in"), Some(self.0.time(ticket.created_at.utc()))),
            (("预计取机", "Promised"), ticket.promised_at.map(|at| self.0.time(at.utc()))),
            (("工程师", "Engineer"), ticket.engineer_name.clone()),
            (("故障", "Fault"), Some(fault)),
            (("外观", "Appearance"), ticket.appearance.as_ref().map(ToString::to_string)),
            (("备注", "Remark"), ticket.remark.as_ref().map(ToString::to_string)),
        ])
    }

    fn accessories(&self, ticket: &Ticket) -> SlipTable {
        let row = |item: &TicketAccessory| {
            vec![item.name.to_string(), item.quantity.to_string(), self.0.choice(item.condition)]
        };
        let head = [("名称", "Name"), ("数量", "Quantity"), ("状况", "Condition")];
        self.0.table(("随机附件", "Accessories"), &head, ticket.accessories.iter().map(row).collect())
    }

    fn charges(&self, ticket: &Ticket) -> SlipTable {
        let row = |line: &ChargeLine| {
            vec![
                line.description.clone(),
                line.quantity.to_string(),
                self.0.choice(line.payer),
                if line.is_free { self.0.say(("免费", "free")) } else { self.0.money(line.amount) },
            ]
        };
        let head = [("项目", "Item"), ("数量", "Quantity"), ("付费方", "Payer"), ("金额", "Amount")];
        self.0.table(("费用", "Charges"), &head, ticket.charges.lines.iter().map(row).collect())
    }

    fn totals(&self, ticket: &Ticket) -> Vec<(String, String)> {
        if ticket.charges.lines.is_empty() {
            return Vec::new();
        }
        let due = ticket.charges.customer_due;
        let mut totals = Vec::new();
        if ticket.received.is_positive() {
            totals.push((self.0.say(("已付", "Paid")), self.0.money(ticket.received)));
        }
        if self.0.lang == Lang::Zh {
            totals.push(("大写".to_owned(), amount_in_words(due)));
        }
        totals.push((self.0.say(("客户应付（含税）", "To be paid by the customer (tax included)")), self.0.money(due)));
        totals
    }
}
