//! What an entry must be, and how balances follow from lines. Pure.

use super::entity::{entry, line};
use openapi::choice::Choice;
use openapi::finance::ledger::{LedgerEntry, LedgerEntryRow, LedgerLine, TrialBalance, TrialBalanceRow};
use openapi::finance::{Account, ENTRY_UNBALANCED, JournalLineDraft};
use openapi::{Money, Month};
use platform::doc::lifecycle::stored;
use platform::{Failure, Result};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Lines whose debit equals their credit. There is no other way to get hold of lines that can be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balanced {
    lines: Vec<JournalLineDraft>,
    total: Money,
}

/// Balance key: account, party, bank account; nil where there is none.
pub type BalanceKey = (Account, Uuid, Uuid);

impl Balanced {
    /// Checks lines; those without an amount are dropped. Nothing left is `None`: there is nothing to post.
    pub fn new(lines: Vec<JournalLineDraft>) -> Result<Option<Self>> {
        let lines: Vec<_> = lines.into_iter().filter(|l| !l.debit.is_zero() || !l.credit.is_zero()).collect();
        if lines.iter().any(|line| line.debit < Money::ZERO || line.credit < Money::ZERO) {
            return Err(Failure::Internal("an amount to post is negative".to_owned()));
        }
        lines.iter().try_for_each(complete)?;
        let (debit, credit) = (sum(&lines, |l| l.debit), sum(&lines, |l| l.credit));
        if debit != credit {
            return Err(Failure::new(ENTRY_UNBALANCED).with("debit", debit).with("credit", credit));
        }
        Ok((!lines.is_empty()).then_some(Balanced { lines, total: debit }))
    }

    /// The same lines in red.
    pub fn mirror(posted: Vec<JournalLineDraft>) -> Result<Self> {
        let negated = |line: JournalLineDraft| JournalLineDraft { debit: -line.debit, credit: -line.credit, ..line };
        let lines: Vec<_> = posted.into_iter().map(negated).collect();
        let (debit, credit) = (sum(&lines, |l| l.debit), sum(&lines, |l| l.credit));
        if debit != credit {
            return Err(Failure::Internal(format!("a posted entry does not balance: {debit} and {credit}")));
        }
        Ok(Balanced { lines, total: debit })
    }

    /// The lines.
    pub fn lines(&self) -> &[JournalLineDraft] {
        &self.lines
    }

    /// Sum of each side.
    pub fn total(&self) -> Money {
        self.total
    }

    /// What changes on each balance, in the order in which balances are always locked.
    pub fn changes(&self) -> BTreeMap<BalanceKey, (Money, Money)> {
        let mut changes = BTreeMap::<BalanceKey, (Money, Money)>::new();
        for line in &self.lines {
            let party = line.party_id.map_or_else(Uuid::nil, Into::into);
            let bank = line.bank_account_id.map_or_else(Uuid::nil, Into::into);
            let (debit, credit) = changes.entry((line.account, party, bank)).or_default();
            *debit += line.debit;
            *credit += line.credit;
        }
        changes
    }
}

/// The lines of a document of the station `home`, by the station in whose books each belongs: money lies in the books of
/// the station whose account it is (`stations`; `home` for an account that is not there). What then one station has paid
/// or received for the other stands on 1221 between them, so that the books of each balance by themselves.
pub fn by_station(
    home: Uuid,
    lines: Vec<JournalLineDraft>,
    stations: &HashMap<Uuid, Uuid>,
) -> BTreeMap<Uuid, Vec<JournalLineDraft>> {
    let mut books = BTreeMap::<Uuid, Vec<JournalLineDraft>>::from([(home, Vec::new())]);
    for line in lines {
        let there = line.bank_account_id.and_then(|id| stations.get(&id.uuid())).copied().unwrap_or(home);
        if there != home {
            let between = |debit, credit| JournalLineDraft {
                account: Account::InterStation,
                party_id: None,
                bank_account_id: None,
                debit,
                credit,
            };
            books.entry(home).or_default().push(between(line.debit, line.credit));
            books.entry(there).or_default().push(between(line.credit, line.debit));
        }
        books.entry(there).or_default().push(line);
    }
    books
}

fn sum(lines: &[JournalLineDraft], side: impl Fn(&JournalLineDraft) -> Money) -> Money {
    lines.iter().map(side).sum()
}

/// An amount stands on one side, and accounts that are kept by party or by bank account name it.
fn complete(line: &JournalLineDraft) -> Result<()> {
    let defect = |what: &str| Err(Failure::Internal(format!("line on {}: {what}", line.account)));
    if !line.debit.is_zero() && !line.credit.is_zero() {
        return defect("both sides at once");
    }
    if line.account.needs_party() && line.party_id.is_none() {
        return defect("the party is missing");
    }
    if line.account.needs_bank_account() && line.bank_account_id.is_none() {
        return defect("the bank account is missing");
    }
    Ok(())
}

/// A stored line as it was posted.
pub fn posted(row: line::Model) -> Result<JournalLineDraft> {
    Ok(JournalLineDraft {
        account: stored(&row.account)?,
        party_id: row.party_id.map(Into::into),
        bank_account_id: row.bank_account_id.map(Into::into),
        debit: Money(row.debit),
        credit: Money(row.credit),
    })
}

/// The rows of an entry's lines.
pub fn line_rows(entry: &entry::Model, balanced: &Balanced) -> Vec<line::Model> {
    let row = |(line_no, line): (i32, &JournalLineDraft)| line::Model {
        id: platform::new_id(),
        entry_id: entry.id,
        line_no,
        org_id: entry.org_id,
        effective_on: entry.effective_on,
        account: line.account.as_str().to_owned(),
        party_id: line.party_id.map(Into::into),
        bank_account_id: line.bank_account_id.map(Into::into),
        debit: line.debit.0,
        credit: line.credit.0,
    };
    (0..).zip(balanced.lines()).map(row).collect()
}

/// Names that lines show.
#[derive(Default)]
pub struct Names {
    /// Parties by id.
    pub parties: HashMap<Uuid, String>,
    /// Bank accounts by id.
    pub bank_accounts: HashMap<Uuid, String>,
}

/// The detail.
pub fn detail(
    row: entry::Model,
    lines: Vec<line::Model>,
    mirrored_by: Option<Uuid>,
    names: &Names,
) -> Result<LedgerEntry> {
    let entry::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        number,
        effective_at,
        effective_on,
        source_kind,
        source_id,
        source_number,
        origin_id,
        origin_number,
        memo,
        mirror_of,
        debit_total,
        credit_total: _,
    } = row;
    Ok(LedgerEntry {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        number,
        effective_on: effective_on.into(),
        effective_at: effective_at.into(),
        source_kind: stored(&source_kind)?,
        source_id: source_id.into(),
        source_number,
        origin_id: origin_id.map(Into::into),
        origin_number,
        memo,
        mirror_of: mirror_of.map(Into::into),
        mirrored_by: mirrored_by.map(Into::into),
        total: Money(debit_total),
        lines: lines.into_iter().map(|line| shown(line, names)).collect::<Result<_>>()?,
    })
}

fn shown(row: line::Model, names: &Names) -> Result<LedgerLine> {
    let line::Model {
        id: _,
        entry_id: _,
        line_no: _,
        org_id: _,
        effective_on: _,
        account,
        party_id,
        bank_account_id,
        debit,
        credit,
    } = row;
    Ok(LedgerLine {
        account: stored(&account)?,
        party_name: party_id.and_then(|id| names.parties.get(&id).cloned()),
        party_id: party_id.map(Into::into),
        bank_account_name: bank_account_id.and_then(|id| names.bank_accounts.get(&id).cloned()),
        bank_account_id: bank_account_id.map(Into::into),
        debit: Money(debit),
        credit: Money(credit),
    })
}

/// The line in a list.
pub fn list_row(row: entry::Model) -> Result<LedgerEntryRow> {
    Ok(LedgerEntryRow {
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        org_id: row.org_id.into(),
        number: row.number,
        effective_on: row.effective_on.into(),
        source_kind: stored(&row.source_kind)?,
        source_id: row.source_id.into(),
        source_number: row.source_number,
        origin_number: row.origin_number,
        memo: row.memo,
        is_mirror: row.mirror_of.is_some(),
        total: Money(row.debit_total),
    })
}

/// Turnover of one account before and within the months of a trial balance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnover {
    /// Debit less credit before.
    pub before: Money,
    /// Debit within.
    pub debit: Money,
    /// Credit within.
    pub credit: Money,
}

/// A balance stands on one side.
fn sides(net: Money) -> (Money, Money) {
    if net.is_positive() { (net, Money::ZERO) } else { (Money::ZERO, -net) }
}

/// The trial balance of some accounts.
pub fn trial_balance(from: Month, to: Month, turnovers: &BTreeMap<Account, Turnover>) -> TrialBalance {
    let row = |(account, turnover): (&Account, &Turnover)| {
        let Turnover { before, debit, credit } = *turnover;
        let ((opening_debit, opening_credit), (closing_debit, closing_credit)) =
            (sides(before), sides(before + debit - credit));
        TrialBalanceRow {
            account: *account,
            opening_debit,
            opening_credit,
            debit,
            credit,
            closing_debit,
            closing_credit,
        }
    };
    let rows: Vec<_> = turnovers.iter().filter(|(_, t)| **t != Turnover::default()).map(row).collect();
    let total = |of: fn(&TrialBalanceRow) -> Money| rows.iter().map(of).sum();
    TrialBalance {
        from,
        to,
        opening_debit: total(|r| r.opening_debit),
        opening_credit: total(|r| r.opening_credit),
        debit: total(|r| r.debit),
        credit: total(|r| r.credit),
        closing_debit: total(|r| r.closing_debit),
        closing_credit: total(|r| r.closing_credit),
        rows,
    }
}

#[cfg(test)]
mod tests;
