#!/usr/bin/env python3
"""Seeds for the fuzz targets, made from the fixtures: whole files, the parts inside them, cells, notes, models.

    fuzz/seeds.py [FOLDER]      (fuzz/corpus when none is given)
"""
import json, pathlib, re, sys, zipfile, zlib

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
# Long inputs slow the fuzzer; a table's first rows are as good as all of it.
MOST = 16_384


def pdf(path):
    data = path.read_bytes()
    yield data
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        try:
            content = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf" in content and b"BT" in content:
            yield content[:MOST]


def packed(*parts):
    def seeds(path):
        yield path.read_bytes()
        with zipfile.ZipFile(path) as zip:
            for name in zip.namelist():
                if any(re.fullmatch(part, name) for part in parts):
                    yield zip.read(name)[:MOST]

    return seeds


def whole(path):
    yield path.read_bytes()


def cells(path):
    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, dict)):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from texts(inner)

    for text in texts(json.loads(path.read_text())):
        if len(text) > 20:
            yield text.encode()


SEEDS = {
    "read_pdf": [("plans/*.pdf", pdf), ("pdf/*.pdf", pdf)],
    "read_docx": [("plans/*.docx", packed(r"word/document\.xml")), ("supporting/*.docx", packed(r"word/document\.xml"))],
    "read_pptx": [("plans/*.pptx", packed(r"ppt/slides/slide\d+\.xml"))],
    "read_xlsx": [
        ("plans/*.xlsx", packed(r"xl/worksheets/sheet\d+\.xml", r"xl/sharedStrings\.xml", r"xl/styles\.xml")),
        ("xlsx/*.ods", packed(r"content\.xml")),
        ("xlsx/*.xls", whole),
    ],
    "template": [("templates/*.docx", packed(r"word/document\.xml")), ("../templates/*.docx", packed(r"word/document\.xml"))],
    "notes": [("notes/*", whole)],
    "model": [("gold/*.json", whole)],
    "split_entries": [("entries/adversarial.json", cells)],
}


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "corpus"
    for target, sources in SEEDS.items():
        folder = root / target
        folder.mkdir(parents=True, exist_ok=True)
        number = 0
        for pattern, seeds in sources:
            for path in sorted(FIXTURES.glob(pattern)):
                for seed in seeds(path):
                    (folder / f"seed-{number}").write_bytes(seed)
                    number += 1


if __name__ == "__main__":
    main()
