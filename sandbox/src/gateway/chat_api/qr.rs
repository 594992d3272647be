//! QR codes as images.

use png::{BitDepth, ColorType, Encoder, EncodingError};
use qrcode::{Color, QrCode};

/// Pixels along a side of one module.
const SCALE: usize = 6;
/// Light modules around the code (ISO/IEC 18004 asks for four).
const QUIET_ZONE: usize = 4;

/// The text as a QR code, in PNG.
pub(super) fn image(text: &str) -> Result<Vec<u8>, String> {
    let code = QrCode::new(text).map_err(|error| format!("the QR code: {error}"))?;
    let modules = code.width() + 2 * QUIET_ZONE;
    let side = modules * SCALE;
    let shade = |pixel: usize| {
        let module = |place: usize| (place / SCALE).checked_sub(QUIET_ZONE);
        let is_dark = match (module(pixel % side), module(pixel / side)) {
            (Some(x), Some(y)) if x < code.width() && y < code.width() => {
                code[(x, y)] == Color::Dark
            }
            _ => false,
        };
        if is_dark { 0 } else { u8::MAX }
    };
    let pixels: Vec<u8> = (0..side * side).map(shade).collect();
    encode(&pixels, side).map_err(|error| format!("the QR code's image: {error}"))
}

/// A square grey image.
fn encode(pixels: &[u8], side: usize) -> Result<Vec<u8>, EncodingError> {
    let side = u32::try_from(side).unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}
