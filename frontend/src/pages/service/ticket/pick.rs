//! What can be picked on a ticket: dictionary entries, models, parts, accounts.

use crate::api::{self, ApiError};
use crate::doc::picker;
use crate::pages::identity::user;
use crate::text::{self, lang, ticket as t};
use crate::ui::{Pick, PickSource, now_ms};
use futures::FutureExt;
use openapi::identity::OrgId;
use openapi::identity::station::{GetStation, ListStations, Station, StationRow};
use openapi::master::bank_account::{BankAccount, BankAccountRow, GetBankAccount, ListBankAccounts};
use openapi::master::dictionary::{DictionaryEntry, DictionaryEntryFilter, DictionaryKind, ListDictionaryEntries};
use openapi::master::product::{GetProduct, ListProducts, Product, ProductRow};
use openapi::query::AnyOf;
use openapi::service::board::{BoardQuery, EngineerLoad};
use openapi::service::ticket::ListEngineers;
use openapi::stock::balance::{ListStock, StockFilter};
use openapi::stock::{Condition, Owner, PlaceKind};
use openapi::{Listing, Nothing, PageQuery, Plain, Quantity, Role, UnitPrice};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long the short lists are remembered, in milliseconds.
const FRESH: i64 = 60_000;

/// When a list was fetched, and what it held.
type Kept = (i64, Arc<Vec<DictionaryEntry>>);

thread_local! {
    static KEPT: RefCell<BTreeMap<DictionaryKind, Kept>> = const { RefCell::new(BTreeMap::new()) };
}

/// The entries in use of a short list. They are fetched once a minute at most, so that picking is instant.
pub async fn entries(kind: DictionaryKind) -> Result<Arc<Vec<DictionaryEntry>>, ApiError> {
    let kept =
        KEPT.with_borrow(|kept| kept.get(&kind).filter(|(at, _)| now_ms() - at < FRESH).map(|(_, all)| all.clone()));
    if let Some(all) = kept {
        return Ok(all);
    }
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page = PageQuery { limit: Some(200), cursor, ..PageQuery::default() };
        let filter = DictionaryEntryFilter {
            kind: Some(AnyOf(vec![kind])),
            is_active: Some(true),
            ..DictionaryEntryFilter::default()
        };
        let reply = api::call::<ListDictionaryEntries>(Nothing, Listing { page, filter }, Nothing).await?;
        all.extend(reply.items);
        cursor = reply.next_cursor;
        if cursor.is_none() || all.len() >= 2_000 {
            break;
        }
    }
    let all = Arc::new(all);
    KEPT.with_borrow_mut(|kept| kept.insert(kind, (now_ms(), all.clone())));
    Ok(all)
}

/// What an entry is called in the chosen language.
pub fn entry_name(entry: &DictionaryEntry) -> String {
    let english = entry.name_en.as_ref().filter(|_| lang() == openapi::Lang::En);
    english.unwrap_or(&entry.name).to_string()
}

fn entry_pick(entry: &DictionaryEntry) -> Pick {
    let price = entry.price.map(|p| format!("¥{}", text::grouped(&p.to_string())));
    let labour = entry.labour_price.map(text::money);
    let payer = entry.payer.map(|p| text::choice(p).to_owned());
    let above = entry.parent_name.as_ref().map(ToString::to_string);
    let level = entry.level_name.as_ref().map(ToString::to_string);
    let detail = [above, level, price, labour, payer].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Pick { value: entry.id.to_string(), label: entry_name(entry), detail }
}

fn entry_matches(entry: &DictionaryEntry, words: &str) -> bool {
    let texts = [
        Some(entry.name.to_string()),
        entry.name_en.as_ref().map(ToString::to_string),
        entry.parent_name.as_ref().map(ToString::to_string),
        Some(entry.code.to_string()),
    ];
    let text = texts.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
    words.split_whitespace().all(|word| text.contains(word))
}

/// Entries of a short list. In a list of two levels only the lower one is offered, unless it stands alone.
pub fn dictionary(kind: DictionaryKind) -> PickSource {
    PickSource {
        search: Arc::new(move |words| {
            async move {
                let all = entries(kind).await.map_err(|e| e.message())?;
                let words = words.to_lowercase();
                let is_heading = |e: &DictionaryEntry| all.iter().any(|below| below.parent_id == Some(e.id));
                let fitting = all.iter().filter(|e| entry_matches(e, &words) && !is_heading(e));
                Ok(fitting.take(60).map(entry_pick).collect())
            }
            .boxed_local()
        }),
        resolve: Arc::new(move |id| {
            async move { entries(kind).await.ok()?.iter().find(|e| e.id.to_string() == id).map(entry_pick) }
                .boxed_local()
        }),
    }
}

/// The models that can be taken in.
pub fn models() -> PickSource {
    let row = |r: &ProductRow| model(r.id.to_string(), &r.name, &r.code, r.brand_name.as_deref());
    let one = |p: &Product| model(p.id.to_string(), &p.name, &p.code, p.brand_name.as_deref());
    picker::<ListProducts, GetProduct>("kind=unit&is_active=true", row, one)
}

fn model(value: String, name: &str, code: &str, brand: Option<&str>) -> Pick {
    let detail = brand.map_or_else(|| code.to_owned(), |brand| format!("{brand} · {code}"));
    Pick { value, label: name.to_owned(), detail }
}

/// The accounts and tills that money goes to.
pub fn accounts() -> PickSource {
    let row = |r: &BankAccountRow| account(r.id.to_string(), &r.name, r.kind, &r.org_name);
    let one = |a: &BankAccount| account(a.id.to_string(), &a.name, a.kind, &a.org_name);
    picker::<ListBankAccounts, GetBankAccount>("is_active=true", row, one)
}

fn account(value: String, name: &str, kind: openapi::master::bank_account::BankAccountKind, org: &str) -> Pick {
    Pick { value, label: name.to_owned(), detail: format!("{} · {org}", text::choice(kind)) }
}

/// The parts that a repair may need, with what the station can give.
pub fn parts(station: Option<OrgId>) -> PickSource {
    let one = |p: &Product| part(p.id.to_string(), &p.name, &p.code, p.retail_price);
    let row = |r: &ProductRow| part(r.id.to_string(), &r.name, &r.code, r.retail_price);
    let mut source =
        picker::<ListProducts, GetProduct>("kind=board,part,accessory,consumable&is_active=true", row, one);
    let search = source.search.clone();
    source.search = Arc::new(move |words| {
        let found = search(words.clone());
        async move {
            let (found, stock) = futures::join!(found, in_stock(station, words));
            let mut found = found?;
            if let Some(stock) = stock {
                for pick in &mut found {
                    let words = match stock.get(&pick.value) {
                        Some(count) if count.is_positive() => {
                            String::from(t::AVAILABLE.with("count", text::quantity(*count)))
                        }
                        _ => t::NOT_AVAILABLE.get().to_owned(),
                    };
                    pick.detail = format!("{} · {words}", pick.detail);
                }
            }
            Ok(found)
        }
        .boxed_local()
    });
    source
}

/// What is available at the station of the parts that fit the words; nothing when the reader may not see it.
async fn in_stock(station: Option<OrgId>, words: String) -> Option<BTreeMap<String, Quantity>> {
    let page = PageQuery { q: words.parse().ok(), limit: Some(200), ..PageQuery::default() };
    let filter = StockFilter {
        org_id: station,
        condition: Some(AnyOf(vec![Condition::Good])),
        owner: Some(AnyOf(vec![Owner::Company])),
        ..StockFilter::default()
    };
    let rows = api::call::<ListStock>(Nothing, Listing { page, filter }, Nothing).await.ok()?;
    let mut all = BTreeMap::new();
    for row in rows.items.iter().filter(|row| row.place.kind == PlaceKind::Warehouse) {
        *all.entry(row.product_id.to_string()).or_insert(Quantity::ZERO) += row.available;
    }
    Some(all)
}

fn part(value: String, name: &str, code: &str, price: UnitPrice) -> Pick {
    Pick { value, label: name.to_owned(), detail: format!("{code} · ¥{}", text::grouped(&price.to_string())) }
}

/// The stations in reach.
pub fn stations() -> PickSource {
    let row = |r: &StationRow| Pick { value: r.id.to_string(), label: r.name.to_string(), detail: r.code.to_string() };
    let one = |s: &Station| Pick { value: s.id.to_string(), label: s.name.to_string(), detail: s.code.to_string() };
    picker::<ListStations, GetStation>("", row, one)
}

/// Who can repair at a station, with the open tickets of each.
pub fn engineers_at(station: OrgId) -> PickSource {
    let all = async move || {
        let query = Plain(BoardQuery { org_id: Some(station), ..BoardQuery::default() });
        Ok::<_, ApiError>(api::call::<ListEngineers>(Nothing, query, Nothing).await?.items)
    };
    let one = |e: EngineerLoad| {
        let hand = t::IN_HAND.with("count", e.open_tickets);
        Pick { value: e.user_id.to_string(), detail: format!("{} · {hand}", e.login), label: e.name }
    };
    PickSource {
        search: Arc::new(move |words| {
            async move {
                let all = all().await.map_err(|e| e.message())?;
                let words = words.to_lowercase();
                let fits = |e: &EngineerLoad| e.name.to_lowercase().contains(&words) || e.login.contains(&words);
                Ok(all.into_iter().filter(fits).map(one).collect())
            }
            .boxed_local()
        }),
        resolve: Arc::new(move |id| {
            async move { all().await.ok()?.into_iter().find(|e| e.user_id.to_string() == id).map(one) }.boxed_local()
        }),
    }
}

/// The engineers in reach.
pub fn engineers() -> PickSource {
    user::colleagues(Some(Role::Engineer))
}
