/// A colour as shown, 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Rgb {
    /// White.
    pub const WHITE: Self = Self::new(255, 255, 255);
    /// Black.
    pub const BLACK: Self = Self::new(0, 0, 0);

    /// A colour from its channels.
    pub const fn new(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b }
    }

    /// From `RRGGBB`, with or without `#`, in either case.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let hex = hex.strip_prefix('#').unwrap_or(hex);
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(hex, 16).ok()?;
        let [_, r, g, b] = value.to_be_bytes();
        Some(Self { r, g, b })
    }

    /// Hue in degrees (0 to 360), saturation and lightness (0 to 1 each).
    pub fn hsl(self) -> (f32, f32, f32) {
        let [r, g, b] = [self.r, self.g, self.b].map(|c| f32::from(c) / 255.0);
        let (max, min) = (r.max(g).max(b), r.min(g).min(b));
        let (lightness, chroma) = ((max + min) / 2.0, max - min);
        if chroma == 0.0 {
            return (0.0, 0.0, lightness);
        }
        let hue = if max == r {
            ((g - b) / chroma).rem_euclid(6.0)
        } else if max == g {
            (b - r) / chroma + 2.0
        } else {
            (r - g) / chroma + 4.0
        };
        (hue * 60.0, chroma / (1.0 - (2.0 * lightness - 1.0).abs()), lightness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_in_every_form() {
        assert_eq!(Rgb::from_hex("00B050"), Some(Rgb::new(0, 176, 80)));
        assert_eq!(Rgb::from_hex("#ff0000"), Some(Rgb::new(255, 0, 0)));
        for wrong in ["", "auto", "+12345", "12345", "ååå"] {
            assert_eq!(Rgb::from_hex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hue_of_the_primaries() {
        assert_eq!(Rgb::new(255, 0, 0).hsl(), (0.0, 1.0, 0.5));
        assert_eq!(Rgb::new(0, 255, 0).hsl().0, 120.0);
        assert_eq!(Rgb::new(0, 0, 255).hsl().0, 240.0);
    }
}
