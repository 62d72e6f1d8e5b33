//! What a page author says about a detail page, and the page.

use super::action::{Act, AnyAct, Record, action_bar};
use super::attachments::Attachments;
use super::journal::{Journal, JournalWords};
use super::lines::Lines;
use crate::api::{DataOf, Loader, Options};
use crate::doc::cell;
use crate::doc::head::PageHead;
use crate::doc::problem::error_panel;
use crate::doc::send::{Anything, Got, Sender, allowed, permission, sender};
use crate::nav::{self, Params};
use crate::text::{Label, common, documents};
use crate::ui::{Delayed, Icon, LinkButton, Skeleton};
use leptos::prelude::*;
use openapi::choice::Choice;
use openapi::document::{DocKind, Documented, Lifecycle};
use openapi::{Endpoint, Permission, Resource};
use std::marker::PhantomData;
use std::sync::Arc;

/// A label and what stands behind it.
pub struct Item {
    label: Label,
    value: AnyView,
    wide: bool,
}

/// A label and what stands behind it. The functions of [`crate::doc::cell`] make values.
pub fn item(label: Label, value: AnyView) -> Item {
    Item { label, value, wide: false }
}

impl Item {
    /// Takes the whole width.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

type Draw = Arc<dyn Fn(&Anything) -> Option<AnyView> + Send + Sync>;
type Acts = Arc<dyn Fn(&Anything) -> Vec<AnyAct> + Send + Sync>;
type Kind = Arc<dyn Fn(&Anything) -> Option<DocKind> + Send + Sync>;
type Flag = Arc<dyn Fn(&Anything) -> Option<bool> + Send + Sync>;
type Text = Arc<dyn Fn(&Anything) -> Option<String> + Send + Sync>;

#[derive(Clone)]
struct Parts {
    get: Sender,
    needs: Option<Permission>,
    title: Option<Text>,
    marks: Vec<Draw>,
    edit: Option<Option<Permission>>,
    editable: Option<Flag>,
    cards: Vec<(Label, Draw)>,
    side: Vec<(Label, Draw)>,
    actions: Option<Acts>,
    journal: Option<(String, JournalWords)>,
    attachments: Option<(String, &'static str, bool)>,
    printed: Option<Kind>,
}

/// The detail page that reads with `G`, as data. See [`crate::doc`] for an example.
pub struct DetailPage<G: Endpoint> {
    parts: Parts,
    endpoint: PhantomData<G>,
}

impl<G: Endpoint> Default for DetailPage<G>
where
    DataOf<G>: Send + Sync,
{
    fn default() -> Self {
        let parts = Parts {
            get: sender::<G>(),
            needs: permission::<G>(),
            title: None,
            marks: Vec::new(),
            edit: None,
            editable: None,
            cards: Vec::new(),
            side: Vec::new(),
            actions: None,
            journal: None,
            attachments: None,
            printed: None,
        };
        DetailPage { parts, endpoint: PhantomData }
    }
}

impl<G: Endpoint> DetailPage<G>
where
    DataOf<G>: Send + Sync,
{
    /// An empty page.
    pub fn new() -> Self {
        Self::default()
    }

    fn draw(f: impl Fn(&DataOf<G>) -> AnyView + Send + Sync + 'static) -> Draw {
        Arc::new(move |any| any.downcast_ref::<DataOf<G>>().map(&f))
    }

    /// The heading: number or name.
    #[must_use]
    pub fn title(mut self, title: impl Fn(&DataOf<G>) -> String + Send + Sync + 'static) -> Self {
        self.parts.title = Some(Arc::new(move |any| any.downcast_ref::<DataOf<G>>().map(&title)));
        self
    }

    /// A tag beside the heading: the state.
    #[must_use]
    pub fn mark(mut self, mark: impl Fn(&DataOf<G>) -> AnyView + Send + Sync + 'static) -> Self {
        self.parts.marks.push(Self::draw(mark));
        self
    }

    /// A button to the form at `<this page>/edit`, for those who may call `U`.
    #[must_use]
    pub fn edit<U: Endpoint>(mut self) -> Self {
        self.parts.edit = Some(permission::<U>());
        self
    }

    /// A card with fields.
    #[must_use]
    pub fn group(self, title: Label, items: impl Fn(&DataOf<G>) -> Vec<Item> + Send + Sync + 'static) -> Self {
        self.card(title, move |d| draw_items(items(d)))
    }

    /// A card with lines.
    #[must_use]
    pub fn lines(self, title: Label, lines: impl Fn(&DataOf<G>) -> Lines + Send + Sync + 'static) -> Self {
        self.card(title, move |d| lines(d).draw())
    }

    /// A card with whatever the page draws.
    #[must_use]
    pub fn card(mut self, title: Label, draw: impl Fn(&DataOf<G>) -> AnyView + Send + Sync + 'static) -> Self {
        self.parts.cards.push((title, Self::draw(draw)));
        self
    }

    /// A card in the column at the right: links to other documents, amounts.
    #[must_use]
    pub fn side(mut self, title: Label, draw: impl Fn(&DataOf<G>) -> AnyView + Send + Sync + 'static) -> Self {
        self.parts.side.push((title, Self::draw(draw)));
        self
    }

    /// The actions: what the server allows now, and what each does. An allowed action without an entry is not shown.
    #[must_use]
    pub fn actions<A: Choice + Send + Sync>(
        mut self,
        allowed: impl Fn(&DataOf<G>) -> Vec<A> + Send + Sync + 'static,
        acts: Vec<(A, Act<DataOf<G>>)>,
    ) -> Self
    where
        DataOf<G>: Clone,
    {
        self.parts.actions = Some(Arc::new(move |any| {
            let Some(data) = any.downcast_ref::<DataOf<G>>() else { return Vec::new() };
            let now = allowed(data);
            acts.iter()
                .filter(|(action, _)| now.contains(action))
                .map(|(action, act)| act.about(*action, data))
                .collect()
        }));
        self
    }

    /// The timeline of a document with a state machine.
    #[must_use]
    pub fn journal<L: Lifecycle>(mut self) -> Self {
        self.parts.journal = Some((L::subject().to_owned(), JournalWords::of::<L>()));
        self
    }

    /// A button to the page that prints the document, which is of this kind.
    #[must_use]
    pub fn printed(mut self, kind: impl Fn(&DataOf<G>) -> DocKind + Send + Sync + 'static) -> Self {
        self.parts.printed = Some(Arc::new(move |any| any.downcast_ref::<DataOf<G>>().map(&kind)));
        self
    }

    /// Files of the record: its kind, what new ones show, and whether this reader may add some.
    #[must_use]
    pub fn attachments(mut self, subject_kind: &str, purpose: &'static str, may_add: bool) -> Self {
        self.parts.attachments = Some((subject_kind.to_owned(), purpose, may_add));
        self
    }

    /// The cards alone, for a look from somewhere else.
    pub fn panel(self, id: &str) -> AnyView {
        self.parts.panel(id.to_owned())
    }

    /// The page of the record in the address.
    pub fn view(self, params: &Params) -> AnyView {
        self.parts.page(params.get("id").unwrap_or_default())
    }
}

impl<G: Endpoint> DetailPage<G>
where
    DataOf<G>: Documented<State: Send + Sync, Action: Send + Sync> + Clone + Send + Sync,
{
    /// The page of a document that lives by `L`: its number, its state, what can be done to it, a button to its form while
    /// it may be changed, print, timeline and files.
    pub fn document<L>(acts: Vec<(L::Action, Act<DataOf<G>>)>) -> Self
    where
        L: Lifecycle<State = <DataOf<G> as Documented>::State, Action = <DataOf<G> as Documented>::Action>,
    {
        let mut page = Self::new()
            .title(|d| d.number().to_owned())
            .mark(|d| cell::tag(d.state()))
            .actions(|d| d.allowed().to_vec(), acts)
            .printed(|_| L::KIND)
            .journal::<L>()
            .attachments(DataOf::<G>::NAME, "document", false);
        page.parts.editable = Some(Arc::new(|any| any.downcast_ref::<DataOf<G>>().map(Documented::is_editable)));
        page
    }

    /// Whoever holds this right may add files.
    #[must_use]
    pub fn files_by(self, right: Permission) -> Self {
        self.attachments(DataOf::<G>::NAME, "document", untrack(|| allowed(Some(right))))
    }
}

/// Labels and values in columns.
pub fn draw_items(items: Vec<Item>) -> AnyView {
    let one = |item: Item| {
        view! { <div class="item" class:wide=item.wide><dt>{item.label}</dt><dd>{item.value}</dd></div> }
    };
    view! { <dl class="items">{items.into_iter().map(one).collect_view()}</dl> }.into_any()
}

fn card(title: Label, draw: &Draw, value: &Anything) -> Option<AnyView> {
    let content = draw(value)?;
    Some(view! { <section class="card"><h2 class="card-title">{title}</h2>{content}</section> }.into_any())
}

impl Parts {
    fn page(self, id: String) -> AnyView {
        if !untrack(|| allowed(self.needs)) {
            return crate::doc::no_permission(self.needs);
        }
        let (get, subject) = (self.get.clone(), id.clone());
        let loader = Loader::new(move || get(id.clone(), String::new(), Vec::new(), Options::default()));
        let parts = StoredValue::new(self);
        let body = move || {
            if let Some(got) = loader.data.get() {
                return parts.get_value().draw(&got, &subject, loader);
            }
            match loader.error.get() {
                Some(error) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
                None => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
            }
        };
        body.into_any()
    }

    fn panel(self, id: String) -> AnyView {
        let get = self.get.clone();
        let loader = Loader::new(move || get(id.clone(), String::new(), Vec::new(), Options::default()));
        let body = move || {
            if let Some(got) = loader.data.get() {
                let value = got.value;
                let title = self.title.as_ref().and_then(|t| t(&value));
                let marks = self.marks.iter().filter_map(|mark| mark(&value)).collect_view();
                let all = self.side.iter().chain(&self.cards);
                let cards = all.filter_map(|(title, draw)| card(*title, draw, &value)).collect_view();
                return view! { <div class="page-title"><h3>{title}</h3><div class="marks">{marks}</div></div>{cards} }
                    .into_any();
            }
            match loader.error.get() {
                Some(error) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
                None => view! { <Delayed when=loader.busy><Skeleton rows=6 /></Delayed> }.into_any(),
            }
        };
        body.into_any()
    }

    fn draw(self, got: &Got, id: &str, loader: Loader<Got>) -> AnyView {
        let value = got.value.clone();
        let title = self.title.and_then(|t| t(&value)).unwrap_or_default();
        let record = Record::new(title.clone(), id.to_owned(), got.version, Callback::new(move |()| loader.reload()));
        provide_context(record.clone());
        let marks = self.marks;
        let marked = value.clone();
        let draw_marks = move || marks.iter().filter_map(|mark| mark(&marked)).collect_view();
        let may_edit = self.edit.is_some_and(|needs| untrack(|| allowed(needs)));
        let is_editable = may_edit || self.editable.and_then(|editable| editable(&value)).unwrap_or_default();
        let edit = is_editable.then(|| {
            let href = format!("{}/edit", nav::path_now().trim_end_matches('/'));
            view! { <LinkButton label=common::EDIT href=href glyph=Icon::Edit /> }
        });
        let print = self.printed.and_then(|kind| kind(&value)).map(|kind| {
            let href = format!("/print/{}/{id}", kind.as_str());
            view! { <LinkButton label=documents::PRINT href=href glyph=Icon::Print /> }
        });
        let acts = self.actions.map(|a| a(&value)).unwrap_or_default();
        let bar = action_bar(acts, &record);
        let cards = self.cards.iter().filter_map(|(title, draw)| card(*title, draw, &value)).collect_view();
        let side: Vec<_> = self.side.iter().filter_map(|(title, draw)| card(*title, draw, &value)).collect();
        let (version, subject) = (got.version, id.to_owned());
        let journal = self.journal.map(|(kind, words)| {
            view! { <Journal subject_kind=kind subject_id=subject.clone() words=words stamp=version /> }
        });
        let files = self.attachments.map(|(kind, purpose, may_add)| {
            view! { <Attachments subject_kind=kind subject_id=id.to_owned() purpose=purpose may_add=may_add /> }
        });
        let has_side = !side.is_empty() || journal.is_some();
        view! {
            <PageHead title=Signal::stored(title) marks=draw_marks>{bar} {edit} {print}</PageHead>
            <div class="detail" class:split=has_side>
                <div class="detail-main">{cards} {files}</div>
                <div class="detail-side">{side.collect_view()} {journal}</div>
            </div>
        }
        .into_any()
    }
}
