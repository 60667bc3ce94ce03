//! Charts: words never cover each other or leave the drawing, each figure is said in words, and nothing suppressed is.
//!
//! Boxes of words are measured here in the widest letters that drawings are shown in, from the SVG itself.

use demerge::case::{Case, PostStatus};
use demerge::certify::Certified;
use demerge::quantity::BasisPoints;
use demerge::report::charts::structure::{Directorate, Paper, Post, Sharing, Structure, now, proposed, structure};
use demerge::report::charts::{Band, Bar, Group, bars, flow};
use demerge::report::compare::flow_drawing;
use demerge::report::curve::curve_drawing;
use demerge::report::shown::Shown;
use demerge::report::svg::Drawing;
use demerge::report::typeface::Typeface;
use demerge::study::compare::figures::flows;
use demerge::study::curve::curve;
use demerge::study::variant::Variant;
use demerge::study::variant::change::Limit;

use crate::html::keep;
use crate::price::{LIMITS, loaded};

/// Words of a drawing with their box: left, top, right, foot.
fn labels(svg: &str) -> Vec<(String, [i64; 4])> {
    let attribute = |tag: &str, name: &str| {
        tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned)
    };
    let number = |tag: &str, name: &str| attribute(tag, name).and_then(|text| text.parse::<i64>().ok());
    let label = |rest: &str| {
        let (tag, rest) = rest.split_once('>').expect("a tag ends");
        let tag = format!(" {tag}");
        let words = rest.split("</text>").next().expect("it has words");
        let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        let size = number(&tag, "font-size").unwrap_or(12);
        let face = if tag.contains("bold") { Typeface::Bold } else { Typeface::Regular };
        let width = (face.width(&face.drawable(&words), size * 1000) * 10 / 9 + 999) / 1000;
        let (x, y) = (number(&tag, "x").expect("x"), number(&tag, "y").expect("y"));
        let left = match attribute(&tag, "text-anchor").as_deref() {
            Some("end") => x - width,
            Some("middle") => x - width / 2,
            _ => x,
        };
        (words, [left, y - size * 3 / 4, left + width, y + size / 4])
    };
    svg.split("<text").skip(1).map(label).collect()
}

/// No two labels meet, and none leaves the drawing.
fn readable(name: &str, drawing: &Drawing) {
    let svg = String::from_utf8(drawing.to_svg()).expect("UTF-8");
    keep(&format!("{name}.svg"), svg.as_bytes());
    assert_eq!(svg.as_bytes(), drawing.to_svg());
    let (labels, (width, height)) = (labels(&svg), drawing.size());
    assert!(!labels.is_empty(), "{name}");
    for (at, (words, [left, top, right, foot])) in labels.iter().enumerate() {
        assert!(*left >= 0 && *top >= 0 && *right <= width && *foot <= height, "{name}: {words} leaves the drawing");
        for (other, [a, b, c, d]) in &labels[at + 1..] {
            let apart = right <= a || c <= left || foot <= b || d <= top;
            assert!(apart, "{name}: \"{words}\" and \"{other}\" meet");
        }
    }
    assert!(!drawing.title().is_empty() && drawing.description().ends_with('.'), "{name}");
}

fn solved(id: &str) -> (Case, demerge::case::scenario::Scenario, Certified) {
    let (case, scenario) = loaded("case47", id);
    let certified = Variant::of(&case, &scenario).answer(&LIMITS).expect("certified");
    (case, scenario, certified)
}

fn figure(value: u64) -> Shown {
    Shown::Figure(value)
}

fn small(value: u64) -> Shown {
    if value < 5 { Shown::Suppressed } else { Shown::Figure(value) }
}

/// By hand: joint_posts.csv has one post of tier 1, 48 others in three directorates, J08 shared 55 to 45.
#[test]
fn the_shared_structure_is_drawn_whole() {
    let (case, _, _) = solved("S1");
    let found = now(&case, None, &figure);
    assert_eq!((found.top.len(), found.directorates.len()), (1, 3));
    assert_eq!(found.directorates.iter().map(|it| it.posts.len()).sum::<usize>(), 48);
    for (paper, name) in [(Paper::A4, "a4"), (Paper::A3, "a3")] {
        let drawings = structure(&found, paper);
        let (width, height) = paper.room();
        let mut said = String::new();
        for (position, drawing) in drawings.iter().enumerate() {
            readable(&format!("structure-now-{name}-{position}"), drawing);
            let size = drawing.size();
            assert!(size.0 <= width && size.1 <= height, "{size:?}");
            said.push_str(drawing.description());
        }
        for post in case.joint_posts.values() {
            assert!(said.contains(&format!("{} {}, tier {}", post.code, post.title, post.tier)), "{}", post.code);
        }
        assert!(said.contains("J08 Executive Manager Property and Development, tier 3, shared A 55 / B 45"));
        assert!(said.contains("J48 Joint Chief Executive, tier 1, shared A 50 / B 50, vacant"), "{said}");
    }
    assert_eq!(structure(&found, Paper::A3).len(), 1, "A3 holds 49 posts");
}

/// By hand: posts.csv lists 35 posts of A in A1 (A15a and A15b are in A2 alone).
#[test]
fn the_proposed_structures_are_drawn_whole() {
    let (case, scenario, certified) = solved("S1");
    let vacancies = certified.vacancies();
    let vacant = |post| {
        let seats = vacancies.iter().find(|it| it.0 == post).map_or(0, |it| it.1);
        Shown::Figure(u64::from(seats))
    };
    for (id, authority) in case.authorities.iter() {
        let found = proposed(&case, &scenario, id, &vacant);
        let listed = case.posts.values().filter(|post| {
            post.authority == id
                && post.status != PostStatus::Deleted
                && post.structures.contains(&scenario.structures[&id])
        });
        let all: Vec<&Post> = found.top.iter().chain(found.directorates.iter().flat_map(|it| &it.posts)).collect();
        assert_eq!(all.len(), listed.count(), "{}", authority.code);
        let empty: u64 = all.iter().map(|post| if let Shown::Figure(seats) = post.vacant { seats } else { 0 }).sum();
        let wanted = vacancies.iter().filter(|(post, _)| case.posts[*post].authority == id);
        assert_eq!(empty, wanted.map(|(_, seats)| u64::from(*seats)).sum::<u64>(), "{}", authority.code);
        for (position, drawing) in structure(&found, Paper::A4).iter().enumerate() {
            readable(&format!("structure-{}-{position}", authority.code), drawing);
        }
    }
}

/// By construction: 200 posts are drawn in parts, each of which fits; every post stands in one of them.
#[test]
fn a_large_structure_is_drawn_in_parts() {
    let post = |at: usize| Post {
        code: format!("Z{at:03}"),
        title: "Principal Donaudampfschifffahrtsgesellschaftskapitaen and Coordinator of Everything".to_owned(),
        tier: 2 + u32::try_from(at % 7).expect("small"),
        sharing: match at % 3 {
            0 => Sharing::Only(0, "A".to_owned()),
            1 => Sharing::Shared(vec![("A".to_owned(), BasisPoints(3333)), ("B".to_owned(), BasisPoints(6667))]),
            _ => Sharing::Retained(Vec::new()),
        },
        seats: u32::try_from(at % 4).expect("small"),
        vacant: if at.is_multiple_of(5) { Shown::Suppressed } else { Shown::Figure(at as u64 % 2) },
    };
    let directorate = |at: usize| Directorate {
        name: format!("Directorate {at} of a rather long name that must be wrapped somewhere"),
        posts: (at * 50..at * 50 + 50).map(post).collect(),
    };
    let large = Structure {
        title: "Large".to_owned(),
        remark: "Made up.".to_owned(),
        top: vec![post(900)],
        directorates: (0..4).map(directorate).collect(),
    };
    let drawings = structure(&large, Paper::A4);
    assert!(drawings.len() > 2);
    let mut all = String::new();
    for (position, drawing) in drawings.iter().enumerate() {
        readable(&format!("structure-large-{position}"), drawing);
        let (across, down) = Paper::A4.room();
        assert!(drawing.size().0 <= across && drawing.size().1 <= down, "{:?}", drawing.size());
        all.push_str(&String::from_utf8(drawing.to_svg()).expect("UTF-8"));
    }
    for at in 0..200 {
        assert!(all.contains(&format!(">Z{at:03} ")), "{at}");
    }
    let nothing =
        Structure { title: "None".to_owned(), remark: "No posts.".to_owned(), top: vec![], directorates: vec![] };
    assert_eq!(structure(&nothing, Paper::A4).len(), 1);
}

/// By construction: a suppressed figure is nowhere in the file, and the bar says nothing by its length.
#[test]
fn a_suppressed_figure_has_no_length() {
    let of = |first: Shown| {
        let bar = |name: &str, value| Bar { name: name.to_owned(), value };
        let group = Group { name: "Ranks".to_owned(), bars: vec![bar("One", first), bar("Two", Shown::Figure(40))] };
        bars("Ranks", &[group]).remove(0)
    };
    let hidden = String::from_utf8(of(Shown::Suppressed).to_svg()).expect("UTF-8");
    assert!(hidden.contains(">[c]</text>") && hidden.contains("One [c], Two 40"));
    assert_eq!(hidden.matches("<rect").count(), 2, "the ground and one bar");
    let shown = String::from_utf8(of(Shown::Figure(4)).to_svg()).expect("UTF-8");
    assert_eq!(shown.matches("<rect").count(), 3);
    let band = |to: &str, people| Band { from: "A".to_owned(), to: to.to_owned(), people };
    let drawn =
        flow("Who goes where", &[band("own posts", Shown::Figure(20)), band("at risk", Shown::Suppressed)], &[]);
    readable("flow-suppressed", &drawn);
    let svg = String::from_utf8(drawn.to_svg()).expect("UTF-8");
    assert!(svg.contains("A: [c] people") && svg.contains("at risk: [c] people") && !svg.contains("A: 20"), "{svg}");
}

/// A group for each rank, with a bar for each column.
fn by_rank(columns: &[(String, Vec<(u32, Shown)>)]) -> Vec<Group> {
    let of_rank = |at: usize| Group {
        name: format!("Choice {}", at + 1),
        bars: columns.iter().map(|(name, all)| Bar { name: name.clone(), value: all[at].1 }).collect(),
    };
    (0..columns[0].1.len()).map(of_rank).collect()
}

/// By construction: a group for each rank, a bar for each rule, many of them over several drawings.
#[test]
fn ranks_stand_side_by_side() {
    let column = |name: &str, all: &[u64]| {
        (name.to_owned(), (1..).zip(all.iter().map(|&value| small(value))).collect::<Vec<_>>())
    };
    let groups = by_rank(&[column("As the scenario has it", &[40, 2, 1]), column("Generous", &[38, 6, 0])]);
    for drawing in bars("Ranks by rule", &groups) {
        readable("ranks", &drawing);
    }
    let long: Vec<(String, Vec<(u32, Shown)>)> = (0..9)
        .map(|at| {
            let name = format!("Rule {at} whose name is so long that it cannot stand in two lines of its own label");
            (name, (1..=12).map(|rank| (rank, Shown::Figure(u64::from(rank)))).collect())
        })
        .collect();
    let drawings = bars("Many", &by_rank(&long));
    assert!(drawings.len() > 1);
    drawings.iter().enumerate().for_each(|(at, drawing)| readable(&format!("ranks-{at}"), drawing));
}

/// By construction: the drawings of comparisons and curves are readable too.
#[test]
fn flows_and_curves_are_readable() {
    let (case, mut scenario, certified) = solved("S1");
    let all = flows(&case, certified.plan().expect("a plan"));
    let drawing = flow_drawing(&case, "S1", &all);
    readable("flow", &drawing);
    assert!(drawing.description().contains("1 person from A to no post (at risk)"), "{}", drawing.description());
    let authority = case.authorities.ids().nth(1).expect("two authorities");
    let clause = demerge::case::scenario::Clause::PeopleShare { authority, min: Some(BasisPoints(3_500)), max: None };
    scenario.fairness = vec![crate::cases::must(clause)];
    let found = curve(&case, &scenario, 0, Limit::Min, 200, &LIMITS).expect("certified");
    readable("curve", &curve_drawing(&case, &scenario, &found));
}
