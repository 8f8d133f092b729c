#!/usr/bin/env python3
"""Seeds for the fuzz target read_pdf: the fixtures' PDFs and the contents of their pages, each unpacked.

    fuzz/seeds.py [FOLDER]      (fuzz/corpus/read_pdf when none is given)
"""
import pathlib, re, sys, zlib

HERE = pathlib.Path(__file__).parent
# Long contents slow the fuzzer; a table's first rows are as good as all of it.
MOST = 16_384


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "corpus" / "read_pdf"
    folder.mkdir(parents=True, exist_ok=True)
    for pdf in sorted((HERE.parent / "fixtures" / "plans").glob("*.pdf")):
        data = pdf.read_bytes()
        (folder / pdf.name).write_bytes(data)
        for number, stream in enumerate(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S)):
            try:
                content = zlib.decompress(stream)
            except zlib.error:
                continue
            if b" Tf" in content and b"BT" in content:
                (folder / f"{pdf.stem}-{number}").write_bytes(content[:MOST])


if __name__ == "__main__":
    main()
