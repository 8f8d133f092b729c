"""Adds to a saved workbook what openpyxl does not write: drawn shapes, and the newer conditional formats (x14)."""
import shutil
import zipfile

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHAPE = """<xdr:twoCellAnchor><xdr:from><xdr:col>{c}</xdr:col><xdr:colOff>60000</xdr:colOff><xdr:row>{r}</xdr:row><xdr:rowOff>30000</xdr:rowOff></xdr:from><xdr:to><xdr:col>{c}</xdr:col><xdr:colOff>220000</xdr:colOff><xdr:row>{r}</xdr:row><xdr:rowOff>180000</xdr:rowOff></xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{n}" name="Ellips {n}"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="160000" cy="150000"/></a:xfrm><a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></xdr:spPr><xdr:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="sv-SE"/></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"""
X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'


def change(path, edit):
    """Writes the file anew; `edit` changes a dict of its parts."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    edit(parts)
    with zipfile.ZipFile(path + ".new", "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    shutil.move(path + ".new", path)


def relate(parts, sheet, kind, target):
    """Adds a relationship to a sheet's part; gives its id."""
    name = f"xl/worksheets/_rels/sheet{sheet}.xml.rels"
    text = parts.get(name, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>').decode()
    text = text.replace("</Relationships>", f'<Relationship Id="rIdX" Type="{REL}/{kind}" Target="{target}"/></Relationships>')
    parts[name] = text.encode()
    return "rIdX"


def drawing(path, sheets):
    """Ellipses: sheet number → (row, column, fill)."""
    if not sheets:
        return

    def edit(parts):
        types = parts["[Content_Types].xml"].decode()
        for sheet, drawn in sheets.items():
            shapes = "".join(SHAPE.format(r=r, c=c, n=n + 2, fill=fill) for n, (r, c, fill) in enumerate(drawn))
            name = f"xl/drawings/drawing9{sheet}.xml"
            parts[name] = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
                           f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{shapes}</xdr:wsDr>').encode()
            types = types.replace("</Types>", f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>')
            own = f"xl/worksheets/sheet{sheet}.xml"
            text = parts[own].decode()
            link = f'<drawing xmlns:r="{REL}" r:id="{relate(parts, sheet, "drawing", "/" + name)}"/>'
            text = text.replace("<legacyDrawing", link + "<legacyDrawing", 1) if "<legacyDrawing" in text else text.replace("</worksheet>", link + "</worksheet>")
            parts[own] = text.encode()
        parts["[Content_Types].xml"] = types.encode()

    change(path, edit)


def cf_extension(path, sheets):
    """Newer conditional formats: sheet number → rules."""
    if not sheets:
        return

    def edit(parts):
        for sheet, rules in sheets.items():
            out = ""
            for n, rule in enumerate(rules):
                guid = f"{{{sheet:08X}-0000-0000-0000-{n:012X}}}"
                if rule[0] == "rule":
                    _, area, value, colour, priority = rule
                    out += (f'<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="cellIs" priority="{priority + 1}" operator="equal" id="{guid}">'
                            f'<xm:f>{value}</xm:f><x14:dxf><fill><patternFill patternType="solid"><bgColor rgb="FF{colour}"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>{area}</xm:sqref></x14:conditionalFormatting>')
                else:
                    icons = "".join(f'<x14:cfIcon iconSet="3TrafficLights1" iconId="{i}"/>' for i in (0, 1, 2))
                    out += (f'<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="iconSet" priority="{n + 1}" id="{guid}"><x14:iconSet custom="1">'
                            f'<x14:cfvo type="percent"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>2</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>3</xm:f></x14:cfvo>{icons}'
                            f'</x14:iconSet></x14:cfRule><xm:sqref>{rule[1]}</xm:sqref></x14:conditionalFormatting>')
            own = f"xl/worksheets/sheet{sheet}.xml"
            ext = f'<extLst><ext {X14} uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>{out}</x14:conditionalFormattings></ext></extLst>'
            parts[own] = parts[own].decode().replace("</worksheet>", ext + "</worksheet>").encode()

    change(path, edit)
