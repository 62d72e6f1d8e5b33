//! What other domains may ask of base data.

pub use crate::customer::queries::named as customer_named;
