//! Lines of a document or a report, as a table that grows by a press on a button.

use crate::text::{Label, documents};
use crate::ui::{Align, Button, Look, is_plain_click};
use leptos::prelude::*;
use std::sync::Arc;

/// A column of lines: head, side, cell.
pub type LineColumn<L> = (Label, Align, fn(&L) -> AnyView);

/// So many lines are drawn at first, and with each press on the button below them: a thousand rows of a report would keep
/// the page from answering for seconds.
const STEP: usize = 100;

/// Draws the cells of one line.
type DrawRow = Arc<dyn Fn(usize) -> Vec<AnyView> + Send + Sync>;

/// Lines of a document or a report: head and cells.
pub struct Lines {
    head: Vec<(Label, Align)>,
    count: usize,
    row: DrawRow,
    foot: Vec<(Label, AnyView)>,
    open: Option<Callback<usize>>,
}

impl Lines {
    /// One row per line: `Lines::of(&d.lines, vec![(t::PART, Align::Left, |l| text(&*l.name))])`.
    pub fn of<L: Clone + Send + Sync + 'static>(lines: &[L], columns: Vec<LineColumn<L>>) -> Self {
        let head = columns.iter().map(|(label, align, _)| (*label, *align)).collect();
        let kept = lines.to_vec();
        let row = move |index: usize| {
            let line = kept.get(index);
            line.map(|line| columns.iter().map(|(_, _, cell)| cell(line)).collect()).unwrap_or_default()
        };
        Lines::rows(head, lines.len(), row)
    }

    /// So many rows below their heads, each drawn by its index.
    pub fn rows(
        head: Vec<(Label, Align)>,
        count: usize,
        row: impl Fn(usize) -> Vec<AnyView> + Send + Sync + 'static,
    ) -> Self {
        Lines { head, count, row: Arc::new(row), foot: Vec::new(), open: None }
    }

    /// A total below the lines.
    #[must_use]
    pub fn total(mut self, label: Label, value: AnyView) -> Self {
        self.foot.push((label, value));
        self
    }

    /// What a press on a row does, by its index. Whoever has no mouse needs a button or link in a cell that does the same.
    #[must_use]
    pub fn on_open(mut self, open: impl Fn(usize) + Send + Sync + 'static) -> Self {
        self.open = Some(Callback::new(open));
        self
    }

    /// Draws them, for a page that is not made of cards alone.
    pub fn draw(self) -> AnyView {
        let Lines { head, count, row, foot, open } = self;
        if count == 0 {
            return view! { <p class="hint">{documents::NO_LINES}</p> }.into_any();
        }
        let side = |align: Align| if align == Align::Right { "right" } else { "" };
        let columns = head.clone();
        let line = move |index: usize| {
            let cell = |(cell, (label, align)): (AnyView, &(Label, Align))| {
                view! { <td class=side(*align) data-label=*label>{cell}</td> }.into_any()
            };
            let press = move |ev| {
                if let Some(open) = open.filter(|_| is_plain_click(&ev)) {
                    open.run(index);
                }
            };
            let cells = row(index).into_iter().zip(columns.iter()).map(cell).collect_view();
            view! { <tr class:leads=open.is_some() on:click=press>{cells}</tr> }.into_any()
        };
        let shown = RwSignal::new(count.min(STEP));
        let rows = view! { <For each=move || 0..shown.get() key=|index| *index children=line /> }.into_any();
        let total = |(label, value): (Label, AnyView)| view! { <div class="total"><span>{label}</span>{value}</div> };
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=documents::BASICS>
                <table class="table"><thead><tr>
                    {head.into_iter().map(|(label, align)| view! { <th scope="col" class=side(align)>{label}</th> }).collect_view()}
                </tr></thead><tbody>{rows}</tbody></table>
            </div>
            {(count > STEP).then(|| more(shown, count))}
            <div class="totals">{foot.into_iter().map(total).collect_view()}</div>
        }
        .into_any()
    }
}

/// How many of the lines are drawn, and the buttons for more.
fn more(shown: RwSignal<usize>, count: usize) -> AnyView {
    let said = move || documents::SHOWN_OF.with("shown", shown.get()).with("count", count).to_string();
    let next = move |()| shown.update(|shown| *shown = count.min(shown.saturating_add(STEP)));
    let all = move |()| shown.set(count);
    let buttons = move || {
        let is_more = shown.get() < count;
        is_more.then(|| {
            view! {
                <Button label=documents::SHOW_MORE look=Look::Quiet on_press=next />
                <Button label=documents::SHOW_ALL look=Look::Quiet on_press=all />
            }
        })
    };
    view! { <div class="list-foot"><span class="faint" role="status">{said}</span>{buttons}</div> }.into_any()
}
