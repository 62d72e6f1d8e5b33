use super::*;
use proptest::prelude::*;

fn line(id: u128, quantity: i64, amount: i64) -> sale_line::Model {
    let gross = amount;
    let vat = Money(amount).tax_included(1300).0;
    let id = Uuid::from_u128(id);
    sale_line::Model { id, quantity, gross, amount, vat, cost: amount / 3, vat_rate: 1300, ..Default::default() }
}

fn draft(id: u128, quantity: i64, condition: ReturnCondition) -> RetailReturnLineDraft {
    let line_id = Uuid::from_u128(id).into();
    RetailReturnLineDraft { line_id, quantity: Quantity(quantity), condition, deduction: None }
}

#[test]
fn no_more_comes_back_than_was_sold() {
    let sold = || vec![line(1, 3000, 9999)];
    let back = coming_back(Uuid::nil(), sold(), &[draft(1, 1000, ReturnCondition::Good)], 0).unwrap();
    let again = coming_back(Uuid::nil(), back.sold, &[draft(1, 2001, ReturnCondition::Good)], 0);
    assert_eq!(again.unwrap_err()[0].1.code, RETURN_EXCEEDS);
    let both = [draft(1, 2000, ReturnCondition::Good), draft(1, 1001, ReturnCondition::Bad)];
    assert!(coming_back(Uuid::nil(), sold(), &both, 0).is_err());
}

#[test]
fn bad_goods_are_worth_what_the_rules_say() {
    let back = coming_back(Uuid::nil(), vec![line(1, 1000, 30_000)], &[draft(1, 1000, ReturnCondition::Bad)], 2500);
    let line = &back.unwrap().lines[0];
    assert_eq!((line.refund, line.cost, line.value), (30_000, 10_000, 2500));
}

#[test]
fn points_go_with_the_money_and_none_is_left_over() {
    assert_eq!(points(Money(48_050), 100), 480);
    assert_eq!(points_gone(480, Money(48_050), Money(48_050)), 480);
    assert_eq!(points_gone(480, Money(100), Money(48_050)), 0);
    assert_eq!(points(Money(99), 100), 0);
}

proptest! {
    #[test]
    fn what_comes_back_in_pieces_adds_up_to_the_fen(amount in 1..1_000_000_i64, pieces in proptest::collection::vec(1..5_i64, 1..8)) {
        let quantity: i64 = pieces.iter().sum::<i64>() * 1000;
        let whole = line(1, quantity, amount);
        let (mut sold, mut back) = (vec![whole.clone()], Vec::new());
        for piece in pieces {
            let next = coming_back(Uuid::nil(), sold, &[draft(1, piece * 1000, ReturnCondition::Good)], 0).unwrap();
            back.extend(next.lines);
            sold = next.sold;
        }
        prop_assert_eq!(back.iter().map(|l| l.refund).sum::<i64>(), whole.amount);
        prop_assert_eq!(back.iter().map(|l| l.vat).sum::<i64>(), whole.vat);
        prop_assert_eq!(back.iter().map(|l| l.cost).sum::<i64>(), whole.cost);
        prop_assert_eq!(taken_back(sold, &back), vec![whole]);
    }

    #[test]
    fn a_discount_on_the_whole_is_shared_without_a_remainder(amounts in proptest::collection::vec(0..100_000_i64, 1..12), discount in 0..100_000_i64) {
        let rows: Vec<_> = (0_u128..).zip(&amounts).map(|(id, amount)| line(id, 1000, *amount)).collect();
        let whole: i64 = amounts.iter().sum();
        match shared(rows, Money(discount)) {
            Ok(rows) => {
                let totals = totals(&rows);
                prop_assert_eq!((totals.total.0, totals.discount.0), (whole - discount, discount));
                prop_assert!(rows.iter().all(|row| row.amount >= 0 && row.vat <= row.amount));
            }
            Err(_) => prop_assert!(discount > whole),
        }
    }
}
