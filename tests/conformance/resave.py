#!/usr/bin/env python3
"""Plan → Word, Excel, PowerPoint → saved again by LibreOffice → the same plan.

    python3 tests/conformance/resave.py target/debug/handlingsplan [PLAN.json …]

What must come back: every item with its id, its area, priority, activities, entries with their dates, lights and status,
and the standing pages; and, where LibreOffice keeps the hidden part of the file, everything else too.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)


def text(blocks):
    # A bullet that LibreOffice saves as text of its own look is still the same words.
    return [" ".join("".join(run["text"] for run in block["runs"]).split()) for block in blocks]


def seen(plan):
    items = []
    for section in plan["sections"]:
        for item in section["items"]:
            entries = [(entry["date"], text(entry["text"])) for entry in item["follow_up"]]
            lights = [(light["light"], light["label"]) for light in item["status"]["lights"]]
            cells = [text(item[key]) for key in ("area", "priority", "activities")]
            items.append((section["kind"], item["id"], cells, entries, lights, text(item["status"]["text"])))
    pages = {key: text(plan[key]) for key in ("results", "challenges", "promises", "instructions")}
    return items, pages, plan["updated"], plan["title"], plan["year"]


def whole(plan):
    plan = {key: value for key, value in plan.items() if key != "reading"}
    for section in plan["sections"]:
        for item in section["items"]:
            item["source"] = None
    return plan


def main():
    program, *plans = sys.argv[1:] or ["target/debug/handlingsplan"]
    plans = [pathlib.Path(plan) for plan in plans] or sorted((ROOT / "fixtures/plans").glob("*.docx"))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        profile = (folder / "profile").as_uri()
        for plan in plans:
            run(program, "convert", plan, "-o", folder / f"{plan.stem}.json")
        for ending in ("docx", "xlsx", "pptx"):
            (folder / ending).mkdir()
            for plan in plans:
                run(program, "convert", folder / f"{plan.stem}.json", "-o", folder / f"{plan.stem}.{ending}")
            files = [str(folder / f"{plan.stem}.{ending}") for plan in plans]
            command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending]
            subprocess.run(command + ["--outdir", str(folder / ending), *files], capture_output=True, check=False)
            same = complete = 0
            for plan in plans:
                before = json.loads((folder / f"{plan.stem}.json").read_text())
                saved = folder / ending / f"{plan.stem}.{ending}"
                if not saved.exists():
                    print(f"  {ending}, {plan.name}: LibreOffice does not open it")
                    continue
                run(program, "convert", saved, "-o", folder / "again.json", "--force")
                again = json.loads((folder / "again.json").read_text())
                same += seen(before) == seen(again)
                complete += whole(before) == whole(again)
                if seen(before) != seen(again):
                    for left, right in zip(seen(before)[0], seen(again)[0]):
                        if left != right:
                            print(f"  {ending}, {plan.name}: was {left}\n    is {right}")
                            break
                    else:
                        pages = [(a, b) for a, b in zip(seen(before), seen(again)) if a != b]
                        print(f"  {ending}, {plan.name}: {str(pages)[:600]}")
            failed += len(plans) - same
            print(f"{ending}: {same} of {len(plans)} the same after LibreOffice, {complete} with all that is hidden")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
