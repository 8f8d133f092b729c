"""A plan as .docx and .pptx, for LibreOffice to print."""
import random

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColour
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Inches, Pt as SlidePt

from as_html import EMOJI, FILLS, WORDS

LIGHTS = ["ellipse", "sign", "wingdings", "emoji", "words", "fill", "words_only"]
STYLES = ["grid", "none", "across", "shaded"]
FONTS = ["Carlito", "Liberation Sans", "Liberation Serif", "DejaVu Sans", "Caladea"]
ORDER = ("area", "priority", "activities", "follow_up", "status")

ELLIPSE = """<w:r {ns} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{size}" cy="{size}"/><wp:docPr id="{id}" name="Oval {id}"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm><a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>{line}</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


def shade(cell, fill):
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))


def border(table, sides):
    names = "".join(f'<w:{s} w:val="{"single" if s in sides else "nil"}" w:sz="4" w:space="0" w:color="404040"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    table._tbl.tblPr.append(parse_xml(f'<w:tblBorders {nsdecls("w")}>{names}</w:tblBorders>'))


def word(plan, seed, shape, path):
    rng = random.Random(f"{seed}/docx")
    doc = docx.Document()
    size, form, style = rng.choice([7.5, 8, 9, 10]), shape["lights"], shape["style"]
    base = doc.styles["Normal"]
    base.font.name, base.font.size = rng.choice(FONTS), Pt(size)
    base.element.rPr.rFonts.set(qn("w:eastAsia"), base.font.name)
    base.paragraph_format.space_after = Pt(rng.choice([0, 2, 4]))
    page = doc.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if shape["paper"] == "landscape" else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if shape["paper"] == "landscape" else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(rng.choice([12, 15, 25]))
    page.top_margin = page.bottom_margin = Mm(rng.choice([15, 20, 25]))
    if shape["furniture"]:
        page.header.paragraphs[0].text = rng.choice([plan["region"], plan["group"]])
        foot = page.footer.paragraphs[0]
        foot.add_run("Sida ")
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            run = foot.add_run()
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>' if kind else f'<w:instrText {nsdecls("w")}>{text}</w:instrText>'))
    if plan["titled"]:
        if not shape["furniture"]:
            doc.add_paragraph(plan["region"])
        if rng.random() < 0.5:
            doc.add_paragraph(plan["group"], style="Title")
            doc.add_paragraph(plan["title"], style="Heading 1")
        else:
            doc.add_paragraph(plan["title"], style="Title")
            doc.add_paragraph(plan["group"], style="Heading 1")
        if plan["updated_text"]:
            doc.add_paragraph(plan["updated_text"])
    colour = {k: rng.choice(v)[1:].upper() for k, v in FILLS.items()}
    closed = rng.choice(["☑", "☒", "✔", "wingdings"])
    number = [10]

    def light(par, name):
        if name == "closed":
            if closed == "wingdings":
                par.add_run()._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F0FE"/>'))
            else:
                par.add_run(closed).font.name = "DejaVu Sans"
        elif form == "ellipse":
            number[0] += 1
            line = rng.choice(["<a:ln><a:noFill/></a:ln>", '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'])
            par._p.append(parse_xml(ELLIPSE.format(ns=nsdecls("w"), size=rng.choice([120000, 180000, 216000]), id=number[0], fill=colour[name], line=line)))
        elif form in ("sign", "wingdings"):
            run = par.add_run("●" if form == "sign" else "")
            if form == "wingdings":
                run._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F06C"/>'))
            run.font.color.rgb = RGBColor.from_string(colour[name])
            run.font.size = Pt(size + rng.choice([2, 6]))
        elif form == "emoji":
            par.add_run(EMOJI[name]).font.name = "Noto Color Emoji"
        else:
            par.add_run(WORDS[name])

    def fill(cell, parts, italic=False):
        first = True
        for text, kind in parts:
            par = cell.paragraphs[0] if first else cell.add_paragraph()
            first = False
            if kind == "b":
                par.style = doc.styles["List Bullet"]
            if isinstance(text, tuple):
                light(par, text[0])
                if text[1]:
                    par.add_run(" " + text[1])
            else:
                par.add_run(text).italic = italic
            if shape.get("align") == "justify":
                par.alignment = 3

    for section in plan["sections"]:
        cols = section["columns"]
        order = [c for c in ORDER if c in cols]
        table = doc.add_table(rows=1, cols=len(order))
        border(table, {"grid": ("top", "left", "bottom", "right", "insideH", "insideV"), "none": (), "across": ("top", "bottom", "insideH"), "shaded": ()}[style])
        table.autofit = False
        widths = {"area": rng.randint(14, 18), "priority": rng.randint(15, 19), "activities": rng.randint(18, 24), "follow_up": rng.randint(28, 40), "status": rng.randint(12, 15)}
        room = page.page_width - page.left_margin - page.right_margin
        total = sum(widths[c] for c in order)
        for cell, c in zip(table.rows[0].cells, order):
            fill(cell, [(cols[c], "p")])
            cell.paragraphs[0].runs[0].bold = True
            if shape["head"][0] != "#ffffff":
                shade(cell, shape["head"][0][1:].upper())
                cell.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(shape["head"][1][1:].upper())
        if shape["repeat"]:
            table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader {nsdecls("w")}/>'))
        for index, row in enumerate(section["rows"]):
            new = table.add_row()
            if shape["keep"]:
                new._tr.get_or_add_trPr().append(parse_xml(f'<w:cantSplit {nsdecls("w")}/>'))
            for cell, c in zip(new.cells, order):
                if c == "status":
                    if form == "fill" and row["lights"]:
                        shade(cell, colour[row["lights"][0][0]])
                        fill(cell, row["status"], True)
                    else:
                        fill(cell, [(light_, "p") for light_ in row["lights"]] + row["status"], shape["italic"])
                else:
                    fill(cell, row[c])
                if style == "shaded" and index % 2 and not (form == "fill" and c == "status" and row["lights"]):
                    shade(cell, "EDEDED")
        for row in table.rows:
            for cell, c in zip(row.cells, order):
                cell.width = int(room * widths[c] / total)
        doc.add_paragraph()
        if shape["new_pages"]:
            doc.add_page_break()
    for heading, texts in (("Resultat", plan["results"]), ("Utmaningar", plan["challenges"])):
        if texts:
            doc.add_heading(heading, 1)
            for text in texts:
                doc.add_paragraph(text, style="List Bullet" if shape["italic"] else None)
    doc.save(path)


def height_of(parts, width, size):
    """How high a cell gets, on the safe side, in points."""
    per_line = max(8, width / (size * 0.5))
    return sum((len(t) // per_line + 1) * size * 1.3 for t, _ in parts) + 8


def slides(plan, seed, shape, path):
    rng = random.Random(f"{seed}/pptx")
    deck = Presentation()
    deck.slide_width, deck.slide_height = (Inches(13.333), Inches(7.5)) if rng.random() < 0.7 else (Inches(10), Inches(7.5))
    size, form = rng.choice([8, 9, 10, 11]), shape["lights"]
    font = rng.choice(FONTS)
    colour = {k: rng.choice(v)[1:].upper() for k, v in FILLS.items()}
    closed = rng.choice(["☑", "☒", "✔"])
    if plan["titled"]:
        slide = deck.slides.add_slide(deck.slide_layouts[0])
        slide.shapes.title.text = plan["title"]
        slide.placeholders[1].text = "\n".join(filter(None, [plan["group"], plan["updated_text"]]))

    def write(cell, parts, colour_=None, bold=False):
        frame = cell.text_frame
        frame.word_wrap = True
        for number, (text, kind) in enumerate(parts):
            par = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if kind == "b":
                par._p.get_or_add_pPr().append(parse_xml('<a:buChar xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" char="•"/>'))
                par._p.get_or_add_pPr().set("marL", "171450"); par._p.get_or_add_pPr().set("indent", "-171450")
            pieces = [(text, None)]
            if isinstance(text, tuple):
                name, label = text
                sign = closed if name == "closed" else {"sign": "●", "emoji": EMOJI.get(name), "words": WORDS.get(name)}[form]
                pieces = [(sign, SlideColour.from_string(colour[name]) if form == "sign" and name != "closed" else None)] + ([(" " + label, None)] if label else [])
            for piece, ink in pieces:
                run = par.add_run()
                run.text, run.font.size, run.font.name, run.font.bold = piece, SlidePt(size), font, bold
                if ink or colour_:
                    run.font.color.rgb = ink or colour_

    for section in plan["sections"]:
        cols = section["columns"]
        order = [c for c in ORDER if c in cols]
        widths = {"area": rng.randint(14, 18), "priority": rng.randint(15, 19), "activities": rng.randint(18, 24), "follow_up": rng.randint(28, 40), "status": rng.randint(12, 15)}
        total = sum(widths[c] for c in order)
        room = deck.slide_width - Inches(0.6)
        wide = {c: int(room * widths[c] / total) for c in order}
        rows = list(section["rows"])
        while rows:
            used, here = 60.0, []
            while rows:
                need = max(height_of([(f"{t}", k) for t, k in rows[0][c]], wide[c] / 12700 - 14, size) for c in order if c != "status")
                need = max(need, 40.0 + 20 * len(rows[0]["lights"]) + 30)
                if here and used + need > 470:
                    break
                used += need
                here.append((rows.pop(0), need))
            slide = deck.slides.add_slide(deck.slide_layouts[6])
            top = Inches(0.4)
            frame = slide.shapes.add_table(len(here) + 1, len(order), Inches(0.3), top, room, Inches(1))
            table = frame.table
            if shape["style"] in ("grid", "none"):
                frame._element.graphic.graphicData.tbl.tblPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId").text = \
                    "{5940675A-B579-460E-94D1-54222C63F5DA}" if shape["style"] == "grid" else "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
            plain = shape["style"] in ("grid", "none")
            for index, c in enumerate(order):
                table.columns[index].width = wide[c]
                write(table.cell(0, index), [(cols[c], "p")], None if plain else SlideColour(255, 255, 255), True)
            table.rows[0].height = int(34 * 12700)
            y = top + int(34 * 12700)
            x = Inches(0.3) + sum(wide[c] for c in order[:-1])
            for number, (row, need) in enumerate(here, 1):
                table.rows[number].height = int(need * 12700)
                for index, c in enumerate(order):
                    if c != "status":
                        write(table.cell(number, index), row[c])
                        continue
                    cell = table.cell(number, index)
                    if form == "fill" and row["lights"]:
                        cell.fill.solid(); cell.fill.fore_color.rgb = SlideColour.from_string(colour[row["lights"][0][0]])
                        write(cell, row["status"])
                    elif form == "ellipse":
                        parts = []
                        for place, (name, label) in enumerate(row["lights"]):
                            if name == "closed":
                                parts.append(((name, label), "p"))
                                continue
                            parts.append((f"      {label}" if label else " ", "p"))
                            oval = slide.shapes.add_shape(MSO_SHAPE.OVAL, int(x + 8 * 12700), int(y + (4 + place * size * 1.22) * 12700), int(size * 1.1 * 12700), int(size * 1.1 * 12700))
                            oval.fill.solid(); oval.fill.fore_color.rgb = SlideColour.from_string(colour[name])
                            if rng.random() < 0.5:
                                oval.line.fill.background()
                        write(cell, parts + row["status"])
                    else:
                        write(cell, [(l, "p") for l in row["lights"]] + row["status"])
                y += int(need * 12700)
            if shape["furniture"]:
                box = slide.shapes.add_textbox(Inches(0.3), deck.slide_height - Inches(0.4), Inches(5), Inches(0.3))
                box.text_frame.text = plan["region"]
                box.text_frame.paragraphs[0].runs[0].font.size = SlidePt(9)
                box = slide.shapes.add_textbox(deck.slide_width - Inches(1), deck.slide_height - Inches(0.4), Inches(0.7), Inches(0.3))
                box.text_frame.text = str(len(deck.slides))
                box.text_frame.paragraphs[0].runs[0].font.size = SlidePt(9)
    for heading, texts in (("Resultat", plan["results"]), ("Utmaningar", plan["challenges"])):
        if texts:
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = heading
            slide.placeholders[1].text = "\n".join(texts)
    deck.save(path)
