//! Pages drawn by the library that writes the file, each piece of content with its tag.

use krilla::Document as File;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, Identifier, SpanTag};
use krilla::text::Font;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg;

use crate::report::document::{Audience, Document};
use crate::report::pdf::PdfError;
use crate::report::pdf::flow::Flow;
use crate::report::pdf::layout::Sheeted;
use crate::report::pdf::measure::{Ink, LINE, MARGIN, POINT, Style};
use crate::report::pdf::points::{glyphs, letters, path, point, rect, size};
use crate::report::pdf::strip::{EDGE, FOOT, Mark, Sheet, Side, Words, heights};
use crate::report::raster::options;
use crate::report::svg::Drawing;
use crate::report::typeface::Typeface;

/// What was drawn for each tag.
pub(super) struct Drawn {
    /// Pieces of content, in reading order.
    pub(super) leaves: Vec<Vec<Identifier>>,
    /// Where a figure stands.
    pub(super) boxes: Vec<Option<BBox>>,
}

/// Where each entry of the contents stands: page, and top from the upper edge.
pub(super) fn places(entries: usize, pages: &[Sheeted]) -> Vec<(usize, i64)> {
    let mut places = vec![(0, 0); entries];
    for (number, page) in pages.iter().enumerate() {
        for (top, strip) in &page.strips {
            if let Some(entry) = strip.entry {
                places[entry] = (number, *top);
            }
        }
    }
    places
}

/// The place of an entry, as a link leads to it.
pub(super) fn destination((page, top): (usize, i64)) -> XyzDestination {
    XyzDestination::new(page, point((EDGE, (top - 6 * POINT).max(0))))
}

/// Draws every page.
pub(super) fn draw(
    file: &mut File,
    document: &Document,
    flow: &Flow<'_>,
    pages: &[Sheeted],
) -> Result<Drawn, PdfError> {
    let options = options();
    let drawings: Vec<usvg::Tree> = flow.drawings.iter().map(|it| tree(it, &options)).collect::<Result<_, _>>()?;
    let mut pen = Pen {
        regular: font(Typeface::Regular),
        bold: font(Typeface::Bold),
        drawings,
        places: places(flow.entries.len(), pages),
        drawn: Drawn { leaves: vec![Vec::new(); flow.tags.len()], boxes: vec![None; flow.tags.len()] },
    };
    for (number, page) in pages.iter().enumerate() {
        let (width, height) = page.sheet.size();
        let paper = size((width, height));
        let settings = PageSettings::new(paper);
        let mut sheet = file.start_page_with(settings);
        let mut surface = sheet.surface();
        pen.margins(&mut surface, document, page.sheet, (number + 1, pages.len()));
        for (top, strip) in &page.strips {
            for mark in &strip.marks {
                pen.mark(&mut surface, mark, *top, number);
            }
        }
        surface.finish();
        for (top, strip) in &page.strips {
            for mark in &strip.marks {
                if let Mark::Link { at, size, entry, tag } = mark {
                    let target = Target::Destination(destination(pen.places[*entry]).into());
                    let link = LinkAnnotation::new(rect((at.0 + EDGE, at.1 + top), *size), target);
                    let words = format!("{}, page {}", flow.entries[*entry].title, pen.places[*entry].0 + 1);
                    let identifier = sheet.add_tagged_annotation(Annotation::new_link(link, Some(words)));
                    pen.drawn.leaves[tag.position()].push(identifier);
                }
            }
        }
        sheet.finish();
    }
    Ok(pen.drawn)
}

fn font(face: Typeface) -> Font {
    Font::new(face.file().to_vec().into(), 0).expect("the font file is whole")
}

/// A drawing as the library reads it.
fn tree(drawing: &Drawing, options: &usvg::Options<'_>) -> Result<usvg::Tree, PdfError> {
    let text = String::from_utf8_lossy(&drawing.to_svg()).into_owned();
    usvg::Tree::from_str(&Typeface::Regular.drawable(&text), options)
        .map_err(|fault| PdfError::Drawing { title: drawing.title().to_owned(), fault: fault.to_string() })
}

struct Pen {
    regular: Font,
    bold: Font,
    drawings: Vec<usvg::Tree>,
    places: Vec<(usize, i64)>,
    drawn: Drawn,
}

impl Pen {
    /// Marking above, marking, draft, day and page number below; none of it is read out.
    fn margins(&self, surface: &mut Surface<'_>, document: &Document, sheet: Sheet, (number, all): (usize, usize)) {
        let (width, height) = sheet.size();
        match document.audience {
            Audience::Public => {}
            Audience::Exempt | Audience::Personal => {
                surface.start_tagged(artifact(ArtifactType::Header));
                self.words(surface, (EDGE, 34 * POINT), Side::Left, MARGIN, document.audience.marking());
                surface.end_tagged();
            }
        }
        let top = height - FOOT + 22 * POINT;
        surface.start_tagged(artifact(ArtifactType::Footer));
        area(surface, (EDGE, top), (sheet.width(), POINT / 2), LINE);
        let lines = MARGIN.lines(&document.footer(), sheet.width() - 70 * POINT);
        for (line, y) in lines.iter().zip(heights(top + 5 * POINT, MARGIN.leading)) {
            self.words(surface, (EDGE, y + MARGIN.baseline()), Side::Left, MARGIN, line);
        }
        let page = format!("Page {number} of {all}");
        self.words(surface, (width - EDGE, top + 5 * POINT + MARGIN.baseline()), Side::Right, MARGIN, &page);
        surface.end_tagged();
    }

    fn mark(&mut self, surface: &mut Surface<'_>, mark: &Mark, top: i64, page: usize) {
        let place = |(x, y): (i64, i64)| (x + EDGE, y + top);
        match mark {
            Mark::Text { at, side, style, words, tag } => {
                let kind = match tag {
                    Some(_) => ContentTag::Span(SpanTag::empty()),
                    None => artifact(ArtifactType::PaginationOther),
                };
                let identifier = surface.start_tagged(kind);
                match words {
                    Words::Fixed(words) => self.words(surface, place(*at), *side, *style, words),
                    Words::PageOf(entry) => {
                        let number = (self.places[*entry].0 + 1).to_string();
                        self.words(surface, place(*at), *side, *style, &number);
                    }
                }
                surface.end_tagged();
                if let Some(tag) = tag {
                    self.drawn.leaves[tag.position()].push(identifier);
                }
            }
            Mark::Area { at, size, ink } => {
                surface.start_tagged(artifact(ArtifactType::Layout));
                area(surface, place(*at), *size, *ink);
                surface.end_tagged();
            }
            Mark::Picture { at, size: (width, height), drawing, tag } => {
                let identifier = surface.start_tagged(ContentTag::Other);
                let (x, y) = place(*at);
                let corner = point((x, y));
                surface.push_transform(&krilla::geom::Transform::from_translate(corner.x, corner.y));
                let tree = &self.drawings[*drawing];
                surface.draw_svg(tree, size((*width, *height)), SvgSettings::default());
                surface.pop();
                surface.end_tagged();
                self.drawn.leaves[tag.position()].push(identifier);
                self.drawn.boxes[tag.position()] = Some(BBox::new(page, rect((x, y), (*width, *height))));
            }
            Mark::Link { .. } => {}
        }
    }

    fn words(&self, surface: &mut Surface<'_>, (x, y): (i64, i64), side: Side, style: Style, words: &str) {
        let words = style.face.drawable(words);
        let x = match side {
            Side::Left => x,
            Side::Right => x - style.width(words.trim_end()),
        };
        let font = match style.face {
            Typeface::Regular => &self.regular,
            Typeface::Bold => &self.bold,
        };
        surface.set_fill(Some(fill(style.ink)));
        surface.draw_glyphs(point((x, y)), &glyphs(style, &words), font.clone(), &words, letters(style), false);
    }
}

fn area(surface: &mut Surface<'_>, at: (i64, i64), size: (i64, i64), ink: Ink) {
    surface.set_fill(Some(fill(ink)));
    surface.draw_path(&path(at, size));
}

fn fill(Ink(red, green, blue): Ink) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}
