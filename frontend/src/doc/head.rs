//! The head of a page: where one is, what this is, and the main thing to do at the right.

use crate::nav;
use crate::text::shell;
use crate::ui::Words;
use leptos::prelude::*;
use leptos_router::components::A;

/// Breadcrumb, title, tags and actions.
#[component]
pub fn PageHead(
    /// The title; it becomes the window's title as well.
    #[prop(into)]
    title: Words,
    /// Tags beside the title.
    #[prop(optional, into)]
    marks: Option<ViewFn>,
    /// Buttons at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let path = nav::path_now();
    let trail = nav::trail(&path);
    Effect::new(move || document().set_title(&format!("{} · {}", title.get(), shell::PRODUCT.get())));
    let crumb = |(label, href): (crate::text::Label, Option<&'static str>)| match href {
        Some(href) => view! { <li><A href=href>{label}</A></li> }.into_any(),
        None => view! { <li>{label}</li> }.into_any(),
    };
    view! {
        <header class="page-head">
            <nav class="crumbs" aria-label=shell::BREADCRUMB><ol>{trail.into_iter().map(crumb).collect_view()}</ol></nav>
            <div class="page-title">
                <h1>{move || title.get()}</h1>
                {marks.map(|marks| view! { <div class="marks">{marks.run()}</div> })}
                <div class="page-actions">{children.map(|c| c())}</div>
            </div>
        </header>
    }
    .into_any()
}
