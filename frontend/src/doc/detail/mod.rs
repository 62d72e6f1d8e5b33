//! Details as data: head with state, exactly the actions that the server allows, groups of fields, lines, timeline, files.

mod action;
mod attachments;
mod journal;
mod lines;
mod page;

pub use action::{Act, Record};
pub use attachments::{Attachments, Picture, Thumbnail};
pub use journal::{Journal, JournalWords};
pub use lines::{LineColumn, Lines};
pub use page::{DetailPage, Item, draw_items, item};
