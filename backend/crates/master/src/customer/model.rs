//! Draft → row → contract. Destructured exhaustively: a new field does not compile until it is handled.

use super::entity::{contact, customer};
use openapi::choice::Choice;
use openapi::master::customer::{Contact, ContactDraft, Customer, CustomerDraft, CustomerRow};
use openapi::{Email, Note, ShownPhone, Text};
use platform::Result;
use platform::doc::lifecycle::stored;
use uuid::Uuid;

/// Writes a draft into a row; stamps, owner and id stay.
pub fn filled(row: customer::Model, draft: CustomerDraft) -> (customer::Model, Vec<ContactDraft>) {
    let CustomerDraft { name, kind, phone, landline, email, belongs_to, region, address, remark, contacts } = draft;
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
        ..row
    };
    (row, contacts)
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

/// The detail, with phones in full or masked.
pub fn detail(row: customer::Model, contacts: Vec<contact::Model>, in_full: bool) -> Result<Customer> {
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
        email: email.map(Email::stored),
        belongs_to: belongs_to.map(Text::stored),
        region: region.map(Text::stored),
        address: address.map(Text::stored),
        remark: remark.map(Note::stored),
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
