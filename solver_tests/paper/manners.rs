//! The verb as a user meets it: folders, exit codes, days, words.

use std::fs;

use crate::cli::run::{data, demerge, folder, text};
use crate::paper::write;
use crate::pdf::pages;

/// One format, and no letters.
const QUICK: [&str; 4] = ["--formats", "html", "--letters", "none"];

/// Truth: the same input twice.
#[test]
fn the_same_case_gives_the_same_bytes() {
    let out = folder();
    let into = ["one", "two"].map(|name| out.path().join(name));
    for into in &into {
        assert_eq!(write(&data("case47"), "S1", into, &["--equality", "--compare", "S3", "--letters", "none"]).code, 0);
    }
    for folder in ["public", "exempt"] {
        for form in ["html", "docx", "pdf", "xlsx", "json"] {
            let file = format!("{folder}/paper.{form}");
            let [one, two] = into.clone().map(|into| fs::read(into.join(&file)).expect("a file"));
            assert!(one == two, "{file} differs");
        }
    }
    let briefing = fs::read(into[0].join("public/briefing.pdf")).expect("a file");
    assert_eq!(pages(&briefing), 1, "a briefing of one page, also with other scenarios and ranges beside numbers");
}

/// Truth: `docs/CLI.md`.
#[test]
fn what_cannot_be_written_leaves_no_folder() {
    let out = folder();
    let into = out.path().join("pack");
    let ran = write(&data("example"), "S9", &into, &[]);
    assert_eq!(ran.code, 4, "no plan keeps every rule of S9");
    assert!(ran.err.contains("nothing to propose") && !into.exists());
    let ran = write(&data("case47"), "S1", &into, &["--limit", "0"]);
    assert_eq!(ran.code, 5);
    assert!(ran.err.contains("no paper was written") && !into.exists());
    assert_eq!(write(&data("case47"), "S1", &into, &["--compare", "S1"]).code, 2);
    assert_eq!(write(&data("case47"), "S1", &into, &["--threshold", "2"]).code, 2);
    assert_eq!(write(&data("case47"), "S1", &into, &["--date", "22 November"]).code, 2);
    assert!(!into.exists());
    fs::create_dir(&into).expect("made");
    fs::write(into.join("old.html"), "an older pack").expect("written");
    let ran = write(&data("case47"), "S1", &into, &[]);
    assert!(ran.code == 2 && ran.err.contains("not empty"), "{}", ran.err);
    assert_eq!(fs::read_dir(&into).expect("there").count(), 1);
}

/// Truth: the latest day in `data/case47/authority_preferences.csv` is 1 March 2021.
#[test]
fn the_day_is_the_latest_of_the_case_or_the_one_named() {
    let out = folder();
    let page = |name: &str, more: &[&str]| {
        let into = out.path().join(name);
        assert_eq!(write(&data("case47"), "S1", &into, &[more, &QUICK].concat()).code, 0);
        fs::read_to_string(into.join("public/paper.html")).expect("a page")
    };
    assert!(page("own", &[]).contains("1 March 2021"));
    assert!(page("named", &["--date", "2026-11-22", "--draft", "3"]).contains("22 November 2026"));
}

/// Truth: the options.
#[test]
fn an_audience_has_its_folder_and_no_other() {
    let out = folder();
    for (who, other) in [("public", "exempt"), ("exempt", "public")] {
        let into = out.path().join(who);
        assert_eq!(write(&data("example"), "S1", &into, &[&["--audience", who][..], &QUICK].concat()).code, 0);
        assert!(into.join(who).join("paper.html").exists() && !into.join(other).exists());
    }
}

/// Truth: the files below, with a fault in a line known beforehand.
#[test]
fn faults_in_the_words_are_named_with_their_line() {
    let out = folder();
    let ran = |words: &str| {
        let file = out.path().join("blocks.toml");
        fs::write(&file, words).expect("written");
        let (case, into) = (data("example"), out.path().join("pack"));
        let ran = demerge(&["paper", text(&case), "--scenario", "S1", "--out", text(&into), "--template", text(&file)]);
        assert_eq!(ran.code, 3, "{words}: {}", ran.err);
        assert!(!into.exists());
        ran.err
    };
    let unknown = ran("title = \"Ours\"\npurpoze = \"Why\"\n");
    assert!(
        unknown.contains("blocks.toml line 2: there is no block \"purpoze\"; the blocks are: background"),
        "{unknown}"
    );
    let field = ran("purpose = \"\"\"\nOne.\n\nFor {{ name }}.\n\"\"\"\n");
    assert!(field.contains("blocks.toml line 4: there is no field \"name\"; the fields are: councils"), "{field}");
    assert!(ran("title = \"Ours\"\n\npurpose = 5\n").contains("line 3: block \"purpose\" is no text"));
    assert!(ran("title = \"Ours\n").contains("blocks.toml line 1: "));
    assert!(ran("title = \"{% if %}\"\n").contains("blocks.toml line 1: this cannot be filled in"));
}

/// Truth: the words below; a folder is looked into for `blocks.toml`.
#[test]
fn own_words_take_the_place_of_the_built_in_ones() {
    let out = folder();
    let words = "title = \"Our paper\"\nconsultation = \"Tell {{ councils }}.\\n\\n- First\\n- Second\"\n";
    fs::write(out.path().join("blocks.toml"), words).expect("written");
    let into = out.path().join("pack");
    let ran = write(&data("example"), "S1", &into, &[&["--template", text(out.path())][..], &QUICK].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fs::read_to_string(into.join("public/paper.html")).expect("a page");
    assert!(page.contains("<h1>Our paper</h1>") && page.contains("<li>Second</li>"));
    assert!(page.contains("Tell Merrowdale Borough Council and Thornbeck District Council."));
}

/// Truth: `data/case47` has no plan's worth of days beyond its answers; without them there is no day.
#[test]
fn a_case_without_days_asks_for_one() {
    let out = folder();
    let case = out.path().join("case");
    crate::cli::run::copy(&data("example"), &case, |text| text.as_bytes().to_vec());
    for (file, column) in [("authority_preferences.csv", 5), ("pins.csv", 5)] {
        let path = case.join(file);
        let table = fs::read_to_string(&path).expect("the table");
        let blank = |(at, line): (usize, &str)| {
            let cells = line.split(',').enumerate();
            let cells = cells.map(|(place, cell)| if at > 0 && place == column { "" } else { cell });
            cells.collect::<Vec<_>>().join(",") + "\n"
        };
        fs::write(&path, table.lines().enumerate().map(blank).collect::<String>()).expect("written");
    }
    let ran = write(&case, "S1", &out.path().join("pack"), &[]);
    assert!(ran.code == 3 && ran.err.contains("--date YYYY-MM-DD"), "{} {}", ran.code, ran.err);
}

/// Truth: 12 people in `data/example`, two councils and the posts that they share; the screen names folders, not letters.
#[test]
fn a_pack_has_its_charts_on_a3_and_says_how_many_letters() {
    let out = folder();
    let into = out.path().join("pack");
    let ran = write(&data("example"), "S1", &into, &["--formats", "pdf", "--letters", "html"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("exempt/letters/ (12 letters)."), "{}", ran.out);
    for who in ["public", "exempt"] {
        let sheets = fs::read(into.join(who).join("structure_charts_a3.pdf")).expect("the sheets");
        let has = |wanted: &[u8]| sheets.windows(wanted.len()).any(|found| found == wanted);
        assert!(has(b"/MediaBox[0 0 1190.551 841.89]") && !has(b"/MediaBox[0 0 595.276 841.89]"), "{who}");
        assert_eq!(fs::read_dir(into.join(who).join("structure_charts_a3")).expect("drawings").count(), 3, "{who}");
    }
}
