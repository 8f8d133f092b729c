#!/usr/bin/env python3
"""Makes plans as workbooks and decks, lets LibreOffice save them again in other formats, reads all and scores what was read.

  run.py DIR [--seeds 0:20] [--only xlsx,pptx,saved.xlsx,saved.xls,saved.ods,saved.pptx] [--again] [-v]

Needs handlingsplan (HANDLINGSPLAN=path, else target/quick/handlingsplan), soffice for what is saved again, and the
Python packages openpyxl, python-pptx and python-docx. DIR keeps the files and their answers; --again only reads and
scores what is there. A light that is missing with a warning is counted apart; a wrong one is never forgiven.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(HERE.parent / "pdf_plans")]
import model  # noqa: E402
from reading import Unreadable, read_and_score  # noqa: E402
from score import flatten  # noqa: E402

FORMS = ["xlsx", "pptx", "saved.xlsx", "saved.xls", "saved.ods", "saved.pptx"]
DOUBT = {"unsupported", "unknown_light", "light_outside_table", "picture"}


def make(folder, seeds, forms):
    """The files of all the seeds, each with its answers (one a year) and its shape."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("xlsx", "pptx"):
        wanted = [form for form in forms if form == kind or form in ({"saved.pptx"} if kind == "pptx" else {"saved.xlsx", "saved.xls", "saved.ods"})]
        if not wanted:
            continue
        import as_deck
        import as_sheet
        ways = as_sheet if kind == "xlsx" else as_deck
        files, to_set = [], []
        for seed in seeds:
            rng = random.Random(f"{kind}{seed}/shape")
            shape = ways.shape_of(rng)
            plan, gold = model.plan(f"{kind}{seed}", shape)
            if kind == "xlsx" and not plan["titled"]:
                shape["sheets"] = "one"
            ways.prepare(plan, gold, shape, rng)
            own_names(plan, gold)
            golds, path = [gold], folder / f"{kind}-{seed}.{kind}"
            if kind == "xlsx":
                older = None
                if shape["sheets"] == "years":
                    older, old_gold = earlier(f"{kind}{seed}/older", shape, plan, rng)
                    golds = [old_gold, gold] if old_gold else golds
                as_sheet.book(plan, gold, shape, f"{kind}{seed}", str(path), older)
            else:
                as_deck.deck(plan, gold, shape, f"{kind}{seed}", str(path))
                if as_deck.needs_setting(shape):
                    to_set.append((plan, gold, shape, f"{kind}{seed}", str(path)))
            (folder / f"{kind}-{seed}.json").write_text(json.dumps({"golds": golds, "shape": shape}, ensure_ascii=False, indent=1))
            files.append(str(path))
        if to_set and shutil.which("soffice"):
            # Who draws lights puts them where the rows are shown, not where the file says.
            save_again([deck[-1] for deck in to_set], "pptx", folder / "set")
            for deck in to_set:
                as_deck.deck(*deck, set_rows=as_deck.heights(str(folder / "set" / Path(deck[-1]).name)))
        for form in wanted:
            if form.startswith("saved."):
                save_again(files, form.partition(".")[2], folder / "saved")


def earlier(seed, shape, plan, rng):
    """The plan of the year before."""
    import as_sheet
    for attempt in range(50):
        older, gold = model.plan(f"{seed}{attempt}", shape)
        if older["titled"] and older["year"] < plan["year"]:
            as_sheet.prepare(older, gold, shape, rng)
            own_names(older, gold)
            return older, gold
    shape["sheets"] = "one"
    return None, None


def own_names(plan, gold):
    """A light's own name beside it says no more than the light: the answer has no label for it."""
    rows = [row for section in plan["sections"] for row in section["rows"]]
    for row, answer in zip(rows, gold["items"]):
        if row["lights"] and row["lights"][0] == ("closed", "Avslutad"):
            answer["status_text"] = answer["status_text"].removeprefix("Avslutad").strip()


def save_again(files, ending, folder):
    profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/office-plans-profile-{os.getpid()}"
    for start in range(0, len(files), 40):
        subprocess.run(["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder), *files[start:start + 40]], check=True, capture_output=True)


def only_lights_missing(read, gold):
    """Whether the model differs from the answer in lights that are missing and nothing else."""
    got, want = flatten(read)["items"], gold["items"]
    if len(got) != len(want):
        return False
    missing = 0
    for a, b in zip(got, want):
        wanted = list(b["lights"])
        for light in a["lights"]:
            if light not in wanted:
                return False
            wanted.remove(light)
        missing += len(wanted)
    return missing > 0


def judge(folder, seeds, forms, verbose):
    program = os.environ.get("HANDLINGSPLAN", str(ROOT / "target/quick/handlingsplan"))
    failed = 0
    for form in forms:
        kind = "pptx" if form.endswith("pptx") else "xlsx"
        perfect = warned = count = 0
        for seed in seeds:
            path = folder / (f"{kind}-{seed}.{kind}" if form == kind else f"saved/{kind}-{seed}.{form.partition('.')[2]}")
            if not path.exists():
                continue
            about = json.loads((folder / f"{kind}-{seed}.json").read_text())
            shape, about["golds"] = about["shape"], [gold for gold in about["golds"] if gold]
            name = f"{path} " + " ".join(f"{k}={v}" for k, v in shape.items() if k in ("form", "layout", "sheets", "dates", "style", "split", "heading", "tight", "hidden", "standing", "date_format") and v)
            for gold in about["golds"]:
                count += 1
                extra = ["--plan", str(gold["year"])] if len(about["golds"]) > 1 else []
                try:
                    read, figures = read_and_score(program, path, gold, False, verbose, extra)
                except Unreadable as error:
                    print(f"FAIL {name}: {error}")
                    failed += 1
                    continue
                codes = {warning["code"] for warning in read["reading"]["warnings"]}
                good = all(value > 0.9995 for value in figures.values())
                # LibreOffice writes neither icon sets nor the newer rules in .xls: no light stands in the file.
                gone = form == "saved.xls" and shape["form"] in ("icons", "icons_bare", "x14_icons", "x14_rule")
                if form == "saved.xls" and shape["form"] == "icons_bare":
                    # Without its icons the file shows the numbers.
                    figures["cells"] = 1.0
                rest = all(value > 0.9995 for key, value in figures.items() if key != "lights")
                lost = read["reading"]["coverage"] < 1 or read["reading"]["leftovers"]
                if good and not lost:
                    perfect += 1
                    continue
                if rest and not good and not lost and only_lights_missing(read, gold) and (codes & DOUBT or gone):
                    warned += 1
                    word = "warned"
                else:
                    failed += 1
                    word = "FAIL" if not good else "lost"
                print(f"{word} {name}: " + " ".join(f"{k}={v:.3f}" for k, v in figures.items() if v < 0.9995) + (f" coverage={read['reading']['coverage']:.4f}" if lost else "") + f" {sorted(codes)}")
        print(f"{form}: {perfect} of {count} perfect, {warned} with a light missing and told of", flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", default="0:10")
    parser.add_argument("--only", default=",".join(FORMS))
    parser.add_argument("--again", action="store_true")
    parser.add_argument("-v", action="store_true")
    args = parser.parse_args()
    first, _, last = args.seeds.partition(":")
    seeds = range(int(first), int(last or int(first) + 1))
    forms = args.only.split(",")
    if not shutil.which("soffice"):
        forms = [form for form in forms if not form.startswith("saved.")]
        print("soffice is not installed: only the files as made are read")
    if not args.again:
        make(args.folder, seeds, forms)
    sys.exit(1 if judge(args.folder, seeds, forms, args.v) else 0)


if __name__ == "__main__":
    main()
