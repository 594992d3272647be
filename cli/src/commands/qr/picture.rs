//! A picture of a QR code as text for a terminal.

use png::{ColorType, Decoder, Limits, Transformations};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use rqrr::PreparedImage;

/// The widest and highest picture that is read, in pixels.
const LARGEST: u32 = 4096;
/// What a decoder may take of memory, in bytes.
const MEMORY: usize = 64 << 20;

/// The code of a PNG picture, drawn in half blocks: light parts are drawn, so that the code is right on a dark
/// terminal. What is wrong with the picture is said in words.
pub(super) fn drawn(picture: &[u8]) -> Result<String, &'static str> {
    let content = content(picture)?;
    let code = QrCode::new(content).map_err(|_| "its content has no place in a QR code")?;
    let mut renderer = code.render::<Dense1x2>();
    renderer
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark);
    Ok(renderer.build())
}

/// What the code of a picture says.
fn content(picture: &[u8]) -> Result<Vec<u8>, &'static str> {
    let (width, height, grey) = grey(picture)?;
    let mut prepared =
        PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    let grids = prepared.detect_grids();
    let grid = grids.first().ok_or("there is no QR code in it")?;
    let mut content = Vec::new();
    grid.decode_to(&mut content)
        .map_err(|_| "its QR code cannot be read")?;
    Ok(content)
}

/// The width and height of a picture, and how light each of its pixels is.
fn grey(picture: &[u8]) -> Result<(usize, usize, Vec<u8>), &'static str> {
    let no_png = "it is not a PNG picture";
    let mut decoder =
        Decoder::new_with_limits(std::io::Cursor::new(picture), Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| no_png)?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    // The smallest code has 21 modules in a row.
    if !(21..=LARGEST).contains(&width) || !(21..=LARGEST).contains(&height) {
        return Err("its size is not that of a QR code");
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(no_png)?];
    let frame = reader.next_frame(&mut pixels).map_err(|_| no_png)?;
    let light = |pixel: &[u8], alpha: u8| {
        let sum: u32 = pixel.iter().copied().map(u32::from).sum();
        let grey = sum / u32::try_from(pixel.len()).unwrap_or(1);
        // What is transparent shows the white below.
        let alpha = u32::from(alpha);
        u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let pixels = &pixels[..frame.buffer_size()];
    let samples = frame.color_type.samples();
    let opaque = matches!(frame.color_type, ColorType::Grayscale | ColorType::Rgb);
    let grey = pixels.chunks_exact(samples).map(|pixel| match pixel {
        [colours @ .., alpha] if !opaque => light(colours, *alpha),
        colours => light(colours, u8::MAX),
    });
    Ok((width as usize, height as usize, grey.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey picture, each point as `light` says.
    fn picture(width: u32, height: u32, light: impl Fn(u32, u32) -> u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(ColorType::Grayscale);
        let points = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let pixels: Vec<u8> = points.map(|(x, y)| light(x, y)).collect();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&pixels).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn what_is_no_picture_of_a_code_is_said_in_words() {
        let blank = picture(100, 100, |_, _| 255);
        let cut = &blank[..blank.len() / 2];
        let no_png = "it is not a PNG picture";
        let cases: [(&[u8], &str); 6] = [
            (b"", no_png),
            (b"<html>", no_png),
            (cut, no_png),
            (&blank, "there is no QR code in it"),
            (
                &picture(20, 20, |_, _| 0),
                "its size is not that of a QR code",
            ),
            (
                &picture(4097, 21, |_, _| 0),
                "its size is not that of a QR code",
            ),
        ];
        for (bytes, words) in cases {
            assert_eq!(drawn(bytes), Err(words));
        }
    }

    #[test]
    fn noise_is_refused_and_harms_nothing() {
        for seed in 1..60_u32 {
            let noise = picture(64, 64, |x, y| {
                let mixed = (x * 31 + y * 17 + seed).wrapping_mul(2_654_435_761);
                if mixed >> 28 > seed % 16 { 255 } else { 0 }
            });
            assert!(drawn(&noise).is_err());
        }
    }
}
