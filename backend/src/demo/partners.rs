//! Whom the company buys from and who buys wholesale.

use super::company::text;
use super::dice::Dice;
use super::stage::Stage;
use super::words::{CITIES, DEALERS, SUPPLIERS};
use openapi::master::customer::{
    ContactDraft, CreateCustomer, CustomerDraft, CustomerId, CustomerKind, PartyRole, PriceLevel,
};
use openapi::{Money, Nothing};
use platform::Result;

/// Makes suppliers, makers and dealers; returns the first two with the brand that each makes.
pub async fn make(stage: &Stage, dice: &mut Dice) -> Result<Vec<(CustomerId, Option<&'static str>)>> {
    let by = stage.person("zb01")?;
    let mut suppliers = Vec::new();
    for (name, tax_no, days, brand) in SUPPLIERS {
        let role = if brand.is_some() { PartyRole::Maker } else { PartyRole::Supplier };
        let mut draft = company(dice, name, tax_no, *days)?;
        draft.roles = if brand.is_some() { vec![PartyRole::Supplier, role] } else { vec![role] };
        suppliers.push((stage.act::<CreateCustomer>(by, Nothing, Nothing, draft).await?.id, *brand));
    }
    for (name, tax_no, credit, days) in DEALERS {
        let mut draft = company(dice, name, tax_no, *days)?;
        draft.roles = vec![PartyRole::Customer, PartyRole::Dealer];
        draft.credit_limit = Some(Money(credit * 100));
        draft.price_level = Some(PriceLevel::Wholesale);
        stage.act::<CreateCustomer>(by, Nothing, Nothing, draft).await?;
    }
    Ok(suppliers)
}

fn company(dice: &mut Dice, name: &str, tax_no: &str, days: u16) -> Result<CustomerDraft> {
    let city = dice.pick(CITIES);
    let contact = ContactDraft {
        name: text(&dice.person())?,
        phone: text(&dice.mobile())?,
        position: Some(text(dice.word(&["业务经理", "对账会计", "仓储主管"]))?),
    };
    Ok(CustomerDraft {
        name: text(name)?,
        kind: CustomerKind::Company,
        phone: text(&dice.mobile())?,
        landline: None,
        email: None,
        belongs_to: None,
        region: city.map(|city| text(city.name)).transpose()?,
        address: None,
        remark: None,
        roles: Vec::new(),
        tax_no: Some(text(tax_no)?),
        credit_limit: None,
        price_level: None,
        terms_days: Some(days),
        runs_org_id: None,
        contacts: vec![contact],
    })
}
