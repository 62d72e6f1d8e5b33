//! What the system tells a person: a ticket was assigned, an import has ended.

use crate::{ById, Id, Json, Page, Resource, Timestamp, endpoints};
use serde::{Deserialize, Serialize};

/// Id of a notification.
pub type NotificationId = Id<Notification>;

/// One message to the signed-in person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notification {
    /// Id.
    pub id: NotificationId,
    /// When.
    pub created_at: Timestamp,
    /// One line, in the language of the request.
    #[cfg_attr(feature = "schema", schema(max_length = 300, example = "工单 RE202611210001 已分配给您"))]
    pub title: String,
    /// The page it is about, a path of the application.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 500, example = "/service/tickets/0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f")
    )]
    pub link: Option<String>,
    /// Whether it was read.
    pub is_read: bool,
}
impl Resource for Notification {
    const NAME: &'static str = "notification";
}

/// How much is unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Unread {
    /// Unread notifications.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub count: i64,
}

/// Filter of the notifications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct NotificationFilter {
    /// Only read, or only unread ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(nullable = false))]
    pub is_read: Option<bool>,
}
impl crate::page::Filter for NotificationFilter {
    const SORTS: &'static [&'static str] = &["created_at"];
    const DEFAULT_SORT: &'static str = "-created_at";
}

endpoints! { "System";
    /// List one's own notifications.
    ListNotifications: Get "/api/v1/system/notifications" signed_in, list NotificationFilter => Page<Notification>;
    /// How many notifications are unread.
    CountUnread: Get "/api/v1/system/notifications/unread" signed_in => Json<Unread>;
    /// Mark a notification as read.
    ReadNotification: Post "/api/v1/system/notifications/{id}/read" signed_in, path ById<Notification> => Json<Notification>;
    /// Mark all of one's notifications as read.
    ReadAllNotifications: Post "/api/v1/system/notifications/read" signed_in => Json<Unread>;
}
