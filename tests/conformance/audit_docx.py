#!/usr/bin/env python3
"""Asks other programs about the Word documents that the tests wrote.

    cargo test --test it docx_write && python3 tests/conformance/audit_docx.py

Without arguments it takes target/tmp/docx-samples; files and folders may be given instead. Each document must pass
openxml-audit without a finding, open in python-docx, and be turned into a PDF by LibreOffice. A program that is not
there is skipped, and said to be; with --all that is a failure. Installs nothing.
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


def open_in_python_docx(path):
    import docx

    try:
        document = docx.Document(str(path))
    except Exception as error:  # whatever it is, the file did not open
        return repr(error)
    texts = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    wrong = [text for text in texts if "_paragraphs(" in text]
    return f"code of the template is left: {wrong[0]}" if wrong else None


def convert(paths):
    """LibreOffice takes all in one start; a document that it cannot load gives no PDF."""
    with tempfile.TemporaryDirectory() as folder:
        profile = pathlib.Path(folder, "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run(command + [str(path) for path in paths], capture_output=True, check=False)
        return {path: None if pathlib.Path(folder, path.stem + ".pdf").exists() else "no PDF" for path in paths}


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--all"]
    root = pathlib.Path(__file__).resolve().parents[2]
    paths = []
    for argument in arguments or [root / "target/tmp/docx-samples"]:
        path = pathlib.Path(argument)
        paths += sorted(path.glob("*.docx")) if path.is_dir() else [path]
    if not paths:
        sys.exit("nothing to check: run cargo test --test it docx_write first")

    results, skipped = {}, []
    if shutil.which("openxml-audit"):
        results["openxml-audit"] = {path: audit(path) for path in paths}
    else:
        skipped.append("openxml-audit")
    try:
        import docx  # noqa: F401

        results["python-docx"] = {path: open_in_python_docx(path) for path in paths}
    except ImportError:
        skipped.append("python-docx")
    if shutil.which("soffice"):
        results["LibreOffice"] = convert(paths)
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
