//! The order in which the schema wants the children of an element; Word calls a file that differs broken.
//!
//! Truth: ECMA-376, 5th edition, part 1, annex A (`wml.xsd`), written down by hand for the elements that we write.

use crate::docx::tree::Node;

const ORDERS: &[(&str, &[&str])] = &[
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:sz", "w:szCs", "w:u", "w:shd",
            "w:lang",
        ],
    ),
    ("w:pBdr", &["w:top", "w:left", "w:bottom", "w:right", "w:between"]),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:shd",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
            "w:tblCaption",
            "w:tblDescription",
        ],
    ),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    ("w:tcPr", &["w:tcW", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:vAlign"]),
    ("w:tc", &["w:tcPr", "w:p"]),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:paperSrc",
            "w:pgBorders",
            "w:vAlign",
            "w:titlePg",
        ],
    ),
    (
        "w:style",
        &[
            "w:name",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:autoRedefine",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:trPr",
            "w:tcPr",
            "w:tblStylePr",
        ],
    ),
    ("w:tblStylePr", &["w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr"]),
    ("w:styles", &["w:docDefaults", "w:latentStyles", "w:style"]),
    ("w:numbering", &["w:abstractNum", "w:num"]),
    (
        "w:settings",
        &[
            "w:zoom",
            "w:defaultTabStop",
            "w:characterSpacingControl",
            "w:compat",
            "w:themeFontLang",
            "w:decimalSymbol",
            "w:listSeparator",
        ],
    ),
    ("wp:inline", &["wp:extent", "wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"]),
    ("pic:pic", &["pic:nvPicPr", "pic:blipFill", "pic:spPr"]),
];

/// What stands where the schema does not have it.
pub(crate) fn out_of_order(root: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for node in root.all() {
        let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == node.name) else { continue };
        let place = |child: &Node| order.iter().position(|name| *name == child.name);
        let places: Vec<Option<usize>> = node.children.iter().map(place).collect();
        // Headers and footers may be mixed.
        let is_mixed = node.name == "w:sectPr";
        let in_order = places.windows(2).all(|pair| pair[0] <= pair[1] || is_mixed && pair[0] < Some(2));
        if places.contains(&None) || !in_order {
            let names: Vec<&str> = node.children.iter().map(|child| child.name.as_str()).collect();
            found.push(format!("{}: {}", node.name, names.join(" ")));
        }
    }
    found
}
