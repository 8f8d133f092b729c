#!/usr/bin/env python3
"""Asks other programs about the Word, PowerPoint and Excel files that were written.

    cargo test && tests/conformance/samples.sh && python3 tests/conformance/audit_office.py

Without arguments it takes target/tmp/{docx,pptx,xlsx}-samples; files and folders may be given instead. Each must be turned
into a PDF by LibreOffice and open in python-docx, python-pptx or openpyxl; a .docx or .pptx must pass openxml-audit without
a finding, but for derived-samples: those keep what other programs made of the file they are made from. A program that is not there is skipped, and said to be; with --all that is a failure. Installs nothing.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile


def audit(path):
    done = subprocess.run(["openxml-audit", str(path)], capture_output=True, text=True)
    clean = done.returncode == 0 and "Errors: 0" in done.stdout
    return None if clean else (done.stdout + done.stderr).strip()


def texts_of_docx(path):
    import docx

    document = docx.Document(str(path))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def texts_of_pptx(path):
    import pptx

    shapes = [shape for slide in pptx.Presentation(str(path)).slides for shape in slide.shapes]
    cells = [cell for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return [cell.text for cell in cells] + [shape.text_frame.text for shape in shapes if shape.has_text_frame]


def texts_of_xlsx(path):
    import openpyxl

    return [str(cell) for sheet in openpyxl.load_workbook(path) for row in sheet.values for cell in row if cell]


OPENERS = {".docx": ("python-docx", texts_of_docx), ".pptx": ("python-pptx", texts_of_pptx), ".xlsx": ("openpyxl", texts_of_xlsx)}


def opens(path):
    try:
        texts = OPENERS[path.suffix][1](path)
    except ImportError:
        raise
    except Exception as error:  # whatever it is, the file did not open
        return repr(error)
    wrong = [text for text in texts if "_paragraphs(" in text]
    return f"code of the template is left: {wrong[0]}" if wrong else None


def convert(paths):
    """LibreOffice takes all in one start; a document that it cannot load gives no PDF."""
    with tempfile.TemporaryDirectory() as folder:
        profile = pathlib.Path(folder, "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run(command + [str(path) for path in paths], capture_output=True, check=False)
        return {path: None if pathlib.Path(folder, path.stem + ".pdf").exists() else "no PDF" for path in paths}


def convert_all(paths):
    """Files of one name and different endings would give one PDF."""
    kinds = [[path for path in paths if path.suffix == suffix] for suffix in OPENERS]
    return {path: answer for kind in kinds if kind for path, answer in convert(kind).items()}


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--all"]
    root = pathlib.Path(__file__).resolve().parents[2]
    paths = []
    for argument in arguments or [root / f"target/tmp/{kind}-samples" for kind in ("docx", "pptx", "xlsx", "derived")]:
        path = pathlib.Path(argument)
        paths += sorted(file for file in path.glob("*.*") if file.suffix in OPENERS) if path.is_dir() else [path]
    if not paths:
        sys.exit("nothing to check: run cargo test and tests/conformance/samples.sh first")

    results, skipped = {}, []
    if shutil.which("openxml-audit"):
        results["openxml-audit"] = {
            path: audit(path) for path in paths if path.suffix != ".xlsx" and path.parent.name != "derived-samples"
        }
    else:
        skipped.append("openxml-audit")
    for suffix, (name, _) in OPENERS.items():
        try:
            results[name] = {path: opens(path) for path in paths if path.suffix == suffix}
        except ImportError:
            skipped.append(name)
    if shutil.which("soffice"):
        results["LibreOffice"] = convert_all(paths)
    else:
        skipped.append("LibreOffice")

    failed = False
    for name, answers in results.items():
        wrong = {path: answer for path, answer in answers.items() if answer}
        print(f"{name}: {len(answers) - len(wrong)} of {len(answers)} documents without a finding")
        for path, answer in wrong.items():
            print(f"  {path}\n    " + answer.replace("\n", "\n    "))
        failed |= bool(wrong)
    for name in skipped:
        print(f"{name}: not installed, skipped")
    sys.exit(1 if failed or (skipped and "--all" in sys.argv) else 0)


if __name__ == "__main__":
    main()
