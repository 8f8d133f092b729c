"""A plan as an .xlsx workbook, in the layouts and with the lights that people make."""
import datetime
import random

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.writer.theme import theme_xml

from as_html import EMOJI, FILLS, WORDS
from inject import cf_extension, drawing

ORDER = ("area", "priority", "activities", "follow_up", "status")
# The model's own word for what a form can show.
LIGHTS = {"rgb": "fill", "theme": "fill", "indexed": "fill", "rule_equal": "fill", "rule_text": "fill", "rule_formula": "fill",
          "rule_beside": "fill", "rule_number": "fill", "icons": "fill", "icons_bare": "fill", "rule_font": "fill", "x14_rule": "fill",
          "x14_icons": "fill", "sign": "sign", "font": "fill", "ellipse": "fill", "emoji": "emoji", "words": "words", "words_only": "words_only"}
LAYOUTS = ["wide", "wide", "wide", "long_merged", "long_blank", "long_repeated"]
DATES = ["yyyy-mm-dd", "yymmdd", "d/m/yyyy", "dd mmm yyyy", "[$-41D]d mmmm yyyy", "yyyy/mm/dd", "dddd d mmmm yyyy", "m/d/yy", "yyyymmdd"]
THEME = {"green": [(9, 0.0), (9, 0.3999755851924192), (9, -0.249977111117893)], "yellow": [(7, 0.0), (7, 0.3999755851924192)], "red": None}
INDEXED = {"green": [17, 50, 11], "yellow": [13, 51, 5], "red": [10, 2]}
CODES = [{"green": "Enligt plan", "yellow": "Mindre avvikelse", "red": "Stor avvikelse"}, {"green": "G", "yellow": "Y", "red": "R"},
         {"green": "Löper på", "yellow": "Bevakas", "red": "Stoppad"}]
DATE_HEADINGS = ["Datum", "Mötesdatum", "Uppföljningsdatum"]


def shape_of(rng):
    """What a workbook can hold."""
    form = rng.choice(list(LIGHTS))
    return {"lights": LIGHTS[form], "form": form, "layout": rng.choice(LAYOUTS), "sheets": rng.choice(["one", "one", "section", "years"]),
            "dates": rng.choice(["date", "date", "text"]), "epoch": 1904 if rng.random() < 0.15 else 1900, "left": rng.choice([0, 0, 1, 2]),
            "standing": rng.choice(["sheets", "sheets", "below"]), "same_area": rng.random() < 0.3, "hidden": rng.choice(["", "", "", "row", "column", "sheet"]),
            "head": rng.choice(["D9E2F3", "1F3864", None]), "zebra": rng.random() < 0.2, "comments": rng.random() < 0.2, "gap": rng.random() < 0.3,
            "instructions": rng.random() < 0.3, "lists": rng.random() < 0.3, "many": rng.random() < 0.3, "whole_dates": rng.random() < 0.5}


def prepare(plan, gold, shape, rng):
    """Changes a made-up plan, and its answer, to what this form of light and layout can say."""
    form, index = shape["form"], 0
    # The rules of a workbook are the same for all its plans.
    code = shape.get("code") or rng.choice(CODES)
    for section in plan["sections"]:
        last = None
        for row in section["rows"]:
            answer = gold["items"][index]
            index += 1
            colour = row["lights"][0][0] if row["lights"] else None
            if form.startswith(("rule_equal", "rule_text", "rule_formula", "x14_rule")):
                row["status"] = [(code[colour] + rng.choice(["", "", ", se protokoll"] if form == "rule_text" else [""]), "p")] if colour else []
            elif form in ("icons", "rule_number", "x14_icons"):
                row["status"] = [(str({"red": 1, "yellow": 2, "green": 3}[colour]), "p")] if colour else []
            elif form == "icons_bare":
                row["status"] = []
            elif form == "font" or form == "rule_font":
                row["status"] = []
            answer["status_text"] = " ".join([label for _, label in row["lights"] if label] + [t for t, _ in row["status"]])
            row["code"] = {"red": 1, "yellow": 2, "green": 3}.get(colour)
            if shape["same_area"] and row["area"] and last and last["area"]:
                row["area"] = last["area"]
                answer["area"] = " ".join(t for t, _ in row["area"])
            last = row
    shape["code"] = code


def text_of(parts):
    """Paragraphs as lines of a cell."""
    return "\n".join(("• " if kind == "b" else "") + text for text, kind in parts)


class Sheet:
    """Writes one plan, or a section of it, on a sheet."""

    def __init__(self, book, name, seed, shape, rng):
        self.ws = book.create_sheet(name)
        self.shape, self.rng = shape, rng
        self.row, self.left = 1, shape["left"] + 1
        self.drawn, self.rules, self.ext = [], [], []
        self.edge = Border(*(Side(style="thin", color="FF808080") for _ in range(4)))

    def title(self, lines, width):
        if self.shape["left"]:
            self.row += 1
        for number, line in enumerate(lines):
            cell = self.ws.cell(self.row, self.left, line)
            cell.font = Font(bold=number == 0, size=16 if number == 0 else 11)
            if width > 1:
                self.ws.merge_cells(start_row=self.row, start_column=self.left, end_row=self.row, end_column=self.left + width - 1)
            self.row += 1
        self.row += 1 if lines else 0

    def light(self, cell, row, colours):
        shape, rng = self.shape, self.rng
        form, lights = shape["form"], row["lights"]
        if not lights:
            return
        colour = lights[0][0]
        if form in ("rgb", "theme", "indexed"):
            fill = None
            if form == "theme" and THEME[colour]:
                theme, tint = colours["theme"][colour]
                fill = Color(theme=theme, tint=tint)
            elif form == "indexed":
                fill = Color(indexed=colours["indexed"][colour])
            cell.fill = PatternFill("solid", fgColor=fill or Color(rgb="FF" + colours[colour]))
        elif form == "icons_bare":
            cell.value = row["code"]
        elif form in ("icons", "rule_number", "x14_icons"):
            cell.value = row["code"]
        elif form == "font" or form == "rule_font":
            cell.value = "●"
            if form == "font":
                cell.font = Font(color="FF" + colours[colour], size=18)
        elif form == "ellipse":
            self.drawn.append((cell.row - 1, cell.column - 1, colours[colour]))

    def status(self, cell, row, colours):
        form = self.shape["form"]
        if form in ("sign", "emoji", "words"):
            lines = []
            for name, label in row["lights"]:
                if name == "closed":
                    sign = self.rng.choice(["☑", "☒"])
                else:
                    sign = {"sign": "●", "emoji": EMOJI.get(name), "words": WORDS.get(name)}[form]
                lines.append((sign, name, label))
            if form == "sign" and any(n != "closed" for _, n, _ in lines):
                blocks = []
                for number, (sign, name, label) in enumerate(lines):
                    ink = InlineFont(color="FF" + colours.get(name, "000000"), sz=14)
                    blocks.append(TextBlock(ink, ("\n" if number else "") + sign))
                    if label:
                        blocks.append(TextBlock(InlineFont(sz=11), " " + label))
                if row["status"]:
                    blocks.append(TextBlock(InlineFont(sz=11, i=True), "\n" + text_of(row["status"])))
                cell.value = CellRichText(*blocks)
            else:
                cell.value = "\n".join([sign + (" " + label if label else "") for sign, _, label in lines] + [t for t, _ in row["status"]]) or None
            return
        cell.value = text_of(row["status"]) or None
        self.light(cell, row, colours)

    def write(self, column, parts):
        cell = self.ws.cell(self.row, column)
        cell.value = text_of(parts) or None
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell

    def table(self, section, colours):
        shape, rng, ws = self.shape, self.rng, self.ws
        long = shape["layout"].startswith("long")
        order = [c for c in ORDER if c in section["columns"]]
        heads = []
        for c in order:
            if c == "follow_up" and long:
                heads.append(("date", rng.choice(DATE_HEADINGS)))
            heads.append((c, section["columns"][c]))
        if shape["form"] in ("rule_beside", "rule_font"):
            heads.append(("code", "Kod"))
        at = {c: self.left + n for n, (c, _) in enumerate(heads)}
        for c, text in heads:
            cell = ws.cell(self.row, at[c], text)
            cell.font = Font(bold=True, color="FFFFFFFF" if shape["head"] == "1F3864" else None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if shape["head"]:
                cell.fill = PatternFill("solid", fgColor=shape["head"])
            cell.border = self.edge
            ws.column_dimensions[get_column_letter(at[c])].width = {"follow_up": 60, "activities": 40, "date": 18}.get(c, 24)
        self.row += 1
        first = self.row
        merges, above = [], None
        for number, row in enumerate(section["rows"]):
            start = self.row
            rows = [("", row["follow_up"])]
            if long:
                rows = self.entries(row)
            for line, (date, parts) in enumerate(rows):
                whole = line == 0 or shape["layout"] == "long_repeated"
                for c, _ in heads:
                    cell = self.write(at[c], [])
                    cell.border = self.edge
                    if shape["zebra"] and number % 2:
                        cell.fill = PatternFill("solid", fgColor="FFEDEDED")
                    if c == "follow_up":
                        cell.value = text_of(parts) or None
                    elif c == "date":
                        self.date(cell, date)
                    elif c == "code":
                        cell.value = row["code"] if whole else None
                    elif c == "status" and (whole if shape["form"] != "ellipse" else line == 0):
                        self.status(cell, row, colours)
                    elif c != "status" and whole:
                        cell.value = text_of(row[c]) or None
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                self.row += 1
            if shape["layout"] == "long_merged" and self.row - start > 1:
                for c in order:
                    if c != "follow_up":
                        merges.append((start, at[c], self.row - 1, at[c]))
            if shape["same_area"] and "area" in at and above and text_of(above[0]["area"]) == text_of(row["area"]) and not long:
                ws.cell(start, at["area"]).value = None
                above[1] = self.row - 1
            else:
                if above and above[1] > above[2]:
                    merges.append((above[2], at["area"], above[1], at["area"]))
                above = [row, self.row - 1, start] if "area" in at and not long else None
            if shape["comments"] and number == 0:
                ws.cell(start, at["activities"]).comment = Comment("Stäm av med processtödet.", "Åsa")
            if shape["hidden"] == "row" and number == len(section["rows"]) - 1:
                ws.row_dimensions[start].hidden = True
        if above and above[1] > above[2]:
            merges.append((above[2], at["area"], above[1], at["area"]))
        for r1, c1, r2, c2 in merges:
            ws.merge_cells(start_row=r1, start_column=c1, end_row=r2, end_column=c2)
        if shape["hidden"] == "column":
            ws.column_dimensions[get_column_letter(at["activities"])].hidden = True
        self.colour(at, first, self.row - 1, colours)
        self.row += 2 if shape["gap"] else 1

    def entries(self, row):
        """The follow-up as rows: date, and the paragraphs of the entry."""
        out = [(date, [(text, "p")]) for date, text in row["entries"]]
        return out or [(None, [])]

    def date(self, cell, date):
        if not date:
            return
        year, month, day = map(int, date.split("-"))
        if self.shape["dates"] == "date":
            cell.value = datetime.date(year, month, day) if self.shape["whole_dates"] else datetime.datetime(year, month, day, 13, 0)
            cell.number_format = self.shape["date_format"]
        else:
            cell.value = {"yymmdd": date[2:].replace("-", ""), "yyyymmdd": date.replace("-", "")}.get(self.shape["date_format"], date)

    def colour(self, at, first, last, colours):
        """Conditional formatting over the status column."""
        form, ws, code = self.shape["form"], self.ws, self.shape["code"]
        status = get_column_letter(at["status"])
        area, top = f"{status}{first}:{status}{last}", f"{status}{first}"
        fill = {name: PatternFill(bgColor="FF" + colours[name], fill_type="solid") for name in FILLS}
        for priority, (name, word) in enumerate(code.items()):
            if form == "rule_equal":
                ws.conditional_formatting.add(area, CellIsRule(operator="equal", formula=[f'"{word}"'], fill=fill[name]))
            elif form == "rule_text":
                style = DifferentialStyle(fill=fill[name])
                rule = Rule(type="containsText", operator="containsText", text=word, dxf=style, formula=[f'NOT(ISERROR(SEARCH("{word}",{top})))'])
                ws.conditional_formatting.add(area, rule)
            elif form == "rule_formula":
                ws.conditional_formatting.add(area, FormulaRule(formula=[f'${top}="{word}"'], fill=fill[name], stopIfTrue=True))
            elif form == "x14_rule":
                value = f'"{word}"' if self.shape["whole_dates"] else f"Listor!$A${priority + 1}"
                self.ext.append(("rule", area, value, colours[name], priority))
        for number, name in ((1, "red"), (2, "yellow"), (3, "green")):
            if form == "rule_beside":
                ws.conditional_formatting.add(area, FormulaRule(formula=[f"${get_column_letter(at['code'])}{first}={number}"], fill=fill[name]))
            elif form == "rule_font":
                font = Font(color="FF" + colours[name])
                ws.conditional_formatting.add(area, FormulaRule(formula=[f"${get_column_letter(at['code'])}{first}={number}"], font=font))
            elif form == "rule_number":
                ws.conditional_formatting.add(area, CellIsRule(operator="equal", formula=[str(number)], fill=fill[name]))
        if form in ("icons", "icons_bare"):
            ws.conditional_formatting.add(area, IconSetRule("3TrafficLights1", "num", [0, 2, 3], showValue=None if form == "icons" else False))
        elif form == "x14_icons":
            self.ext.append(("icons", area))


def book(plan, gold, shape, seed, path, older=None):
    """Writes the workbook; with `older` a second plan, on a sheet for each year."""
    rng = random.Random(f"{seed}/sheet")
    shape["date_format"] = rng.choice(DATES)
    wb = Workbook()
    wb.remove(wb.active)
    # The colours of Office since 2013; openpyxl brings those of 2007.
    wb.loaded_theme = theme_xml.replace("F79646", "70AD47").replace("8064A2", "FFC000").encode()
    if shape["epoch"] == 1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904
        wb.epoch = CALENDAR_MAC_1904
    colours = {k: rng.choice(v)[1:].upper() for k, v in FILLS.items()}
    colours["theme"] = {k: rng.choice(v) for k, v in THEME.items() if v}
    colours["indexed"] = {k: rng.choice(v) for k, v in INDEXED.items()}
    sheets = []

    def lines(plan):
        return [plan["title"], plan["group"]] + ([plan["updated_text"]] if plan["updated_text"] else []) if plan["titled"] else []

    def standing(plan, sheet):
        for heading, texts in (("Resultat", plan["results"]), ("Utmaningar", plan["challenges"])):
            if not texts:
                continue
            if shape["standing"] == "below" or sheet is not None:
                sheet.ws.cell(sheet.row, sheet.left, heading).font = Font(bold=True, size=14)
                sheet.row += 1
                for text in texts:
                    sheet.ws.cell(sheet.row, sheet.left, text)
                    sheet.row += 1
                sheet.row += 1
            else:
                own = Sheet(wb, heading, seed, shape, rng)
                if rng.random() < 0.5:
                    own.ws.cell(1, 1, heading).font = Font(bold=True, size=14)
                    own.row = 3
                for text in texts:
                    own.ws.cell(own.row, 1, text)
                    own.row += 1

    if shape["instructions"]:
        ws = wb.create_sheet("Instruktion")
        for n, text in enumerate(["Instruktion", "Fyll i en rad för varje prioriterat område.", "Status: grön enligt plan, gul mindre problem, röd allvarliga problem."], 1):
            ws.cell(n, 1, text)
    if shape["sheets"] == "years":
        for one in filter(None, [older, plan]):
            sheet = Sheet(wb, str(one["year"]), seed, shape, rng)
            sheets.append(sheet)
            width = max(len(s["columns"]) for s in one["sections"])
            sheet.title(lines(one), width)
            for section in one["sections"]:
                sheet.table(section, colours)
            standing(one, sheet)
    elif shape["sheets"] == "section":
        names = {"national": ["Nationella områden", "NPO"], "assignment": ["Uppdrag RSL", "Uppdrag"], "priority": ["Egna prioriteringar", "Regionalt"]}
        for number, section in enumerate(plan["sections"]):
            sheet = Sheet(wb, rng.choice(names[section["kind"]]), seed, shape, rng)
            sheets.append(sheet)
            sheet.title(lines(plan) if number == 0 else [], len(section["columns"]))
            sheet.table(section, colours)
        standing(plan, None if shape["standing"] == "sheets" else sheet)
    else:
        sheet = Sheet(wb, rng.choice(["Handlingsplan", "Blad1", "Plan"]), seed, shape, rng)
        sheets.append(sheet)
        sheet.title(lines(plan), max(len(s["columns"]) for s in plan["sections"]))
        for section in plan["sections"]:
            sheet.table(section, colours)
        standing(plan, None if shape["standing"] == "sheets" else sheet)
    if shape["lists"] or shape["form"].startswith("x14"):
        ws = wb.create_sheet("Listor")
        for n, word in enumerate(shape["code"].values(), 1):
            ws.cell(n, 1, word)
        ws.sheet_state = "hidden"
    if shape["hidden"] == "sheet" and len(wb.worksheets) > 1:
        wb.worksheets[-1].sheet_state = "hidden"
    wb.active = 0
    wb.save(path)
    drawing(path, {wb.worksheets.index(s.ws) + 1: s.drawn for s in sheets if s.drawn})
    cf_extension(path, {wb.worksheets.index(s.ws) + 1: s.ext for s in sheets if s.ext})
