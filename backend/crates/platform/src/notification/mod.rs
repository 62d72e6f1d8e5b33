//! What the system tells a person in the application: written through the outbox, so that it never holds up or fails the
//! command that causes it.

mod commands;
mod entity;
mod queries;

pub use commands::store;

use crate::http::{Api, read, write};
use crate::{Result, Tx};
use openapi::system::notification::{CountUnread, ListNotifications, ReadAllNotifications, ReadNotification};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The topic of notifications in the outbox.
pub const TOPIC: &str = "notify";

/// A notification on its way.
#[derive(Debug, Serialize, Deserialize)]
struct Notice {
    user_id: Uuid,
    title_zh: String,
    title_en: String,
    link: Option<String>,
}

impl Tx {
    /// Tells a person something, after this transaction; `link` is a path of the application.
    pub fn notify(&self, user_id: Uuid, zh: &str, en: &str, link: Option<&str>) -> Result<()> {
        let notice =
            Notice { user_id, title_zh: zh.to_owned(), title_en: en.to_owned(), link: link.map(str::to_owned) };
        self.outbox(TOPIC, &notice)
    }
}

/// Mounts the endpoints.
pub fn mount(api: &mut Api) {
    read::<ListNotifications>(api, queries::list);
    read::<CountUnread>(api, queries::count);
    write::<ReadNotification>(api, commands::read);
    write::<ReadAllNotifications>(api, commands::read_all);
}
