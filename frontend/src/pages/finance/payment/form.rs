//! Pays a supplier: who, how, and for what.

use crate::doc::{FormPage, Saved};
use crate::field;
use crate::nav::Params;
use crate::pages::finance::receipt::form::items;
use crate::pages::master::bank_account::bank_accounts;
use crate::pages::master::customer::suppliers;
use crate::pages::master::warehouse::stations;
use crate::text::{documents, finance, payable as t, stock};
use leptos::prelude::AnyView;
use openapi::finance::open_item::OpenItemSide;
use openapi::finance::payment::{CreatePayment, Payment, SupplierPaymentDraft};
use openapi::finance::receipt::PayMethod;

/// What may be set off: what was prepaid, and what the supplier owes for goods that went back.
const CREDITS: &[OpenItemSide] = &[OpenItemSide::Prepaid, OpenItemSide::Receivable];

/// The form.
pub fn form(params: &Params) -> AnyView {
    FormPage::new("payment", t::PAYMENT_NEW, t::PAYMENT_NEW, "/finance/payments")
        .section(
            documents::BASICS,
            vec![
                field!(SupplierPaymentDraft.party_id, t::PAID_TO).pick(suppliers()),
                field!(SupplierPaymentDraft.effective_at, t::PAID_AT).hint(finance::EFFECTIVE_HINT),
                field!(SupplierPaymentDraft.method, t::METHOD).initial(PayMethod::Transfer.to_string()),
                field!(SupplierPaymentDraft.bank_account_id, t::ACCOUNT).pick(bank_accounts("is_active=true")),
                field!(SupplierPaymentDraft.reference, t::REFERENCE),
            ],
        )
        .section(t::PAYS_FOR, vec![items("allocations", &[OpenItemSide::Payable], t::PAYABLE, t::NOTHING_OPEN)])
        .section(t::SET_OFF, vec![items("credits", CREDITS, t::CREDIT, t::NO_CREDIT)])
        .section(
            t::ADVANCE,
            vec![
                field!(SupplierPaymentDraft.advance, t::ADVANCE).hint(t::ADVANCE_HINT),
                field!(SupplierPaymentDraft.org_id, t::BOOKS_OF).pick(stations()).hint(t::BOOKS_OF_HINT),
            ],
        )
        .section(stock::REMARK, vec![field!(SupplierPaymentDraft.remark, stock::REMARK)])
        .from_address(&["party_id"])
        .create::<CreatePayment>(saved)
        .view(params)
}

fn saved(payment: &Payment) -> Saved {
    Saved { name: payment.number.clone(), href: super::href(payment.id) }
}
