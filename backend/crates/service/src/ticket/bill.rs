//! The bill of a ticket, computed from nothing but the ticket: who pays (by warranty), which price, how much tax is in
//! it. The same computation is shown before the settlement and posted by it.

use super::entity::{fee, method, part};
use finance::api::Rates;
use openapi::choice::Choice;
use openapi::service::closing::{ChargeKind, ChargeLine, Charges, PayerAmount};
use openapi::service::work::TicketPayer;
use openapi::{Money, Quantity, UnitPrice};
use platform::Result;
use platform::doc::lifecycle::stored;

/// What a bill is made from.
pub struct Basis<'a> {
    /// Who pays by the warranty state.
    pub payer: TicketPayer,
    /// Methods with the prices of their level.
    pub methods: &'a [method::Model],
    /// Parts.
    pub parts: &'a [part::Model],
    /// Services.
    pub fees: &'a [fee::Model],
    /// Whether the repair is finished: then what was used counts, before that what is planned.
    pub is_finished: bool,
    /// Value added tax in the prices of labour and parts; a service carries its own.
    pub rates: Rates,
}

/// The tax in an amount that includes it, rounded once, half to even.
pub fn tax_in(amount: Money, rate: i64) -> Money {
    amount.share(Quantity(rate), Quantity(10_000 + rate))
}

/// Whether this payer gives the repair for free to everybody: no price, only cost.
const fn bears_cost_itself(payer: TicketPayer) -> bool {
    matches!(payer, TicketPayer::Company | TicketPayer::Internal)
}

/// What a line is for, before its amount is known.
struct Charged {
    kind: ChargeKind,
    text: String,
    quantity: Quantity,
    price: UnitPrice,
}

fn line(charged: Charged, payer: TicketPayer, tax_rate: i64) -> ChargeLine {
    let Charged { kind, text, quantity, price } = charged;
    let is_free = bears_cost_itself(payer);
    let amount = if is_free { Money::ZERO } else { price.times(quantity) };
    ChargeLine {
        kind,
        description: text,
        quantity,
        unit_price: price,
        payer,
        amount,
        tax: tax_in(amount, tax_rate),
        tax_rate,
        is_free,
    }
}

/// The labour: a repair is charged once, at its dearest level.
fn labour(basis: &Basis<'_>) -> Option<ChargeLine> {
    let price = |method: &method::Model| match basis.payer {
        TicketPayer::Customer | TicketPayer::Insurer => method.labour_price,
        TicketPayer::Manufacturer | TicketPayer::Company | TicketPayer::Internal => method.claim_fee,
    };
    // the first of several equally dear ones, so that the text does not depend on the order of iteration
    let dearest = basis.methods.iter().rev().filter(|m| m.level_id.is_some()).max_by_key(|m| price(m))?;
    let text = match &dearest.level_name {
        Some(level) => format!("{} · {level}", dearest.name),
        None => dearest.name.clone(),
    };
    let price = Money(price(dearest)).per(Quantity::ONE);
    let charged = Charged { kind: ChargeKind::Labour, text, quantity: Quantity::ONE, price };
    Some(line(charged, basis.payer, basis.rates.labour))
}

/// How many of a part count.
pub fn billed_quantity(part: &part::Model, is_finished: bool) -> Quantity {
    let planned = part.required - part.returned;
    Quantity(if is_finished { part.used } else { planned.max(part.used) })
}

/// Who pays for a part: the one that the line names, else the one of the warranty.
pub fn part_payer(part: &part::Model, payer: TicketPayer) -> Result<TicketPayer> {
    part.payer.as_deref().map_or(Ok(payer), stored)
}

/// The price of a part for its payer.
pub fn part_price(part: &part::Model, payer: TicketPayer) -> UnitPrice {
    match payer {
        TicketPayer::Customer | TicketPayer::Insurer => UnitPrice(part.retail_price),
        TicketPayer::Manufacturer | TicketPayer::Company | TicketPayer::Internal => UnitPrice(part.warranty_price),
    }
}

fn part_line(part: &part::Model, basis: &Basis<'_>) -> Result<Option<ChargeLine>> {
    let quantity = billed_quantity(part, basis.is_finished);
    if !quantity.is_positive() {
        return Ok(None);
    }
    let payer = part_payer(part, basis.payer)?;
    let text = format!("{} {}", part.product_code, part.product_name);
    let charged = Charged { kind: ChargeKind::Part, text, quantity, price: part_price(part, payer) };
    Ok(Some(line(charged, payer, basis.rates.part)))
}

/// A service is charged to whoever pays the repair out of warranty; in warranty it is free or the customer's.
fn fee_line(fee: &fee::Model, basis: &Basis<'_>) -> ChargeLine {
    let in_warranty = !matches!(basis.payer, TicketPayer::Customer | TicketPayer::Insurer);
    let payer = if in_warranty { TicketPayer::Customer } else { basis.payer };
    let is_free = in_warranty && fee.is_free_in_warranty;
    let quantity = Quantity(fee.quantity);
    let amount = if is_free { Money::ZERO } else { UnitPrice(fee.unit_price).times(quantity) };
    ChargeLine {
        kind: ChargeKind::Service,
        description: fee.name.clone(),
        quantity,
        unit_price: UnitPrice(fee.unit_price),
        payer,
        amount,
        tax: tax_in(amount, fee.tax_rate),
        tax_rate: fee.tax_rate,
        is_free,
    }
}

/// The bill.
pub fn bill(basis: &Basis<'_>) -> Result<Charges> {
    let mut lines: Vec<ChargeLine> = labour(basis).into_iter().collect();
    for part in basis.parts {
        lines.extend(part_line(part, basis)?);
    }
    lines.extend(basis.fees.iter().map(|fee| fee_line(fee, basis)));
    Ok(totalled(lines, false))
}

/// The sums of some lines.
pub fn totalled(lines: Vec<ChargeLine>, is_settled: bool) -> Charges {
    let of = |payer: TicketPayer| lines.iter().filter(move |line| line.payer == payer);
    let payers: Vec<PayerAmount> = TicketPayer::ALL
        .iter()
        .filter(|payer| of(**payer).next().is_some())
        .map(|payer| PayerAmount {
            payer: *payer,
            amount: of(*payer).map(|line| line.amount).sum(),
            tax: of(*payer).map(|line| line.tax).sum(),
        })
        .collect();
    let total = lines.iter().map(|line| line.amount).sum();
    let customer_due = of(TicketPayer::Customer).map(|line| line.amount).sum();
    Charges { lines, payers, total, customer_due, is_settled }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn method(level: Option<&str>, labour: i64, claim: i64) -> method::Model {
        method::Model {
            name: "更换".to_owned(),
            level_id: level.map(|_| platform::new_id()),
            level_name: level.map(str::to_owned),
            labour_price: labour,
            claim_fee: claim,
            ..Default::default()
        }
    }

    fn part(required: i64, used: i64, payer: Option<&str>) -> part::Model {
        part::Model {
            product_code: "PA-1".to_owned(),
            product_name: "屏幕".to_owned(),
            required,
            issued: used,
            used,
            retail_price: 1_990_000,   // 199.00 yuan
            warranty_price: 1_205_000, // 120.50 yuan
            payer: payer.map(str::to_owned),
            ..Default::default()
        }
    }

    fn fee(price: i64, is_free_in_warranty: bool) -> fee::Model {
        fee::Model {
            name: "检测费".to_owned(),
            quantity: 1000,
            unit_price: price,
            tax_rate: 600,
            is_free_in_warranty,
            ..Default::default()
        }
    }

    fn charges(payer: TicketPayer, is_finished: bool) -> Charges {
        let methods =
            [method(Some("一级"), 5000, 3000), method(Some("二级"), 8000, 4500), method(None, 99_999, 99_999)];
        let parts = [part(1000, 1000, None), part(2000, 0, None)];
        let fees = [fee(300_000, true), fee(200_000, false)];
        let rates = Rates { labour: 600, part: 1300 };
        bill(&Basis { payer, methods: &methods, parts: &parts, fees: &fees, is_finished, rates }).unwrap()
    }

    #[test]
    fn labour_parts_and_services_have_rates_of_their_own() {
        let rates: Vec<_> = charges(TicketPayer::Customer, true).lines.iter().map(|l| (l.kind, l.tax_rate)).collect();
        let (labour, part, service) = (ChargeKind::Labour, ChargeKind::Part, ChargeKind::Service);
        assert_eq!(rates, [(labour, 600), (part, 1300), (service, 600), (service, 600)]);
        let tax: Vec<_> = charges(TicketPayer::Customer, true).lines.iter().map(|line| line.tax).collect();
        assert_eq!(tax, [Money(453), Money(2289), Money(170), Money(113)]);
    }

    #[test]
    fn out_of_warranty_the_customer_pays_everything_at_retail() {
        let charges = charges(TicketPayer::Customer, true);
        // labour 80.00 + part 199.00 + services 30.00 and 20.00
        assert_eq!(charges.customer_due, Money(8000 + 19_900 + 3000 + 2000));
        assert_eq!(charges.total, charges.customer_due);
        assert_eq!(charges.payers.len(), 1);
        assert!(charges.lines.iter().all(|line| !line.is_free));
    }

    #[test]
    fn in_warranty_the_maker_pays_labour_and_parts_and_only_unfree_services_are_the_customers() {
        let charges = charges(TicketPayer::Manufacturer, true);
        assert_eq!(charges.customer_due, Money(2000));
        let maker = charges.payers.iter().find(|p| p.payer == TicketPayer::Manufacturer).unwrap();
        assert_eq!(maker.amount, Money(4500 + 12_050));
        assert_eq!(charges.lines.iter().filter(|line| line.is_free).count(), 1);
    }

    #[test]
    fn what_the_company_bears_has_no_price() {
        let charges = charges(TicketPayer::Company, true);
        assert_eq!((charges.total, charges.customer_due), (Money(2000), Money(2000)));
    }

    #[test]
    fn a_part_that_the_customer_broke_is_the_customers_even_in_warranty() {
        let parts = [part(1000, 1000, Some("customer"))];
        let basis = Basis {
            payer: TicketPayer::Manufacturer,
            methods: &[],
            parts: &parts,
            fees: &[],
            is_finished: true,
            rates: Rates::default(),
        };
        let charges = bill(&basis).unwrap();
        assert_eq!((charges.customer_due, charges.total), (Money(19_900), Money(19_900)));
    }

    #[test]
    fn before_the_finish_planned_parts_count_and_after_it_only_used_ones() {
        assert_eq!(charges(TicketPayer::Customer, false).customer_due, Money(8000 + 3 * 19_900 + 5000));
        assert_eq!(charges(TicketPayer::Customer, true).lines.len(), 4);
    }

    #[test]
    fn the_tax_is_inside_the_amount() {
        assert_eq!(tax_in(Money(11_300), 1300), Money(1300));
        assert_eq!(tax_in(Money(10_600), 600), Money(600));
        assert_eq!(tax_in(Money(1), 1300), Money(0));
        assert_eq!(tax_in(Money(100), 0), Money(0));
    }
}
