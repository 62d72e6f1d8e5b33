//! Numbers for people; they are never used twice. Kinds without gaps take theirs inside the posting transaction, and so
//! does everything on SQLite, where one writes at a time anyway. On PostgreSQL other kinds take it beside the transaction:
//! what is refused afterwards leaves a gap, and nobody waits for somebody else's commit.

use crate::{Failure, Result, Tx};
use chrono::{Datelike, NaiveDate};
use openapi::choice::Choice;
use openapi::document::DocKind;
use sea_orm::{ConnectionTrait, QueryResult};

/// Fills a pattern in: `{YYYY} {YY} {MM} {M} {DD} {D} {ORG} {SEQ:n}`.
pub fn render(pattern: &str, on: NaiveDate, org: &str, sequence: i64) -> String {
    let mut number = dated(pattern, on, org);
    while let Some((head, rest)) = number.split_once("{SEQ") {
        let Some((width, tail)) = rest.split_once('}') else { break };
        let width: usize = width.trim_start_matches(':').parse().unwrap_or(1);
        number = format!("{head}{sequence:0>width$}{tail}");
    }
    number
}

/// The pattern with everything but the sequence filled in; also what the sequence counts within.
fn dated(pattern: &str, on: NaiveDate, org: &str) -> String {
    pattern
        .replace("{YYYY}", &format!("{:04}", on.year()))
        .replace("{YY}", &format!("{:02}", on.year() % 100))
        .replace("{MM}", &format!("{:02}", on.month()))
        .replace("{M}", &on.month().to_string())
        .replace("{DD}", &format!("{:02}", on.day()))
        .replace("{D}", &on.day().to_string())
        .replace("{ORG}", org)
}

impl Tx {
    /// Takes the next number of a kind of document. The counter of a gapless kind is locked until the end of the
    /// transaction, so that it is taken last.
    pub async fn number(&self, kind: DocKind) -> Result<String> {
        let number = self.numbers(kind, 1).await?.pop();
        number.ok_or_else(|| Failure::Internal(format!("{kind} got no number")))
    }

    /// Takes the next numbers of a kind of document, as many as are wanted, at once.
    pub async fn numbers(&self, kind: DocKind, wanted: usize) -> Result<Vec<String>> {
        let count = i64::try_from(wanted).map_err(|_| Failure::Internal(format!("{wanted} numbers")))?;
        if count == 0 {
            return Ok(Vec::new());
        }
        let pattern = self.pattern(kind).await?;
        let (on, org) = (self.today(), self.actor().org_code.clone());
        let scope = format!("{}:{}", kind.as_str(), dated(&pattern, on, &org));
        let statement = self.statement(NEXT, [scope.as_str().into(), count.into()]);
        let row = match self.app().db.counter() {
            Some(counter) if !kind.is_gapless() => counter.query_one_raw(statement).await?,
            _ => self.conn().apart(statement).await?,
        };
        let last = value_of(&scope, row)?;
        Ok((last - count + 1..=last).map(|sequence| render(&pattern, on, &org, sequence)).collect())
    }

    async fn pattern(&self, kind: DocKind) -> Result<String> {
        let read = async || {
            let sql = "SELECT pattern FROM number_rule WHERE kind = $1";
            let row = self.conn().query_one_raw(self.statement(sql, [kind.as_str().into()])).await?;
            let changed: Option<String> = row.map(|r| r.try_get("", "pattern")).transpose()?;
            Ok(changed.unwrap_or_else(|| kind.number_pattern().to_owned()))
        };
        self.lasting(format!("number of {}", kind.as_str()), read).await
    }

    /// The next value of a counter, which stays locked until the end of the transaction.
    pub async fn next_in(&self, scope: &str) -> Result<i64> {
        value_of(scope, self.conn().apart(self.statement(NEXT, [scope.into(), 1_i64.into()])).await?)
    }
}

/// Moves a counter on.
const NEXT: &str = "INSERT INTO number_counter (scope, value) VALUES ($1, $2) \
                    ON CONFLICT (scope) DO UPDATE SET value = number_counter.value + excluded.value RETURNING value";

fn value_of(scope: &str, row: Option<QueryResult>) -> Result<i64> {
    let row = row.ok_or_else(|| Failure::Internal(format!("counter {scope} gave no value")))?;
    Ok(row.try_get("", "value")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_filled_in() {
        let on = NaiveDate::from_ymd_opt(2018, 9, 19).unwrap();
        assert_eq!(render("RE{YYYY}{M}{D}{SEQ:4}", on, "", 43), "RE20189190043");
        assert_eq!(render("RE{YYYY}{MM}{DD}{SEQ:4}", on, "", 43), "RE201809190043");
        assert_eq!(render("RE{YY}{MM}{SEQ}", on, "", 7), "RE18097");
        assert_eq!(render("{ORG}-{SEQ:3}", on, "HZ01", 12345), "HZ01-12345");
    }
}
