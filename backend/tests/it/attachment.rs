//! Files of records: what they are, who may see them, and what is refused.

use crate::support::client::Options;
use crate::support::given::{self, World};
use openapi::system::*;
use openapi::{ById, Nothing, Plain, Role};
use std::io::Cursor;
use uuid::Uuid;

fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 7]));
    image::DynamicImage::from(pixels).write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

fn to(kind: &str, id: Uuid, file_name: &str) -> Plain<UploadQuery> {
    Plain(UploadQuery {
        subject_kind: kind.parse().unwrap(),
        subject_id: id.into(),
        purpose: "appearance".parse().unwrap(),
        file_name: file_name.parse().unwrap(),
    })
}

fn of(kind: &str, id: Uuid) -> Plain<SubjectQuery> {
    Plain(SubjectQuery { subject_kind: kind.parse().unwrap(), subject_id: id.into() })
}

#[actix_web::test]
async fn a_photo_is_attached_listed_and_downloaded_without_what_the_camera_wrote_into_it() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let id = given::customer(desk, "13900000001").await;
    let mut bytes = photo(640, 480);
    bytes.splice(2..2, b"\xff\xe1\x00\x12Exif\0\0GPS-SECRET".iter().copied());
    let made = desk.call::<UploadAttachment>(Nothing, to("customer", id, "正面 1.webp"), bytes).await.unwrap();
    assert_eq!((made.media_type.as_str(), made.file_name.as_str()), ("image/jpeg", "正面 1.jpg"));
    assert!(made.has_thumbnail && made.size > 0);
    let listed = desk.call::<ListAttachments>(Nothing, of("customer", id), Nothing).await.unwrap();
    assert_eq!(listed.items, std::slice::from_ref(&made));
    let whole = desk.call::<DownloadAttachment>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
    assert_eq!(i64::try_from(whole.bytes.len()).unwrap(), made.size);
    assert!(!whole.bytes.windows(10).any(|window| window == b"GPS-SECRET"));
    let small = desk.call::<DownloadThumbnail>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
    let small = image::load_from_memory(&small.bytes).unwrap();
    assert_eq!((small.width(), small.height()), (320, 240));
}

#[actix_web::test]
async fn what_is_not_allowed_is_refused_whatever_it_is_called() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let id = given::customer(desk, "13900000002").await;
    let refused: &[(&[u8], &str)] = &[
        (b"<!doctype html><script>alert(1)</script>", "content_not_allowed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "content_not_allowed"),
        (b"MZ\x90\x00\x03\x00", "content_not_allowed"),
        (b"\xff\xd8\xff\xe0 not really", "image_unreadable"),
    ];
    for (bytes, code) in refused {
        let answer = desk.call::<UploadAttachment>(Nothing, to("customer", id, "photo.jpg"), bytes.to_vec()).await;
        assert_eq!(answer.unwrap_err().code(), *code, "{}", String::from_utf8_lossy(bytes));
    }
    // a picture of a few bytes that claims to be as large as a field
    let mut claims = photo(8, 8);
    let at = claims.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    claims[at + 5..at + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    let answer = desk.call::<UploadAttachment>(Nothing, to("customer", id, "photo.jpg"), claims).await;
    assert_eq!(answer.unwrap_err().code(), "image_too_large");
    let huge = desk.call::<UploadAttachment>(Nothing, to("customer", id, "a.txt"), vec![b'a'; 10_485_761]).await;
    assert_eq!(huge.unwrap_err().status, 413);
    let none = desk.call::<ListAttachments>(Nothing, of("customer", id), Nothing).await.unwrap();
    assert_eq!(none.items, []);
}

#[actix_web::test]
async fn a_record_has_room_for_so_many_files_and_no_more() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let id = given::customer(desk, "13900000012").await;
    let add = async |n: u32| {
        let file = to("customer", id, &format!("{n}.txt"));
        desk.call::<UploadAttachment>(Nothing, file, format!("note {n}").into_bytes()).await
    };
    for n in 0..500 {
        add(n).await.unwrap();
    }
    assert_eq!(add(500).await.unwrap_err().code(), "too_many_attachments");
}

#[actix_web::test]
async fn a_file_is_seen_and_added_only_by_who_may_see_and_change_its_record() {
    let world = World::build().await;
    let (desk, dealer) = (&world.near.people[&Role::Reception], &world.near.people[&Role::Dealer]);
    let id = given::customer(desk, "13900000003").await;
    let made = desk.call::<UploadAttachment>(Nothing, to("customer", id, "备注.txt"), "一行".into()).await.unwrap();
    let text = desk.call::<DownloadAttachment>(ById { id: made.id }, Nothing, Nothing).await.unwrap();
    assert_eq!((text.bytes, text.media_type.as_str()), ("一行".into(), "text/plain; charset=utf-8"));
    assert_eq!(desk.call::<DownloadThumbnail>(ById { id: made.id }, Nothing, Nothing).await.unwrap_err().status, 404);
    // an engineer sees customers and does not change them
    let engineer = &world.near.people[&Role::Engineer];
    assert_eq!(engineer.call::<ListAttachments>(Nothing, of("customer", id), Nothing).await.unwrap().items.len(), 1);
    let answer = engineer.call::<UploadAttachment>(Nothing, to("customer", id, "a.txt"), b"a".to_vec()).await;
    assert_eq!(answer.unwrap_err().status, 403);
    let refused = dealer.call::<DownloadAttachment>(ById { id: made.id }, Nothing, Nothing).await;
    assert!(matches!(refused.map_err(|r| r.status), Err(403 | 404)));
    for (kind, id) in [("customer", Uuid::max()), ("no_such_kind", id)] {
        let (list, upload) = (
            desk.call::<ListAttachments>(Nothing, of(kind, id), Nothing).await,
            desk.call::<UploadAttachment>(Nothing, to(kind, id, "a.txt"), b"a".to_vec()).await,
        );
        assert_eq!((list.unwrap_err().status, upload.unwrap_err().status), (404, 404), "{kind}");
        assert_eq!(desk.call::<GetJournal>(Nothing, of(kind, id), Nothing).await.unwrap_err().status, 404, "{kind}");
    }
    assert_eq!(desk.call::<GetJournal>(Nothing, of("customer", id), Nothing).await.unwrap().items, []);
}

#[actix_web::test]
async fn an_upload_that_is_repeated_attaches_once() {
    let world = World::build().await;
    let desk = &world.near.people[&Role::Reception];
    let id = given::customer(desk, "13900000004").await;
    let upload = async || {
        let key = Options::default().key("photo-17");
        desk.call_with::<UploadAttachment>(Nothing, to("customer", id, "a.jpg"), photo(40, 40), key).await.unwrap()
    };
    assert_eq!(upload().await, upload().await);
    let listed = desk.call::<ListAttachments>(Nothing, of("customer", id), Nothing).await.unwrap();
    assert_eq!(listed.items.len(), 1);
    let key = Options::default().key("photo-17");
    let other = desk.call_with::<UploadAttachment>(Nothing, to("customer", id, "a.jpg"), photo(41, 40), key).await;
    assert_eq!(other.unwrap_err().code(), "idempotency_mismatch");
}
