//! A drawing in the text: SVG for programs that show it, PNG for all others, and words for those who see neither.

use crate::report::docx::ink::Ink;
use crate::report::svg::Drawing;

/// Units of DrawingML to a pixel at 96 to the inch.
const PIXEL: i64 = 9_525;

/// Units of DrawingML to a twentieth of a point.
const TWIP: i64 = 635;

/// What a picture is called in the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Called {
    /// Its number among the figures.
    pub(super) number: u32,
    /// Relation to the PNG.
    pub(super) png: String,
    /// Relation to the SVG.
    pub(super) svg: String,
}

/// Width and height that fit into this room (twentieths of a point), never larger than the drawing itself.
fn fitted(drawing: &Drawing, (room, height): (u32, u32)) -> (i64, i64) {
    let (across, down) = (drawing.size().0.max(1), drawing.size().1.max(1));
    let (room, height) = (i64::from(room) * TWIP, i64::from(height) * TWIP);
    let (mut wide, mut tall) = (across.saturating_mul(PIXEL), down.saturating_mul(PIXEL));
    if wide > room {
        (wide, tall) = (room, part(down, across, room));
    }
    if tall > height {
        (wide, tall) = (part(across, down, height), height);
    }
    (wide.max(1), tall.max(1))
}

/// The part of a length that `part` is of `whole`.
fn part(part: i64, whole: i64, length: i64) -> i64 {
    i64::try_from(i128::from(part) * i128::from(length) / i128::from(whole)).unwrap_or(length)
}

/// Writes the run that shows a drawing.
pub(super) fn write(ink: &mut Ink<'_>, drawing: &Drawing, called: &Called, room: (u32, u32)) {
    let (wide, tall) = fitted(drawing, room);
    let (wide, tall) = (wide.to_string(), tall.to_string());
    let (id, name) = (called.number.to_string(), format!("Figure {}", called.number));
    let size = [("cx", wide.as_str()), ("cy", tall.as_str())];
    let about =
        [("id", id.as_str()), ("name", name.as_str()), ("descr", drawing.description()), ("title", drawing.title())];
    ink.within("w:r", &[], |ink| {
        ink.within("w:drawing", &[], |ink| {
            ink.within("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")], |ink| {
                ink.empty("wp:extent", &size);
                ink.empty("wp:docPr", &about);
                ink.within("wp:cNvGraphicFramePr", &[], |ink| {
                    ink.empty("a:graphicFrameLocks", &[("noChangeAspect", "1")]);
                });
                ink.within("a:graphic", &[], |ink| {
                    ink.within("a:graphicData", &[("uri", PICTURE)], |ink| picture(ink, called, &about[..3], &size));
                });
            });
        });
    });
}

/// The vocabulary of pictures.
pub(super) const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// The extension that names an SVG beside its PNG (Office 2016 and later; LibreOffice reads it too).
const SVG_EXTENSION: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";

fn picture(ink: &mut Ink<'_>, called: &Called, about: &[(&str, &str)], size: &[(&str, &str)]) {
    ink.within("pic:pic", &[], |ink| {
        ink.within("pic:nvPicPr", &[], |ink| {
            ink.empty("pic:cNvPr", about);
            ink.empty("pic:cNvPicPr", &[]);
        });
        ink.within("pic:blipFill", &[], |ink| {
            ink.within("a:blip", &[("r:embed", &called.png)], |ink| {
                ink.within("a:extLst", &[], |ink| {
                    ink.within("a:ext", &[("uri", SVG_EXTENSION)], |ink| {
                        let space = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
                        ink.empty("asvg:svgBlip", &[("xmlns:asvg", space), ("r:embed", &called.svg)]);
                    });
                });
            });
            ink.within("a:stretch", &[], |ink| ink.empty("a:fillRect", &[]));
        });
        ink.within("pic:spPr", &[], |ink| {
            ink.within("a:xfrm", &[], |ink| {
                ink.empty("a:off", &[("x", "0"), ("y", "0")]);
                ink.empty("a:ext", size);
            });
            ink.within("a:prstGeom", &[("prst", "rect")], |ink| ink.empty("a:avLst", &[]));
        });
    });
}
