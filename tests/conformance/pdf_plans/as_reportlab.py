"""A plan by reportlab: tables of paragraphs that split over pages."""
import random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from as_html import FILLS, WORDS

LIGHTS = ["circle", "sign", "words", "fill", "words_only"]
STYLES = ["grid", "below", "none", "zebra", "box"]
FONTS = {"DejaVu": ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"), "Liberation": ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic"),
         "Carlito": ("Carlito-Regular", "Carlito-Bold", "Carlito-Italic")}


def font_file(name):
    import subprocess
    for line in subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True).stdout.splitlines():
        path = line.split(":")[0].strip()
        if path.endswith(f"/{name}.ttf"):
            return path
    raise SystemExit(f"font {name} is not installed")


class Circle(Flowable):
    def __init__(self, colour, size, rim, label=None, font=None, points=9):
        super().__init__()
        self.colour, self.size, self.rim, self.label, self.font, self.points = colour, size, rim, label, font, points

    def wrap(self, width, height):
        return self.size + 2, self.size + 3

    def draw(self):
        self.canv.setFillColor(self.colour)
        self.canv.setStrokeColor(colors.black)
        self.canv.circle(self.size / 2, self.size / 2 + 1, self.size / 2, stroke=self.rim, fill=1)
        if self.label:
            self.canv.setFillColor(colors.black)
            self.canv.setFont(self.font, self.points)
            self.canv.drawString(self.size + 4, self.size / 2 - 2, self.label)


def write(plan, seed, shape, path):
    rng = random.Random(f"{seed}/reportlab")
    name = rng.choice(list(FONTS))
    regular, bold, italic = FONTS[name]
    for kind in (regular, bold, italic, "DejaVuSans"):
        if kind not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(kind, font_file(kind)))
    size = rng.choice([7.5, 8, 9, 10])
    form, style = shape["lights"], shape["style"]
    base = ParagraphStyle("base", fontName=regular, fontSize=size, leading=size * rng.choice([1.15, 1.25, 1.4]), spaceAfter=rng.choice([0, 2]))
    head = ParagraphStyle("head", parent=base, fontName=bold, textColor=shape["head"][1])
    point = ParagraphStyle("point", parent=base, leftIndent=12, bulletIndent=2)
    slanted = ParagraphStyle("slanted", parent=base, fontName=italic)
    h1 = ParagraphStyle("h1", parent=base, fontName=bold, fontSize=20, leading=26)
    h2 = ParagraphStyle("h2", parent=base, fontName=bold, fontSize=14, leading=19, spaceBefore=10)
    colour = {k: rng.choice(v) for k, v in FILLS.items()}
    closed = rng.choice(["☑", "☒", "✔"])
    para = lambda t, s=base, **k: Paragraph(escape(t), s, **k)
    cell = lambda parts: [para(t, point, bulletText="•") if k == "b" else para(t) for t, k in parts] or ""

    def status(row):
        out = []
        for light, label in row["lights"]:
            label = escape(label) if label else ""
            if light == "closed":
                out.append(Paragraph(f'<font name="DejaVuSans">{closed}</font> {label}', base))
            elif form == "circle":
                out.append(Circle(colors.HexColor(colour[light]), rng.choice([9, 12, 14]), rng.choice([0, 1]), label, regular, size))
            elif form == "sign":
                out.append(Paragraph(f'<font name="DejaVuSans" color="{colour[light]}">●</font> {label}', base))
            elif form == "words":
                out.append(para(WORDS[light] + (f" {label}" if label else "")))
        return out + [para(t, slanted) for t, _ in row["status"]] or ""

    story = []
    if plan["titled"]:
        story += [para(plan["region"]), para(plan["group"], h1), para(plan["title"], h2)]
        if plan["updated_text"]:
            story.append(para(plan["updated_text"]))
        story.append(Spacer(1, 8))
    paper = landscape(A4) if shape["paper"] == "landscape" else A4
    margin = rng.choice([12, 18, 25]) * mm
    for section in plan["sections"]:
        cols = section["columns"]
        order = [c for c in ("area", "priority", "activities", "follow_up", "status") if c in cols]
        widths = {"area": rng.randint(14, 18), "priority": rng.randint(15, 19), "activities": rng.randint(18, 24), "follow_up": rng.randint(28, 40), "status": rng.randint(12, 15)}
        total = sum(widths[c] for c in order)
        rows = [[para(cols[c], head) for c in order]]
        commands = [("VALIGN", (0, 0), (-1, -1), rng.choice(["TOP", "TOP", "MIDDLE"]) if shape["keep"] and style != "none" else "TOP"), ("BACKGROUND", (0, 0), (-1, 0), shape["head"][0])]
        if style == "zebra":
            commands.append(("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#eef2f7")]))
        for number, row in enumerate(section["rows"], 1):
            rows.append([status(row) if c == "status" else cell(row[c]) for c in order])
            if form == "fill" and row["lights"] and row["lights"][0][0] in colour:
                commands.append(("BACKGROUND", (len(order) - 1, number), (-1, number), colors.HexColor(colour[row["lights"][0][0]])))
        if style == "grid":
            commands.append(("GRID", (0, 0), (-1, -1), rng.choice([0.25, 0.5, 1]), colors.black))
        elif style == "below":
            commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey))
        elif style == "box":
            commands += [("BOX", (0, 0), (-1, -1), 1, colors.black), ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black)]
        story.append(Table(rows, colWidths=[(paper[0] - 2 * margin) * widths[c] / total for c in order], repeatRows=1 if shape["repeat"] else 0,
                           splitByRow=1, splitInRow=0 if shape["keep"] else 1, style=TableStyle(commands)))
        story.append(Spacer(1, 12))
    for heading, texts in (("Resultat", plan["results"]), ("Utmaningar", plan["challenges"])):
        if texts:
            story += [para(heading, h2)] + [para(t) for t in texts]

    number = rng.choice(["Sida {}", "{}"])

    def furniture(canvas, document):
        canvas.setFont(regular, 8)
        if shape["furniture"]:
            canvas.drawString(margin, paper[1] - 8 * mm, plan["group"])
            canvas.drawRightString(paper[0] - margin, 7 * mm, number.format(document.page) if not shape.get("of") else f"{document.page} (7)")

    document = SimpleDocTemplate(str(path), pagesize=paper, leftMargin=margin, rightMargin=margin, topMargin=16 * mm, bottomMargin=16 * mm, title=plan["title"])
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
