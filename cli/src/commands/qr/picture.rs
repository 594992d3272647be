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
