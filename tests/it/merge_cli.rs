//! `merge`, `diff` and `history` as a person runs them: questions, decisions, reports, three versions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use handlingsplan::merge::{DoubtfulKind, MergeReport};
use handlingsplan::model::{
    Block, Document, Item, Plan, SCHEMA_VERSION, Section, SectionColumns, SectionKind, Updated, assign_ids, blocks_text,
};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use tempfile::TempDir;

fn program() -> Command {
    Command::cargo_bin("handlingsplan").unwrap()
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// A folder with two years of a plan: an item may be one of two newer ones, so that a person is asked.
struct Years {
    folder: TempDir,
}

fn plan(year: i16, names: &[(&str, &str)]) -> Plan {
    let items = names.iter().map(|(name, work)| Item {
        area: vec![Block::paragraph(*name)],
        activities: vec![Block::bullet(0, *work)],
        ..Item::default()
    });
    let (kind, columns) = (SectionKind::National, SectionColumns::default());
    let mut plan = Plan {
        schema_version: SCHEMA_VERSION.to_owned(),
        title: Some(format!("Handlingsplan {year}")),
        year: Some(year),
        updated: Some(Updated { date: format!("{year}-03-01").parse().ok(), text: format!("Uppdaterad {year}-03-01") }),
        sections: vec![Section { kind, title: None, columns, items: items.collect() }],
        ..Plan::default()
    };
    assign_ids(plan.items_mut(), |_| true);
    plan
}

impl Years {
    fn new() -> Self {
        let years = Self { folder: tempfile::Builder::new().prefix("Årens planer ").tempdir().unwrap() };
        let older = plan(
            2023,
            &[
                ("Sömnapné, riktlinje", "Remissrunda"),
                ("Jourlinje för dialys", "Utreda jourschema"),
                ("Blodgivning", "Kampanj"),
            ],
        );
        let newer = plan(
            2024,
            &[
                ("Sömnapné, riktlinje", "Införa riktlinjen"),
                ("Jourlinje för dialys i norr", "Utreda jourschema i norr"),
                ("Jourlinje för dialys i söder", "Utreda jourschema i söder"),
            ],
        );
        for (year, plan) in [(2023, older), (2024, newer)] {
            let json = serde_json::to_vec(&Document::ActionPlan(plan)).unwrap();
            std::fs::write(years.path(&format!("plan {year}.json")), json).unwrap();
        }
        years
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn merge(&self) -> Command {
        let mut command = program();
        command.arg("merge").arg(self.path("plan 2024.json")).arg(self.path("plan 2023.json"));
        command.arg("-o").arg(self.path("ut.json")).arg("--force");
        command.arg("--decisions").arg(self.path("beslut.txt")).arg("--report").arg(self.path("rapport.json"));
        command
    }

    fn report(&self) -> MergeReport {
        serde_json::from_str(&self.text("rapport.json")).unwrap()
    }

    fn merged(&self) -> Plan {
        let Document::ActionPlan(plan) = serde_json::from_str(&self.text("ut.json")).unwrap() else { unreachable!() };
        plan
    }

    /// The lines of the file of decisions that answer so, with what makes them comments taken away.
    fn answers(&self, verdict: &str) -> Vec<String> {
        let lines = self.text("beslut.txt");
        lines
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.starts_with(verdict))
            .map(str::to_owned)
            .collect()
    }
}

#[test]
fn a_person_is_asked_once_and_the_answer_is_obeyed() {
    let years = Years::new();
    years.merge().assert().code(3).stderr(contains("kan vara samma punkt"));
    let report = years.report();
    assert_eq!(report.doubtful.len(), 2, "{report:?}");
    assert!(report.doubtful.iter().all(|pair| pair.kind == DoubtfulKind::Same));
    // Nothing was guessed: all six stand but the one pair that is sure.
    assert_eq!((report.pairs.len(), years.merged().items().count()), (1, 5));
    let written = years.text("beslut.txt");
    assert!(
        written.contains("Jourlinje för dialys i norr")
            && written.contains("# same ")
            && written.contains("# different ")
    );
    // Asked again before it is answered, the file stays as it is.
    years.merge().assert().code(3);
    assert_eq!(years.text("beslut.txt"), written);

    // The person takes the # away from one answer, in a program that writes other line ends.
    let same = years.answers("same").into_iter().find(|line| line.contains("norr")).unwrap();
    let edited = written.replace(&format!("# {same}"), &same).replace('\n', "\r\n");
    std::fs::write(years.path("beslut.txt"), edited).unwrap();
    years.merge().assert().success();
    let (report, merged) = (years.report(), years.merged());
    assert!(report.doubtful.is_empty(), "{:?}", report.doubtful);
    assert_eq!((report.pairs.len(), merged.items().count()), (2, 4));
    let one = merged.items().find(|item| blocks_text(&item.area).contains("norr")).unwrap();
    assert_eq!(one.wording_history.len(), 1);
    assert!(years.text("beslut.txt").contains(&same));
    let answered = years.text("beslut.txt");
    years.merge().assert().success();
    assert_eq!(years.text("beslut.txt"), answered, "a second time changes nothing");
}

#[test]
fn different_is_obeyed_and_leaves_the_other_question() {
    let years = Years::new();
    years.merge().assert().code(3);
    let different = years.answers("different").into_iter().find(|line| line.contains("norr")).unwrap();
    std::fs::write(years.path("beslut.txt"), format!("{different}\n")).unwrap();
    let _ = years.merge().assert();
    let (report, merged) = (years.report(), years.merged());
    let ids: Vec<&str> = different.split_whitespace().skip(1).take(2).collect();
    assert!(merged.items().filter(|item| ids.contains(&item.id.as_str())).count() == 2, "both stand");
    assert!(
        !report.doubtful.iter().any(|pair| ids.contains(&pair.older.as_str()) && ids.contains(&pair.newer.as_str()))
    );
    assert!(years.text("beslut.txt").starts_with("different "), "what a person wrote stands first, word for word");
    let also = format!("{different}\nolika {} {}\n", ids[1], ids[0]);
    std::fs::write(years.path("beslut.txt"), also).unwrap();
    years.merge().assert().code(predicates::ord::ne(1));
}

#[test]
fn lines_that_make_no_sense_stop_the_merge_and_nothing_is_written() {
    let years = Years::new();
    let of = |plan: &str, at: usize| {
        let Document::ActionPlan(plan) = serde_json::from_str(&years.text(plan)).unwrap() else { unreachable!() };
        plan.items().nth(at).unwrap().id.to_string()
    };
    let (old, new) = (of("plan 2023.json", 1), of("plan 2024.json", 1));
    let cases = [
        (format!("# eget\nsame {old} finns-inte-00aa11\n"), "rad 2"),
        (format!("kanske {old} {new}\n"), "rad 1"),
        (format!("same {old}\n"), "rad 1"),
        (format!("same {old} {new}\ndifferent {new} {old}\n"), "säger emot"),
    ];
    for (text, message) in cases {
        std::fs::write(years.path("beslut.txt"), &text).unwrap();
        years.merge().assert().code(1).stderr(contains(message).and(contains("beslut.txt")));
        assert!(!years.path("ut.json").exists() && !years.path("rapport.json").exists());
        assert_eq!(years.text("beslut.txt"), text);
    }
    // The file of decisions is no input that an output may replace.
    std::fs::write(years.path("beslut.txt"), "").unwrap();
    let mut command = program();
    command.arg("merge").arg(years.path("plan 2024.json")).arg(years.path("plan 2023.json"));
    command.args(["--force", "-o"]).arg(years.path("beslut.txt")).arg("--decisions").arg(years.path("beslut.txt"));
    command.assert().code(1);
}

#[test]
fn diff_and_history_obey_the_same_file() {
    let years = Years::new();
    years.merge().assert().code(3);
    let same = years.answers("same").into_iter().find(|line| line.contains("norr")).unwrap();
    let told = |command: &str, decided: bool| {
        let mut run = program();
        run.arg(command).arg(years.path("plan 2023.json")).arg(years.path("plan 2024.json")).args(["--to", "json"]);
        if decided {
            run.arg("--decisions").arg(years.path("mina beslut.txt"));
        }
        let out = run.assert().success().get_output().stdout.clone();
        serde_json::from_slice::<serde_json::Value>(&out).unwrap()
    };
    std::fs::write(years.path("mina beslut.txt"), format!("{same}\n")).unwrap();
    let count = |value: &serde_json::Value, key: &str| value[key].as_array().unwrap().len();
    let (open, decided) = (told("diff", false), told("diff", true));
    assert_eq!((open["summary"]["added"].as_u64(), decided["summary"]["added"].as_u64()), (Some(2), Some(1)));
    assert_eq!((count(&open, "doubtful"), count(&decided, "doubtful")), (2, 0));
    let (open, decided) = (told("history", false), told("history", true));
    assert_eq!((count(&open, "items"), count(&decided, "items")), (5, 4));
    assert_eq!(std::fs::read_to_string(years.path("mina beslut.txt")).unwrap(), format!("{same}\n"), "it is only read");
    // Only some of the versions are looked at: what names no item of them is told and does no harm.
    std::fs::write(years.path("mina beslut.txt"), "same finns-inte-00aa11 inte-heller-22bb33\n").unwrap();
    program()
        .args(["diff", "--decisions"])
        .arg(years.path("mina beslut.txt"))
        .arg(years.path("plan 2023.json"))
        .arg(years.path("plan 2024.json"))
        .assert()
        .success()
        .stderr(contains("rad 1").and(contains("ingen punkt")));
    program().args(["diff", "--decisions", "finns inte.txt", "a.docx", "b.docx"]).assert().code(1);
}

#[test]
fn the_report_is_json_or_a_page_by_its_ending() {
    let years = Years::new();
    let run = |report: &str, code: i32| {
        let mut command = program();
        command.arg("merge").arg(years.path("plan 2023.json")).arg(years.path("plan 2024.json"));
        command.arg("-o").arg(years.path("ut.docx")).arg("--force").arg("--report").arg(years.path(report));
        command.assert().code(code)
    };
    run("rapport.json", 3);
    run("rapport.html", 3);
    run("rapport.pdf", 1).stderr(contains(".html"));
    let page = years.text("rapport.html");
    assert!(page.contains("lang=\"sv\"") && page.contains("Jourlinje för dialys i söder"));
    assert!(!page.contains("http:") && !page.contains("<script"), "the page needs nothing else");
}

/// What a newer version replaced is not taken for the page itself when the merged plan is read from Word again.
#[test]
fn replaced_pages_stay_apart_in_the_written_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let year = |year: i16, results: &str| {
        let mut plan = plan(year, &[("Sömnapné, riktlinje", "Remissrunda")]);
        plan.results = vec![Block::paragraph(results)];
        std::fs::write(path(&format!("{year}.json")), serde_json::to_vec(&Document::ActionPlan(plan)).unwrap())
            .unwrap();
    };
    year(2023, "Det gamla resultatet.");
    year(2024, "Det nya resultatet.");
    let mut command = program();
    command
        .arg("merge")
        .arg(path("2023.json"))
        .arg(path("2024.json"))
        .arg("-o")
        .arg(path("ut.docx"))
        .assert()
        .success();
    let out = program().arg("convert").arg(path("ut.docx")).assert().success().get_output().stdout.clone();
    let Document::ActionPlan(read) = serde_json::from_slice(&out).unwrap() else { unreachable!() };
    assert_eq!(blocks_text(&read.results), "Det nya resultatet.");
    assert!(read.other.iter().any(|part| blocks_text(&part.blocks) == "Det gamla resultatet."));
}

#[test]
fn two_copies_that_were_edited_apart_come_together() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // A Word file that this program wrote carries the model it was written from: the common ancestor.
    program()
        .arg("convert")
        .arg(fixture("plans/rpo-md-2024.docx"))
        .arg("-o")
        .arg(path("grund.docx"))
        .assert()
        .success();
    let base = std::fs::read(path("grund.docx")).unwrap();
    let anna = crate::support::change_visible(
        &base,
        "Upphandling av remittentstöd",
        "Upphandling av remittentstöd och beslutsstöd",
    );
    let bo = crate::support::change_visible(&base, "Behovsrapport", "Uppdaterad behovsrapport");
    std::fs::write(path("anna.docx"), anna).unwrap();
    std::fs::write(path("bo.docx"), bo).unwrap();
    for order in [["anna.docx", "bo.docx"], ["bo.docx", "anna.docx"]] {
        let mut command = program();
        command.arg("merge").arg(path(order[0])).arg(path(order[1]));
        command.args(["--force", "-o"]).arg(path("ut.json")).arg("--report").arg(path("rapport.json"));
        command.assert().success();
        let merged = std::fs::read_to_string(path("ut.json")).unwrap();
        let Document::ActionPlan(plan) = serde_json::from_str(&merged).unwrap() else { unreachable!() };
        let names: Vec<String> = plan.items().map(|item| blocks_text(&item.area)).collect();
        assert!(names.iter().any(|name| name.contains("remittentstöd och beslutsstöd")), "{names:?}");
        assert!(names.iter().any(|name| name.starts_with("Uppdaterad behovsrapport")), "{names:?}");
        let report: MergeReport =
            serde_json::from_str(&std::fs::read_to_string(path("rapport.json")).unwrap()).unwrap();
        assert!(report.conflicts.is_empty() && report.doubtful.is_empty(), "{report:?}");
    }
}
