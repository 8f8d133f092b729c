"""What the runs of made-up plans share: a file is read by the program, and what it says is scored."""
import json
import os
import subprocess
import sys

from score import score


class Unreadable(Exception):
    """The program gave no plan."""


def read_and_score(program, path, gold, pdf, verbose, extra=()):
    """The model of a file and its figures. A plan whose head is not told of in full is scored without it."""
    done = subprocess.run([program, "convert", str(path), *extra], capture_output=True, text=True)
    try:
        read = json.loads(done.stdout)
        if read["kind"] != "action_plan":
            raise ValueError("no plan: " + read["kind"])
        if gold.pop("loose_meta", False):
            gold.update({k: read.get(k) for k in ("group", "title", "year")})
        with open(os.devnull, "w") as quiet:
            return read, score(read, gold, pdf, verbose, sys.stdout if verbose else quiet)
    except (ValueError, KeyError) as error:
        raise Unreadable(f"{error} {done.stderr.strip()[:300]}") from error
