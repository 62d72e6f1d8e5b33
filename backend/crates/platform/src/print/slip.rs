//! What the built-in template prints.

use serde::Serialize;

/// A document on paper, ready to read: every text is in the language of the reader already.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Slip {
    /// What it is, for example 维修服务单.
    pub title: String,
    /// Whose it is: the station.
    pub company: String,
    /// Number of the document.
    pub number: String,
    /// What the QR code says.
    pub qr: Option<String>,
    /// Label and value.
    pub fields: Vec<(String, String)>,
    /// Lines.
    pub tables: Vec<SlipTable>,
    /// Label and amount, the last one printed large.
    pub totals: Vec<(String, String)>,
    /// Terms and remarks, a paragraph each.
    pub notes: Vec<String>,
    /// Who signs, a line each.
    pub signatures: Vec<String>,
    /// When it was printed.
    pub printed_at: String,
}

/// A table on a slip.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SlipTable {
    /// Its heading.
    pub title: String,
    /// Headings of the columns; the columns after the first are set to the right.
    pub head: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}
