//! An attacker who has the public pack alone, and tries to find out what it keeps back.
//!
//! Their means: reading (ids, pay, small numbers as they stand) and arithmetic (every sum that the headings promise, and
//! differences between ways to allocate), with what a range or a rounded number leaves open. They share no code with the program.

use std::collections::BTreeMap;

use crate::paper::read::{Table, number, range, table, tables};

/// Something that was found.
pub(crate) type Find = String;

/// What the attacker knows of a number: the least and the most that it can be.
type Bounds = BTreeMap<String, (i64, i64)>;

/// Numbers with factors that come to nought.
type Sum = Vec<(String, i64)>;

/// What an attacker makes of a page.
#[derive(Default)]
struct Knowledge {
    bounds: Bounds,
    sums: Vec<Sum>,
    /// Numbers of people, of which a small one is a find; the others are seats and posts.
    people: Vec<String>,
    threshold: i64,
}

/// Everything found in a public page with a threshold, by somebody who knows these ids to look for.
pub(crate) fn attack(page: &str, threshold: i64, ids: &[String], secrets: &[String]) -> Vec<Find> {
    let mut finds = by_reading(page, ids, secrets);
    let tables = tables(page);
    finds.extend(by_rows(&tables));
    let mut known = Knowledge { threshold, ..Knowledge::default() };
    known.read(&tables, page);
    finds.extend(known.finds(threshold));
    finds.extend(by_difference(&tables, threshold));
    finds
}

fn first_number(text: &str) -> Option<i64> {
    text.split_whitespace().next().and_then(number)
}

/// Ids of people and joint posts, pay, ages.
pub(crate) fn by_reading(page: &str, ids: &[String], secrets: &[String]) -> Vec<Find> {
    let mut finds = Vec::new();
    for id in ids.iter().chain(secrets) {
        let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        let stands = page
            .match_indices(id.as_str())
            .any(|(at, _)| is_edge(page[..at].chars().next_back()) && is_edge(page[at + id.len()..].chars().next()));
        if stands {
            finds.push(format!("reads {id}"));
        }
    }
    finds
}

/// A row for one post of today with more than its title would describe its holder.
fn by_rows(tables: &[Table]) -> Vec<Find> {
    let today = tables.iter().filter(|table| table.caption.contains("shared today"));
    let telling = ["Grade", "Salary", "Hours", "Employer", "Person", "Employs"];
    let heads = today.flat_map(|table| table.heads.iter().map(move |head| (table, head)));
    let found = heads.filter(|(_, head)| telling.iter().any(|word| head.contains(word)));
    found.map(|(table, head)| format!("{}: {head} describes one holder", table.caption)).collect()
}

impl Knowledge {
    /// A number of this name as it stands in a cell.
    fn note(&mut self, name: &str, cell: Option<&str>, is_people: bool) {
        let bounds = cell.and_then(|cell| range(cell, self.threshold)).unwrap_or((0, 100_000));
        let entry = self.bounds.entry(name.to_owned()).or_insert((0, 100_000));
        *entry = (entry.0.max(bounds.0), entry.1.min(bounds.1));
        if is_people && !self.people.contains(&name.to_owned()) {
            self.people.push(name.to_owned());
        }
    }

    fn fix(&mut self, name: &str, value: i64) {
        self.bounds.insert(name.to_owned(), (value, value));
    }

    fn sum(&mut self, parts: impl IntoIterator<Item = String>, whole: &str) {
        let mut terms: Sum = parts.into_iter().map(|part| (part, 1)).collect();
        for (name, _) in &terms {
            self.bounds.entry(name.clone()).or_insert((0, 100_000));
        }
        self.bounds.entry(whole.to_owned()).or_insert((0, 100_000));
        terms.push((whole.to_owned(), -1));
        self.sums.push(terms);
    }

    fn read(&mut self, tables: &[Table], page: &str) {
        let Some(main) = table(tables, "People and seats by council") else { return };
        let everyone = main.cell("All", "Employs today").and_then(number).expect("everyone is counted in public");
        self.fix("everyone", everyone);
        for name in ["placed", "without"] {
            self.note(name, None, true);
        }
        self.sum(["placed".to_owned(), "without".to_owned()], "everyone");
        if let Some(less) = page.split("and fewer than ").nth(1).and_then(first_number) {
            self.bounds.insert("without".to_owned(), (1, less - 1));
        }
        let councils: Vec<String> = main.rows.iter().map(|row| row[0].clone()).filter(|name| name != "All").collect();
        self.council(main, &councils);
        self.flows(tables, &councils);
        self.seats(tables, "Seats by grade", true);
        self.seats(tables, "Seats by service", false);
        self.seats(tables, "Larger services", false);
        self.column(tables, "People with a post, by how well", "placed", &[]);
        self.column(
            tables,
            "People who would prefer one council, and",
            "preferring",
            &["Everyone who would prefer one council"],
        );
        self.column(tables, "Where each person's post stands", "everyone", &["Everyone"]);
        self.answers(tables, &councils);
        self.options(tables);
        self.equality(tables);
    }

    fn council(&mut self, main: &Table, councils: &[String]) {
        for council in councils {
            for (column, is_people) in
                [("Employs today", true), ("Seats on offer", false), ("People placed", true), ("Empty seats", false)]
            {
                self.note(&format!("{council} {column}"), main.cell(council, column), is_people);
            }
            let [placed, empty] = ["People placed", "Empty seats"].map(|column| format!("{council} {column}"));
            self.sum([placed, empty], &format!("{council} Seats on offer"));
        }
        self.note("placed", main.cell("All", "People placed"), true);
        self.note("empty", main.cell("All", "Empty seats"), false);
        self.note("seats", main.cell("All", "Seats on offer"), false);
        self.sum(["placed".to_owned(), "empty".to_owned()], "seats");
        self.sum(councils.iter().map(|it| format!("{it} Employs today")), "everyone");
        self.sum(councils.iter().map(|it| format!("{it} People placed")), "placed");
        self.sum(councils.iter().map(|it| format!("{it} Empty seats")), "empty");
    }

    fn flows(&mut self, tables: &[Table], councils: &[String]) {
        let Some(flows) = table(tables, "Where each employer's people go") else { return };
        for from in councils {
            let cells = councils.iter().map(|to| (format!("{from}>{to}"), format!("Go to {to}")));
            let cells: Vec<(String, String)> =
                cells.chain([(format!("{from}>-"), "Without a post".to_owned())]).collect();
            for (name, column) in &cells {
                self.note(name, flows.cell(from, column), true);
            }
            self.sum(cells.into_iter().map(|(name, _)| name), &format!("{from} Employs today"));
        }
        for to in councils {
            self.note(&format!("{to} People placed"), flows.cell("All", &format!("Go to {to}")), true);
            self.sum(councils.iter().map(|from| format!("{from}>{to}")), &format!("{to} People placed"));
        }
        let pairs = councils.iter().flat_map(|from| councils.iter().map(move |to| (from, to)));
        self.sum(pairs.filter(|(from, to)| from != to).map(|(from, to)| format!("{from}>{to}")), "moves");
        self.note("without", flows.cell("All", "Without a post"), true);
        self.sum(councils.iter().map(|from| format!("{from}>-")), "without");
    }

    fn seats(&mut self, tables: &[Table], caption: &str, is_partition: bool) {
        let Some(seats) = table(tables, caption) else { return };
        let mut all = Vec::new();
        for row in &seats.rows {
            let name = |column: &str| format!("{caption} {} {column}", row[0]);
            for (column, is_people) in [("Seats on offer", false), ("With a holder", true), ("Empty", false)] {
                self.note(&name(column), seats.cell(&row[0], column), is_people);
            }
            self.sum([name("With a holder"), name("Empty")], &name("Seats on offer"));
            all.push(name("With a holder"));
        }
        if is_partition {
            self.sum(all, "placed");
        }
    }

    /// A table of parts that come to a whole; rows of these names are the whole itself.
    fn column(&mut self, tables: &[Table], caption: &str, whole: &str, totals: &[&str]) {
        let Some(found) = table(tables, caption) else { return };
        let mut parts = Vec::new();
        for row in &found.rows {
            let cell = row.get(1).map(String::as_str);
            if totals.contains(&row[0].as_str()) {
                self.note(whole, cell, true);
                continue;
            }
            // A row of one name is the same number wherever it stands over everybody.
            let is_without = row[0] == "Without a post" && whole == "everyone";
            let name = if is_without { "without".to_owned() } else { format!("{caption} {}", row[0]) };
            self.note(&name, cell, true);
            parts.push(name);
        }
        self.sum(parts.clone(), whole);
        for part in parts {
            // What a part leaves of its whole is a number of people too.
            self.note(&format!("all but {part}"), None, true);
            self.sum([part.clone(), format!("all but {part}")], whole);
        }
    }

    fn answers(&mut self, tables: &[Table], councils: &[String]) {
        let Some(answers) = table(tables, "What people said") else { return };
        for name in ["Answered", "Did not answer"] {
            self.note(name, answers.cell(name, "People"), true);
        }
        self.sum(["Answered".to_owned(), "Did not answer".to_owned()], "everyone");
        self.note("preferring", answers.cell("Would prefer one council", "People"), true);
        for council in councils {
            self.note(&format!("prefer {council}"), answers.cell(&format!("Would prefer {council}"), "People"), true);
        }
        self.sum(councils.iter().map(|council| format!("prefer {council}")), "preferring");
        self.note("not preferring", None, true);
        self.sum(["preferring".to_owned(), "not preferring".to_owned()], "everyone");
    }

    fn options(&mut self, tables: &[Table]) {
        for options in tables.iter().filter(|table| table.caption.starts_with("The proposal beside")) {
            for row in &options.rows {
                let own = row[0] == "This proposal";
                let name = |column: &str| match (own, column) {
                    (true, "People with a post") => "placed".to_owned(),
                    (true, "Without a post") => "without".to_owned(),
                    (true, "Empty seats") => "empty".to_owned(),
                    (true, "Change employer") => "moves".to_owned(),
                    (true, "Council they prefer") => {
                        "People who would prefer one council, and Placed at the council that they prefer".to_owned()
                    }
                    (true, "First choice of post") => "Where each person's post stands 1st choice".to_owned(),
                    _ => format!("{} {} {column}", options.caption, row[0]),
                };
                for column in options.heads.iter().skip(1) {
                    self.note(&name(column), options.cell(&row[0], column), column != "Empty seats");
                }
                self.sum([name("People with a post"), name("Without a post")], "everyone");
                if options.caption.contains("rules") {
                    self.sum([name("People with a post"), name("Empty seats")], "seats");
                }
            }
        }
    }

    fn equality(&mut self, tables: &[Table]) {
        for groups in tables.iter().filter(|table| table.heads.first().is_some_and(|head| head == "Group")) {
            let name = |row: &[String], column: &str| format!("{} {} {column}", groups.caption, row[0]);
            for column in groups.heads.iter().skip(1) {
                for row in &groups.rows {
                    self.note(&name(row, column), groups.cell(&row[0], column), true);
                    if column != "People" {
                        let rest = format!("{} not", name(row, column));
                        self.note(&rest, None, true);
                        self.sum([name(row, column), rest], &name(row, "People"));
                    }
                }
                let whole = match column.as_str() {
                    "People" => "everyone",
                    "Have a post" => "placed",
                    _ => continue,
                };
                self.sum(groups.rows.iter().map(|row| name(row, column)), whole);
            }
        }
    }

    /// Narrows everything by everything, and looks at what is left.
    fn finds(mut self, threshold: i64) -> Vec<Find> {
        for _ in 0..200 {
            let before = self.bounds.clone();
            let sums = self.sums.clone();
            sums.iter().for_each(|sum| self.narrow(sum));
            if self.bounds == before {
                break;
            }
        }
        let small = |&(low, high): &(i64, i64)| low == high && 0 < low && low < threshold;
        let found = self.people.iter().filter(|name| small(&self.bounds[*name]));
        found.map(|name| format!("{name} is {}", self.bounds[name].0)).collect()
    }

    fn narrow(&mut self, sum: &Sum) {
        for (name, factor) in sum {
            let (mut least, mut most) = (0, 0);
            for (other, by) in sum.iter().filter(|(other, _)| other != name) {
                let (low, high) = self.bounds[other];
                let (low, high) = if *by > 0 { (by * low, by * high) } else { (by * high, by * low) };
                (least, most) = (least + low, most + high);
            }
            // factor·x = -(the others), and each factor is 1 or -1.
            let (low, high) = if *factor > 0 { (-most, -least) } else { (least, most) };
            let own = self.bounds.get_mut(name).expect("every number of a sum was noted");
            *own = (own.0.max(low), own.1.min(high));
        }
    }
}

/// Two ways to allocate whose printed figures differ by a few people.
fn by_difference(tables: &[Table], threshold: i64) -> Vec<Find> {
    let mut values: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
    for options in tables.iter().filter(|table| table.caption.starts_with("The proposal beside")) {
        for row in &options.rows {
            for column in options.heads.iter().skip(1).filter(|column| *column != "Empty seats") {
                if let Some(value) = options.cell(&row[0], column).and_then(number) {
                    values.entry(column.clone()).or_default().push((row[0].clone(), value));
                }
            }
        }
    }
    let mut finds = Vec::new();
    for (column, values) in values {
        for (one, a) in &values {
            for (other, b) in values.iter().filter(|(_, b)| (1..threshold).contains(&(a - b))) {
                finds.push(format!("{column}: {one} has {} more than {other}", a - b));
            }
        }
    }
    finds
}
