#!/usr/bin/env python3
"""Word recall of the Word reader over folders of .docx files, against pandoc.

    docx_recall.py PROGRAM FOLDER… [-v]

A word is a run of letters and digits, folded (NFKC, lower case); recall is the share of pandoc's words, as a multiset, that
stand in the JSON of `PROGRAM convert` (any text of it, leftovers and warnings' texts included). Footnote numbers that pandoc
makes and formulas, which pandoc writes as TeX, do not count, nor do files with fewer than 20 words. -v names every file
below 0.98 with some of its missing words.
"""
import collections, json, pathlib, re, subprocess, sys, unicodedata

GOAL, LEAST = 0.98, 20


def words(text):
    text = unicodedata.normalize("NFKC", text).lower().replace("\u00ad", "")
    return collections.Counter(re.findall(r"[^\W_]+", text))


def run(command):
    try:
        done = subprocess.run(command, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None, ""
    return done.returncode, done.stdout.decode("utf8", "replace")


def inlines(node, out):
    """The words of pandoc's JSON: strings, without formulas and raw parts."""
    if isinstance(node, list):
        for inner in node:
            inlines(inner, out)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            out.append(content)
        elif kind in ("Code", "CodeBlock"):
            out.append(content[1])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            out.append(" ")
        elif kind in ("Math", "RawInline", "RawBlock", "Image"):
            pass
        elif kind == "Link":
            inlines(content[1], out)
        elif isinstance(content, list):
            parts = kind in ("Para", "Plain", "Header", "Table", "BulletList", "OrderedList", "DefinitionList", "Note")
            out.append("\n" if parts else "")
            inlines(content, out)
            out.append("\n" if parts else "")


def meta(node, out):
    """The words of titles and authors, which pandoc takes out of the text."""
    if isinstance(node, dict):
        if node.get("t", "").startswith("Meta"):
            inner = node.get("c")
            if node["t"] in ("MetaInlines", "MetaBlocks"):
                inlines(inner, out)
            elif node["t"] == "MetaList":
                for one in inner:
                    meta(one, out)
        out.append(" ")


def texts(node, out):
    if isinstance(node, str):
        out.append(node)
    elif isinstance(node, list):
        # Runs of one paragraph stand right beside one another.
        if node and all(isinstance(one, dict) and isinstance(one.get("text"), str) and "source" not in one for one in node):
            out.append("".join(one["text"] for one in node))
            return
        for inner in node:
            texts(inner, out)
    elif isinstance(node, dict):
        for inner in node.values():
            texts(inner, out)


def main():
    program, verbose = sys.argv[1], "-v" in sys.argv
    folders = [argument for argument in sys.argv[2:] if argument != "-v"]
    files = sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*.docx"))
    outcomes, recalls = collections.Counter(), []
    for path in files:
        code, out = run(["pandoc", "-t", "json", "--quiet", str(path)])
        if code != 0:
            outcomes["pandoc cannot"] += 1
            continue
        pandoc, said = json.loads(out), []
        inlines(pandoc["blocks"], said)
        for value in pandoc.get("meta", {}).values():
            meta(value, said)
        wanted = words("".join(said))
        code, out = run([program, "convert", str(path)])
        if code not in (0, 3):
            outcomes["refused" if code == 1 else f"FAILED {code}"] += 1
            if verbose and wanted:
                print(f"refused {path}: {sum(wanted.values())} words")
            continue
        outcomes["read"] += 1
        if sum(wanted.values()) < LEAST:
            continue
        found = []
        for line in out.splitlines() if out.count("\n{") > 1 and not out.startswith("{\n") else [out]:
            texts(json.loads(line), found)
        missing = wanted - words("\n".join(found))
        recall = 1 - sum(missing.values()) / sum(wanted.values())
        recalls.append(recall)
        if verbose and recall < GOAL:
            print(f"{recall:.3f} {path} {list(missing)[:12]}")
    print(dict(outcomes))
    if recalls:
        good = sum(recall >= GOAL for recall in recalls)
        print(f"{len(recalls)} files of {LEAST} words or more: {good} with recall {GOAL} or more ({good / len(recalls):.1%})")


if __name__ == "__main__":
    main()
