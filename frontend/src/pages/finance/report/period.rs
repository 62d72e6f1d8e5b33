//! Closing and reopening months.

use super::loaded;
use crate::api::{ApiError, Loader, call};
use crate::doc::problem::error_toast;
use crate::doc::{PageHead, cell};
use crate::nav::Params;
use crate::text::{self, finance as t};
use crate::ui::{Button, Look, Question, ask, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::finance::Book;
use openapi::finance::period::{
    BookState, ClosePeriod, GetPeriods, Period, PeriodDraft, PeriodQuery, Periods, ReopenPeriod,
};
use openapi::identity::OrgId;
use openapi::{Month, Nothing, Plain};

/// The page.
pub fn page(_: &Params) -> AnyView {
    let loader = Loader::new(|| call::<GetPeriods>(Nothing, Plain(PeriodQuery::default()), Nothing));
    view! {
        <PageHead title=t::PERIODS />
        <section class="card">
            {loaded(loader, move |periods| draw(loader, periods))}
        </section>
    }
    .into_any()
}

fn draw(loader: Loader<Periods>, periods: Periods) -> AnyView {
    let org = periods.org_id;
    let row = move |period: Period| {
        let Period { month, stock, money } = period;
        view! {
            <tr>
                <td data-label=t::MONTH>{cell::text(month.to_string())}</td>
                <td data-label=t::MONEY_BOOK>{book(loader, org, month, Book::Money, money)}</td>
                <td data-label=t::STOCK_BOOK>{book(loader, org, month, Book::Stock, stock)}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll"><table class="table">
            <thead><tr><th>{t::MONTH}</th><th>{t::MONEY_BOOK}</th><th>{t::STOCK_BOOK}</th></tr></thead>
            <tbody>{periods.items.into_iter().map(row).collect_view()}</tbody>
        </table></div>
    }
    .into_any()
}

fn book(loader: Loader<Periods>, org: OrgId, month: Month, book: Book, state: BookState) -> AnyView {
    let close = move |()| spawn_local(close(loader, PeriodDraft { org_id: Some(org), month, book, reason: None }));
    let reopen = move |()| spawn_local(reopen(loader, PeriodDraft { org_id: Some(org), month, book, reason: None }));
    let status = if state.is_closed { t::IS_CLOSED } else { t::IS_OPEN };
    let by = state.closed_by_name.zip(state.closed_at).map(|(name, at)| {
        let words = t::CLOSED_BY.with("name", name).with("time", text::time(at));
        view! { <span class="faint">{words.to_string()}</span> }
    });
    view! {
        <span>{status}</span>" "{by}" "
        {state.may_close.then(|| view! { <Button label=t::CLOSE on_press=close /> })}
        {state.may_reopen.then(|| view! { <Button label=t::REOPEN look=Look::Danger on_press=reopen /> })}
    }
    .into_any()
}

async fn close(loader: Loader<Periods>, draft: PeriodDraft) {
    let question = Question {
        title: format!("{} · {}", t::CLOSE.get(), draft.month),
        text: t::CLOSE_WHAT.get().to_owned(),
        confirm: t::CLOSE.get().to_owned(),
        ..Question::default()
    };
    if ask(question).await.is_some() {
        done(loader, call::<ClosePeriod>(Nothing, Nothing, draft).await);
    }
}

async fn reopen(loader: Loader<Periods>, draft: PeriodDraft) {
    let question = Question {
        title: format!("{} · {}", t::REOPEN.get(), draft.month),
        confirm: t::REOPEN.get().to_owned(),
        danger: true,
        reason: Some((t::REOPEN_REASON.get().to_owned(), 500)),
        ..Question::default()
    };
    if let Some(reason) = ask(question).await {
        done(
            loader,
            call::<ReopenPeriod>(Nothing, Nothing, PeriodDraft { reason: reason.parse().ok(), ..draft }).await,
        );
    }
}

fn done(loader: Loader<Periods>, answer: Result<Periods, ApiError>) {
    match answer {
        Ok(periods) => {
            loader.data.set(Some(periods));
            toast::success(t::PERIOD_DONE.get());
        }
        Err(error) => error_toast(&error),
    }
}
