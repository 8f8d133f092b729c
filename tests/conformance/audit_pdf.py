#!/usr/bin/env python3
"""Checks the PDF files that the tests wrote against the clauses of PDF/UA-1 and PDF/A-3a that a program can check.

    cargo test --test it write_pdf && python3 tests/conformance/audit_pdf.py

Without arguments it takes target/tmp/pdf-samples; files may be given instead. Needs pikepdf; uses qpdf and poppler's
pdfinfo where they are. veraPDF is not in any registry that we reach, so this stands in its place; see
docs/pdf-output.md for what it does not see.
"""

import pathlib
import re
import shutil
import subprocess
import sys

import pikepdf

BLOCK = {"Document", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody",
         "TR", "TH", "TD", "Link", "Figure"}
PARENTS = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "THead": {"Table"}, "TBody": {"Table"},
           "TR": {"THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}, "L": {"Document", "TD", "LBody"}}


class Audit:
    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.found = []

    def say(self, clause, what):
        self.found.append(f"{clause}: {what}")

    def need(self, truth, clause, what):
        if not truth:
            self.say(clause, what)

    def run(self):
        self.document()
        self.metadata()
        self.attachment()
        self.fonts()
        self.structure()
        self.pages()
        self.outline()
        return self.found

    def document(self):
        root = self.root
        self.need(root.get("/MarkInfo", {}).get("/Marked") is True or bool(root.MarkInfo.Marked), "UA 7.1", "not marked as tagged")
        self.need(not bool(root.MarkInfo.get("/Suspects", False)), "UA 7.1", "Suspects is true")
        self.need(str(root.get("/Lang", "")) == "sv-SE", "UA 7.2", f"language is {root.get('/Lang')}")
        self.need(bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)), "UA 7.1", "DisplayDocTitle")
        intents = root.get("/OutputIntents", [])
        self.need(any(str(i.S) == "/GTS_PDFA1" and "/DestOutputProfile" in i for i in intents), "A 6.2.3", "no output intent with a profile")
        self.need("/AcroForm" not in root and "/AA" not in root and "/OpenAction" not in root, "A 6.6", "actions or forms")
        self.need(not self.pdf.is_encrypted, "A 6.1.3", "encrypted")
        self.need("/ID" in self.pdf.trailer, "A 6.1.3", "no file identifier")

    def metadata(self):
        raw = bytes(self.root.Metadata.read_bytes()).decode("utf-8")
        self.need("/Filter" not in self.root.Metadata, "A 6.6.2", "metadata is compressed")
        for pattern, what in [(r"pdfaid:part>3<", "pdfaid:part 3"), (r"pdfaid:conformance>A<", "pdfaid:conformance A"),
                              (r"pdfuaid:part>1<", "pdfuaid:part 1"), (r"<dc:title>", "dc:title"),
                              (r"pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<", "the extension schema of pdfuaid")]:
            self.need(re.search(pattern, raw), "UA 5 / A 6.6.4", f"XMP lacks {what}")
        info = self.pdf.docinfo
        self.need(str(info.get("/Title", "")) and str(info["/Title"]) in raw.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"),
                  "A 6.6.3", "the title differs between Info and XMP")

    def attachment(self):
        files = list(self.root.get("/AF", []))
        if not files:  # written without its model
            return
        for spec in files:
            for key in ["/F", "/UF", "/AFRelationship", "/Desc", "/EF"]:
                self.need(key in spec, "A 6.8 / UA 7.11", f"the file specification lacks {key}")
            stream = spec.EF.F
            self.need(str(stream.get("/Subtype", "")) == "/application/json", "A 6.8", f"type {stream.get('/Subtype')}")
            self.need("/ModDate" in stream.get("/Params", {}), "A 6.8", "no date of the embedded file")
            self.need(stream.read_bytes().lstrip().startswith(b"{"), "model", "the attachment is no JSON")
        self.need("/EmbeddedFiles" in self.root.get("/Names", {}), "A 6.8", "no name for the embedded file")

    def fonts(self):
        seen = set()
        for page in self.pdf.pages:
            for name, font in page.get("/Resources", {}).get("/Font", {}).items():
                if font.objgen in seen:
                    continue
                seen.add(font.objgen)
                self.need("/ToUnicode" in font, "UA 7.21.7", f"{name} has no ToUnicode")
                self.need(str(font.Encoding) in ("/Identity-H",), "UA 7.21.4", f"{name} is encoded {font.get('/Encoding')}")
                child = font.DescendantFonts[0]
                descriptor = child.FontDescriptor
                self.need(any(key in descriptor for key in ("/FontFile2", "/FontFile3")), "UA 7.21.4.1", f"{name} is not embedded")
                self.need("/CIDToGIDMap" in child or "/FontFile3" in descriptor, "UA 7.21.3.2", f"{name} has no CIDToGIDMap")
                self.need(re.match(r"/[A-Z]{6}\+", str(font.BaseFont)), "A 6.2.11", f"{name} is no subset: {font.BaseFont}")
                mapped = font.ToUnicode.read_bytes()
                for bad in (b"<0000>\n", b"<FEFF>", b"<FFFE>"):
                    self.need(not re.search(rb"> " + re.escape(bad.strip()), mapped), "UA 7.21.7", f"{name} maps to {bad}")

    def structure(self):
        tree = self.root.StructTreeRoot
        self.need("/ParentTree" in tree, "UA 7.1", "no parent tree")
        self.roles = {str(k): str(v) for k, v in tree.get("/RoleMap", {}).items()}
        self.marked = set()  # (page, mcid)
        self.annotations = set()
        self.level = 0
        kids = tree.K if isinstance(tree.K, pikepdf.Array) else [tree.K]
        for kid in kids:
            self.element(kid, None)

    def element(self, element, parent):
        kind = str(element.S).lstrip("/")
        kind = self.roles.get("/" + kind, "/" + kind).lstrip("/")
        self.need(kind in BLOCK, "UA 7.1", f"element {kind}")
        if kind in PARENTS:
            self.need(parent in PARENTS[kind], "UA 7.2", f"{kind} in {parent}")
        attributes = element.get("/A", [])
        attributes = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
        attribute = lambda key: next((a[key] for a in attributes if key in a), None)  # noqa: E731
        if re.fullmatch(r"H[1-6]", kind):
            level = int(kind[1])
            self.need(level <= self.level + 1, "UA 7.4.2", f"H{level} after H{self.level}")
            self.level = level
        if kind == "Figure":
            self.need(str(element.get("/Alt", "")).strip(), "UA 7.3", "a figure without alternative text")
            self.need(attribute("/BBox") is not None, "UA 7.3", "a figure without a box")
        if kind == "TH":
            self.need(str(attribute("/Scope")) in ("/Column", "/Row", "/Both"), "UA 7.5", "a heading cell without scope")
        if kind == "L":
            self.need(attribute("/ListNumbering") is not None, "UA 7.6", "a list without numbering")
        children = element.get("/K", [])
        children = list(children) if isinstance(children, pikepdf.Array) else [children]
        kinds = []
        for child in children:
            if isinstance(child, int):
                self.mark(element.get("/Pg"), child)
            elif isinstance(child, pikepdf.Dictionary) and str(child.get("/Type", "")) == "/MCR":
                self.mark(child.get("/Pg", element.get("/Pg")), int(child.MCID))
            elif isinstance(child, pikepdf.Dictionary) and str(child.get("/Type", "")) == "/OBJR":
                self.annotations.add(child.Obj.objgen)
                self.need(kind == "Link", "UA 7.18.5", f"an annotation in {kind}")
                kinds.append("annotation")
            else:
                kinds.append(self.element(child, kind))
        if kind == "Table":
            self.table(element)
        if kind == "Link":
            self.need("annotation" in kinds, "UA 7.18.5", "a link without annotation")
        return kind

    def table(self, table):
        widths = set()
        for group in table.K if isinstance(table.K, pikepdf.Array) else [table.K]:
            rows = group.get("/K", [])
            for row in rows if isinstance(rows, pikepdf.Array) else [rows]:
                cells = row.get("/K", [])
                widths.add(len(cells) if isinstance(cells, pikepdf.Array) else 1)
        self.need(len(widths) == 1, "UA 7.5", f"rows of {sorted(widths)} cells")

    def mark(self, page, mcid):
        place = (page.objgen, mcid)
        self.need(place not in self.marked, "UA 7.1", f"content {mcid} belongs to two elements")
        self.marked.add(place)

    def pages(self):
        shows = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI", "INLINE IMAGE"}
        for number, page in enumerate(self.pdf.pages, 1):
            self.need(str(page.get("/Tabs", "")) == "/S" or "/Annots" not in page, "UA 7.18.3", f"page {number}: tab order")
            self.need("/StructParents" in page, "UA 7.1", f"page {number}: no StructParents")
            open_marks = []
            for operands, operator in pikepdf.parse_content_stream(page):
                operator = str(operator)
                if operator in ("BDC", "BMC"):
                    tag = str(operands[0])
                    properties = operands[1] if operator == "BDC" else {}
                    if isinstance(properties, pikepdf.Name):
                        properties = page.Resources.Properties[properties]
                    mcid = properties.get("/MCID") if operator == "BDC" else None
                    if mcid is not None:
                        self.need((page.objgen, int(mcid)) in self.marked, "UA 7.1", f"page {number}: content {mcid} is in no element")
                    self.need(not (tag == "/Artifact" and any(m != "/Artifact" for m in open_marks)), "UA 7.1", f"page {number}: an artifact in content")
                    open_marks.append("/Artifact" if tag == "/Artifact" else ("mcid" if mcid is not None else "none"))
                elif operator == "EMC":
                    open_marks.pop()
                elif operator in shows:
                    good = any(mark in ("/Artifact", "mcid") for mark in open_marks)
                    self.need(good, "UA 7.1", f"page {number}: {operator} is neither tagged nor an artifact")
            self.need(not open_marks, "UA 7.1", f"page {number}: marked content is not closed")
            for annotation in page.get("/Annots", []):
                self.need("/Contents" in annotation, "UA 7.18.5", f"page {number}: a link without description")
                self.need(int(annotation.get("/F", 0)) & 4, "A 6.3.2", f"page {number}: an annotation that does not print")
                self.need(annotation.objgen in self.annotations, "UA 7.18.1", f"page {number}: an annotation in no element")

    def outline(self):
        self.need("/Outlines" in self.root and "/First" in self.root.Outlines, "UA 7.17", "no outline")


def other_programs(path):
    found = []
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
        if done.returncode:
            found.append("qpdf: " + (done.stdout + done.stderr).strip())
    if shutil.which("pdfinfo"):
        done = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True)
        if done.returncode or "Tagged:          yes" not in done.stdout:
            found.append("pdfinfo: " + (done.stdout + done.stderr).strip())
    return found


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    paths = [pathlib.Path(argument) for argument in sys.argv[1:]]
    paths = paths or sorted((root / "target/tmp/pdf-samples").glob("*.pdf"))
    if not paths:
        sys.exit("nothing to check: run cargo test --test it write_pdf first")
    wrong = 0
    for path in paths:
        found = Audit(path).run() + other_programs(path)
        wrong += bool(found)
        for finding in sorted(set(found))[:20]:
            print(f"{path.name}: {finding}")
    programs = [name for name in ("qpdf", "pdfinfo") if shutil.which(name)]
    print(f"PDF/UA-1 and PDF/A-3a clauses (pikepdf), {', '.join(programs) or 'no other program'}: "
          f"{len(paths) - wrong} of {len(paths)} documents without a finding")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
