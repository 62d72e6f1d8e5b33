//! What lies on the counter: lines, ways of payment, and what they add up to.

use super::super::till::Way;
use crate::text::retail as t;
use leptos::prelude::*;
use openapi::master::bank_account::BankAccountRow;
use openapi::master::warehouse::WarehouseRow;
use openapi::trade::retail::sale::{RetailGoods, RetailLineDraft, RetailSale, RetailSaleDraft};
use openapi::{Money, Quantity, Serial, UnitPrice};

/// One line, as typed.
#[derive(Clone, Copy)]
pub struct Line {
    /// Tells lines apart.
    pub key: usize,
    /// The goods.
    pub goods: StoredValue<RetailGoods>,
    /// Serial of the piece; empty where goods have none.
    pub serial: RwSignal<String>,
    /// Quantity.
    pub quantity: RwSignal<String>,
    /// Price.
    pub price: RwSignal<String>,
    /// Discount.
    pub discount: RwSignal<String>,
}

/// An amount as typed; nothing typed is none.
pub fn money(text: &str) -> Option<Money> {
    let text = text.trim();
    if text.is_empty() { Some(Money::ZERO) } else { text.parse().ok() }
}

impl Line {
    fn numbers(self) -> Option<(Quantity, UnitPrice, Money)> {
        let quantity = self.quantity.with(|text| text.trim().parse().ok())?;
        let price = self.price.with(|text| text.trim().parse().ok())?;
        Some((quantity, price, self.discount.with(|text| money(text))?))
    }

    /// What it comes to; reactive, nothing while something is typed wrongly.
    pub fn amount(self) -> Option<Money> {
        let (quantity, price, discount) = self.numbers()?;
        Some(price.times(quantity) - discount)
    }

    fn draft(self) -> Option<RetailLineDraft> {
        let (quantity, price, discount) = untrack(|| self.numbers())?;
        let serial = self.serial.get_untracked();
        let serial: Option<Serial> = if serial.is_empty() { None } else { Some(serial.parse().ok()?) };
        Some(RetailLineDraft {
            product_id: self.goods.with_value(|goods| goods.product_id),
            serial,
            condition: Some(self.goods.with_value(|goods| goods.condition)),
            quantity,
            unit_price: Some(price),
            discount: Some(discount).filter(|discount| !discount.is_zero()),
        })
    }
}

/// The counter.
#[derive(Clone, Copy)]
pub struct Cart {
    pub warehouses: StoredValue<Vec<WarehouseRow>>,
    pub accounts: StoredValue<Vec<BankAccountRow>>,
    pub warehouse: RwSignal<String>,
    pub customer: RwSignal<String>,
    pub lines: RwSignal<Vec<Line>>,
    pub ways: RwSignal<Vec<Way>>,
    pub discount: RwSignal<String>,
    pub tendered: RwSignal<String>,
    pub remark: RwSignal<String>,
    pub wrong: RwSignal<Option<String>>,
    pub done: RwSignal<Option<RetailSale>>,
    next: StoredValue<usize>,
}

impl Cart {
    /// An empty one.
    pub fn new(warehouses: Vec<WarehouseRow>, accounts: Vec<BankAccountRow>) -> Self {
        let first = warehouses.first().map(|row| row.id.to_string()).unwrap_or_default();
        let text = || RwSignal::new(String::new());
        let cart = Cart {
            warehouses: StoredValue::new(warehouses),
            accounts: StoredValue::new(accounts),
            warehouse: RwSignal::new(first),
            customer: text(),
            lines: RwSignal::new(Vec::new()),
            ways: RwSignal::new(Vec::new()),
            discount: text(),
            tendered: text(),
            remark: text(),
            wrong: RwSignal::new(None),
            done: RwSignal::new(None),
            next: StoredValue::new(0),
        };
        cart.clear();
        cart
    }

    fn key(self) -> usize {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        key
    }

    /// Empties it for the next customer.
    pub fn clear(self) {
        self.lines.set(Vec::new());
        for text in [self.customer, self.discount, self.tendered, self.remark] {
            text.set(String::new());
        }
        self.wrong.set(None);
        self.ways.set(Vec::new());
        self.add_way();
    }

    /// Another way of payment: cash first.
    pub fn add_way(self) {
        use openapi::finance::PayMethod;
        let key = self.key();
        let method = if self.ways.with_untracked(Vec::is_empty) { PayMethod::Cash } else { PayMethod::Wechat };
        let way = self.accounts.with_value(|all| Way::new(key, method, all));
        self.ways.update(|ways| ways.push(way));
    }

    /// Puts goods on the counter: one more of what is there, or a new line. Says what is in the way.
    pub fn add(self, goods: RetailGoods, serial: Option<Serial>) -> Option<String> {
        self.done.set(None);
        let serial = serial.map(|serial| serial.to_string()).unwrap_or_default();
        let same = self.lines.with_untracked(|lines| {
            let is_same = |line: &&Line| {
                line.goods.with_value(|g| g.product_id == goods.product_id && g.condition == goods.condition)
                    && line.serial.with_untracked(|text| *text == serial)
            };
            lines.iter().find(is_same).copied()
        });
        match same {
            Some(_) if !serial.is_empty() => return Some(t::SERIAL_THERE.get().to_owned()),
            Some(line) => line.quantity.update(|text| {
                let now = text.trim().parse::<Quantity>().unwrap_or_default();
                *text = (now + Quantity::ONE).to_string();
            }),
            None => {
                // what has no price on the list is entered
                let price = Some(goods.retail_price).filter(|price| price.is_positive());
                let price = price.map(|price| price.to_string()).unwrap_or_default();
                let line = Line {
                    key: self.key(),
                    goods: StoredValue::new(goods),
                    serial: RwSignal::new(serial),
                    quantity: RwSignal::new("1".to_owned()),
                    price: RwSignal::new(price),
                    discount: RwSignal::new(String::new()),
                };
                self.lines.update(|lines| lines.push(line));
            }
        }
        None
    }

    /// Takes a line off the counter.
    pub fn remove(self, key: usize) {
        self.lines.update(|lines| lines.retain(|line| line.key != key));
    }

    /// What is due; reactive, nothing while something is typed wrongly.
    pub fn due(self) -> Option<Money> {
        let lines = self.lines.get();
        let whole = self.discount.with(|text| money(text))?;
        let sum: Option<Money> = lines.into_iter().map(Line::amount).sum();
        sum.map(|sum| sum - whole)
    }

    /// What the first way of payment has to bring: the rest; reactive.
    pub fn rest(self) -> Option<Money> {
        let others: Option<Money> = self.ways.get().iter().skip(1).map(|way| way.amount.with(|text| money(text))).sum();
        Some(self.due()? - others?)
    }

    /// What is paid in cash; reactive.
    pub fn cash(self) -> Option<Money> {
        let ways = self.ways.get();
        let of = |(i, way): (usize, &Way)| if i == 0 { self.rest() } else { way.amount.with(|text| money(text)) };
        ways.iter().enumerate().filter(|(_, way)| way.is_cash()).map(of).sum()
    }

    /// What is given back; reactive.
    pub fn change(self) -> Option<Money> {
        let given = self.tendered.with(|text| text.trim().parse::<Money>().ok())?;
        Some(given - self.cash()?)
    }

    /// The sale, or what is wrong with it.
    pub fn draft(self) -> Result<RetailSaleDraft, String> {
        untrack(|| {
            let said = |label: crate::text::Label| label.get().to_owned();
            let lines = self.lines.get();
            if lines.is_empty() {
                return Err(said(t::EMPTY));
            }
            let lines: Option<Vec<RetailLineDraft>> = lines.into_iter().map(Line::draft).collect();
            let rest = self.rest().ok_or_else(|| said(t::WRONG_NUMBER))?;
            if rest < Money::ZERO {
                return Err(said(t::PAID_TOO_MUCH));
            }
            let amount = |i: usize, way: Way| if i == 0 { Some(rest) } else { way.amount.with(|text| money(text)) };
            let ways = self.ways.get();
            let payments: Option<Vec<_>> = ways
                .into_iter()
                .enumerate()
                .filter_map(|(i, way)| match amount(i, way) {
                    Some(nothing) if nothing.is_zero() => None,
                    amount => Some(amount.and_then(|amount| way.draft(amount))),
                })
                .collect();
            let wrong = || said(t::WRONG_NUMBER);
            Ok(RetailSaleDraft {
                warehouse_id: self.warehouse.get().parse().map_err(|_| said(t::NO_WAREHOUSE))?,
                customer_id: self.customer.get().parse().ok(),
                effective_at: None,
                lines: lines.ok_or_else(wrong)?,
                discount: self.discount.with(|text| money(text)).filter(|money| !money.is_zero()),
                payments: payments.ok_or_else(wrong)?,
                tendered: match self.tendered.get().trim() {
                    "" => None,
                    given => Some(given.parse().map_err(|_| wrong())?),
                },
                remark: self.remark.get().trim().parse().ok(),
            })
        })
    }
}
