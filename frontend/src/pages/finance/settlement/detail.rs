//! One settlement.

use crate::doc::{DetailPage, Lines, cell, item};
use crate::nav::Params;
use crate::pages::finance::{document, other, party};
use crate::text::{documents, finance as t};
use crate::ui::{Align, Icon, LinkButton};
use leptos::prelude::*;
use openapi::document::DocKind;
use openapi::finance::settlement::{GetSettlement, Settlement, SettlementLine, SettlementShare};

/// The page at the address.
pub fn detail(params: &Params) -> AnyView {
    page().view(params)
}

/// What a settlement looks like.
pub fn page() -> DetailPage<GetSettlement> {
    DetailPage::<GetSettlement>::new()
        .title(|s| s.number.clone())
        .mark(|s| cell::tag(s.state))
        .group(documents::BASICS, |s| {
            vec![
                item(t::PARTY, party(s.party_id, &s.party_name)),
                item(t::ORIGIN, document(s.source_kind, s.source_id, &s.source_number)),
                item(t::EFFECTIVE_ON, cell::date(s.effective_on)),
                item(t::POSTED_AT, cell::time(s.posted_at)),
                item(t::CUSTOMER_TOTAL, cell::money(s.customer_total)),
                item(t::VAT, cell::money(s.vat_total)),
                item(t::SETTLED, cell::money(s.settled)),
                item(t::OPEN, cell::money(s.open)),
                item(t::REVERSAL_OF, other(s.reversal_of, "/finance/settlements")),
                item(t::REVERSED_BY, other(s.reversed_by, "/finance/settlements")),
                item(t::REASON, cell::maybe(s.reason.as_ref())),
            ]
        })
        .lines(t::LINES, |s| {
            Lines::of(
                &s.lines,
                vec![
                    (t::DESCRIPTION, Align::Left, |l: &SettlementLine| cell::text(&*l.description)),
                    (t::KIND, Align::Left, |l| cell::tag(l.kind)),
                    (t::PAYER, Align::Left, |l| cell::tag(l.payer)),
                    (t::QUANTITY, Align::Right, |l| cell::quantity(l.quantity)),
                    (t::UNIT_PRICE, Align::Right, |l| cell::price(l.unit_price)),
                    (t::VAT, Align::Right, |l| cell::money(l.vat)),
                    (t::AMOUNT, Align::Right, |l| cell::money(l.amount)),
                ],
            )
            .total(t::TOTAL, cell::money(s.total))
        })
        .lines(t::SHARES, |s| {
            Lines::of(
                &s.shares,
                vec![
                    (t::PAYER, Align::Left, |p: &SettlementShare| cell::tag(p.payer)),
                    (t::AMOUNT, Align::Right, |p| cell::money(p.amount)),
                ],
            )
        })
        .side(t::COLLECT, |s| {
            if s.open.is_zero() {
                return cell::none();
            }
            let href = format!("/finance/receipts/new?party_id={}", s.party_id);
            view! { <LinkButton label=t::NEW_RECEIPT href=href glyph=Icon::Money /> }.into_any()
        })
        .printed(|_| DocKind::Settlement)
        .journal::<Settlement>()
}
