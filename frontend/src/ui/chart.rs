//! Charts: ECharts, fetched from our own server when the first chart appears.

use super::Words;
use futures::channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

/// The build names the hashed file in the page's head.
fn address() -> Option<String> {
    document().query_selector("meta[name=echarts]").ok().flatten()?.get_attribute("content")
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(object, &name.into()).ok().filter(|v| !v.is_undefined() && !v.is_null())
}

fn method(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: js_sys::Function = get(object, name)?.dyn_into().ok()?;
    function.apply(object, &arguments.iter().collect()).ok()
}

/// The library, fetched once.
async fn library() -> Option<JsValue> {
    if let Some(library) = get(&window(), "echarts") {
        return Some(library);
    }
    let script: web_sys::HtmlScriptElement = document().create_element("script").ok()?.dyn_into().ok()?;
    let (loaded_tx, loaded) = oneshot::channel::<()>();
    let mut loaded_tx = Some(loaded_tx);
    let done = wasm_bindgen::closure::Closure::once_into_js(move || {
        if let Some(tx) = loaded_tx.take() {
            tx.send(()).ok();
        }
    });
    script.set_src(&address()?);
    script.set_onload(Some(done.unchecked_ref()));
    script.set_onerror(Some(done.unchecked_ref()));
    document().head()?.append_child(&script).ok()?;
    loaded.await.ok();
    get(&window(), "echarts")
}

/// A chart. Its options are those of ECharts; colours and text follow the theme. The table of the same
/// numbers beside it, or `summary`, is what a screen reader gets.
#[component]
pub fn Chart(
    /// What the chart shows, in a sentence.
    #[prop(into)]
    summary: Words,
    /// ECharts options.
    #[prop(into)]
    options: Signal<Value>,
    /// Height as CSS.
    #[prop(default = "260px")]
    height: &'static str,
) -> AnyView {
    let node = NodeRef::<leptos::html::Div>::new();
    let chart = StoredValue::new_local(None::<JsValue>);
    Effect::new(move || {
        let (Some(element), options) = (node.get(), options.get()) else { return };
        let dark = super::theme::is_dark();
        spawn_local(async move {
            let Some(library) = library().await else { return };
            if let Some(old) = chart.try_update_value(Option::take).flatten() {
                method(&old, "dispose", &[]);
            }
            let theme = if dark { JsValue::from("dark") } else { JsValue::NULL };
            let made = method(&library, "init", &[element.into(), theme]);
            let parsed = js_sys::JSON::parse(&with_defaults(options).to_string()).ok();
            if let (Some(made), Some(parsed)) = (made, parsed) {
                method(&made, "setOption", &[parsed]);
                chart.try_set_value(Some(made));
            }
        });
    });
    let resize = window_event_listener(leptos::ev::resize, move |_| {
        chart.with_value(|chart| chart.as_ref().map(|c| method(c, "resize", &[])));
    });
    on_cleanup(move || {
        resize.remove();
        chart.try_with_value(|chart| chart.as_ref().map(|c| method(c, "dispose", &[])));
    });
    view! {
        <div class="chart" role="img" aria-label=move || summary.get()>
            <div node_ref=node style=format!("height:{height}")></div>
        </div>
    }
    .into_any()
}

/// Our colours and fonts under whatever the page asks for.
fn with_defaults(mut options: Value) -> Value {
    let defaults = serde_json::json!({
        "backgroundColor": "transparent",
        "color": ["#4263eb", "#12a594", "#e8930c", "#d6409f", "#8e4ec6", "#0091ff", "#e5484d", "#6e7681"],
        "textStyle": { "fontFamily": "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', sans-serif" },
        "grid": { "left": 8, "right": 16, "top": 32, "bottom": 8, "containLabel": true },
        "tooltip": { "trigger": "axis" },
        "animationDuration": 300,
    });
    if let (Value::Object(options), Value::Object(defaults)) = (&mut options, defaults) {
        for (key, value) in defaults {
            options.entry(key).or_insert(value);
        }
    }
    options
}
