"""Whole processes against other programs on the same files, in turns in one run.

Usage: processes.py PROGRAM [ROUNDS]    Prints the median wall time in milliseconds and the ratio to this program's.
Programs that are not there (pdftotext, pandoc, pdfplumber, markitdown) are left out.
"""
import importlib.util
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

PLANS = Path(__file__).resolve().parents[2] / "fixtures" / "plans"


def commands(program):
    docx, pdf, xlsx = (str(PLANS / f"rpo-md-2025.{e}") for e in ("docx", "docx.pdf", "xlsx"))
    yield "docx", "handlingsplan convert", [program, "convert", docx]
    yield "docx", "pandoc -t plain", ["pandoc", "-t", "plain", docx]
    yield "pdf", "handlingsplan convert", [program, "convert", pdf]
    yield "pdf", "pdftotext -layout", ["pdftotext", "-layout", pdf, "-"]
    plumber = "import sys, pdfplumber\nfor p in pdfplumber.open(sys.argv[1]).pages: p.extract_tables()"
    if importlib.util.find_spec("pdfplumber"):
        yield "pdf", "pdfplumber", [sys.executable, "-c", plumber, pdf]
    yield "xlsx", "handlingsplan convert", [program, "convert", xlsx]
    if importlib.util.find_spec("markitdown"):
        mark = "import sys\nfrom markitdown import MarkItDown\nMarkItDown().convert(sys.argv[1])"
        for kind, file in (("docx", docx), ("pdf", pdf), ("xlsx", xlsx)):
            yield kind, "markitdown", [sys.executable, "-c", mark, file]


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 15
    all_commands = [one for one in commands(program) if shutil.which(one[2][0])]
    times = {(kind, name): [] for kind, name, _ in all_commands}
    for number in range(rounds + 1):
        for kind, name, command in all_commands:
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            if number:  # the first round warms up
                times[kind, name].append((time.perf_counter() - start) * 1000)
    for (kind, name), measured in sorted(times.items()):
        own = statistics.median(times[kind, "handlingsplan convert"])
        median = statistics.median(measured)
        print(f"{kind:5} {name:24} {median:8.1f} ms   {median / own:6.1f} times")


if __name__ == "__main__":
    main()
