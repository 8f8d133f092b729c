#!/usr/bin/env python3
"""Robustness and word recall of the PDF reader over folders of files, against poppler's pdftotext.

    pdf_recall.py PROGRAM FOLDER… [--every N] [-v]

PROGRAM prints all text that the reader yields (`cargo run --example pdf_text`). Each file gets its own process,
20 seconds and 1 GB. A word is a run of letters and digits, folded (NFKC, lower case); recall is the share of
pdftotext's words, as a multiset, that the reader has too. A line that recurs at the head or foot of pages counts
once (the reader tells it once), and a word is found too where the reader's text holds it with other letters right
beside (poppler joins what a hyphen at a line's end parts, the reader may keep the hyphen). Files with fewer than 50
letters and digits do not count. -v names every file below 0.98 with some of its missing words.

A second figure leaves out what the reader itself says is missing, as far as its warnings count characters: text that
nobody sees on the page (unpainted, white on white, clipped away), and signs that the file gives no meaning. A third
figure also takes a word as found that poppler has in pieces of at most three letters ("V i n s" for a word set wide,
"XN P" for one with a subscript) and the reader as one.
"""
import collections, os, pathlib, re, subprocess, sys, tempfile, threading, time, unicodedata

SECONDS, MEGABYTES, LETTERS, GOAL = 20, 1024, 50, 0.98
# So many lines at the head and at the foot of a page may be running ones.
EDGE = 4


def words(text):
    text = unicodedata.normalize("NFKC", text).lower().replace("\u00ad", "")
    return collections.Counter(re.findall(r"[^\W_]+", text))


def run(command):
    """Standard output, error output, exit status (None: out of time), seconds, the most memory it had in MB."""
    start = time.time()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
        in_time = timer.is_alive()
        timer.cancel()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf8", "replace"))
    return *texts, code if in_time else None, time.time() - start, usage.ru_maxrss / 1024


def reference(pdf):
    out, _, status, *_ = run(["pdftotext", "-q", "-enc", "UTF-8", str(pdf), "-"])
    if status != 0:
        return ""
    seen, text = set(), []
    for page in out.split("\f"):
        here = set()
        lines = [line for line in page.split("\n") if line.strip()]
        for number, line in enumerate(lines):
            edge = number < EDGE or number >= len(lines) - EDGE
            folded = re.sub(r"\d+", "#", line.strip())
            if edge and (folded in seen or folded == "#"):
                continue
            if edge:
                here.add(folded)
            text.append(line)
        seen |= here
    return "\n".join(text)


def in_pieces(text, missing, have):
    """The missing words that are pieces, beside one another in the text, of a word that the reader has whole."""
    found, pieces = collections.Counter(), re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())
    whole = collections.Counter(have)
    start = 0
    while start < len(pieces):
        end = start
        for stop in range(start + 2, min(start + 16, len(pieces)) + 1):
            if len(pieces[stop - 1]) > 3 or len(pieces[start]) > 3:
                break
            if whole["".join(pieces[start:stop])] > 0:
                end = stop
        if end > start and any(piece in missing for piece in pieces[start:end]):
            found.update(pieces[start:end])
            whole["".join(pieces[start:end])] -= 1
        start = max(end, start + 1)
    return found & missing


def main():
    arguments, options = [], {"--every": "1"}
    rest = iter(sys.argv[1:])
    for argument in rest:
        if argument == "--every":
            options[argument] = next(rest)
        elif argument != "-v":
            arguments.append(argument)
    program, folders = arguments[0].split(), arguments[1:]
    files = sorted(pdf for folder in folders for pdf in pathlib.Path(folder).rglob("*.pdf"))[:: int(options["--every"])]
    outcomes, recalls, told, apart, slowest, largest = collections.Counter(), [], [], [], (0.0, ""), (0.0, "")
    for pdf in files:
        out, err, status, seconds, memory = run([*program, str(pdf)])
        slowest, largest = max(slowest, (seconds, str(pdf))), max(largest, (memory, str(pdf)))
        outcome = "hang" if status is None else "read" if status == 0 else "refused" if status == 1 else "crash"
        outcomes[outcome] += 1
        if memory > MEGABYTES:
            print(f"MEMORY {memory:.0f} MB {pdf}")
        if outcome in ("hang", "crash") or "panicked" in err:
            print(f"{outcome.upper()} {pdf} {err[:200]!r}")
        if outcome == "refused" and "-v" in sys.argv:
            print(f"refused {pdf} {err.strip()[:160]!r}")
        text = reference(pdf)
        wanted = words(text)
        if sum(len(word) * count for word, count in wanted.items()) < LETTERS:
            continue
        have = words(out)
        stream = "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", out).lower().replace("\u00ad", "")))
        missing = collections.Counter({w: n for w, n in (wanted - have).items() if len(w) < 4 or w not in stream})
        recall = 1 - sum(missing.values()) / sum(wanted.values())
        recalls.append(recall)
        unseen = sum(map(int, re.findall(r"har (\d+) tecken som", err)))
        lost = sum(len(word) * count for word, count in missing.items())
        told.append(recall >= GOAL or lost <= unseen)
        pieces = in_pieces(text, missing, have - wanted)
        apart.append(told[-1] or 1 - (missing - pieces).total() / wanted.total() >= GOAL)
        if recall < GOAL and "-v" in sys.argv:
            print(f"{recall:.3f}{'' if not apart[-1] else ' told' if told[-1] else ' pieces'} {pdf} {sum(wanted.values())} words; missing {' '.join(list(missing)[:14])} | {err.strip()[:200]!r}")
    good = sum(recall >= GOAL for recall in recalls)
    print(f"{len(files)} files: {dict(outcomes)}; slowest {slowest[0]:.1f} s ({slowest[1]}); most memory {largest[0]:.0f} MB ({largest[1]})")
    print(f"recall >= {GOAL}: {good} of {len(recalls)} = {good / max(len(recalls), 1):.3f}; mean {sum(recalls) / max(len(recalls), 1):.4f}; "
          f"or missing only what the warnings say: {sum(told)} = {sum(told) / max(len(told), 1):.3f}; "
          f"or in pieces: {sum(apart)} = {sum(apart) / max(len(apart), 1):.3f}")


if __name__ == "__main__":
    main()
