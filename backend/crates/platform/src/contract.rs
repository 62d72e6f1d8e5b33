//! The published contract: the OpenAPI document, as it was written when the server was built.
//!
//! The server carries the text and not the code that makes it: describing every operation takes a sixth of a binary.

use serde_json::Value;
use std::sync::OnceLock;

/// The OpenAPI document.
pub struct Contract {
    text: &'static str,
    parsed: OnceLock<Value>,
}

impl Contract {
    /// The document with this text.
    pub const fn new(text: &'static str) -> Self {
        Contract { text, parsed: OnceLock::new() }
    }

    /// The text.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The document; read when somebody asks for it first.
    pub fn parsed(&self) -> &Value {
        self.parsed.get_or_init(|| serde_json::from_str(self.text).unwrap_or_default())
    }
}
