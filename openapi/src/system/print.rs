//! Paper.

use crate::choices;

choices! {
    /// What a document is printed on.
    Paper {
        Receipt80 = "receipt80" ("80 毫米小票", "80 mm receipt", Neutral),
        A5 = "a5" ("A5", "A5", Neutral),
        A4 = "a4" ("A4", "A4", Neutral),
    }
}
