//! Random days at the cash desk: whatever is done in whatever order, the books tie.

use crate::support::TestApp;
use crate::support::given::customer;
use crate::support::money::{allocation, attempt, bank_account, receipt, repair, the_books_tie};
use crate::support::random_steps;
use openapi::Role;
use openapi::finance::open_item::OpenItemId;
use openapi::finance::receipt::{PayMethod, ReceiptId};
use openapi::finance::settlement::SettlementId;
use openapi::finance::{Account, Book};
use openapi::{Money, Month};
use platform::Result;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// A small generator: the same seed plays the same day again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
    fn fen(&mut self) -> i64 {
        i64::try_from(self.roll(50_000)).unwrap() + 1
    }
    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.roll(from.len())]) }
    }
}

/// What is open of each item, read from the table itself.
async fn open_items(app: &TestApp, side: &'static str) -> Vec<(OpenItemId, Uuid, i64)> {
    let sql =
        "SELECT id, party_id, amount - settled AS open FROM open_item WHERE side = $1 AND settled < amount ORDER BY id";
    app.as_system(async |tx| {
        let rows = tx.conn().query_all_raw(tx.statement(sql, [side.into()])).await?;
        let item = |row: sea_orm::QueryResult| {
            let id: Uuid = row.try_get("", "id")?;
            Ok((id.into(), row.try_get("", "party_id")?, row.try_get("", "open")?))
        };
        rows.into_iter().map(item).collect::<Result<_>>()
    })
    .await
}

async fn play(seed: u64, steps: usize) {
    let app = TestApp::start().await;
    let org = app.station("HZ01").await;
    let desk = app.person("desk-1", &[Role::Reception], org).await.1;
    let customers = [customer(&desk, "13800138001").await, customer(&desk, "13800138002").await];
    let bank = bank_account(&app, org, "TILL").await;
    let people = [Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3)];
    let mut dice = Dice(seed);
    let (mut settlements, mut receipts) = (Vec::<SettlementId>::new(), Vec::<ReceiptId>::new());
    let (mut owed, mut cash) = (0_i64, 0_i64);
    for step in 0..steps {
        if step % 10 == 9 {
            app.clock.advance(chrono::Duration::days(12));
        }
        let who = dice.pick(&people).unwrap();
        match dice.roll(10) {
            0..3 => {
                let draft = repair(&app, org, dice.pick(&customers).unwrap(), dice.fen(), dice.fen());
                let made =
                    attempt(&app, who, org, async |tx| finance::api::settle(tx, draft.clone()).await).await.unwrap();
                owed += made.customer_total.0;
                settlements.push(made.id);
            }
            3..7 => {
                let items = open_items(&app, "receivable").await;
                let Some((item, party, open)) = dice.pick(&items) else { continue };
                let paid = dice.fen();
                let mut draft = receipt(party, &[(PayMethod::Alipay, bank, paid)], &[(item, paid.min(open))]);
                let advances = open_items(&app, "deposit").await;
                let mine: Vec<_> = advances.into_iter().filter(|(_, p, _)| *p == party).collect();
                if let Some((advance, _, rest)) = dice.pick(&mine) {
                    let use_up = rest.min(open - paid.min(open));
                    if use_up > 0 {
                        draft.deposits = vec![allocation(&(advance, use_up))];
                        draft.allocations[0].amount = Money(paid.min(open) + use_up);
                    }
                }
                let made =
                    attempt(&app, who, org, async |tx| finance::api::receive(tx, draft.clone()).await).await.unwrap();
                (owed, cash) = (owed - made.allocated.0, cash + made.received.0);
                receipts.push(made.id);
            }
            7..9 => {
                let Some(id) = dice.pick(&receipts) else { continue };
                match attempt(&app, who, org, async |tx| finance::api::reverse_receipt(tx, id, "随机").await).await {
                    Ok(back) => (owed, cash) = (owed + back.allocated.0, cash - back.received.0),
                    Err(refused) => {
                        let code = refused.code().code;
                        let known = ["cashier_cannot_reverse", "state_conflict", "reversal_blocked"];
                        assert!(known.contains(&code), "seed {seed} step {step}: {refused}");
                    }
                }
            }
            _ => {
                if dice.roll(3) == 0 {
                    let last = Month::of(platform::Clock::now(&*app.clock).date_naive()).previous();
                    let close = async |tx: &platform::Tx| master::api::close_period(tx, org, last, Book::Money).await;
                    if let Err(refused) = attempt(&app, who, org, close).await {
                        assert_eq!(refused.code().code, "period_already_closed", "seed {seed} step {step}");
                    }
                } else if let Some(id) = dice.pick(&settlements) {
                    let undo = async |tx: &platform::Tx| finance::api::reverse_settlement(tx, id, "随机").await;
                    match attempt(&app, who, org, undo).await {
                        Ok(back) => owed -= back.customer_total.0,
                        Err(refused) => {
                            let code = refused.code().code;
                            assert!(["state_conflict", "reversal_blocked"].contains(&code), "seed {seed}: {refused}");
                        }
                    }
                }
            }
        }
        let total = async |account| app.as_system(async |tx| finance::api::account_total(tx, account).await).await;
        assert_eq!(total(Account::Receivable).await, Money(owed), "seed {seed} step {step}");
        assert_eq!(total(Account::Bank).await, Money(cash), "seed {seed} step {step}");
        if step % 20 == 19 {
            the_books_tie(&app).await;
        }
    }
    the_books_tie(&app).await;
}

#[actix_web::test]
async fn random_days_keep_every_invariant() {
    let seeds = [1, 20_261_121, 4711];
    for seed in seeds {
        play(seed, random_steps(300).div_ceil(seeds.len())).await;
    }
}
