//! Files that belong to records: photos, signatures, invoices, workbooks.
//!
//! A file is recognised by its content, never by what it is called. Images are decoded and written again, which drops
//! whatever a camera or somebody else put into them. The content lies in the object store under its own hash: written
//! before the row that names it, the same content only once, and nothing is ever replaced.

mod commands;
mod content;
mod entity;
mod queries;
pub mod store;

pub use commands::{Incoming, attach, keep, prepare};
pub use queries::{content, found, has_picture};
pub use store::Store;

use crate::http::{Api, free, read, staged};
use openapi::system::{DownloadAttachment, DownloadThumbnail, GetJournal, ListAttachments, UploadAttachment};

/// Attachments that one record may have.
pub const MAX_PER_RECORD: u64 = 500;

/// Mounts the endpoints.
pub fn mount(api: &mut Api) {
    staged::<UploadAttachment, _>(api, commands::receive, commands::upload);
    read::<ListAttachments>(api, queries::list);
    free::<DownloadAttachment>(api, queries::download);
    free::<DownloadThumbnail>(api, queries::thumbnail);
    read::<GetJournal>(api, queries::journal);
}
