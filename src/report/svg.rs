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

    /// Words at a point.
    pub fn words(&mut self, (x, y): (i64, i64), anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.body.push_str(&format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>\n", escaped(words)));
    }

    /// The file.
    pub fn to_svg(&self) -> Vec<u8> {
        let Drawing { width, height, title, description, body } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title description\" \
             viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" \
             font-size=\"12\">\n<title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n{body}</svg>\n",
            escaped(title),
            escaped(description)
        )
        .into_bytes()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
