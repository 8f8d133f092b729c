#!/usr/bin/env python3
"""Makes plans, prints them to PDF by several programs, reads them and scores what was read.

  run.py DIR [--seeds 0:20] [--only docx,pptx,chromium,weasyprint,reportlab,typst] [--again] [-v]

Needs handlingsplan (HANDLINGSPLAN=path, else target/quick/handlingsplan), soffice, chromium, and the Python
packages python-docx, python-pptx, reportlab, weasyprint; each missing program is left out with a line that says so.
DIR keeps the sources, the PDFs and the answers; --again only reads and scores what is there.
"""
import argparse
import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE))
import as_html  # noqa: E402
import model  # noqa: E402
from reading import Unreadable, read_and_score  # noqa: E402
import score as scoring  # noqa: E402
from score import score  # noqa: E402

HEADS = [("#d9e2f3", "#000000"), ("#1f3864", "#ffffff"), ("#e7e6e6", "#222222"), ("#ffffff", "#000000")]


def shape_of(seed, producer):
    rng = random.Random(f"{seed}/{producer}/shape")
    if producer in ("docx", "pptx"):
        import as_office
        lights, styles = as_office.LIGHTS, as_office.STYLES
        if producer == "pptx":
            lights = [l for l in lights if l != "wingdings"]
    elif producer == "reportlab":
        import as_reportlab
        lights, styles = as_reportlab.LIGHTS, as_reportlab.STYLES
    else:
        lights, styles = as_html.LIGHTS, as_html.STYLES
    return {"lights": rng.choice(lights), "style": rng.choice(styles), "paper": rng.choice(["landscape", "landscape", "portrait"]), "repeat": rng.random() < 0.6,
            "keep": rng.random() < 0.3, "furniture": rng.random() < 0.6, "italic": rng.random() < 0.5, "new_pages": rng.random() < 0.3,
            "head": rng.choice(HEADS), "many": rng.random() < 0.4, "long": rng.random() < 0.4 and producer != "pptx",
            "align": "justify" if rng.random() < 0.12 else "left"}


def make(folder, seeds, producers):
    profile = f"-env:UserInstallation=file://{tempfile.mkdtemp()}"
    for producer in producers:
        out = folder / producer
        out.mkdir(parents=True, exist_ok=True)
        sources = []
        for seed in seeds:
            shape = shape_of(seed, producer)
            plan, gold = model.plan(f"{producer}{seed}", shape)
            (out / f"{seed}.gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1))
            (out / f"{seed}.shape.json").write_text(json.dumps(shape))
            pdf = out / f"{seed}.pdf"
            if producer in ("docx", "pptx"):
                import as_office
                source = out / f"{seed}.{producer}"
                (as_office.word if producer == "docx" else as_office.slides)(plan, seed, shape, str(source))
                sources.append(str(source))
            elif producer == "reportlab":
                import as_reportlab
                from reportlab.platypus.doctemplate import LayoutError
                try:
                    as_reportlab.write(plan, seed, shape, pdf)
                except LayoutError:
                    # A row that is higher than a page cannot be kept on one.
                    shape["keep"] = False
                    (out / f"{seed}.shape.json").write_text(json.dumps(shape))
                    plan, _ = model.plan(f"{producer}{seed}", shape)
                    as_reportlab.write(plan, seed, shape, pdf)
            else:
                page = out / f"{seed}.html"
                page.write_text(as_html.page(plan, seed, shape))
                if producer == "chromium":
                    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                                    f"--user-data-dir={tempfile.gettempdir()}/pdf-plans-chromium", *([] if shape["furniture"] else ["--no-pdf-header-footer"]),
                                    f"--print-to-pdf={pdf}", page.resolve().as_uri()], check=True, capture_output=True)
                else:
                    import weasyprint
                    weasyprint.HTML(str(page)).write_pdf(str(pdf))
        if sources:
            subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), *sources], check=True, capture_output=True)


def but_for_spaces(read, gold):
    """Whether all is right but for spaces inside words that the page breaks without a hyphen, which nothing on it shows."""
    told = scoring.fold
    scoring.fold = lambda text, pdf=False: re.sub(r"\s", "", told(text, pdf))
    try:
        with open(os.devnull, "w") as quiet:
            figures = score(read, gold, True, False, quiet)
    finally:
        scoring.fold = told
    cells = lambda items: [told(str(item.get(k) or ""), True) for item in items for k in ("area", "priority", "activities", "status_text")]
    mine = " ".join(cells(scoring.flatten(read)["items"])).count(" ")
    return all(value > 0.9995 for value in figures.values()) and mine >= " ".join(cells(gold["items"])).count(" ")


def judge(folder, seeds, producers, verbose):
    program = os.environ.get("HANDLINGSPLAN", str(ROOT / "target/quick/handlingsplan"))
    failed = 0
    for producer in producers:
        perfect = broken = 0
        for seed in seeds:
            pdf = folder / producer / f"{seed}.pdf"
            if not pdf.exists():
                continue
            gold = json.loads((folder / producer / f"{seed}.gold.json").read_text())
            shape = json.loads((folder / producer / f"{seed}.shape.json").read_text())
            name = f"{producer}/{seed} {shape['lights']} {shape['style']} {shape['paper']}{' repeat' if shape['repeat'] else ''}{' keep' if shape['keep'] else ''}"
            try:
                read, figures = read_and_score(program, pdf, gold, True, verbose)
            except Unreadable as error:
                print(f"FAIL {name}: {error}")
                failed += 1
                continue
            lost = read["reading"]["coverage"] < 1 or read["reading"]["leftovers"]
            good = all(value > 0.9995 for value in figures.values())
            perfect += good
            if not good or lost:
                spaces = not good and but_for_spaces(read, gold)
                broken += spaces
                failed += not good and not spaces
                print(("lost " if good else "words " if spaces else "FAIL ") + name + ": " + " ".join(f"{k}={v:.3f}" for k, v in figures.items()) + f" coverage={read['reading']['coverage']:.4f}")
        count = sum((folder / producer / f"{seed}.pdf").exists() for seed in seeds)
        more = f", {broken} more but for a space inside a word that the page breaks without a hyphen" if broken else ""
        print(f"{producer}: {perfect} of {count} perfect{more}", flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", default="0:10")
    parser.add_argument("--only", default="docx,pptx,chromium,weasyprint,reportlab")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("-v", action="store_true")
    args = parser.parse_args()
    first, _, last = args.seeds.partition(":")
    seeds = range(int(first), int(last or int(first) + 1))
    need = {"docx": "soffice", "pptx": "soffice", "chromium": "chromium"}
    modules = {"docx": "docx", "pptx": "pptx", "weasyprint": "weasyprint", "reportlab": "reportlab"}
    producers = []
    for producer in args.only.split(","):
        if producer in need and not shutil.which(need[producer]) or producer in modules and not importlib.util.find_spec(modules[producer]):
            print(f"{producer}: left out, its program is not installed")
        else:
            producers.append(producer)
    if not args.again:
        make(args.folder, seeds, producers)
    sys.exit(1 if judge(args.folder, seeds, producers, args.v) else 0)


if __name__ == "__main__":
    main()
