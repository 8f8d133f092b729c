#!/usr/bin/env python3
"""How cost grows: the same work on more items, and so on more pages, each against the smallest of the row.

    growth.py PROGRAM [ITEMS…]      (20 200 2000 when none are given)

Makes plans of so many items as JSON, writes each in every format, reads each back, and merges each with a later version of
itself. Prints user time and the most memory, and the ratio of times to the size before: 10 is linear, below is better.
"""
import json, os, pathlib, subprocess, sys, tempfile

FORMATS = ["json", "docx", "pptx", "xlsx", "html", "md", "csv", "pdf"]
READ = ["json", "docx", "pptx", "xlsx", "pdf"]
VERBS = ["Införa", "Utveckla", "Samordna", "Följa upp", "Kartlägga", "Förbättra", "Utreda", "Etablera", "Pröva", "Sprida"]
THINGS = ["vårdprogram", "remissvägar", "kvalitetsregister", "utbildning", "läkemedelslistor", "bedömningar", "rehabilitering"]
FIELDS = ["hjärta", "lunga", "rörelse", "barn", "ögon", "hud", "njure", "cancer", "psykisk hälsa", "nerver", "öron"]
LIGHTS = ["green", "yellow", "red", "closed"]


def block(text):
    return [{"kind": "paragraph", "runs": [{"text": text}]}]


def item(number, year):
    verb, thing, field = VERBS[number % 10], THINGS[number // 10 % 7], FIELDS[number // 70 % 11]
    name = f"{verb} {thing} inom {field}, spår {number}"
    entries = [
        {"date": f"{year}-{month:02}-{1 + number % 28:02}", "written": f"{year % 100:02}{month:02}{1 + number % 28:02}",
         "text": block(f"Arbetsgruppen för {thing} har träffats; nästa steg är spår {number}.{month}.")}
        for month in (2, 5, 9, 11)
    ]
    return {"id": f"item-{number}", "area": block(name), "priority": block(f"Jämlik vård av {field} ({number})"),
            "activities": block(f"{verb} {thing} steg {number}") + block(f"Möte om {field}"), "promises": [],
            "follow_up": entries, "status": {"lights": [{"light": LIGHTS[number % 4], "label": None}], "text": []},
            "status_history": [], "wording_history": [], "source": None}


def plan(items, year):
    columns = {"area": "Nationellt insatsområde", "priority": "Prioriterat område och patientlöften",
               "activities": "Aktiviteter", "follow_up": "Uppföljning", "status": "Status"}
    base = json.loads(BASE)
    base.update({"title": f"Översiktlig handlingsplan {year}", "year": year, "group": "RPO Prov", "other": [], "results": [],
                 "challenges": [], "instructions": [], "calendar": None, "leftovers": []})
    base["sections"] = [{"kind": "national", "title": None, "columns": columns, "items": [item(n, year) for n in range(items)]}]
    return base


def run(command):
    """User seconds and megabytes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}: {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    global BASE
    program, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]] or [20, 200, 2000]
    fixture = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "plans" / "rpo-md-2023.docx"
    BASE = subprocess.run([program, "convert", str(fixture)], capture_output=True, check=False).stdout
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        rows = {}
        for size in sizes:
            old, new = folder / f"{size}.json", folder / f"{size}-ny.json"
            old.write_text(json.dumps(plan(size, 2024)))
            new.write_text(json.dumps(plan(size, 2025)))
            for to in FORMATS:
                rows.setdefault(f"write {to}", []).append(run([program, "convert", old, "-o", folder / f"{size}-ut.{to}"]))
            for what in READ:
                rows.setdefault(f"read {what}", []).append(run([program, "convert", folder / f"{size}-ut.{what}"]))
            rows.setdefault("merge", []).append(run([program, "merge", old, new, "-o", folder / f"{size}-merged.json"]))
        print("what".ljust(14) + "".join(f"{size} items".rjust(26) for size in sizes))
        for what, figures in rows.items():
            line, before = what.ljust(14), None
            for seconds, megabytes in figures:
                ratio = f" ({seconds / before:5.1f})" if before else " " * 8
                line += f"{seconds * 1000:8.0f} ms {megabytes:4.0f} MB{ratio}".rjust(26)
                before = seconds
            print(line)


if __name__ == "__main__":
    main()
