//! Printing: a document becomes one HTML page for its paper, with everything in it. A company may replace the template of
//! a kind of document; a template can compute and loop, but it cannot read files, reach the network or run for long.

mod entity;
mod printer;
mod slip;
mod template;

pub use printer::{Printers, mount, printed};
pub use slip::{Slip, SlipTable, Writer};
pub use template::CONSTRAINTS;

use crate::{Failure, ReadTx, Result};
use entity::{Column, Entity};
use minijinja::{AutoEscape, Environment, Value};
use openapi::choice::Choice;
use openapi::document::DocKind;
use openapi::system::print::{PRINT_TEMPLATE_WRONG, Paper};
use openapi::{FileData, Lang};
use qrcode::QrCode;
use qrcode::render::svg;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

/// Steps that one page may take; a slip takes a few thousand.
const FUEL: u64 = 2_000_000;

/// The template of every document that has none of its own.
const SLIP: &str = include_str!("slip.html");

/// Prints a document: with the company's template for its kind and paper when there is one, else with the built-in one.
async fn render(tx: &ReadTx, kind: DocKind, paper: Paper, slip: &Slip) -> Result<FileData> {
    let own = Entity::find().filter(Column::Kind.eq(kind.as_str())).filter(Column::Format.eq(paper.as_str()));
    let own = own.one(tx.conn()).await?.map(|row| row.body);
    let page = fill(own.as_deref().unwrap_or(SLIP), paper, slip, tx.lang()).map_err(wrong)?;
    Ok(page_file(&format!("{}-{}", slip.number, paper.as_str()), page))
}

/// A page as a download that a browser shows.
fn page_file(name: &str, page: String) -> FileData {
    FileData {
        name: format!("{name}.html"),
        media_type: "text/html; charset=utf-8".to_owned(),
        is_inline: true,
        bytes: page.into_bytes(),
    }
}

/// What is wrong with a template, for whoever wrote it.
fn wrong(error: minijinja::Error) -> Failure {
    let what = error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    Failure::new(PRINT_TEMPLATE_WRONG).with("line", error.line().unwrap_or(1)).with("what", what)
}

/// Fills a template in. It sees the document as `doc`, and `paper`, `lang`, and the function `qr(text)`.
fn fill(
    template: &str,
    paper: Paper,
    document: &impl Serialize,
    lang: Lang,
) -> std::result::Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(50);
    environment.add_function("qr", |text: String| Value::from_safe_string(qr_svg(&text)));
    let (width, margin) = match paper {
        Paper::Receipt80 => ("80mm auto", "3mm"),
        Paper::A5 => ("148mm 210mm", "9mm"),
        Paper::A4 => ("210mm 297mm", "12mm"),
    };
    let context = minijinja::context! {
        doc => Value::from(minijinja::value::Serde(document)),
        paper => paper.as_str(),
        page_size => width,
        page_margin => margin,
        lang => lang.tag(),
    };
    environment.render_named_str("page.html", template, context)
}

/// A QR code as a drawing that can stand in a page; empty when the text is too long for one.
fn qr_svg(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else { return String::new() };
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(96, 96).quiet_zone(true).build();
    drawing.split_once("?>").map_or(drawing.clone(), |(_, svg)| svg.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip() -> Slip {
        Slip {
            title: "维修服务单".to_owned(),
            company: "杭州西湖服务站".to_owned(),
            number: "RE202611210001".to_owned(),
            qr: Some("https://example.com/t/RE202611210001".to_owned()),
            fields: vec![("客户".to_owned(), "<b>李雷</b> & 韩梅梅".to_owned())],
            tables: vec![SlipTable {
                title: "配件".to_owned(),
                head: vec!["名称".to_owned(), "数量".to_owned()],
                rows: vec![vec!["屏幕总成".to_owned(), "1".to_owned()]],
            }],
            totals: vec![("合计".to_owned(), "¥120.00".to_owned())],
            notes: vec!["请凭此单取机".to_owned()],
            signatures: vec!["客户签字".to_owned()],
            printed_at: "2026-11-21 17:08".to_owned(),
        }
    }

    #[test]
    fn a_slip_is_a_whole_page_for_its_paper_with_everything_escaped() {
        for (paper, size) in [(Paper::Receipt80, "80mm"), (Paper::A5, "148mm 210mm")] {
            let page = fill(SLIP, paper, &slip(), Lang::Zh).unwrap();
            assert!(page.starts_with("<!doctype html>") && page.contains(&format!("size: {size}")), "{page}");
            assert!(page.contains("&lt;b&gt;李雷&lt;&#x2f;b&gt; &amp; 韩梅梅") && !page.contains("<b>李雷"), "{page}");
            assert!(page.contains("<svg") && !page.contains("<?xml") && page.contains("屏幕总成"));
            assert!(page.contains("lang=\"zh-CN\""));
        }
    }

    #[test]
    fn a_template_reads_no_files_and_does_not_run_for_ever() {
        let secret = |template: &str| fill(template, Paper::A5, &slip(), Lang::En);
        assert!(secret("{% include '/etc/passwd' %}").is_err());
        assert!(secret("{% extends 'page.html' %}").is_err());
        assert!(secret("{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}").is_err());
        assert_eq!(secret("{{ doc.number }}{{ doc.nothing }}").unwrap(), "RE202611210001");
    }
}
