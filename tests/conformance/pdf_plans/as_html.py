"""A plan as a web page, for Chromium's --print-to-pdf and WeasyPrint."""
import html
import random

FILLS = {"green": ["#00b050", "#92d050", "#28a745"], "yellow": ["#ffc000", "#ffff00", "#f5c518"], "red": ["#ff0000", "#c00000", "#dc3545"]}
EMOJI = {"green": "🟢", "yellow": "🟡", "red": "🔴"}
WORDS = {"green": "Grön", "yellow": "Gul", "red": "Röd"}
LIGHTS = ["div", "svg", "sign", "emoji", "words", "fill", "words_only"]
STYLES = ["grid", "across", "none", "zebra", "outer", "separate"]


def page(plan, seed, shape):
    rng = random.Random(f"{seed}/html")
    form, style = shape["lights"], shape["style"]
    closed = rng.choice(["☑", "☒", "✔", "✅"])
    font = rng.choice(["Carlito", "Liberation Sans", "Liberation Serif", "DejaVu Sans", "Caladea"])
    size = rng.choice([8, 9, 10, 11])
    head_fill, head_ink = rng.choice([("#d9e2f3", "#000"), ("#1f3864", "#fff"), ("#e7e6e6", "#222"), ("none", "#000")])
    padding = rng.choice(["1px 4px", "3px 6px", "6px 8px"]) if style != "none" else rng.choice(["4px 8px", "6px 10px"])
    colour = {k: rng.choice(v) for k, v in FILLS.items()}
    esc = html.escape

    def light(name):
        if name == "closed":
            return f'<span style="font-family:\'DejaVu Sans\'">{closed}</span>'
        if form == "div":
            return f'<span style="display:inline-block;width:14px;height:14px;border-radius:50%;background:{colour[name]};border:{rng.choice(["0", "1px solid #333"])}"></span>'
        if form == "svg":
            return f'<svg width="16" height="16" style="vertical-align:middle"><circle cx="8" cy="8" r="7" fill="{colour[name]}"/></svg>'
        if form == "sign":
            return f'<span style="color:{colour[name]};font-size:1.5em">●</span>'
        if form == "emoji":
            return EMOJI[name]
        return WORDS[name]

    def cell(parts):
        out, points = [], []
        for text, kind in parts + [("", "end")]:
            if kind == "b":
                points.append(f"<li>{esc(text)}</li>")
                continue
            if points:
                out.append("<ul>" + "".join(points) + "</ul>")
                points = []
            if kind == "p":
                out.append(f"<p>{esc(text)}</p>")
        return "".join(out)

    def status(row):
        out, attr = [], ""
        if form == "fill" and row["lights"]:
            attr = f' style="background:{colour[row["lights"][0][0]]}"'
        else:
            out += [f"<p>{light(name)}{' ' + esc(label) if label else ''}</p>" for name, label in row["lights"]]
        return attr, "".join(out) + cell([(f"{t}", k) for t, k in row["status"]]).replace("<p>", "<p><em>" if shape["italic"] else "<p>").replace("</p>", "</em></p>" if shape["italic"] else "</p>")

    def table(section):
        cols = section["columns"]
        order = [c for c in ("area", "priority", "activities", "follow_up", "status") if c in cols]
        widths = {"area": rng.randint(12, 17), "priority": rng.randint(14, 19), "activities": rng.randint(18, 24), "follow_up": rng.randint(28, 40), "status": rng.randint(9, 13)}
        total = sum(widths[c] for c in order)
        group = "".join(f'<col style="width:{100 * widths[c] / total:.1f}%">' for c in order)
        heads = "".join(f"<th>{esc(cols[c])}</th>" for c in order)
        rows = []
        for row in section["rows"]:
            cells = []
            for c in order:
                if c == "status":
                    attr, inner = status(row)
                    cells.append(f"<td{attr}>{inner}</td>")
                else:
                    cells.append(f"<td>{cell(row[c])}</td>")
            rows.append("<tr>" + "".join(cells) + "</tr>")
        thead = "table-header-group" if shape["repeat"] else "table-row-group"
        return f'<table><colgroup>{group}</colgroup><thead style="display:{thead}"><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'

    borders = {"grid": "td,th{border:1px solid #444}", "across": "tr{border-bottom:1px solid #888}", "none": "",
               "zebra": "tbody tr:nth-child(even){background:#f2f2f2} td,th{border:0}", "outer": "table{border:1px solid #000}",
               "separate": "table{border-collapse:separate;border-spacing:2px} td,th{border:1px solid #999}"}[style]
    css = f"""@page{{size:A4 {shape['paper']};margin:{rng.choice([12, 15, 20])}mm}}
    body{{font-family:'{font}';font-size:{size}pt;line-height:{rng.choice([1.15, 1.25, 1.4])}}}
    table{{border-collapse:collapse;width:100%;{rng.choice(['', '', 'table-layout:fixed;overflow-wrap:anywhere;'])}margin-bottom:14px}}
    td,th{{padding:{padding};vertical-align:{rng.choice(['top', 'top', 'top', 'middle'])};text-align:{shape.get('align', 'left')}}}
    th{{background:{head_fill};color:{head_ink};text-align:left}} p{{margin:0 0 {rng.choice([0, 2, 6])}px}} ul{{margin:0;padding-left:{rng.choice([14, 18, 24])}px}}
    {borders} {"tr{break-inside:avoid}" if shape['keep'] else ""}
    *{{-webkit-print-color-adjust:exact;print-color-adjust:exact}}"""
    body = []
    if plan["titled"]:
        body.append(f"<p>{esc(plan['region'])}</p><h1>{esc(plan['group'])}</h1><h2>{esc(plan['title'])}</h2>")
        if plan["updated_text"]:
            body.append(f"<p>{esc(plan['updated_text'])}</p>")
    body += [table(s) for s in plan["sections"]]
    for name, texts in (("Resultat", plan["results"]), ("Utmaningar", plan["challenges"])):
        if texts:
            body.append(f"<h2>{name}</h2>" + cell([(t, "b" if shape["italic"] else "p") for t in texts]))
    return f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{esc(plan["title"])}</title><style>{css}</style></head><body>{"".join(body)}</body></html>'
