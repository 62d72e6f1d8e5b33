//! Forms as data: fields that know their type from the contract, the texts typed so far, and the page around them.

mod draft;
mod draw;
mod field;
mod inline;
mod model;
mod page;
mod scalar;

pub use draft::{keep as keep_draft, kept_mark};
pub use draw::{bind, control_id, draw_fields};
pub use field::{Control, Field, Lines};
pub use inline::InlineForm;
pub use model::{Fault, Form};
pub use page::{FormPage, Saved};
pub use scalar::{AsChoice, AsOptionalChoice, AsScalar, Probe, Scalar, choice_options};
