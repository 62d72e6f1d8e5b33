//! Draft → row → contract. Destructured exhaustively: a new field does not compile until it is handled.

use super::entity::{contact, customer};
use crate::stored::small_or_none;
use openapi::choice::Choice;
use openapi::master::TERMS_FORBIDDEN;
use openapi::master::customer::{Contact, ContactDraft, Customer, CustomerDraft, CustomerRow, PartyRole};
use openapi::{Issue, Money, Note, ShownEmail, ShownPhone, Text};
use platform::Result;
use platform::doc::lifecycle::stored;
use uuid::Uuid;

/// Writes a draft into a row; stamps, owner and id stay.
pub fn filled(row: customer::Model, draft: CustomerDraft) -> (customer::Model, Vec<ContactDraft>) {
    let CustomerDraft {
        name,
        kind,
        phone,
        landline,
        email,
        belongs_to,
        region,
        address,
        remark,
        roles,
        tax_no,
        credit_limit,
        price_level,
        terms_days,
        runs_org_id,
        contacts,
    } = draft;
    let row = customer::Model {
        name: name.into(),
        kind: kind.as_str().to_owned(),
        phone: phone.into(),
        landline: landline.map(Into::into),
        email: email.map(Into::into),
        belongs_to: belongs_to.map(Into::into),
        region: region.map(Into::into),
        address: address.map(Into::into),
        remark: remark.map(Into::into),
        roles: joined(&roles),
        tax_no: tax_no.map(Into::into),
        credit_limit: credit_limit.map(|limit| limit.0),
        price_level: price_level.map(|level| level.as_str().to_owned()),
        terms_days: terms_days.map(i32::from),
        runs_org_id: runs_org_id.map(Into::into),
        ..row
    };
    (row, contacts)
}

/// Roles as they are stored: each once, in the order of the contract, separated by commas.
fn joined(roles: &[PartyRole]) -> String {
    let given: Vec<&str> =
        PartyRole::ALL.iter().copied().filter(|role| roles.contains(role)).map(Choice::as_str).collect();
    given.join(",")
}

/// The roles of a row.
pub fn roles(row: &customer::Model) -> Result<Vec<PartyRole>> {
    row.roles.split(',').filter(|role| !role.is_empty()).map(stored).collect()
}

/// Leaves credit, prices and terms as they were for somebody who may not agree on them, and names what was to change.
pub fn with_agreed_terms(before: &customer::Model, after: customer::Model) -> (customer::Model, Vec<(String, Issue)>) {
    let tried = [
        ("/credit_limit", after.credit_limit.is_some() && after.credit_limit != before.credit_limit),
        ("/price_level", after.price_level.is_some() && after.price_level != before.price_level),
        ("/terms_days", after.terms_days.is_some() && after.terms_days != before.terms_days),
        ("/runs_org_id", after.runs_org_id.is_some() && after.runs_org_id != before.runs_org_id),
    ];
    let tried = tried.into_iter().filter(|(_, differs)| *differs);
    let issues = tried.map(|(pointer, _)| (pointer.to_owned(), Issue::new(TERMS_FORBIDDEN))).collect();
    let row = customer::Model {
        credit_limit: before.credit_limit,
        price_level: before.price_level.clone(),
        terms_days: before.terms_days,
        runs_org_id: before.runs_org_id,
        ..after
    };
    (row, issues)
}

/// Contact rows of a customer.
pub fn contact_rows(customer: Uuid, drafts: Vec<ContactDraft>) -> Vec<contact::Model> {
    let row = |(position_no, draft)| {
        let ContactDraft { name, phone, position } = draft;
        contact::Model {
            id: platform::new_id(),
            customer_id: customer,
            position_no,
            name: name.into(),
            phone: phone.into(),
            position: position.map(Into::into),
        }
    };
    (0..).zip(drafts).map(row).collect()
}

/// The detail, with phones and e-mail in full or masked.
pub fn detail(
    row: customer::Model,
    contacts: Vec<contact::Model>,
    runs_org_name: Option<String>,
    (in_full, may_agree_terms): (bool, bool),
) -> Result<Customer> {
    let roles = roles(&row)?;
    let customer::Model {
        id,
        version,
        created_at,
        created_by: _,
        updated_at,
        updated_by: _,
        org_id,
        name,
        kind,
        phone,
        landline,
        email,
        belongs_to,
        region,
        address,
        remark,
        roles: _,
        tax_no,
        credit_limit,
        price_level,
        terms_days,
        runs_org_id,
    } = row;
    Ok(Customer {
        id: id.into(),
        version,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        org_id: org_id.into(),
        name: Text::stored(name),
        kind: stored(&kind)?,
        phone: ShownPhone::of(&phone, in_full),
        landline: landline.map(|phone| ShownPhone::of(&phone, in_full)),
        email: email.map(|email| ShownEmail::of(&email, in_full)),
        belongs_to: belongs_to.map(Text::stored),
        region: region.map(Text::stored),
        address: address.map(Text::stored),
        remark: remark.map(Note::stored),
        roles,
        tax_no: tax_no.map(Text::stored),
        credit_limit: credit_limit.map(Money),
        price_level: price_level.map(|level| stored(&level)).transpose()?,
        terms_days: small_or_none(terms_days)?,
        runs_org_id: runs_org_id.map(Into::into),
        runs_org_name: runs_org_name.map(Text::stored),
        may_agree_terms,
        contacts: contacts.into_iter().map(|row| contact(row, in_full)).collect(),
    })
}

fn contact(row: contact::Model, in_full: bool) -> Contact {
    let contact::Model { id: _, customer_id: _, position_no: _, name, phone, position } = row;
    let phone = ShownPhone::of(&phone, in_full);
    Contact { name: Text::stored(name), phone, position: position.map(Text::stored) }
}

/// The line in a list, with the phone in full or masked.
pub fn list_row(row: customer::Model, in_full: bool) -> Result<CustomerRow> {
    Ok(CustomerRow {
        roles: roles(&row)?,
        tax_no: row.tax_no.map(Text::stored),
        credit_limit: row.credit_limit.map(Money),
        price_level: row.price_level.map(|level| stored(&level)).transpose()?,
        terms_days: small_or_none(row.terms_days)?,
        id: row.id.into(),
        version: row.version,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        name: Text::stored(row.name),
        kind: stored(&row.kind)?,
        phone: ShownPhone::of(&row.phone, in_full),
        belongs_to: row.belongs_to.map(Text::stored),
        region: row.region.map(Text::stored),
        address: row.address.map(Text::stored),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_kept_once_each_and_read_back() {
        let stored = joined(&[PartyRole::Supplier, PartyRole::Customer, PartyRole::Supplier]);
        assert_eq!(stored, "customer,supplier");
        let row = customer::Model { roles: stored, ..Default::default() };
        assert_eq!(roles(&row).unwrap(), [PartyRole::Customer, PartyRole::Supplier]);
    }

    #[test]
    fn who_may_not_agree_on_terms_leaves_them_as_they_are() {
        let before = customer::Model { credit_limit: Some(100), terms_days: Some(30), ..Default::default() };
        let silent = customer::Model { name: "新".to_owned(), ..Default::default() };
        let (kept, issues) = with_agreed_terms(&before, silent);
        assert_eq!((kept.name.as_str(), kept.credit_limit, kept.terms_days), ("新", Some(100), Some(30)));
        assert_eq!(issues, []);
        let bold = customer::Model { credit_limit: Some(200), terms_days: Some(30), ..Default::default() };
        let (_, issues) = with_agreed_terms(&before, bold);
        assert_eq!(issues, [("/credit_limit".to_owned(), Issue::new(TERMS_FORBIDDEN))]);
    }
}
