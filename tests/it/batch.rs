//! Whole archives: `batch` and `convert --stream`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use assert_cmd::Command;
use handlingsplan::batch::{BatchOptions, Caps, Event, Observer, Settings, run};
use handlingsplan::write::Format;
use serde_json::Value;
use zip::write::SimpleFileOptions;

const PLANS: [&str; 4] = ["rpo-md-2023.docx", "rpo-md-2024.docx", "rpo-md-2025.docx", "rpo-md-2024.xlsx"];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// An archive of plans in folders, with a letter, a damaged file and files of other kinds.
fn archive(folder: &Path) -> PathBuf {
    let root = folder.join("arkiv å ä ö");
    for (year, plan) in ["2023", "2024", "2025", "2024"].iter().zip(PLANS) {
        fs::create_dir_all(root.join(year)).unwrap();
        fs::copy(fixture("plans").join(plan), root.join(year).join(plan)).unwrap();
    }
    fs::copy(fixture("supporting/skrivelse-2019.docx"), root.join("skrivelse.docx")).unwrap();
    fs::write(root.join("trasig.docx"), b"PK\x03\x04 och inget mer").unwrap();
    fs::write(root.join("anteckning.txt"), b"ring Anna").unwrap();
    fs::write(root.join("~$plan.docx"), b"tillf\xe4llig").unwrap();
    root
}

fn batch(inputs: &[&Path], output: &Path, more: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("handlingsplan").unwrap();
    command.arg("batch").args(inputs).arg("-o").arg(output).args(more).assert()
}

/// All files of a folder with what they hold.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(folder: &Path, root: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, root, into);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                into.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files
}

fn report(output: &Path) -> Value {
    serde_json::from_slice(&fs::read(output.join("report.json")).unwrap()).unwrap()
}

fn zip_of(path: &Path, members: &[(&str, &[u8])]) {
    let mut writer = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn a_bad_file_does_not_stop_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    let done = batch(&[&root], &output, &["--to", "docx,json"]).code(3);
    let said = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    assert!(said.contains("Misslyckades: trasig.docx"), "{said}");
    let report = report(&output);
    let summary = |what: &str| report["summary"][what].as_u64().unwrap();
    assert_eq!([summary("files"), summary("converted"), summary("failed"), summary("left_out")], [7, 5, 1, 1]);
    for plan in ["2023/rpo-md-2023.docx", "2024/rpo-md-2024.xlsx"] {
        assert!(output.join(format!("{plan}.json")).is_file() && output.join(format!("{plan}.docx")).is_file());
    }
    // A letter is no plan: it has a model, and what cannot be written is said.
    let letter = report["files"].as_array().unwrap().iter().find(|file| file["file"] == "skrivelse.docx").unwrap();
    assert_eq!(letter["documents"][0]["document_type"], "letter");
    let page = fs::read_to_string(output.join("report.html")).unwrap();
    assert!(page.contains("trasig.docx") && page.contains("RPO Medicinsk Diagnostik"));
}

#[test]
fn the_versions_of_a_group_are_one_history() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    batch(&[&root], &output, &[]).code(3);
    let report = report(&output);
    let group = &report["groups"][0];
    assert_eq!(group["versions"].as_array().unwrap().len(), 4);
    let history: Value =
        serde_json::from_slice(&fs::read(output.join(group["history"].as_str().unwrap())).unwrap()).unwrap();
    let sources = history["reading"]["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 4, "the history says where it came from");
    assert!(sources.iter().any(|source| source["file"] == "2023/rpo-md-2023.docx"));
}

#[test]
fn a_worker_that_dies_over_a_group_leaves_it_without_a_history_until_it_goes_better() {
    struct Nobody;
    impl Observer for Nobody {
        fn event(&self, _: &Event<'_>) {}
        fn is_stopped(&self) -> bool {
            false
        }
    }

    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    let run_with = |command: &str| {
        let options = BatchOptions {
            inputs: vec![root.clone()],
            output: output.clone(),
            settings: Settings {
                formats: vec![Format::Json],
                columns: None,
                password: None,
                template: None,
                caps: Caps::default(),
            },
            jobs: 2,
            force: false,
            shard: None,
            worker: vec![assert_cmd::cargo::cargo_bin!("handlingsplan").into(), command.into()],
        };
        run(&options, &Nobody).unwrap()
    };
    run_with("worker");
    let whole = tree(&output);
    fs::remove_dir_all(output.join("history")).unwrap();
    // No such command: the worker ends at once. The files are unchanged and need none.
    let summary = run_with("ingen");
    assert_eq!((summary.converted, summary.unchanged), (5, 5));
    let report = report(&output);
    let group = &report["groups"][0];
    assert!(group["failure"].as_str().unwrap().contains("kunde inte föras samman"), "{group}");
    assert_eq!((group["history"].is_null(), group["versions"].as_array().unwrap().len()), (true, 4));
    run_with("worker");
    assert_eq!(tree(&output), whole);
}

#[test]
fn a_second_run_does_nothing_and_a_changed_file_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    batch(&[&root], &output, &[]).code(3);
    let first = tree(&output);
    let time = |name: &str| fs::metadata(output.join(name)).unwrap().modified().unwrap();
    let model = "2023/rpo-md-2023.docx.json";
    let before = [time(model), time("report.html"), time(".handlingsplan/journal.ndjson")];
    let done = batch(&[&root], &output, &[]).code(3);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("5 oförändrade"));
    assert_eq!(tree(&output), first);
    assert_eq!([time(model), time("report.html"), time(".handlingsplan/journal.ndjson")], before);
    // Another content under the same name, and an output that somebody removed.
    fs::copy(fixture("plans/rpo-md-2025.docx"), root.join("2023/rpo-md-2023.docx")).unwrap();
    fs::remove_file(output.join("2024/rpo-md-2024.xlsx.json")).unwrap();
    let done = batch(&[&root], &output, &[]).code(3);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("3 oförändrade"));
    assert_ne!(tree(&output)[model], first[model]);
    // What a run in an empty folder gives, byte for byte.
    let fresh = folder.path().join("ut2");
    batch(&[&root], &fresh, &[]).code(3);
    assert_eq!(tree(&output), tree(&fresh));
}

#[test]
fn other_settings_convert_anew_and_remove_what_they_do_not_make() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    batch(&[&root], &output, &["--to", "csv"]).code(3);
    assert!(output.join("entries.csv").is_file() && output.join("2023/rpo-md-2023.docx.csv").is_file());
    assert!(!output.join("2023/rpo-md-2023.docx.json").exists(), "nobody asked for it");
    batch(&[&root], &output, &["--to", "json"]).code(3);
    assert!(!output.join("2023/rpo-md-2023.docx.csv").exists());
    assert!(output.join("2023/rpo-md-2023.docx.json").is_file());
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("arkiv");
    fs::create_dir_all(&root).unwrap();
    for number in 0..24 {
        let plan = PLANS[number % PLANS.len()];
        fs::copy(fixture("plans").join(plan), root.join(format!("{number}-{plan}"))).unwrap();
    }
    let whole = folder.path().join("ostörd");
    batch(&[&root], &whole, &["--to", "json,docx"]);
    let output = folder.path().join("störd");
    fs::create_dir_all(&output).unwrap();
    for moment in 1..=10 {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("handlingsplan"))
            .args(["batch", "--to", "json,docx", "-o"])
            .args([&output, &root])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(15 * moment));
        child.kill().unwrap();
        child.wait().unwrap();
        // No half file is ever seen.
        for (name, bytes) in tree(&output).iter().filter(|(name, _)| !name.starts_with(".handlingsplan")) {
            if name.ends_with(".json") {
                assert!(serde_json::from_slice::<Value>(bytes).is_ok(), "{name}");
            }
        }
    }
    batch(&[&root], &output, &["--to", "json,docx"]);
    assert_eq!(tree(&output), tree(&whole));
}

#[test]
fn shards_and_a_last_run_are_one_whole_run() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output, whole) = (archive(folder.path()), folder.path().join("ut"), folder.path().join("hel"));
    for shard in ["2/3", "1/3", "3/3"] {
        batch(&[&root], &output, &["--shard", shard]);
        assert!(!output.join("report.json").exists());
    }
    let done = batch(&[&root], &output, &[]).code(3);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("5 oförändrade"));
    batch(&[&root], &whole, &[]).code(3);
    assert_eq!(tree(&output), tree(&whole));
}

#[test]
fn archives_are_looked_into_and_names_stay_inside() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    let plan = fs::read(fixture("plans/rpo-md-2023.docx")).unwrap();
    let path = folder.path().join("gamla.zip");
    zip_of(&path, &[("2019/plan.docx", &plan), ("../../../ute.docx", &plan), ("2019/PLAN.docx", &plan)]);
    batch(&[&path], &output, &[]).success();
    let files: Vec<String> = tree(&output).into_keys().filter(|name| name.starts_with("gamla.zip/")).collect();
    assert_eq!(files, ["gamla.zip/2019/PLAN.docx.json", "gamla.zip/2019/plan.docx~2.json", "gamla.zip/ute.docx.json"]);
    assert!(!folder.path().join("ute.docx.json").exists());
}

#[test]
fn a_file_that_eats_the_memory_is_one_failed_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("in");
    fs::create_dir_all(&root).unwrap();
    let body: String = (0..400_000).map(|n| format!("<w:p><w:r><w:t>{n}</w:t></w:r></w:p>")).collect();
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relationships = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let parts = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relationships.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    zip_of(&root.join("jätte.docx"), &parts);
    fs::copy(fixture("plans/rpo-md-2023.docx"), root.join("plan.docx")).unwrap();
    let output = folder.path().join("ut");
    batch(&[&root], &output, &["--memory", "32", "--jobs", "1"]).code(3);
    let report = report(&output);
    assert_eq!(report["files"][0]["file"], "jätte.docx");
    let message = report["files"][0]["failure"]["message"].as_str().unwrap();
    assert!(message.contains("minne"), "{message}");
    assert_eq!(report["files"][1]["status"], "converted");
}

#[test]
fn two_runs_do_not_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    fs::create_dir_all(output.join(".handlingsplan")).unwrap();
    let lock = File::create(output.join(".handlingsplan/journal.lock")).unwrap();
    lock.lock().unwrap();
    let done = batch(&[&root], &output, &[]).code(1);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("en annan körning"));
    drop(lock);
    batch(&[&root], &output, &[]).code(3);
}

#[test]
fn wrong_uses_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    batch(&[&root], &output, &["--to", "odt"]).code(2);
    batch(&[&root], &output, &["--shard", "4/3"]).code(2);
    batch(&[&root], &root, &[]).code(1);
    batch(&[&folder.path().join("finns inte")], &output, &[]).code(1);
    let empty = folder.path().join("tom");
    fs::create_dir_all(&empty).unwrap();
    let done = batch(&[&empty], &output, &[]).code(1);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("inga filer"));
}

#[test]
fn no_cell_of_a_report_is_a_formula_or_html() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    let mut convert = Command::cargo_bin("handlingsplan").unwrap();
    let model = convert.arg("convert").arg(fixture("plans/rpo-md-2023.docx")).output().unwrap().stdout;
    let mut plan: Value = serde_json::from_slice(&model).unwrap();
    plan["group"] = "<script>alert(1)</script>".into();
    plan["sections"][0]["items"][0]["area"][0]["runs"][0]["text"] = "=cmd|' /C calc'!A0".into();
    let path = folder.path().join("plan.json");
    fs::write(&path, serde_json::to_vec(&plan).unwrap()).unwrap();
    batch(&[&path], &output, &["--to", "json,csv"]).success();
    let csv = fs::read_to_string(output.join("entries.csv")).unwrap();
    assert!(csv.contains("'=cmd|") && !csv.contains(";=cmd|") && !csv.contains("\"=cmd|"), "{csv}");
    let page = fs::read_to_string(output.join("report.html")).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"));
}

#[test]
fn a_log_of_json_is_one_object_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (archive(folder.path()), folder.path().join("ut"));
    let done = batch(&[&root], &output, &["--log-format", "json"]).code(3);
    let said = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    let events: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.iter().filter(|event| event["event"] == "file").count(), 7);
    assert_eq!(events.last().unwrap()["failed"], 1);
}

fn stream(paths: &str, more: &[&str]) -> (Option<i32>, Vec<Value>) {
    let mut command = Command::cargo_bin("handlingsplan").unwrap();
    let output = command.args(["convert", "--stream"]).args(more).write_stdin(paths).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn a_stream_answers_line_by_line_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = archive(folder.path());
    let names = ["2023/rpo-md-2023.docx", "trasig.docx", "finns inte.docx", "2024/rpo-md-2024.xlsx", "skrivelse.docx"];
    let paths: Vec<String> = names.iter().map(|name| root.join(name).display().to_string()).collect();
    let (code, lines) = stream(&format!("{}\n\n", paths.join("\r\n")), &["--jobs", "3"]);
    assert_eq!(code, Some(3));
    assert_eq!(lines.iter().map(|line| line["file"].as_str().unwrap()).collect::<Vec<_>>(), paths);
    let kinds: Vec<Option<&str>> = lines.iter().map(|line| line["documents"][0]["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("action_plan"), None, None, Some("action_plan"), Some("supporting_document")]);
    assert!(lines[1]["failure"]["message"].is_string() && lines[0]["failure"].is_null());
    // The shards' lines are the whole run's.
    let mut shards: Vec<Value> = Vec::new();
    for shard in ["1/2", "2/2"] {
        shards.extend(stream(&paths.join("\n"), &["--shard", shard]).1);
    }
    for line in &lines {
        assert!(shards.contains(line));
    }
    assert_eq!(shards.len(), lines.len());
}

/// Ctrl-C, as a terminal sends it.
#[cfg(unix)]
#[test]
fn a_run_that_is_asked_to_stop_ends_after_the_files_under_way() {
    use std::io::{BufRead, BufReader, Read};

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("arkiv");
    fs::create_dir_all(&root).unwrap();
    for number in 0..40 {
        fs::copy(fixture("plans/rpo-md-2023.docx"), root.join(format!("plan {number}.docx"))).unwrap();
    }
    let (output, whole) = (folder.path().join("ut"), folder.path().join("hel"));
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("handlingsplan"))
        .args(["batch", "--log-format", "json", "-o"])
        .args([&output, &root])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("\"file\"") {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "it ended by itself");
    }
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(rest.contains("avbrutet") && rest.contains("av 40 filer"), "{rest}");
    assert!(!output.join("report.json").exists());
    batch(&[&root], &output, &[]);
    batch(&[&root], &whole, &[]);
    assert_eq!(tree(&output), tree(&whole));
}
