"""A plan as a .pptx deck: tables that go on over slides, with the lights that people draw."""
import random

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt

from as_html import EMOJI, FILLS, WORDS
from as_office import height_of

ORDER = ("area", "priority", "activities", "follow_up", "status")
LIGHTS = {"ellipse": "ellipse", "group": "ellipse", "turned": "ellipse", "sign": "sign", "emoji": "emoji", "words": "words", "fill": "fill", "theme": "fill",
          "inside": "ellipse", "words_only": "words_only"}
STYLES = {"grid": "{5940675A-B579-460E-94D1-54222C63F5DA}", "none": "{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "medium": "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}",
          "dark": "{5202B0CA-FC54-4496-8BCA-5EF66A818D29}", "light": "{9D7B030F-B1BA-407E-B5AC-2D7E7F7D8D0A}"}
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def shape_of(rng):
    """What a deck can hold."""
    form = rng.choice(list(LIGHTS))
    return {"lights": LIGHTS[form], "form": form, "style": rng.choice(list(STYLES)), "heading": rng.choice(["repeated", "repeated", "once"]),
            "split": rng.choice(["", "", "blank", "mark"]), "tight": rng.random() < 0.35, "notes": rng.random() < 0.3, "furniture": rng.random() < 0.5,
            "titles": rng.random() < 0.4, "wide": rng.random() < 0.7, "many": rng.random() < 0.4, "long": rng.random() < 0.4,
            "instructions": rng.random() < 0.3, "banner": rng.random() < 0.2}


def prepare(plan, gold, shape, rng):
    """Nothing in a deck says less than the plan."""


def needs_setting(shape):
    """Whether the lights of a deck stand over rows that are higher than the file says, so that somebody has to set them first."""
    return shape["tight"] and shape["lights"] == "ellipse"


def heights(path):
    """How high the rows of the tables of a deck are, table for table, in points."""
    tables = [shape.table for slide in Presentation(path).slides for shape in slide.shapes if shape.has_table]
    return [[row.height / 12700 for row in table.rows] for table in tables]


def deck(plan, gold, shape, seed, path, set_rows=None):
    """Writes the deck; `set_rows` says how high its rows are when they are shown."""
    rng = random.Random(f"{seed}/deck")
    set_rows = iter(set_rows or [])
    show = Presentation()
    show.slide_width, show.slide_height = (Inches(13.333), Inches(7.5)) if shape["wide"] else (Inches(10), Inches(7.5))
    size, form = rng.choice([8, 9, 10, 11]), shape["form"]
    font = rng.choice(["Carlito", "Liberation Sans", "Calibri", "Arial"])
    colour = {k: rng.choice(v)[1:].upper() for k, v in FILLS.items()}
    theme = {"green": (MSO_THEME_COLOR.ACCENT_3, rng.choice([0, 0.2])), "red": (MSO_THEME_COLOR.ACCENT_2, 0)}
    closed = rng.choice(["☑", "☒", "✔"])
    short = plan["short"]

    def paint(target, name):
        target.solid()
        if form == "theme" and name in theme:
            target.fore_color.theme_color, target.fore_color.brightness = theme[name]
        else:
            target.fore_color.rgb = RGBColor.from_string(colour[name])

    def write(cell, parts, ink=None, bold=False, italic=False):
        frame = cell.text_frame
        frame.word_wrap = True
        for number, (text, kind) in enumerate(parts):
            par = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if kind == "b":
                properties = par._p.get_or_add_pPr()
                properties.append(parse_xml(f'<a:buChar {A} char="•"/>'))
                properties.set("marL", "171450")
                properties.set("indent", "-171450")
            pieces = [(text, None)]
            if isinstance(text, tuple):
                name, label = text
                sign = closed if name == "closed" else {"sign": "●", "emoji": EMOJI.get(name), "words": WORDS.get(name)}[form]
                pieces = [(sign, RGBColor.from_string(colour[name]) if form == "sign" and name != "closed" else None)]
                pieces += [(" " + label, None)] if label else []
            for piece, own in pieces:
                run = par.add_run()
                run.text, run.font.size, run.font.name = piece, Pt(size), font
                if bold:
                    run.font.bold = True
                if italic:
                    run.font.italic = True
                if own or ink:
                    run.font.color.rgb = own or ink

    def oval(slide, x, y, side, name):
        drawn = slide.shapes.add_shape(MSO_SHAPE.OVAL, int(x), int(y), int(side), int(side))
        paint(drawn.fill, name)
        if rng.random() < 0.5:
            drawn.line.fill.background()
        return drawn

    if plan["titled"]:
        slide = show.slides.add_slide(show.slide_layouts[0])
        slide.shapes.title.text = plan["title"]
        slide.placeholders[1].text = "\n".join(filter(None, [plan["group"], plan["updated_text"]]))
    if shape["instructions"]:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = "Instruktioner"
        slide.placeholders[1].text = "Fyll i en rad för varje prioriterat område.\nStatus: grön enligt plan, gul mindre problem, röd allvarliga problem."
    margin = Inches(0.3)
    room = show.slide_width - 2 * margin
    bottom = show.slide_height / 12700 - 30

    for section in plan["sections"]:
        cols = section["columns"]
        order = [c for c in ORDER if c in cols]
        widths = {"area": rng.randint(14, 18), "priority": rng.randint(15, 19), "activities": rng.randint(18, 24), "follow_up": rng.randint(28, 40), "status": rng.randint(12, 15)}
        total = sum(widths[c] for c in order)
        wide = {c: int(room * widths[c] / total) for c in order}
        wide[order[-1]] += room - sum(wide[c] for c in order)

        def height(row):
            need = max(height_of([(f"{t}", k) for t, k in row[c]], wide[c] / 12700 - 14, size) for c in order if c != "status")
            return max(need, 40.0 + 20 * len(row["lights"]) + 30)

        rows = []
        for row in section["rows"]:
            if shape["split"] and len(row["follow_up"]) > 2 and rng.random() < 0.6:
                # The last entries go to the next slide, under the item's name or under nothing.
                cut = len(row["follow_up"]) - 1
                while cut > 1 and row["follow_up"][cut][1] == "b":
                    cut -= 1
                head, tail = dict(row), {c: [] for c in ORDER} | {"lights": [], "entries": []}
                head["follow_up"], tail["follow_up"] = row["follow_up"][:cut], row["follow_up"][cut:]
                key = order[0] if row[order[0]] else order[1]
                if shape["split"] == "mark":
                    tail[key] = [(row[key][0][0] + " (forts.)", "p")]
                rows += [(head, False), (tail, True)]
            else:
                rows.append((row, False))
        first = True
        while rows:
            with_heading = first or shape["heading"] == "repeated"
            top = 60.0 if shape["titles"] else 28.0
            head = 34.0 if with_heading else 0.0
            used, here = top + head, []
            while rows:
                row, rest = rows[0]
                need = height(row)
                if here and (used + need > bottom or rest):
                    break
                used += need
                here.append((rows.pop(0)[0], need))
            slide = show.slides.add_slide(show.slide_layouts[5 if shape["titles"] else 6])
            if shape["titles"]:
                slide.shapes.title.text = {"national": "Nationella insatsområden", "assignment": f"Uppdrag till {short}", "priority": "Prioriterade områden"}[section["kind"]] + ("" if first else " (forts.)")
                slide.shapes.title.top, slide.shapes.title.left, slide.shapes.title.width, slide.shapes.title.height = Pt(5), margin, room, Pt(45)
            count = len(here) + with_heading
            frame = slide.shapes.add_table(count, len(order), margin, Pt(top), room, Pt(used - top))
            table = frame.table
            frame._element.graphic.graphicData.tbl.tblPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId").text = STYLES[shape["style"]]
            table.first_row = with_heading
            dark = shape["style"] in ("medium", "dark")
            for index, c in enumerate(order):
                table.columns[index].width = wide[c]
                if with_heading:
                    write(table.cell(0, index), [(cols[c], "p")], RGBColor(255, 255, 255) if dark else None, True)
            if with_heading:
                table.rows[0].height = Pt(head)
            y = top + head
            x = margin + sum(wide[c] for c in order[:-1])
            drawn = []
            shown = next(set_rows, None)
            if shown and with_heading:
                y = top + shown[0]
            for number, (row, need) in enumerate(here, int(with_heading)):
                table.rows[number].height = Pt(need if not shape["tight"] else min(need, 30.0))
                for index, c in enumerate(order):
                    if c != "status":
                        write(table.cell(number, index), row[c])
                        continue
                    cell = table.cell(number, index)
                    if form in ("fill", "theme") and row["lights"]:
                        paint(cell.fill, row["lights"][0][0])
                        write(cell, row["status"])
                    elif shape["lights"] == "ellipse":
                        parts = []
                        for place, (name, label) in enumerate(row["lights"]):
                            if name == "closed":
                                parts.append((closed + (f" {label}" if label else ""), "p"))
                                continue
                            parts.append((f"      {label}" if label else " ", "p"))
                            drawn.append(oval(slide, x + 8 * 12700, (y + 4 + place * size * 1.22) * 12700, size * 1.1 * 12700, name))
                        write(cell, parts + row["status"])
                    else:
                        write(cell, [(l, "p") for l in row["lights"]] + row["status"], italic=rng.random() < 0.3)
                y += shown[number] if shown else need
            if form in ("group", "turned") and drawn:
                group = slide.shapes.add_group_shape(drawn)
                if form == "turned":
                    # The same places, told in the group's own measure.
                    xfrm = group._element.grpSpPr.find(".//{http://schemas.openxmlformats.org/drawingml/2006/main}xfrm")
                    scale = 3
                    ch, ext = xfrm.find(".//{*}chOff"), xfrm.find(".//{*}chExt")
                    ox, oy = int(ch.get("x")), int(ch.get("y"))
                    ch.set("x", "0"); ch.set("y", "0")
                    ext.set("cx", str(int(ext.get("cx")) * scale)); ext.set("cy", str(int(ext.get("cy")) * scale))
                    for one in drawn:
                        off, own = one._element.spPr.find(".//{*}off"), one._element.spPr.find(".//{*}ext")
                        off.set("x", str((int(off.get("x")) - ox) * scale)); off.set("y", str((int(off.get("y")) - oy) * scale))
                        own.set("cx", str(int(own.get("cx")) * scale)); own.set("cy", str(int(own.get("cy")) * scale))
            if shape["notes"] and first:
                slide.notes_slide.notes_text_frame.text = "Gå igenom punkterna i tur och ordning."
            if shape["furniture"]:
                for left, width, text in ((margin, Inches(5), plan["region"]), (show.slide_width - Inches(1), Inches(0.7), str(len(show.slides)))):
                    box = slide.shapes.add_textbox(left, show.slide_height - Inches(0.4), width, Inches(0.3))
                    box.text_frame.text = text
                    box.text_frame.paragraphs[0].runs[0].font.size = Pt(9)
            first = False
    for heading, texts in (("Resultat", plan["results"]), ("Utmaningar", plan["challenges"])):
        if texts:
            slide = show.slides.add_slide(show.slide_layouts[1])
            slide.shapes.title.text = heading
            slide.placeholders[1].text = "\n".join(texts)
    show.save(path)
