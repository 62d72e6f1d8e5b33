//! Prepares an empty installation: a set of dictionaries that a repair shop can start with.

use crate::dictionary;
use openapi::master::dictionary::DictionaryEntryDraft;
use platform::http::run;
use platform::{Actor, App, Context, Result};
use std::collections::HashMap;
use uuid::Uuid;

/// Fills the dictionaries when there are none at all. Whatever somebody changed or removed later stays so.
pub async fn install(app: &App) -> Result<()> {
    let context = Context::internal(Actor::system(Uuid::nil(), "/"), app.clock.now(), "Install");
    run::write(app, &context, async |tx| {
        // the counter row is the lock that lets one process install while the others wait
        tx.next_in("install.master").await?;
        if !dictionary::queries::is_empty(tx).await? {
            return Ok(());
        }
        let mut ids: HashMap<String, Uuid> = HashMap::new();
        for preset in dictionary::preset::entries() {
            let under = |code: Option<&str>| code.and_then(|code| ids.get(code)).map(|id| (*id).into());
            let draft = DictionaryEntryDraft {
                parent_id: under(preset.parent.as_deref()),
                level_id: under(preset.level.as_deref()),
                ..preset.draft
            };
            let key = dictionary::preset::key(draft.kind, &draft.code);
            let row = dictionary::add(tx, draft).await?;
            ids.insert(key, row.id);
        }
        Ok(())
    })
    .await
}
