//! Small drawings in SVG: lines, boxes and words, in black on white, with a title and a description for a screen reader.
//!
//! Coordinates are whole units, so the same figures give the same bytes. It knows nothing of what is drawn.

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    width: i64,
    height: i64,
    title: String,
    description: String,
    body: String,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// What the drawing is about.
    Heavy,
    /// Axes.
    Thin,
    /// Marks.
    Dashed,
}

/// How dark an area is, or which colour it has; the outline is black, so that areas stay apart in black and white.
///
/// Colours are pale, so that black words can be read on them, and never the only sign of what they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// White.
    White,
    /// Nearly white.
    Light,
    /// Grey.
    Middle,
    /// Dark grey.
    Dark,
    /// Black.
    Black,
    /// Pale blue.
    Blue,
    /// Pale amber.
    Amber,
    /// Pale green.
    Green,
    /// Pale violet.
    Violet,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lettering {
    /// Size in units of the drawing.
    pub size: i64,
    /// How heavy the letters are.
    pub weight: Weight,
}

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As usual.
    Plain,
    /// Bold.
    Strong,
}

/// Where words stand against their point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// They begin there.
    Start,
    /// They are centred on it.
    Middle,
    /// They end there.
    End,
}

/// The part of a length that is `part` of `whole`, rounded down; of nothing, as of one.
pub(super) fn scaled(part: u64, whole: u64, length: i64) -> i64 {
    let part = i128::from(part) * i128::from(length) / i128::from(whole.max(1));
    i64::try_from(part).unwrap_or(i64::MAX)
}

impl Drawing {
    /// An empty drawing.
    pub fn new(width: i64, height: i64, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { width, height, title: title.into(), description: description.into(), body: String::new() }
    }

    /// A line through these points.
    pub fn line(&mut self, points: &[(i64, i64)], stroke: Stroke) {
        let style = match stroke {
            Stroke::Heavy => "stroke-width=\"2.5\"",
            Stroke::Thin => "stroke-width=\"1\"",
            Stroke::Dashed => "stroke-width=\"1\" stroke-dasharray=\"4 3\"",
        };
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        self.body
            .push_str(&format!("<polyline fill=\"none\" stroke=\"#000\" {style} points=\"{}\"/>\n", points.join(" ")));
    }

    /// A box from its upper left corner.
    pub fn block(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), shade: Shade) {
        let shade = shade_of(shade);
        self.body.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{shade}\" stroke=\"#000\" \
             stroke-width=\"1\"/>\n"
        ));
    }

    /// A box with a broken outline, from its upper left corner.
    pub fn open_block(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), shade: Shade) {
        let shade = shade_of(shade);
        self.body.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{shade}\" stroke=\"#000\" \
             stroke-width=\"1.5\" stroke-dasharray=\"5 3\"/>\n"
        ));
    }

    /// A band that swings from one upright edge to another; each edge is its x, top and bottom.
    pub fn band(&mut self, (x1, top1, foot1): (i64, i64, i64), (x2, top2, foot2): (i64, i64, i64), shade: Shade) {
        let (shade, middle) = (shade_of(shade), (x1 + x2) / 2);
        self.body.push_str(&format!(
            "<path fill=\"{shade}\" stroke=\"#000\" stroke-width=\"0.75\" d=\"M{x1},{top1} C{middle},{top1} {middle},{top2} \
             {x2},{top2} L{x2},{foot2} C{middle},{foot2} {middle},{foot1} {x1},{foot1} Z\"/>\n"
        ));
    }

    /// Words at a point.
    pub fn words(&mut self, at: (i64, i64), anchor: Anchor, words: &str) {
        self.text(at, anchor, "", words);
    }

    /// Words at a point, in letters of their own.
    pub fn lettered(&mut self, at: (i64, i64), anchor: Anchor, lettering: Lettering, words: &str) {
        let weight = match lettering.weight {
            Weight::Plain => "",
            Weight::Strong => " font-weight=\"bold\"",
        };
        self.text(at, anchor, &format!(" font-size=\"{}\"{weight}", lettering.size), words);
    }

    fn text(&mut self, (x, y): (i64, i64), anchor: Anchor, style: &str, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.body.push_str(&format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{style}>{}</text>\n",
            escaped(words)
        ));
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it shows, for those who cannot see it.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Width and height in its own units (pixels at 96 to the inch).
    pub fn size(&self) -> (i64, i64) {
        (self.width, self.height)
    }

    /// The file.
    pub fn to_svg(&self) -> Vec<u8> {
        self.written("").into_bytes()
    }

    /// The drawing as a part of a page, in which no other bears this name.
    pub fn inline(&self, name: &str) -> String {
        self.written(&format!("{name}-"))
    }

    fn written(&self, prefix: &str) -> String {
        let Drawing { width, height, title, description, body } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
             aria-labelledby=\"{prefix}title {prefix}description\" \
             viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" \
             font-size=\"12\">\n<title id=\"{prefix}title\">{}</title>\n<desc id=\"{prefix}description\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n{body}</svg>\n",
            escaped(title),
            escaped(description)
        )
    }
}

fn shade_of(shade: Shade) -> &'static str {
    match shade {
        Shade::White => "#fff",
        Shade::Light => "#ececec",
        Shade::Middle => "#b8b8b8",
        Shade::Dark => "#7d7d7d",
        Shade::Black => "#000",
        Shade::Blue => "#cfe3f5",
        Shade::Amber => "#fde7b0",
        Shade::Green => "#d3ecd3",
        Shade::Violet => "#e6d9f0",
    }
}

/// Text as XML can hold it: marks escaped, control characters, which no SVG may have, as spaces.
fn escaped(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
