//! Recognising and cleaning content. Pure and slow: it runs off the async threads.

use crate::{Failure, Result};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use openapi::system as code;
use std::io::Cursor;

/// Pixels that an image may have before anything is decoded: more than any phone camera takes.
const MAX_PIXELS: u64 = 64_000_000;
/// Longest side that is kept.
const MAX_SIDE: u32 = 2560;
/// Longest side of the small picture.
const THUMBNAIL_SIDE: u32 = 320;

/// What content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Image(ImageFormat),
    Pdf,
    Workbook,
    Text,
}

impl Kind {
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Image(format) => format.to_mime_type(),
            Kind::Pdf => "application/pdf",
            Kind::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Text => "text/plain; charset=utf-8",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Kind::Image(ImageFormat::Png) => "png",
            Kind::Image(_) => "jpg",
            Kind::Pdf => "pdf",
            Kind::Workbook => "xlsx",
            Kind::Text => "txt",
        }
    }
}

/// Content fit to be kept.
#[derive(Debug)]
pub struct Clean {
    pub kind: Kind,
    pub bytes: Vec<u8>,
    pub thumbnail: Option<Vec<u8>>,
}

/// Recognises content by its first bytes; `None` for everything that is not allowed.
pub fn recognise(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some(Kind::Image(ImageFormat::Jpeg));
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(Kind::Image(ImageFormat::Png));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Kind::Image(ImageFormat::WebP));
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(Kind::Pdf);
    }
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if bytes.starts_with(b"PK\x03\x04") {
        let is_workbook = holds(b"xl/workbook.xml") && !holds(b"xl/vbaProject.bin");
        return is_workbook.then_some(Kind::Workbook);
    }
    is_plain_text(bytes).then_some(Kind::Text)
}

/// UTF-8 without control characters that does not look like a page or a drawing.
fn is_plain_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let start: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let markup = ["<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe"];
    !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        && !markup.iter().any(|m| start.contains(m))
}

/// Recognises content and cleans it.
pub fn clean(bytes: Vec<u8>) -> Result<Clean> {
    let kind = recognise(&bytes).ok_or_else(|| Failure::new(code::CONTENT_NOT_ALLOWED))?;
    match kind {
        Kind::Image(format) => clean_image(&bytes, format),
        kind => Ok(Clean { kind, bytes, thumbnail: None }),
    }
}

fn clean_image(bytes: &[u8], format: ImageFormat) -> Result<Clean> {
    let unreadable = |error: image::ImageError| {
        log::info!("image refused: {error}");
        Failure::new(code::IMAGE_UNREADABLE)
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_PIXELS * 4);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Failure::new(code::IMAGE_TOO_LARGE).with("max", MAX_PIXELS));
    }
    // what the camera says about up and down is lost with its other remarks: turn the pixels
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    if width.max(height) > MAX_SIDE {
        image = image.resize(MAX_SIDE, MAX_SIDE, FilterType::Triangle);
    }
    image.apply_orientation(orientation);
    let thumbnail = jpeg(&on_white(&image.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE)), 80).map_err(unreadable)?;
    let keeps_png = format == ImageFormat::Png || image.color().has_alpha();
    let (format, bytes) = if keeps_png {
        let mut out = Cursor::new(Vec::new());
        image.write_to(&mut out, ImageFormat::Png).map_err(unreadable)?;
        (ImageFormat::Png, out.into_inner())
    } else {
        (ImageFormat::Jpeg, jpeg(&image.to_rgb8().into(), 85).map_err(unreadable)?)
    };
    Ok(Clean { kind: Kind::Image(format), bytes, thumbnail: Some(thumbnail) })
}

fn jpeg(image: &DynamicImage, quality: u8) -> std::result::Result<Vec<u8>, image::ImageError> {
    let mut out = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut out, quality))?;
    Ok(out)
}

/// Without transparency: a signature on a transparent ground is drawn on white.
fn on_white(image: &DynamicImage) -> DynamicImage {
    let source = image.to_rgba8();
    let mut ground = image::RgbaImage::from_pixel(source.width(), source.height(), image::Rgba([255; 4]));
    image::imageops::overlay(&mut ground, &source, 0, 0);
    DynamicImage::ImageRgba8(ground).to_rgb8().into()
}

/// The name under which content is saved: what it was called, with the ending of what it is.
pub fn file_name(claimed: &str, kind: Kind) -> String {
    let name: String = claimed.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(190).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let is_right = match kind {
        Kind::Image(ImageFormat::Jpeg) => matches!(ending.to_ascii_lowercase().as_str(), "jpg" | "jpeg"),
        Kind::Text => matches!(ending.to_ascii_lowercase().as_str(), "txt" | "csv" | "log" | "md"),
        kind => ending.eq_ignore_ascii_case(kind.ending()),
    };
    let stem = if stem.trim().is_empty() { "file" } else { stem };
    if is_right { name } else { format!("{stem}.{}", kind.ending()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let shade = |n: u32| u8::try_from(n % 256).unwrap();
        let pixels = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([shade(x), shade(y), 90]));
        DynamicImage::from(pixels).write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn content_is_recognised_whatever_it_is_called() {
        assert_eq!(recognise(&picture(ImageFormat::Jpeg, 8, 8)), Some(Kind::Image(ImageFormat::Jpeg)));
        assert_eq!(recognise(&picture(ImageFormat::Png, 8, 8)), Some(Kind::Image(ImageFormat::Png)));
        assert_eq!(recognise(&picture(ImageFormat::WebP, 8, 8)), Some(Kind::Image(ImageFormat::WebP)));
        assert_eq!(recognise(b"%PDF-1.7\n..."), Some(Kind::Pdf));
        assert_eq!(recognise(b"PK\x03\x04....xl/workbook.xml...."), Some(Kind::Workbook));
        assert_eq!(recognise("机器进水，\n无法开机".as_bytes()), Some(Kind::Text));
    }

    #[test]
    fn pages_drawings_archives_and_programs_are_refused() {
        let refused: &[&[u8]] = &[
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"\xef\xbb\xbf  <HTML><body>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version='1.0'?><svg/>",
            b"PK\x03\x04 an archive of something",
            b"PK\x03\x04 xl/workbook.xml xl/vbaProject.bin",
            b"\x7fELF\x02\x01\x01\x00",
            b"GIF89a\x01\x00",
            b"\x00\x01\x02",
        ];
        for bytes in refused {
            assert_eq!(recognise(bytes), None, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn an_image_loses_its_remarks_and_its_excess() {
        let mut photo = picture(ImageFormat::Jpeg, 3000, 1000);
        // an application segment with a place in it, as a camera writes it, and something behind the end
        let remark = b"\xff\xe1\x00\x12Exif\0\0GPS-SECRET";
        photo.splice(2..2, remark.iter().copied());
        photo.extend_from_slice(b"<script>alert(1)</script>");
        let clean = clean(photo).unwrap();
        assert_eq!(clean.kind, Kind::Image(ImageFormat::Jpeg));
        assert!(!clean.bytes.windows(6).any(|w| w == b"SECRET" || w == b"script"));
        let kept = image::load_from_memory(&clean.bytes).unwrap();
        assert_eq!((kept.width(), kept.height()), (2560, 853));
        let small = image::load_from_memory(&clean.thumbnail.unwrap()).unwrap();
        assert_eq!(small.width().max(small.height()), 320);
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        // a valid header that promises 60,000 x 60,000 pixels
        let mut bomb = picture(ImageFormat::Png, 4, 4);
        bomb.splice(16..24, [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(matches!(clean(bomb).unwrap_err().code().code, "image_too_large" | "image_unreadable"));
        assert_eq!(clean(b"\x89PNG\r\n\x1a\n cut off".to_vec()).unwrap_err().code(), code::IMAGE_UNREADABLE);
    }

    #[test]
    fn a_transparent_signature_stays_readable() {
        let drawing = image::RgbaImage::from_pixel(40, 40, image::Rgba([0, 0, 0, 0]));
        let mut out = Cursor::new(Vec::new());
        DynamicImage::from(drawing).write_to(&mut out, ImageFormat::Png).unwrap();
        let clean = clean(out.into_inner()).unwrap();
        assert_eq!(clean.kind, Kind::Image(ImageFormat::Png));
        let small = image::load_from_memory(&clean.thumbnail.unwrap()).unwrap().to_rgb8();
        assert!(small.get_pixel(20, 20).0.iter().all(|&v| v > 250));
    }

    #[test]
    fn a_file_is_saved_under_the_ending_of_what_it_is() {
        let jpeg = Kind::Image(ImageFormat::Jpeg);
        assert_eq!(file_name("front.JPG", jpeg), "front.JPG");
        assert_eq!(file_name("front.webp", jpeg), "front.jpg");
        assert_eq!(file_name("evil.html", Kind::Text), "evil.txt");
        assert_eq!(file_name("../../etc/passwd", Kind::Text), "passwd.txt");
        assert_eq!(file_name("C:\\scan", Kind::Pdf), "scan.pdf");
        assert_eq!(file_name(".png", Kind::Image(ImageFormat::Png)), ".png");
    }
}
