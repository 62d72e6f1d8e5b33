//! Goods and money meet here: what stock posts, the money books follow in the same transaction.

use finance::api::{EntryDraft, Source};
use openapi::finance::JournalLineDraft;
use platform::{Result, Tx};
use stock::api::{JournalLine, StockPosted};

fn line(line: &JournalLine) -> JournalLineDraft {
    let JournalLine { account, debit, credit } = *line;
    JournalLineDraft { account, party_id: None, bank_account_id: None, debit, credit }
}

/// Posts the accounts of a stock document, or takes them back with the document that is reversed.
pub async fn follow(tx: &Tx, posted: &StockPosted) -> Result<()> {
    let source = Source { kind: posted.kind, id: posted.document.uuid(), number: posted.number.clone() };
    if let Some(original) = posted.reversal_of {
        finance::api::reverse_entry(tx, original.uuid(), &source).await?;
        return Ok(());
    }
    let entry = EntryDraft {
        org_id: posted.org_id.uuid(),
        effective_at: posted.effective_at,
        source,
        origin: None,
        memo: None,
        lines: posted.lines.iter().map(line).collect(),
    };
    finance::api::post_entry(tx, entry).await?;
    Ok(())
}
