#!/usr/bin/env python3
"""Tables against the ICDAR 2013 table competition's answers: adjacency-relation F1 of the whole process.

    icdar.py DATASET PROGRAM [--half dev|held|all] [-v]

DATASET holds the competition's NAME.pdf and NAME-str.xml (in any folder below it). PROGRAM prints one JSON
object a line for a PDF: {"page": n, "rows": [["…"]]} with null where a merged cell covers.
Relations: all pairs of neighbouring non-empty cells, rightwards and downwards; a merged cell counts once
towards each neighbour. Texts are folded to letters and digits; compared as a multiset per page.
"""
import collections, json, pathlib, subprocess, sys, unicodedata
import xml.etree.ElementTree as ET


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").lower() if c.isalnum())


def relations(grid):
    """grid: {(row, col): cell id}, texts in cells: pairs of ids of neighbours, each once."""
    pairs = set()
    for (r, c), (ident, text) in grid.items():
        for step, way in (((0, 1), "right"), ((1, 0), "down")):
            other = grid.get((r + step[0], c + step[1]))
            if other and other[0] != ident and text and other[1]:
                pairs.add((ident, other[0], text, other[1], way))
    return [p[2:] for p in pairs]


def gold(path):
    found = collections.defaultdict(collections.Counter)
    for table in ET.parse(path).getroot().iter("table"):
        for region in table.iter("region"):
            page = int(region.get("page"))
            grid = {}
            for n, cell in enumerate(region.iter("cell")):
                r0, c0 = int(cell.get("start-row")), int(cell.get("start-col"))
                r1, c1 = int(cell.get("end-row", r0)), int(cell.get("end-col", c0))
                text = fold(cell.findtext("content"))
                for r in range(r0, r1 + 1):
                    for c in range(c0, c1 + 1):
                        grid[r, c] = (n, text)
            found[page].update(relations(grid))
    return found


def got(program, pdf):
    out = subprocess.run([*program.split(), str(pdf)], capture_output=True, text=True, timeout=60).stdout
    found = collections.defaultdict(collections.Counter)
    for line in out.splitlines():
        table = json.loads(line)
        rows, grid = table["rows"], {}
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text is not None:
                    grid[r, c] = ((r, c), fold(text))
                elif c and (r, c - 1) in grid and not (r and rows[r - 1][c] is not None and row[c - 1] is not None
                                                       and rows[r - 1][c - 1] is not None and rows[r-1][c] != "" and row[c-1] == ""):
                    grid[r, c] = grid[r, c - 1]
                elif r and (r - 1, c) in grid:
                    grid[r, c] = grid[r - 1, c]
        found[table["page"]].update(relations(grid))
    return found


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("-")]
    half = sys.argv[sys.argv.index("--half") + 1] if "--half" in sys.argv else "all"
    args = [a for a in args if a != half]
    pdfs = sorted(pathlib.Path(args[0]).rglob("*.pdf"), key=lambda p: p.name)
    pick = {"dev": pdfs[0::2], "held": pdfs[1::2], "all": pdfs}[half]
    ps, rs = [], []
    for pdf in pick:
        answer = pdf.with_name(pdf.stem + "-str.xml")
        if not answer.exists():
            continue
        want, have = gold(answer), got(args[1], pdf)
        right = sum(sum((want[p] & have[p]).values()) for p in want)
        wanted, given = (sum(sum(x.values()) for x in y.values()) for y in (want, have))
        precision, recall = right / given if given else 1.0 * (not wanted), right / wanted if wanted else 1.0
        ps.append(precision), rs.append(recall)
        if "-v" in sys.argv:
            print(f"{pdf.stem:12} P {precision:.3f} R {recall:.3f}  right {right} given {given} wanted {wanted}")
    p, r = sum(ps) / len(ps), sum(rs) / len(rs)
    print(f"{half}: {len(ps)} documents  precision {p:.3f}  recall {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}")


if __name__ == "__main__":
    main()
