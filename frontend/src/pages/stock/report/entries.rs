//! The entries behind a figure of the turnover, beside the page: the opening, each move of the period with the balance
//! after it, and the closing; or the moves alone that make one figure.

use super::account::{
    ACCOUNT, Amount, Elsewhere, Entry, IN, OUT, account, elsewhere, is_nothing, is_part, of_kind, sums, with_others,
};
use crate::api::{ApiError, Loader, call, session};
use crate::doc::problem::error_toast;
use crate::doc::{LineColumn, Lines, cell};
use crate::nav;
use crate::pages::finance::report::loaded;
use crate::pages::stock::{document, place};
use crate::text::{self, documents, stock as t};
use crate::ui::{
    Align, Bind, Button, Drawer, FieldBox, Icon, Look, Notice, Select, SelectOption, StatePanel, Task, unique,
};
use leptos::prelude::*;
use leptos_router::components::A;
use openapi::choice::Tone;
use openapi::query::AnyOf;
use openapi::stock::STOCK_DOC_VIEW;
use openapi::stock::balance::TurnoverRow;
use openapi::stock::movement::{ListStockMoves, StockMove, StockMoveFilter};
use openapi::{Date, Listing, Money, Nothing, Page, PageQuery, Quantity, Timestamp};

/// First and last day of what is shown.
#[derive(Clone, Copy)]
pub struct Between(pub Date, pub Date);

impl Between {
    fn instants(self) -> (Option<Timestamp>, Option<Timestamp>) {
        (text::day_start(self.0), text::day_start(text::next_day(self.1)))
    }
}

/// A row, and which of its figures is looked into.
#[derive(Clone)]
pub struct Behind {
    /// The row.
    pub row: TurnoverRow,
    /// Its period.
    pub between: Between,
    /// Key of the figure.
    pub key: String,
}

/// Quantity above value.
pub fn amount(quantity: Quantity, value: Option<Money>) -> AnyView {
    let value = value.map(|value| view! { <span class="faint">{cell::money(value)}</span> });
    view! { <span class="stack end">{cell::quantity(quantity)}{value}</span> }.into_any()
}

/// The sheet. `again` reads the report anew and closes the sheet.
pub fn sheet(open: RwSignal<bool>, behind: RwSignal<Option<Behind>>, again: Callback<()>) -> AnyView {
    let name = move || behind.with(|b| b.as_ref().map(|b| b.row.product_name.to_string()).unwrap_or_default());
    let title = Signal::derive(name);
    view! { <Drawer open=open title=title broad=true>{move || behind.get().map(|behind| content(behind, again))}</Drawer> }
        .into_any()
}

fn content(behind: Behind, again: Callback<()>) -> AnyView {
    let Behind { row, between, key } = behind;
    let shown = RwSignal::new(key);
    let filter = filter(&row, between);
    let asked = filter.clone();
    let loader = Loader::new(move || load(asked.clone(), Found::default()));
    let task = Task::new();
    let more = Callback::new(move |()| {
        let Some(found) = loader.data.get_untracked() else { return };
        let next = load(filter.clone(), found);
        task.run(async move {
            match next.await {
                Ok(found) => loader.data.set(Some(found)),
                Err(error) => error_toast(&error),
            }
        });
    });
    let id = unique("entries");
    let options = choices(&row);
    let moves = moves_page(&row, between.instants());
    let which = view! {
        <p class="hint">
            {cell::code(&*row.product_code)} " · " {row.org_name.to_string()} " · " {place(&row.place)} " · "
            {cell::tag(row.condition)} " · " {cell::choice(row.owner)} " · "
            <span class="number">{text::date(between.0)} " – " {text::date(between.1)}</span>
        </p>
    };
    let draw = move |found: Found| draw(&row, between, &found, &shown.get(), (more, task), again);
    view! {
        {which}
        <div class="form-grid">
            <FieldBox id=id.clone() label=t::ENTRIES_SHOWN>
                <Select id=id bind=Bind::signal(shown) options=Signal::stored(options) />
            </FieldBox>
            <div class="field form-go"><A href=moves>{t::OPEN_MOVES}</A></div>
        </div>
        {loaded(loader, draw)}
    }
    .into_any()
}

/// The moves that the server is asked for.
fn filter(row: &TurnoverRow, between: Between) -> StockMoveFilter {
    let (effective_from, effective_before) = between.instants();
    StockMoveFilter {
        product_id: Some(row.product_id),
        place_id: Some(row.place.id),
        condition: Some(AnyOf(vec![row.condition])),
        owner: Some(AnyOf(vec![row.owner])),
        effective_from,
        effective_before,
        ..StockMoveFilter::default()
    }
}

/// The page that lists the moves of a row between two instants.
fn moves_page(row: &TurnoverRow, (from, before): (Option<Timestamp>, Option<Timestamp>)) -> String {
    let mut query = vec![
        ("product_id", row.product_id.to_string()),
        ("place_id", row.place.id.to_string()),
        ("condition", row.condition.to_string()),
        ("owner", row.owner.to_string()),
    ];
    query.extend(from.map(|at| ("effective_at[gte]", at.to_string())));
    query.extend(before.map(|at| ("effective_at[lt]", at.to_string())));
    let query: Vec<_> = query.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    format!("/stock/moves?{}", nav::render(&query))
}

/// What the sheet can show: the account, each side of it, each kind of document on a side.
fn choices(row: &TurnoverRow) -> Vec<SelectOption> {
    let named = |key: &str, label: text::Label| SelectOption { value: key.to_owned(), label: label.into() };
    let mut all = vec![named(ACCOUNT, t::WHOLE_ACCOUNT), named(IN, t::INCOMING), named(OUT, t::OUTGOING)];
    for (side, label) in [(IN, t::INCOMING), (OUT, t::OUTGOING)] {
        let moved = row.moves.iter().filter(|m| {
            !is_nothing(if side == IN { (m.incoming, m.incoming_value) } else { (m.outgoing, m.outgoing_value) })
        });
        all.extend(moved.map(|m| {
            let kind = m.kind;
            let label = Signal::derive(move || format!("{} · {}", label.get(), text::choice(kind)));
            SelectOption { value: of_kind(side, kind), label }
        }));
    }
    all
}

/// So many pages of 200 are asked for at once; more with a press on a button.
const PAGES: usize = 5;

/// The moves that were loaded, in the order in which they took effect, and where there are more.
#[derive(Clone, Default)]
struct Found {
    moves: Vec<StockMove>,
    next: Option<String>,
}

async fn load(filter: StockMoveFilter, mut found: Found) -> Result<Found, ApiError> {
    for _ in 0..PAGES {
        let page = PageQuery {
            limit: Some(200),
            sort: Some("effective_at".to_owned()),
            cursor: found.next.take(),
            ..PageQuery::default()
        };
        let query = Listing { page, filter: filter.clone() };
        let Page { items, next_cursor, .. } = call::<ListStockMoves>(Nothing, query, Nothing).await?;
        found.moves.extend(items);
        found.next = next_cursor;
        if found.next.is_none() {
            break;
        }
    }
    Ok(found)
}

/// A line of the sheet.
#[derive(Clone)]
enum Line {
    /// The opening or the closing: what it is, when, what lay there, and the way to what came before.
    Edge(text::Label, Date, Amount, Option<String>),
    Entry(Box<Entry>),
    Elsewhere(Elsewhere),
}

fn draw(
    row: &TurnoverRow,
    between: Between,
    found: &Found,
    key: &str,
    (more, task): (Callback<()>, Task),
    again: Callback<()>,
) -> AnyView {
    let entries = account(row, &found.moves);
    let (incoming, outgoing) = sums(row, &entries);
    let is_whole = found.next.is_none();
    let others = if is_whole { elsewhere(row, &entries) } else { Vec::new() };
    let ties = with_others((incoming, outgoing), &others)
        == ((row.incoming, row.incoming_value), (row.outgoing, row.outgoing_value));
    let differs = (is_whole && !ties).then(|| {
        view! {
            <Notice tone=Tone::Warning text=t::ENTRIES_DIFFER><Button label=t::REPORT_AGAIN on_press=again /></Notice>
        }
    });
    let of_figure: Vec<Entry> = entries.iter().filter(|entry| entry.is_of(key)).cloned().collect();
    let others: Vec<Elsewhere> =
        others.into_iter().filter(|other| is_part(key, other.kind, other.incoming, other.outgoing)).collect();
    let (sum_in, sum_out) = with_others(sums(row, &of_figure), &others);
    let is_account = key == ACCOUNT && !(of_figure.is_empty() && others.is_empty());
    let moved = of_figure.into_iter().map(|entry| Line::Entry(Box::new(entry)));
    let moved: Vec<Line> = moved.chain(others.into_iter().map(Line::Elsewhere)).collect();
    let lines = if is_account { whole(row, between, moved, is_whole) } else { moved };
    let table = if lines.is_empty() {
        view! { <StatePanel glyph=Icon::Box title=t::NO_ENTRIES hint=t::NO_ENTRIES_HINT /> }.into_any()
    } else {
        let mut table = Lines::of(&lines, COLUMNS.to_vec());
        if !key.starts_with(OUT) {
            table = table.total(t::INCOMING, amount(sum_in.0, sum_in.1));
        }
        if !key.starts_with(IN) {
            table = table.total(t::OUTGOING, amount(sum_out.0, sum_out.1));
        }
        table.draw()
    };
    let rest = (!is_whole).then(|| {
        let shown = documents::SHOWN.with("count", found.moves.len()).to_string();
        view! {
            <div class="list-foot">
                <span class="faint" role="status">{shown}</span>
                <Button label=documents::LOAD_MORE look=Look::Quiet busy=task.busy on_press=more />
            </div>
        }
    });
    view! { {differs}<div class="entries-sheet">{table}</div>{rest} }.into_any()
}

/// The account of a row; the closing stands below it when everything before it does.
fn whole(row: &TurnoverRow, between: Between, moved: Vec<Line>, is_whole: bool) -> Vec<Line> {
    let before = moves_page(row, (None, between.instants().0));
    let opening = (row.opening, row.opening_value);
    let closing = moved.last().map_or(opening, balance_of);
    let mut lines = vec![Line::Edge(t::OPENING, between.0, opening, (!is_nothing(opening)).then_some(before))];
    lines.extend(moved);
    lines.extend(is_whole.then_some(Line::Edge(t::CLOSING, between.1, closing, None)));
    lines
}

const COLUMNS: &[LineColumn<Line>] = &[
    (t::EFFECTIVE_AT, Align::Left, when),
    (t::NUMBER, Align::Left, number),
    (t::COUNTERPART, Align::Left, counterpart),
    (t::INCOMING, Align::Right, |line| moved(line, true)),
    (t::OUTGOING, Align::Right, |line| moved(line, false)),
    (t::BALANCE, Align::Right, balance),
];

fn when(line: &Line) -> AnyView {
    match line {
        Line::Edge(label, on, ..) => {
            view! { <span class="stack"><strong>{*label}</strong><span class="faint">{cell::date(*on)}</span></span> }
                .into_any()
        }
        Line::Elsewhere(_) => cell::label(t::ELSEWHERE),
        Line::Entry(entry) => {
            let (happened, recorded) = (entry.moved.effective_at, text::date_of(entry.moved.recorded_at));
            let late = (text::date_of(happened) != recorded).then(|| {
                view! { <span class="faint">{move || t::RECORDED_ON.with("date", text::date(recorded)).to_string()}</span> }
            });
            view! { <span class="stack">{cell::time(happened)}{late}</span> }.into_any()
        }
    }
}

fn number(line: &Line) -> AnyView {
    match line {
        Line::Edge(.., Some(before)) => cell::link(t::ENTRIES_BEFORE.get(), before.clone()),
        Line::Edge(..) => cell::none(),
        Line::Elsewhere(other) => cell::choice(other.kind),
        Line::Entry(entry) => {
            let of = &entry.moved.document;
            let number = if untrack(|| session::may(STOCK_DOC_VIEW)) {
                cell::link(of.number.clone(), document::href(of.id))
            } else {
                cell::code(of.number.clone())
            };
            let kind = cell::choice(entry.moved.document_kind);
            view! { <span class="stack">{number}<span class="faint">{kind}</span></span> }.into_any()
        }
    }
}

/// Where it came from or went to, and the serial.
fn counterpart(line: &Line) -> AnyView {
    let Line::Entry(entry) = line else { return cell::none() };
    let moved = &entry.moved;
    let other = if is_nothing(entry.outgoing) { &moved.from } else { &moved.to };
    let serial = moved.serial.as_ref().map(|serial| view! { <span class="faint">{cell::code(&**serial)}</span> });
    view! { <span class="stack">{place(other)}{serial}</span> }.into_any()
}

fn moved(line: &Line, is_in: bool) -> AnyView {
    let (incoming, outgoing) = match line {
        Line::Edge(..) => return cell::none(),
        Line::Elsewhere(other) => (other.incoming, other.outgoing),
        Line::Entry(entry) => (entry.incoming, entry.outgoing),
    };
    let moved = if is_in { incoming } else { outgoing };
    if is_nothing(moved) { cell::none() } else { amount(moved.0, moved.1) }
}

fn balance_of(line: &Line) -> Amount {
    match line {
        Line::Edge(_, _, amount, _) => *amount,
        Line::Elsewhere(other) => other.balance,
        Line::Entry(entry) => entry.balance,
    }
}

fn balance(line: &Line) -> AnyView {
    let (quantity, value) = balance_of(line);
    amount(quantity, value)
}
