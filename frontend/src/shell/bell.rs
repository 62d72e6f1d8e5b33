//! What the system tells the reader: a bell with the number of unread messages, and the messages in a drawer.

use crate::api::{Loader, call};
use crate::doc::problem::{error_panel, error_toast};
use crate::nav;
use crate::text::{self, common, shell as t};
use crate::ui::{Button, Delayed, Drawer, Icon, IconButton, Look, Skeleton, StatePanel};
use leptos::prelude::*;
use leptos::task::spawn_local;
use openapi::system::notification::{
    CountUnread, ListNotifications, Notification, NotificationFilter, ReadAllNotifications, ReadNotification,
};
use openapi::{ById, Listing, Nothing, Page, PageQuery};
use std::time::Duration;

/// How often the number is asked for.
const PAUSE: Duration = Duration::from_secs(60);

/// The bell.
#[component]
pub(super) fn Bell() -> AnyView {
    let open = RwSignal::new(false);
    let count = Loader::new(|| call::<CountUnread>(Nothing, Nothing, Nothing));
    if let Ok(ticking) = set_interval_with_handle(move || count.reload(), PAUSE) {
        on_cleanup(move || ticking.clear());
    }
    let unread = Memo::new(move |_| count.data.get().map_or(0, |unread| unread.count));
    let label = Signal::derive(move || match unread.get() {
        0 => common::NOTIFICATIONS.get().to_owned(),
        some => t::NOTICES_UNREAD.with("count", some).to_string(),
    });
    let badge = move || {
        let text = match unread.get() {
            0 => return None,
            n @ 1..100 => n.to_string(),
            _ => "99+".to_owned(),
        };
        Some(view! { <span class="badge" aria-hidden="true">{text}</span> })
    };
    view! {
        <span class="bell">
            <IconButton label=label icon=Icon::Bell on_press=move |()| open.set(true) />
            {badge}
        </span>
        <Drawer open=open title=common::NOTIFICATIONS>{messages(open, count, unread)}</Drawer>
    }
    .into_any()
}

fn messages(open: RwSignal<bool>, count: Loader<openapi::system::notification::Unread>, unread: Memo<i64>) -> AnyView {
    let list = Loader::new(|| {
        let page = PageQuery { limit: Some(50), ..PageQuery::default() };
        call::<ListNotifications>(Nothing, Listing { page, filter: NotificationFilter::default() }, Nothing)
    });
    let again = move || {
        count.reload();
        list.reload();
    };
    let read_all = move |()| {
        spawn_local(async move {
            if let Err(error) = call::<ReadAllNotifications>(Nothing, Nothing, Nothing).await {
                error_toast(&error);
            }
            again();
        });
    };
    let body = move || match (list.data.get(), list.error.get()) {
        (Some(page), _) => rows(page, open, count),
        (None, Some(error)) => error_panel(&error, Some(Callback::new(move |()| list.reload()))),
        (None, None) => view! { <Delayed when=list.busy><Skeleton rows=6 /></Delayed> }.into_any(),
    };
    view! {
        {move || (unread.get() > 0).then(|| view! {
            <div class="row end"><Button label=t::NOTICES_READ_ALL look=Look::Quiet icon=Icon::Check on_press=read_all /></div>
        })}
        {body}
    }
    .into_any()
}

fn rows(
    page: Page<Notification>,
    open: RwSignal<bool>,
    count: Loader<openapi::system::notification::Unread>,
) -> AnyView {
    if page.items.is_empty() {
        return view! { <StatePanel glyph=Icon::Bell title=t::NOTICES_NONE hint=t::NOTICES_NONE_HINT /> }.into_any();
    }
    let row = move |notice: Notification| {
        let Notification { id, created_at, title, link, is_read } = notice;
        let press = move |_| {
            open.set(false);
            if !is_read {
                spawn_local(async move {
                    // whether it counts as read is no reason to keep somebody from going there
                    call::<ReadNotification>(ById { id }, Nothing, Nothing).await.ok();
                    count.reload();
                });
            }
            if let Some(link) = &link {
                nav::go(link);
            }
        };
        view! {
            <li><button type="button" class="notice-row" class:unread=!is_read on:click=press>
                <span class="grow">{title}</span>
                {(!is_read).then(|| view! { <span class="for-reader">{t::NOTICE_UNREAD}</span> })}
                <span class="faint number">{text::time(created_at)}</span>
            </button></li>
        }
    };
    view! { <ul class="notices">{page.items.into_iter().map(row).collect_view()}</ul> }.into_any()
}
