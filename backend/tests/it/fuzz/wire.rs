//! What parses on the way in: each header, query, path and body of a request is mutated in turn and sent to the real server. It answers
//! every time, within a second, and never that it is at fault itself.

use super::engine::{Engine, HANG};
use crate::support::given::World;
use openapi::master::customer::ListCustomers;
use openapi::{Listing, Nothing, PageQuery, Role};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request whose one part is replaced.
struct Shot<'a> {
    method: &'a str,
    target: Vec<u8>,
    headers: Vec<(&'a str, Vec<u8>)>,
    body: Vec<u8>,
}

/// Bytes that may stand in a header or a target: what would end it ends the request instead, which is another test.
fn on_one_line(bytes: &[u8], is_target: bool) -> Vec<u8> {
    let ends = |byte: &u8| matches!(byte, b'\r' | b'\n' | 0) || (is_target && matches!(byte, b' ' | b'#'));
    bytes.iter().map(|byte| if ends(byte) { b'_' } else { *byte }).collect()
}

/// Sends it; the status and code of the answer, or nothing where the connection was closed without one.
async fn fire(host: &str, shot: Shot<'_>) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(host).await?;
    let mut head =
        [shot.method.as_bytes(), b" ", &shot.target, b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"].concat();
    for (name, value) in &shot.headers {
        head.extend_from_slice(&[name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    head.extend_from_slice(format!("content-length: {}\r\n\r\n", shot.body.len()).as_bytes());
    stream.write_all(&head).await?;
    // who answers before the body was read may have closed
    stream.write_all(&shot.body).await.ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    let text = String::from_utf8_lossy(&answer);
    let status = text.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    let code = text.split("\"code\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    Ok((status, code))
}

/// Throws mutations of one part of a request at a server.
async fn bombard(name: &'static str, host: &str, good: Vec<Vec<u8>>, words: &[&str], aim: impl Fn(&[u8]) -> Shot<'_>) {
    let mut engine = Engine::new(name, good, words);
    while let Some(input) = engine.next() {
        let answered = tokio::time::timeout(HANG, fire(host, aim(&input))).await;
        let failed = |why: &str| {
            let file = engine.keep(&input);
            panic!("{name}: {} {why}: {:?}", file.display(), String::from_utf8_lossy(&input))
        };
        let Ok(answer) = answered else { failed("takes longer than a second") };
        let (status, code) = answer.unwrap();
        if status >= 500 || status == 0 {
            failed(&format!("is answered {status} {code}"));
        }
        engine.learn(input, format!("{status} {code}"));
    }
    engine.ended();
}

/// Where it is sent, and by whom.
struct Range {
    world: World,
    host: String,
    token: Vec<u8>,
    customer: String,
}

impl Range {
    async fn open() -> Self {
        let world = World::build().await;
        let host = world.app.url.strip_prefix("http://").unwrap().to_owned();
        let token = [b"Bearer ", world.admin.token.as_deref().unwrap().as_bytes()].concat();
        let customer = world.near.objects["customer"].to_string();
        Range { world, host, token, customer }
    }

    fn shot<'a>(&self, method: &'a str, target: &str, body: &[u8]) -> Shot<'a> {
        let headers = vec![("authorization", self.token.clone()), ("content-type", b"application/json".to_vec())];
        Shot { method, target: target.as_bytes().to_vec(), headers, body: body.to_vec() }
    }
}

const CUSTOMERS: &str = "/api/v1/master/customers";
const BODY: &[u8] = br#"{"name":"x","kind":"person","phone":"13800138000"}"#;

#[actix_web::test]
async fn headers() {
    let range = Range::open().await;
    for (name, good) in [
        ("authorization", range.token.clone()),
        ("if-match", b"\"1\"".to_vec()),
        ("idempotency-key", b"key-1".to_vec()),
        ("accept-language", b"zh-CN,en;q=0.5".to_vec()),
        ("content-type", b"application/json; charset=utf-8".to_vec()),
        ("cookie", b"aftercare_refresh=abc; x=y".to_vec()),
        ("x-request-id", b"0198f3c2a1b27c3d9e4f5a6b7c8d9e0f".to_vec()),
        ("accept-encoding", b"gzip, br;q=0.1".to_vec()),
    ] {
        let (method, target) = if name == "if-match" {
            ("PUT", format!("{CUSTOMERS}/{}", range.customer))
        } else {
            ("POST", CUSTOMERS.to_owned())
        };
        bombard(name, &range.host, vec![good, Vec::new()], &["\"", "W/", "*", ";q=", "Bearer "], |input| {
            let mut shot = range.shot(method, &target, BODY);
            shot.headers.retain(|(known, _)| *known != name);
            shot.headers.push((name, on_one_line(input, false)));
            shot
        })
        .await;
    }
}

#[actix_web::test]
async fn targets() {
    let range = Range::open().await;
    let page = PageQuery { limit: Some(1), ..PageQuery::default() };
    let listing = Listing { page, ..Listing::default() };
    let desk = &range.world.near.people[&Role::Reception];
    let cursor = desk.call::<ListCustomers>(Nothing, listing, Nothing).await.unwrap().next_cursor.unwrap();
    let queries = vec![
        format!("limit=1&cursor={cursor}").into_bytes(),
        b"q=%E9%9F%A9&sort=-created_at&created_at[gte]=2026-01-01T00:00:00Z".to_vec(),
    ];
    bombard("query", &range.host, queries, &["cursor=", "limit=", "sort=", "q=", "%00", "%F0%9F%98%80"], |input| {
        let mut shot = range.shot("GET", "", b"");
        shot.target = [CUSTOMERS.as_bytes(), b"?", &on_one_line(input, true)].concat();
        shot
    })
    .await;
    let paths = vec![range.customer.clone().into_bytes(), b"by-external/erp/1".to_vec(), b"..%2f..%2fetc".to_vec()];
    bombard("path", &range.host, paths, &["%2e%2e", "%2F", "//", "%", "?"], |input| {
        let mut shot = range.shot("GET", "", b"");
        shot.target = [CUSTOMERS.as_bytes(), b"/", &on_one_line(input, true)].concat();
        shot
    })
    .await;
}

#[actix_web::test]
async fn bodies() {
    let range = Range::open().await;
    let template = b"<h1>{{ doc.number }}</h1>{% for f in doc.fields %}{{ f[0] }}{% endfor %}{{ qr(doc.qr) }}".to_vec();
    let words = [
        "{% for a in range(99999) %}",
        "{% endfor %}",
        "{% if ",
        "{% endif %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set x = ",
        "|upper",
        "{{ doc ",
        "range(1000000000)",
        "\"a\" * 1000000000",
        "|indent(1000000000)",
        "|join",
        "{% include 'x' %}",
        "{% extends 'x' %}",
        "[[[[[[[[",
        "loop(",
        "{% for x in doc recursive %}",
        "qr(",
        "|replace('','a')",
        "~",
    ];
    bombard("template", &range.host, vec![template], &words, |input| {
        let body = serde_json::json!({"body": String::from_utf8_lossy(input), "paper": "a4"});
        range.shot("POST", "/api/v1/system/print-templates/try", body.to_string().as_bytes())
    })
    .await;
    bombard("body", &range.host, vec![BODY.to_vec(), b"[]".to_vec()], &["{\"", "\":", "[[[[", "1e9"], |input| {
        range.shot("POST", CUSTOMERS, input)
    })
    .await;
}

/// Files are sent as the body itself; what is in them is found out from the content.
#[actix_web::test]
async fn files() {
    let range = Range::open().await;
    let image = |format| {
        let mut out = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(24, 16, |x, y| image::Rgb([(x * 9) as u8, (y * 9) as u8, 77]));
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    };
    let good = vec![
        image(image::ImageFormat::Png),
        image(image::ImageFormat::Jpeg),
        image(image::ImageFormat::WebP),
        b"%PDF-1.7\n1 0 obj".to_vec(),
        b"plain text, \xe4\xbd\xa0".to_vec(),
        b"PK\x03\x04 xl/workbook.xml".to_vec(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(),
    ];
    let target = format!(
        "/api/v1/system/attachments?subject_kind=customer&subject_id={}&purpose=other&file_name=x",
        range.customer
    );
    bombard(
        "attachment",
        &range.host,
        good,
        &["IHDR", "\u{89}PNG\r\n\x1a\n", "RIFF", "WEBP", "Exif\0\0", "<script"],
        |input| {
            let mut shot = range.shot("POST", &target, input);
            shot.headers.retain(|(name, _)| *name != "content-type");
            shot.headers.push(("content-type", b"application/octet-stream".to_vec()));
            shot
        },
    )
    .await;
    let names = vec![b"front.jpg".to_vec(), "照片 1.png".as_bytes().to_vec(), b"..%2f..%2fx".to_vec()];
    bombard("file_name", &range.host, names, &["%00", "%22", "%0d%0a", "..%5c", "%F0%9F%93%B7"], |input| {
        let target = format!(
            "/api/v1/system/attachments?subject_kind=customer&subject_id={}&purpose=other&file_name=",
            range.customer
        );
        let mut shot = range.shot("POST", "", b"hello");
        shot.target = [target.as_bytes(), &on_one_line(input, true)].concat();
        shot.headers.retain(|(name, _)| *name != "content-type");
        shot
    })
    .await;
}
