//! The repair slip: what the customer takes home, on a roll or on A5, with the QR code of the ticket.

use super::entity::ticket;
use super::{names, queries};
use chrono::{DateTime, Utc};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::finance::amount_in_words;
use openapi::service::ticket::{PrintTicket, SlipFormat, Ticket};
use openapi::system::print::Paper;
use openapi::{FileData, Lang};
use platform::print::{Slip, SlipTable};
use platform::{Call, ReadTx, Result};

pub async fn print(tx: &ReadTx, call: Call<PrintTicket>) -> Result<FileData> {
    let row = tx.get::<ticket::Entity>(call.path.id).await?;
    let station = names::station(tx, row.org_id).await?;
    let ticket = queries::detail(tx, row).await?;
    let paper = match call.query.0.format {
        SlipFormat::Roll80 => Paper::Receipt80,
        SlipFormat::A5 => Paper::A5,
    };
    let printer = Printer { tx, lang: tx.lang() };
    platform::print::render(tx, DocKind::Ticket.as_str(), paper, &printer.slip(&ticket, &station), tx.lang()).await
}

struct Printer<'a> {
    tx: &'a ReadTx,
    lang: Lang,
}

impl Printer<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> String {
        self.lang.pick(zh, en).to_owned()
    }

    fn time(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.tx.app().config.zone()).format("%Y-%m-%d %H:%M").to_string()
    }

    fn slip(&self, ticket: &Ticket, station: &identity::api::Station) -> Slip {
        Slip {
            title: self.say("维修服务单", "Repair slip"),
            company: [Some(&station.name), station.phone.as_ref(), station.address.as_ref()]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join("  "),
            number: ticket.number.clone(),
            qr: Some(ticket.number.clone()),
            fields: self.fields(ticket),
            tables: vec![self.accessories(ticket), self.charges(ticket)],
            totals: self.totals(ticket),
            notes: vec![
                self.say(
                    "请凭本单取机，并当面核对机器外观与附件。",
                    "Bring this slip to pick the unit up, and check unit and accessories.",
                ),
                self.say(
                    "维修前请自行备份数据，本站不承担数据丢失责任。",
                    "Back up your data before the repair; we cannot answer for lost data.",
                ),
            ],
            signatures: vec![self.say("客户签字", "Customer"), self.say("受理人签字", "Received by")],
            printed_at: self.time(self.tx.now()),
        }
    }

    fn fields(&self, ticket: &Ticket) -> Vec<(String, String)> {
        let faults = ticket.faults.iter().map(|fault| fault.name.as_str()).collect::<Vec<_>>().join("、");
        let told = ticket.fault_text.as_deref().unwrap_or_default();
        let fault = [faults.as_str(), told].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；");
        let fields = [
            (self.say("客户", "Customer"), Some(ticket.customer_name.clone())),
            (self.say("电话", "Phone"), Some(ticket.customer_phone.clone())),
            (self.say("机型", "Model"), Some(ticket.product_name.clone())),
            (self.say("序列号", "Serial"), ticket.serial.as_ref().map(ToString::to_string)),
            (self.say("保修", "Warranty"), Some(ticket.warranty_state_name.clone())),
            (self.say("状态", "State"), Some(ticket.state.label(self.lang).to_owned())),
            (self.say("接机时间", "Taken in"), Some(self.time(ticket.created_at.utc()))),
            (self.say("预计取机", "Promised"), ticket.promised_at.map(|at| self.time(at.utc()))),
            (self.say("工程师", "Engineer"), ticket.engineer_name.clone()),
            (self.say("故障", "Fault"), Some(fault)),
            (self.say("外观", "Appearance"), ticket.appearance.as_ref().map(ToString::to_string)),
            (self.say("备注", "Remark"), ticket.remark.as_ref().map(ToString::to_string)),
        ];
        fields.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
    }

    fn accessories(&self, ticket: &Ticket) -> SlipTable {
        let row = |item: &openapi::service::ticket::TicketAccessory| {
            vec![item.name.to_string(), item.quantity.to_string(), item.condition.label(self.lang).to_owned()]
        };
        SlipTable {
            title: self.say("随机附件", "Accessories"),
            head: vec![self.say("名称", "Name"), self.say("数量", "Quantity"), self.say("状况", "Condition")],
            rows: ticket.accessories.iter().map(row).collect(),
        }
    }

    fn charges(&self, ticket: &Ticket) -> SlipTable {
        let row = |line: &openapi::service::closing::ChargeLine| {
            vec![
                line.description.clone(),
                line.quantity.to_string(),
                line.payer.label(self.lang).to_owned(),
                if line.is_free { self.say("免费", "free") } else { format!("¥{}", line.amount) },
            ]
        };
        SlipTable {
            title: self.say("费用", "Charges"),
            head: vec![
                self.say("项目", "Item"),
                self.say("数量", "Quantity"),
                self.say("付费方", "Payer"),
                self.say("金额", "Amount"),
            ],
            rows: ticket.charges.lines.iter().map(row).collect(),
        }
    }

    fn totals(&self, ticket: &Ticket) -> Vec<(String, String)> {
        if ticket.charges.lines.is_empty() {
            return Vec::new();
        }
        let due = ticket.charges.customer_due;
        let mut totals = Vec::new();
        if ticket.received.is_positive() {
            totals.push((self.say("已付", "Paid"), format!("¥{}", ticket.received)));
        }
        if self.lang == Lang::Zh {
            totals.push(("大写".to_owned(), amount_in_words(due)));
        }
        totals.push((self.say("客户应付（含税）", "To be paid by the customer (tax included)"), format!("¥{due}")));
        totals
    }
}
