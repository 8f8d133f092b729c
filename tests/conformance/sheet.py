"""The form for a meeting, as people and other programs leave it: filled in by openpyxl and python-docx, with the
slips that people make, saved again by LibreOffice, read back.

Run by .ci/run with the program built: python sheet.py target/debug/handlingsplan
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import docx
import openpyxl

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
PLAN = pathlib.Path(__file__).resolve().parents[2] / "fixtures/plans/rpo-md-2024.docx"
DAY = "2024-09-18"


def run(*args, ok=(0,)):
    done = subprocess.run(args, capture_output=True, text=True)
    assert done.returncode in ok, (args, done.returncode, done.stderr)
    return done.stderr


def office(folder, file, ending):
    """The file as LibreOffice saves it."""
    out = folder / f"saved as {ending}"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", ending, "--outdir", out, file)
    return out / f"{file.stem}.{ending}"


def texts(blocks):
    return ["".join(run["text"] for run in block["runs"]) for block in blocks]


def entries(plan, day=DAY):
    items = [item for section in plan["sections"] for item in section["items"]]
    return {item["id"]: texts(entry["text"]) for item in items for entry in item["follow_up"] if entry["date"] == day}


def status(plan, wanted):
    item = next(item for section in plan["sections"] for item in section["items"] if item["id"] == wanted)
    return [light["light"] for light in item["status"]["lights"]], texts(item["status"]["text"])


def update(folder, notes, ok=(0,), more=()):
    result = folder / "result.json"
    result.unlink(missing_ok=True)
    said = run(PROGRAM, "update", PLAN, "--notes", notes, "-o", result, *more, ok=ok)
    return (json.loads(result.read_text()) if result.exists() else None), said


class Excel:
    """The Excel form; rows are counted from the first item's."""

    ending = "xlsx"

    def __init__(self, file):
        self.book = openpyxl.load_workbook(file)
        self.sheet = self.book.worksheets[0]

    def rows(self):
        return [row for row in range(2, self.sheet.max_row + 1) if self.sheet.cell(row, 1).value]

    def get(self, number, column):
        return self.sheet.cell(self.rows()[number], column).value

    def put(self, number, column, text):
        self.sheet.cell(self.rows()[number], column).value = text

    def delete(self, number):
        self.sheet.delete_rows(self.rows()[number])

    def sort(self, columns):
        """Backwards by the area; all columns, or only some: then they no longer belong to their rows."""
        rows = self.rows()
        cells = sorted(([self.sheet.cell(row, c).value for c in range(1, 6)] for row in rows), key=lambda r: r[1], reverse=True)
        for row, values in zip(rows, cells):
            for column in columns:
                self.sheet.cell(row, column).value = values[column - 1]

    def forget_day(self, text):
        self.sheet.title = "Anteckningar"
        for sheet in self.book.worksheets[1:]:
            for row in sheet.iter_rows():
                for cell in row:
                    if str(cell.value).startswith("2024-09-18"):
                        cell.value = text

    def save(self, file):
        self.book.save(file)


class Word:
    """The Word form."""

    ending = "docx"

    def __init__(self, file):
        self.document = docx.Document(file)
        self.table = self.document.tables[0]

    def rows(self):
        return [row for row in self.table.rows[1:] if row.cells[0].text.strip()]

    def get(self, number, column):
        return self.rows()[number].cells[column - 1].text

    def put(self, number, column, text):
        cell = self.rows()[number].cells[column - 1]
        for control in cell._tc.xpath(".//w:sdt"):
            control.getparent().remove(control)
        if not cell.paragraphs:
            cell.add_paragraph()
        first, *more = text.split("\n")
        cell.paragraphs[0].text = first
        for line in more:
            cell.add_paragraph(line)

    def delete(self, number):
        row = self.rows()[number]._tr
        row.getparent().remove(row)

    def sort(self, columns):
        rows = self.rows()
        if len(columns) == 5:
            for row in sorted(rows, key=lambda row: row.cells[1].text, reverse=True):
                rows[0]._tr.getparent().append(row._tr)
            return
        cells = sorted((([copy.deepcopy(c._tc) for c in row.cells], row.cells[1].text) for row in rows), key=lambda r: r[1], reverse=True)
        for row, (values, _) in zip(rows, cells):
            for column in columns:
                old = row.cells[column - 1]._tc
                old.getparent().replace(old, values[column - 1])

    def forget_day(self, text):
        for paragraph in self.document.paragraphs:
            if paragraph.text.startswith("Mötets datum"):
                paragraph.text = f"Mötets datum: {text or ''}"

    def save(self, file):
        self.document.save(file)


def slips(folder, form, kind):
    """What people do to a form, each read back to the right item or with a message that says what to do."""

    def filled(change, saved_by_office=False):
        book = kind(form)
        change(book)
        file = folder / f"filled.{kind.ending}"
        book.save(file)
        return office(folder, file, kind.ending) if saved_by_office else file

    ids = [kind(form).get(number, 1).strip() for number in range(8)]

    def two_rows(book):
        book.put(1, 4, "Första raden\n- en punkt")
        book.put(4, 4, "Andra punkten")
        book.put(4, 5, "Gul – inväntar beslut i regionen")

    wanted = {ids[1]: ["Första raden", "en punkt"], ids[4]: ["Andra punkten"]}
    for by_office in (False, True):
        plan, _ = update(folder, filled(two_rows, by_office))
        assert entries(plan) == wanted, (kind, by_office, entries(plan))
        lights, words = status(plan, ids[4])
        assert lights == ["yellow"] and "inväntar beslut i regionen" in " ".join(words), (lights, words)

    def deleted(book):
        two_rows(book)
        book.delete(2)
        book.delete(0)

    plan, _ = update(folder, filled(deleted))
    assert entries(plan) == wanted, (kind, entries(plan))

    def sorted_whole(book):
        two_rows(book)
        book.sort([1, 2, 3, 4, 5])

    for by_office in (False, True):
        plan, _ = update(folder, filled(sorted_whole, by_office))
        assert entries(plan) == wanted, (kind, entries(plan))

    def sorted_alone(book):
        two_rows(book)
        book.sort([1])

    # Ids and names tell of different items: nothing is guessed, all is kept.
    plan, said = update(folder, filled(sorted_alone), ok=(3,))
    kept = [note for note in plan["unplaced"] if texts(note["text"]) in wanted.values()]
    taken = entries(plan)
    assert len(kept) + len(taken) == 2 and all(wanted.get(one) == text for one, text in taken.items()), (kept, taken)
    assert "olika punkter" in said and all(note["candidates"] for note in kept), said

    for text in (None, "i tisdags"):

        def no_day(book):
            two_rows(book)
            book.forget_day(text)

        plan, said = update(folder, filled(no_day), ok=(1,))
        assert plan is None and "--meeting" in said, said
        plan, _ = update(folder, filled(no_day), more=("--meeting", DAY))
        assert entries(plan) == wanted


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    form, filled = folder / "form.xlsx", folder / "filled.xlsx"
    run(PROGRAM, "sheet", PLAN, "--meeting", DAY, "-o", form)
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
        notes = filled if ending == "as it is" else office(folder, filled, ending)
        plan, _ = update(folder, notes, ok=(3,))
        assert entries(plan) == wanted, ending
        assert [note["heading"] for note in plan["unplaced"]] == ["En ny fråga"], ending
    print("sheet: filled in and saved by openpyxl and LibreOffice (xlsx, ods, xls): read back alike")

    slips(folder, form, Excel)
    word = folder / "form.docx"
    run(PROGRAM, "sheet", PLAN, "--meeting", DAY, "-o", word)
    slips(folder, word, Word)
    print("sheet: two rows, status in words, rows deleted, sorted, a column sorted alone, no day: xlsx and docx hold")
