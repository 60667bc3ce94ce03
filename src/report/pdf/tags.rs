//! What each piece of the document is, as a tree in reading order; apart from where it stands on paper.

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The document itself.
    Root,
    /// A section with its heading.
    Section,
    /// Pieces that belong together.
    Group,
    /// A heading of this level.
    Heading(u16, String),
    /// Sentences.
    Paragraph,
    /// A list; its points are marked by bullets, or by terms.
    List(Points),
    /// A point of a list.
    Item,
    /// The bullet or the term of a point.
    Label,
    /// What a point says.
    Body,
    /// The table of contents.
    Contents,
    /// A line of it.
    Entry,
    /// The link in it.
    Link,
    /// A table.
    Table,
    /// Caption of a table or a figure.
    Caption,
    /// The heading rows.
    Head,
    /// The other rows.
    Rows,
    /// A row.
    Row,
    /// A cell that names its column.
    ColumnHeading,
    /// A cell that names its row.
    RowHeading,
    /// Any other cell.
    Cell,
    /// A drawing, with what it shows in words.
    Figure(String),
}

/// How the points of a list are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Points {
    /// By a bullet each.
    Bullets,
    /// By the term that each explains.
    Terms,
}

/// A place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag(usize);

impl Tag {
    /// The whole document.
    pub(super) const ROOT: Tag = Tag(0);

    /// Its position among all.
    pub(super) fn position(self) -> usize {
        self.0
    }
}

/// The tree; a parent stands before its children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tags {
    nodes: Vec<(Role, Vec<Tag>)>,
}

impl Tags {
    /// A tree of the document alone.
    pub(super) fn new() -> Self {
        Self { nodes: vec![(Role::Root, Vec::new())] }
    }

    /// A new last child of `parent`.
    pub(super) fn add(&mut self, parent: Tag, role: Role) -> Tag {
        let tag = Tag(self.nodes.len());
        self.nodes.push((role, Vec::new()));
        self.nodes[parent.0].1.push(tag);
        tag
    }

    /// How many pieces there are, the document among them.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What this piece is.
    pub(super) fn role(&self, tag: Tag) -> &Role {
        &self.nodes[tag.0].0
    }

    /// Its pieces in reading order.
    pub(super) fn children(&self, tag: Tag) -> &[Tag] {
        &self.nodes[tag.0].1
    }
}
