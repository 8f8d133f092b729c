"""The form for a meeting, as other programs leave it: filled in by openpyxl, saved again by LibreOffice, read back.

Run by .ci/run with the program built: python sheet.py target/debug/handlingsplan
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
PLAN = pathlib.Path(__file__).resolve().parents[2] / "fixtures/plans/rpo-md-2024.docx"


def run(*args, ok=(0,)):
    done = subprocess.run(args, capture_output=True, text=True)
    assert done.returncode in ok, (args, done.returncode, done.stderr)


def entries(plan, day):
    items = [item for section in plan["sections"] for item in section["items"]]
    found = {}
    for item in items:
        for entry in item["follow_up"]:
            if entry["date"] == day:
                found[item["id"]] = ["".join(run["text"] for run in block["runs"]) for block in entry["text"]]
    return found


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    form, filled = folder / "form.xlsx", folder / "filled.xlsx"
    run(PROGRAM, "sheet", PLAN, "--meeting", "2024-09-18", "-o", form)
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Id", "Område", "Senaste uppföljning", "Ny uppföljning", "Ny status"]
    assert sheet.protection.sheet and sheet["A2"].protection.locked and not sheet["D2"].protection.locked
    validation = sheet.data_validations.dataValidation[0]
    assert validation.formula1 == '"grön,gul,röd,avslutad"' and not validation.showErrorMessage
    first, second = sheet["A2"].value, sheet["A3"].value
    sheet["D2"], sheet["E2"] = "Första raden\n- en punkt", "gul, väntar"
    sheet["D3"] = "240918 Med eget datum"
    sheet["B11"], sheet["D11"] = "En ny fråga", "Text"
    book.save(filled)
    wanted = {first: ["Första raden", "en punkt"], second: ["Med eget datum"]}
    for ending in ["as it is", "xlsx", "ods", "xls"]:
        notes = filled
        if ending != "as it is":
            out = folder / ending
            profile = f"-env:UserInstallation=file://{folder}/profile"
            run("soffice", profile, "--headless", "--convert-to", ending, "--outdir", out, filled)
            notes = out / f"filled.{ending}"
        result = folder / f"{ending}.json"
        run(PROGRAM, "update", PLAN, "--notes", notes, "-o", result, ok=(3,))
        plan = json.loads(result.read_text())
        assert entries(plan, "2024-09-18") == wanted, ending
        assert [note["heading"] for note in plan["unplaced"]] == ["En ny fråga"], ending
    print("sheet: filled in and saved by openpyxl and LibreOffice (xlsx, ods, xls): read back alike")
