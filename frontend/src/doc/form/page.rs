//! The page that creates and edits a record.

use super::draft;
use super::{Field, Form, draw_fields};
use crate::api::{ApiError, DataOf, Loader, Options, session};
use crate::doc::head::PageHead;
use crate::doc::problem::{error_panel, form_notice};
use crate::doc::send::{ActionKey, Got, Sender, allowed, permission, sender};
use crate::nav::{self, Params};
use crate::text::{Label, common, documents};
use crate::ui::{
    Button, Delayed, Icon, LinkButton, Look, Question, Skeleton, StatePanel, Task, choose, storage, toast,
};
use leptos::ev;
use leptos::prelude::*;
use openapi::{Endpoint, Permission, problem};
use serde_json::Value;
use std::sync::Arc;

/// What was saved: its name for the toast, and where to look at it.
pub struct Saved {
    /// Number or name.
    pub name: String,
    /// The page to go to.
    pub href: String,
}

type Describe = Arc<dyn Fn(&Got) -> Option<Saved> + Send + Sync>;

struct Way {
    send: Sender,
    describe: Describe,
    needs: Option<Permission>,
}

fn way<E: Endpoint>(describe: impl Fn(&DataOf<E>) -> Saved + Send + Sync + 'static) -> Way
where
    DataOf<E>: Send + Sync,
{
    let describe: Describe = Arc::new(move |got: &Got| got.value.downcast_ref::<DataOf<E>>().map(&describe));
    Way { send: sender::<E>(), describe, needs: permission::<E>() }
}

/// The page that creates and edits a record, as data. See [`crate::doc`] for an example.
pub struct FormPage {
    key: &'static str,
    create_title: Label,
    edit_title: Label,
    back: String,
    sections: Vec<(Label, Vec<Field>)>,
    create: Option<Way>,
    edit: Option<(Sender, Way)>,
    prefill: Vec<(String, String)>,
    origin: Option<Origin>,
}

/// The record that a new one starts from.
struct Origin {
    id: String,
    load: Sender,
    fill: Fill,
}

type Fill = Arc<dyn Fn(&Got) -> Value + Send + Sync>;

impl FormPage {
    /// `key` names the drafts; `back` is the page that Cancel of a new record leads to.
    pub fn new(key: &'static str, create_title: Label, edit_title: Label, back: &str) -> Self {
        FormPage {
            key,
            create_title,
            edit_title,
            back: back.to_owned(),
            sections: Vec::new(),
            create: None,
            edit: None,
            prefill: Vec::new(),
            origin: None,
        }
    }

    /// Adds fields under a heading.
    #[must_use]
    pub fn section(mut self, title: Label, fields: Vec<Field>) -> Self {
        self.sections.push((title, fields));
        self
    }

    /// A new record is sent with `E`.
    #[must_use]
    pub fn create<E: Endpoint>(mut self, saved: impl Fn(&DataOf<E>) -> Saved + Send + Sync + 'static) -> Self
    where
        DataOf<E>: Send + Sync,
    {
        self.create = Some(way::<E>(saved));
        self
    }

    /// An existing record is read with `G` and sent with `U`.
    #[must_use]
    pub fn edit<G: Endpoint, U: Endpoint>(mut self, saved: impl Fn(&DataOf<U>) -> Saved + Send + Sync + 'static) -> Self
    where
        DataOf<G>: Send + Sync,
        DataOf<U>: Send + Sync,
    {
        self.edit = Some((sender::<G>(), way::<U>(saved)));
        self
    }

    /// Fills fields of a new record from the page's address: `…/new?customer_id=…`. Names the fields that may come so.
    #[must_use]
    pub fn from_address(mut self, keys: &[&str]) -> Self {
        self.prefill = keys.iter().filter_map(|key| Some((format!("/{key}"), nav::query_value(key)?))).collect();
        self
    }

    /// A new record starts from another one when the address names it (`…/new?requisition=ID`): `fill` makes the fields
    /// from it, as JSON like the body.
    #[must_use]
    pub fn starts_from<G: Endpoint>(
        mut self,
        key: &str,
        fill: impl Fn(&DataOf<G>) -> Value + Send + Sync + 'static,
    ) -> Self
    where
        DataOf<G>: Send + Sync,
    {
        let fill: Fill = Arc::new(move |got| got.value.downcast_ref::<DataOf<G>>().map(&fill).unwrap_or_default());
        self.origin = nav::query_value(key).map(|id| Origin { id, load: sender::<G>(), fill });
        self
    }

    /// The page: edits the record of the address, or creates one.
    pub fn view(self, params: &Params) -> AnyView {
        let id = params.get("id").unwrap_or_default();
        let is_new = id.is_empty();
        let fields = self.sections.iter().flat_map(|(_, fields)| fields.clone()).collect();
        let form = Form::new(fields);
        for (pointer, text) in &self.prefill {
            form.set(pointer, text.clone());
        }
        form.dirty.set(false);
        let person = untrack(session::me).map(|me| me.login).unwrap_or_default();
        let draft_key = format!("aftercare.draft.{person}.{}.{}", self.key, if is_new { "new" } else { &id });
        let back = if is_new { self.back.clone() } else { nav::parent(&nav::path_now()) };
        let page = Page {
            form,
            title: if is_new { self.create_title } else { self.edit_title },
            sections: Arc::new(self.sections),
            version: RwSignal::new(0),
            draft_key,
            back,
            id,
        };
        match (is_new, self.create, self.edit) {
            (true, Some(way), _) => page.guarded(way, self.origin),
            (false, _, Some((load, way))) => {
                let fill: Fill = Arc::new(|got| got.json());
                let id = page.id.clone();
                page.guarded(way, Some(Origin { id, load, fill }))
            }
            _ => error_panel(&ApiError::not_found(), None),
        }
    }
}

#[derive(Clone)]
struct Page {
    form: Form,
    title: Label,
    sections: Arc<Vec<(Label, Vec<Field>)>>,
    version: RwSignal<i64>,
    draft_key: String,
    back: String,
    id: String,
}

impl Page {
    /// Draws the form once the record that it shows or starts from is there.
    fn guarded(self, way: Way, origin: Option<Origin>) -> AnyView {
        if !untrack(|| allowed(way.needs)) {
            return crate::doc::no_permission(way.needs);
        }
        let Some(Origin { id, load, fill }) = origin else { return self.draw(way, None) };
        let is_new = self.id.is_empty();
        let fetch = load.clone();
        let loader = Loader::new(move || fetch(id.clone(), String::new(), Vec::new(), Options::default()));
        let (form, version) = (self.form, self.version);
        Effect::new(move || {
            if let Some(got) = loader.data.get() {
                version.set(if is_new { 0 } else { got.version });
                form.load(&fill(&got));
            }
        });
        let ready = Memo::new(move |_| loader.data.with(Option::is_some));
        // a document that is posted says itself that it can no longer be changed
        let is_shut = move || {
            let said = |got: &Got| got.json().get("is_editable").and_then(Value::as_bool);
            !is_new && loader.data.with_untracked(|got| got.as_ref().and_then(said)) == Some(false)
        };
        let way = Arc::new(way);
        let body = move || {
            if ready.get() && is_shut() {
                let back = nav::path_now().trim_end_matches("/edit").to_owned();
                return view! {
                    <StatePanel glyph=Icon::Lock title=documents::SHUT hint=Signal::derive(|| Some(documents::SHUT_HINT.get().to_owned()))>
                        <LinkButton label=documents::BACK_TO_DOCUMENT href=back look=Look::Primary />
                    </StatePanel>
                }
                .into_any();
            }
            if ready.get() {
                let way = Way { send: way.send.clone(), describe: way.describe.clone(), needs: way.needs };
                return self.clone().draw(way, Some(load.clone()).filter(|_| !is_new));
            }
            match loader.error.get() {
                Some(error) => error_panel(&error, Some(Callback::new(move |()| loader.reload()))),
                None => view! { <Delayed when=loader.busy><Skeleton rows=8 /></Delayed> }.into_any(),
            }
        };
        body.into_any()
    }

    fn draw(self, way: Way, reload: Option<Sender>) -> AnyView {
        let saver = Saver {
            form: self.form,
            way: Arc::new(way),
            reload,
            id: self.id.clone(),
            version: self.version,
            draft_key: self.draft_key.clone(),
            task: Task::new(),
            problem: RwSignal::new(None),
            key: StoredValue::new(ActionKey::default()),
        };
        let (task, problem, form) = (saver.task, saver.problem, self.form);
        let saver = StoredValue::new_local(saver);
        let save = move || saver.with_value(|s| s.clone().save());
        let keys = window_event_listener(ev::keydown, move |ev| {
            let is_save = (ev.ctrl_key() || ev.meta_key()) && ev.key().eq_ignore_ascii_case("s");
            if is_save && !crate::ui::composing(&ev) {
                ev.prevent_default();
                save();
            }
        });
        on_cleanup(move || keys.remove());
        let sections = self.sections.clone();
        let section = move |(title, fields): &(Label, Vec<Field>)| {
            let title = *title;
            view! { <section class="card"><h2 class="card-title">{title}</h2>{draw_fields(form, fields, "")}</section> }
        };
        let submit = move |ev: web_sys::SubmitEvent| {
            ev.prevent_default();
            save();
        };
        view! {
            <PageHead title=self.title>{draft::kept_mark(form)}</PageHead>
            <form class="form-page" novalidate on:submit=submit
                on:keydown=move |ev| if ev.key() == "Enter" && crate::ui::composing(&ev) { ev.prevent_default() }>
                {draft::keep(form, self.draft_key)}
                {move || problem.get().map(|(error, more)| form_notice(&error, &more))}
                {sections.iter().map(section).collect_view()}
                <footer class="form-foot">
                    <a class="button" href=self.back>{common::CANCEL}</a>
                    <Button label=common::SAVE look=Look::Primary submit=true busy=task.busy keys="Ctrl S" />
                </footer>
            </form>
        }
        .into_any()
    }
}

#[derive(Clone)]
struct Saver {
    form: Form,
    way: Arc<Way>,
    reload: Option<Sender>,
    id: String,
    version: RwSignal<i64>,
    draft_key: String,
    task: Task,
    problem: RwSignal<Option<(ApiError, Vec<String>)>>,
    key: StoredValue<ActionKey>,
}

impl Saver {
    fn save(self) {
        self.problem.set(None);
        if !self.form.check_all() {
            toast::error(documents::ALL_NEEDED.get());
            request_animation_frame(|| crate::ui::focus("main [aria-invalid=true]"));
            return;
        }
        self.task.run(self.clone().send());
    }

    async fn send(self) {
        let body = serde_json::to_vec(&self.form.body()).unwrap_or_default();
        let key = self.key.try_update_value(|k| k.for_body(&body)).unwrap_or_default();
        let if_match = Some(self.version.get_untracked()).filter(|v| *v > 0);
        match (self.way.send)(self.id.clone(), String::new(), body, Options { if_match, key: Some(key) }).await {
            Ok(got) => {
                self.key.try_update_value(ActionKey::done);
                self.form.dirty.set(false);
                storage::remove(&self.draft_key);
                if let Some(saved) = (self.way.describe)(&got) {
                    toast::success(documents::SAVED.with("name", saved.name));
                    nav::replace(&saved.href);
                }
            }
            Err(error) if error.is(problem::STALE) => self.stale().await,
            Err(error) => {
                let more = self.form.blame_all(error.fields());
                self.problem.set(Some((error, more)));
                request_animation_frame(|| crate::ui::focus("main [aria-invalid=true]"));
            }
        }
    }

    /// Somebody was faster: load theirs, or keep ours on top of theirs.
    async fn stale(self) {
        let question = Question {
            title: documents::STALE_TITLE.get().to_owned(),
            text: documents::STALE_TEXT.get().to_owned(),
            confirm: documents::STALE_KEEP.get().to_owned(),
            cancel: documents::STALE_RELOAD.get().to_owned(),
            ..Question::default()
        };
        let Some(keep) = choose(question).await else { return };
        let Some(reload) = self.reload.clone() else { return };
        match reload(self.id.clone(), String::new(), Vec::new(), Options::default()).await {
            Ok(got) => {
                self.version.set(got.version);
                if keep {
                    leptos::task::spawn_local(self.again());
                } else {
                    storage::remove(&self.draft_key);
                    self.form.load(&got.json());
                }
            }
            Err(error) => self.problem.set(Some((error, Vec::new()))),
        }
    }

    fn again(self) -> futures::future::LocalBoxFuture<'static, ()> {
        Box::pin(self.send())
    }
}
