use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main><h1>"售后管理"</h1></main> });
}
