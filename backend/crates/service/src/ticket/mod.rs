//! The repair ticket: a unit comes in, is diagnosed, repaired with parts from the station's stock, inspected by another
//! person, settled, handed over, called back and audited. The state table stands in the contract; the decisions are in
//! `model` and `bill`; what moves goods and money is asked of the two ledgers in `store` and `money`.

mod attached;
mod bill;
mod board;
mod closing;
mod custody;
pub(crate) mod entity;
mod file;
mod held;
pub(crate) mod import;
mod intake;
pub(crate) mod invariant;
mod lines;
mod lookup;
mod model;
pub(crate) mod money;
mod names;
mod plan;
mod queries;
mod repair;
mod slip;
mod step;
mod store;

use openapi::document::DocKind;
use openapi::service::ticket as contract;
use platform::Bus;
use platform::http::{Api, read, write};
use platform::print::printed;

pub(crate) use attached::subjects;
pub(crate) use bill::{part_payer, part_price};
pub(crate) use model::{no_promise, short};
pub(crate) use names::{News, tell};
pub(crate) use queries::parts_of;
pub(crate) use repair::goes_on;
pub(crate) use step::Change;
pub(crate) use store::{forgo, good_stores, reserve_for};

pub(crate) fn mount(api: &mut Api) {
    read::<contract::ListTickets>(api, queries::list);
    read::<contract::GetTicket>(api, queries::get);
    read::<contract::CountTickets>(api, board::counts);
    read::<contract::GetTicketBoard>(api, board::board);
    read::<contract::ListTicketTodos>(api, board::todos);
    read::<contract::ListEngineers>(api, lookup::engineers);
    read::<contract::LookUpIntake>(api, lookup::lookup);
    read::<contract::PreviewTicketCharges>(api, queries::preview);
    printed::<contract::GetTicket>(api, &[DocKind::Ticket], queries::get, slip::slip);
    read::<openapi::service::custody::ListHeldParts>(api, held::list);
    mount_desk(api);
    mount_bench(api);
    mount_closing(api);
}

fn mount_desk(api: &mut Api) {
    write::<contract::CreateTicket>(api, intake::create);
    write::<contract::UpdateTicket>(api, intake::update);
    write::<contract::RegisterTicketUnit>(api, intake::register_unit);
    write::<contract::AcceptTicket>(api, intake::accept);
    write::<contract::CancelTicket>(api, intake::cancel);
    write::<contract::AssignTicket>(api, intake::assign);
    write::<contract::RemarkOnTicket>(api, intake::remark);
}

fn mount_bench(api: &mut Api) {
    write::<contract::DiagnoseTicket>(api, repair::diagnose);
    write::<contract::AddTicketParts>(api, repair::add_parts);
    write::<contract::RemoveTicketPart>(api, repair::remove_part);
    write::<contract::IssueTicketParts>(api, repair::issue_parts);
    write::<contract::ReturnTicketParts>(api, repair::return_parts);
    write::<contract::UseTicketParts>(api, repair::use_parts);
    write::<contract::AwaitTicketParts>(api, repair::await_parts);
    write::<contract::ResumeTicket>(api, repair::resume);
    write::<contract::ChargeTicket>(api, repair::charge);
    write::<contract::FinishTicket>(api, repair::finish);
    write::<contract::PassTicket>(api, repair::pass);
    write::<contract::FailTicket>(api, repair::fail);
    write::<contract::ReverseTicketFinish>(api, repair::reverse_finish);
}

fn mount_closing(api: &mut Api) {
    write::<contract::SettleTicket>(api, closing::settle);
    write::<contract::CollectTicket>(api, closing::collect);
    write::<contract::ReverseTicketSettlement>(api, closing::reverse_settlement);
    write::<contract::PickUpTicket>(api, closing::pick_up);
    write::<contract::CallBackTicket>(api, closing::call_back);
    write::<contract::WaiveTicketCallback>(api, closing::waive);
    write::<contract::AuditTicket>(api, closing::audit);
    write::<contract::SendTicketBack>(api, closing::send_back);
    write::<contract::ReverseTicketAudit>(api, closing::reverse_audit);
    write::<contract::ReverseTicketCompletion>(api, closing::reverse_completion);
}

/// The money books say when a customer has paid, and when that was taken back; base data says when a unit was confirmed
/// or corrected.
pub(crate) fn listen(bus: &mut Bus) {
    bus.on(|tx, event: &finance::api::ItemSettled| {
        let ticket = event.origin_id;
        Box::pin(async move { told(tx, ticket, true).await })
    });
    bus.on(|tx, event: &finance::api::ItemReopened| {
        let ticket = event.origin_id;
        Box::pin(async move { told(tx, ticket, false).await })
    });
    bus.on(|tx, event: &master::api::UnitVerified| Box::pin(file::verified(tx, event)));
    bus.on(|tx, event: &master::api::UnitCorrected| Box::pin(file::corrected(tx, event)));
}

async fn told(tx: &platform::Tx, ticket: Option<uuid::Uuid>, is_settled: bool) -> platform::Result<()> {
    match ticket {
        Some(ticket) => money::settled_or_reopened(tx, ticket, is_settled).await,
        None => Ok(()),
    }
}
