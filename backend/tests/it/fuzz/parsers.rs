//! What parses without a server: scalars, queries, bodies, JSON, tokens, cursors, workbooks, numbering rules.

use super::engine::drive;
use openapi::external::ExternalKey;
use openapi::finance::receipt::{CreateReceipt, ListReceipts};
use openapi::master::customer::{CreateCustomer, Customer, ListCustomers};
use openapi::master::product::{CreateProduct, ListProducts};
use openapi::master::unit::ListUnits;
use openapi::service::ticket::{CreateTicket, ListTickets};
use openapi::stock::document::{CreateStockDoc, ListStockDocs};
use openapi::system::ListAudit;
use openapi::system::number::NumberPattern;
use openapi::system::print::UpdatePrintTemplate;
use openapi::{
    Body, Date, Endpoint, Lang, Money, Month, Phone, Quantity, QueryString, Serial, Text, Timestamp, UnitPrice,
};
use platform::auth::token::Keys;
use platform::sheet::{self, Column};
use serde::de::DeserializeOwned;
use std::fmt::Display;
use std::io::{Cursor, Read, Write};
use std::str::FromStr;
use uuid::Uuid;

fn good(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Reads a text as a scalar; what is accepted reads back as itself, from its text and from JSON.
fn scalar<T>(text: &str) -> String
where
    T: FromStr + Display + PartialEq + std::fmt::Debug + DeserializeOwned + serde::Serialize,
{
    let Ok(value) = text.parse::<T>() else { return "refused".to_owned() };
    let written = value.to_string();
    assert!(written.parse::<T>().is_ok_and(|again| again == value), "{text:?} is written as {written:?}");
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
    format!("{} bytes", written.len().min(40))
}

macro_rules! scalars {
    ($($name:ident: $type:ty, [$($good:literal),+];)+) => {$(
        #[test]
        fn $name() {
            drive(stringify!($name), good(&[$($good),+]), &["-", ".", "0"], |input| scalar::<$type>(&String::from_utf8_lossy(input)));
        }
    )+};
}

scalars! {
    money: Money, ["0.00", "-12.34", "9999999999999.99", "1"];
    quantity: Quantity, ["1", "0.001", "-3.500", "1000000000000"];
    unit_price: UnitPrice, ["3.1415", "0.0001", "-1"];
    timestamp: Timestamp, ["2026-11-21T02:00:00Z", "2026-11-21T10:00:00.123+08:00", "2016-12-31T23:59:60Z"];
    date: Date, ["2026-11-21", "2024-02-29"];
    month: Month, ["2026-11", "0001-01"];
    phone: Phone, ["13800138000", "+8613800138000", "021-12345678"];
    serial: Serial, ["861234567890127", "SN-0001/ab"];
    text: Text<60>, ["王芳", "a b", " x "];
}

/// The key of another system's record.
#[test]
fn external_key() {
    drive("external_key", good(&["ERP-1:42", "a.b_c-d"]), &["/", " "], |input| {
        let key = String::from_utf8_lossy(input).parse::<ExternalKey>();
        key.map_or_else(|issue| issue.code.code.to_owned(), |key| format!("{} bytes", format!("{key:?}").len().min(60)))
    });
}

/// A numbering rule that is accepted makes numbers.
#[test]
fn number_pattern() {
    let words = ["{YYYY}", "{YY}", "{MM}", "{M}", "{DD}", "{D}", "{ORG}", "{SEQ:4}", "{SEQ:99}"];
    drive("number_pattern", good(&["RE{YYYY}{MM}{SEQ:5}", "{ORG}-{SEQ:3}"]), &words, |input| {
        match String::from_utf8_lossy(input).parse::<NumberPattern>() {
            Ok(pattern) => {
                assert!(pattern.to_string().parse::<NumberPattern>().is_ok());
                format!("{} bytes", pattern.to_string().len())
            }
            Err(issue) => issue.code.code.to_owned(),
        }
    });
}

/// A query that is accepted is written and read again as the same.
fn query<E: Endpoint>(raw: &str) -> String {
    match E::Query::parse(raw, Lang::En) {
        Ok(query) => {
            let written = query.render();
            let again = E::Query::parse(&written, Lang::Zh)
                .unwrap_or_else(|errors| panic!("{raw:?} is written as {written:?}: {errors:?}"));
            assert_eq!(again.render(), written, "{raw:?}");
            let mut keys: Vec<&str> = written.split('&').filter_map(|pair| pair.split('=').next()).collect();
            keys.sort_unstable();
            keys.join("&")
        }
        Err(errors) => errors.iter().map(|error| format!("{} {}", error.pointer, error.code)).collect(),
    }
}

macro_rules! queries {
    ($($name:ident: $endpoint:ty, $filter:literal;)+) => {$(
        #[test]
        fn $name() {
            let common = "limit=50&cursor=abc&q=%E5%BC%A0&sort=-created_at&include_total=true&created_at%5Bgte%5D=2026-11-01T00:00:00Z&updated_at[gte]=2026-11-01T00:00:00Z";
            let words = ["[gte]=", "[lt]=", "sort=", "limit=", "cursor=", "include_total=", "q=", "%5B", "%2C", "+", "created_at", "000000000000"];
            drive(stringify!($name), good(&[common, $filter, ""]), &words, |input| query::<$endpoint>(&String::from_utf8_lossy(input)));
        }
    )+};
}

queries! {
    query_tickets: ListTickets, "state=accepted,diagnosed&is_abnormal=true&engineer_id=0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f";
    query_customers: ListCustomers, "phone=13800138000&kind=person";
    query_products: ListProducts, "kind=part,unit&code=LCD-1";
    query_units: ListUnits, "serial=861234567890127";
    query_stock_docs: ListStockDocs, "kind=stock_in&state=posted";
    query_receipts: ListReceipts, "state=posted&sort=number";
    query_audit: ListAudit, "subject_kind=customer&subject_id=0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f";
}

/// A body that is accepted is written and read again as the same; one that is not says why.
fn body<E: Endpoint>(bytes: &[u8]) -> String {
    match E::Body::parse(bytes, Lang::Zh) {
        Ok(data) => {
            let written = E::Body::render(&data);
            let again = E::Body::parse(&written, Lang::Zh).expect("what was accepted is written as it is read");
            assert_eq!(E::Body::render(&again), written);
            format!("accepted {}", written.len() / 8)
        }
        Err(refusal) => {
            let mut said: Vec<String> =
                refusal.errors.iter().map(|error| format!("{} {}", error.pointer, error.code)).collect();
            said.truncate(3);
            format!("{} {}", refusal.code.code, said.join())
        }
    }
}

/// Joins.
trait Joined {
    fn join(self) -> String;
}
impl Joined for Vec<String> {
    fn join(self) -> String {
        self.concat()
    }
}

macro_rules! bodies {
    ($($name:ident: $endpoint:ty;)+) => {$(
        #[test]
        fn $name() {
            let row = <$endpoint as Endpoint>::ROW;
            let sample = crate::support::sample::body(row.path, row.method.as_str()).to_string();
            let words = ["\"lines\":", ":null", "[{", "}]", "\"0.00\"", "\"-1\"", "1.0", "\"\\u0000\"", "[[[[[[[[[[[[[[[["];
            drive(stringify!($name), vec![sample.into_bytes(), b"{}".to_vec()], &words, body::<$endpoint>);
        }
    )+};
}

bodies! {
    body_customer: CreateCustomer;
    body_product: CreateProduct;
    body_ticket: CreateTicket;
    body_stock_doc: CreateStockDoc;
    body_receipt: CreateReceipt;
    body_template: UpdatePrintTemplate;
}

/// The reader of the browser and that of the server agree on what they accept.
#[test]
fn json_reader() {
    let row = <CreateCustomer as Endpoint>::ROW;
    let sample = crate::support::sample::body(row.path, row.method.as_str()).to_string();
    type Draft = <<CreateCustomer as Endpoint>::Body as Body>::Data;
    drive(
        "json_reader",
        vec![sample.into_bytes(), b"[1.5e3,\"\\ud83d\\ude00\",{}]".to_vec()],
        &["\\u", "e+", "1.", "[["],
        |input| {
            let ours = openapi::read::json::<Draft>(input);
            let theirs = serde_json::from_slice::<Draft>(input);
            if let Ok(theirs) = &theirs {
                assert_eq!(ours.as_ref().ok(), Some(theirs));
            }
            drop(openapi::read::json::<Customer>(input));
            format!(
                "{} {}",
                ours.is_ok(),
                theirs.err().map_or_else(String::new, |error| format!(
                    "{:?} {}",
                    error.classify(),
                    error.column().min(30)
                ))
            )
        },
    );
}

/// A token that was changed is nobody's.
#[test]
fn access_token() {
    let (keys, now) = (Keys::new("a secret that only the tests know"), chrono::Utc::now());
    let user = Uuid::from_u128(7);
    let (token, _) = keys.issue(user, Uuid::from_u128(8), 1, now).unwrap();
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDcifQ.";
    let words = ["eyJhbGciOiJub25lIn0", "eyJhbGciOiJSUzI1NiJ9", "=", "."];
    drive("access_token", vec![token.clone().into_bytes(), none.into()], &words, |input| {
        let text = String::from_utf8_lossy(input);
        match keys.check(&text, now) {
            Ok(claims) => {
                assert_eq!((claims.sub, &*text), (user, token.as_str()), "a forged token is accepted");
                "accepted".to_owned()
            }
            Err(failure) => format!("{} {}", failure.code().code, text.matches('.').count().min(4)),
        }
    });
}

/// A cursor that was changed leads nowhere.
#[test]
fn list_cursor() {
    let keys = Keys::new("a secret that only the tests know");
    let payload = br#"{"key":{"Text":"abc"},"id":"0198f3c2-a1b2-7c3d-9e4f-5a6b7c8d9e0f"}"#;
    let sealed = keys.seal(payload, b"ListTickets?x");
    drive("list_cursor", vec![sealed.into_bytes(), b"a.b".to_vec()], &[".", "=", "_", "-"], |input| {
        let text = String::from_utf8_lossy(input);
        match keys.unseal(&text, b"ListTickets?x") {
            Some(found) => {
                assert_eq!(found, payload, "a forged cursor is accepted");
                "accepted".to_owned()
            }
            None => format!("{} parts", text.matches('.').count().min(3)),
        }
    });
}

const COLUMNS: &[Column] = &[
    Column::new("name", "名称", "Name", "张三").required(),
    Column::new("phone", "手机", "Phone", "13800138000"),
    Column::new("sold_on", "日期", "Date", "2026-11-21"),
];

/// The parts of a workbook, by name.
fn parts(workbook: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.push((part.name().unwrap().into_owned(), content));
    }
    parts
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn workbook() -> Vec<u8> {
    let rows = [["张三", "13800138000", "2026-11-21"], ["=1+1", "0", "45000"]];
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let headings: Vec<String> = COLUMNS.iter().map(|column| column.heading(Lang::Zh)).collect();
    sheet::export(&headings, &rows).unwrap()
}

fn read(bytes: Vec<u8>) -> String {
    match sheet::read(bytes, COLUMNS, Lang::Zh) {
        Ok(sheet) => format!(
            "{} rows, {} bytes",
            sheet.lines.len(),
            sheet.lines.iter().flat_map(|line| &line.cells).map(String::len).sum::<usize>().min(60)
        ),
        Err(failure) => failure.code().code.to_owned(),
    }
}

/// A workbook whose packing is broken.
#[test]
fn workbook_archive() {
    drive(
        "workbook_archive",
        vec![workbook(), b"PK\x03\x04".to_vec()],
        &["PK\x01\x02", "PK\x05\x06", "xl/workbook.xml"],
        |input| read(input.to_vec()),
    );
}

/// A workbook whose packing is in order and one of whose parts is not: the first byte says which.
#[test]
fn workbook_parts() {
    let parts = parts(workbook());
    let inputs =
        parts.iter().enumerate().map(|(at, (_, content))| [&[u8::try_from(at).unwrap()], content.as_slice()].concat());
    let words = [
        "<c r=\"A1\" t=\"s\">",
        "<c r=\"XFD1048576\">",
        "<v>1e308</v>",
        "<v>-1</v>",
        "t=\"d\"",
        "t=\"e\"",
        "<dimension ref=\"A1:XFD1048576\"/>",
        "r=\"ZZZZZZ9999999999\"",
        "<row r=\"4294967296\">",
        "<mergeCell ref=\"A1:B2\"/>",
        "numFmtId=\"14\"",
        "s=\"9999\"",
        "count=\"4294967295\"",
        "&#x0;",
        "<!ENTITY a \"&a;\">",
        "date1904=\"1\"",
    ];
    drive("workbook_parts", inputs.collect(), &words, |input| {
        let Some((at, content)) = input.split_first() else { return "nothing".to_owned() };
        let mut changed = parts.clone();
        let at = usize::from(*at) % changed.len();
        changed[at].1 = content.to_vec();
        format!("{at} {}", read(packed(&changed)))
    });
}
