#!/usr/bin/env python3
"""A disk that fills up, and one that may not be written: `batch` tells of it, leaves no half file, and goes on later.

    full_disk.py PROGRAM        (needs to be root on Linux, to mount a small disk of memory; says so and ends well where it cannot)
"""
import json, pathlib, subprocess, sys, tempfile

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "plans"


def mount(options, folder):
    return subprocess.run(["mount", *options, str(folder)], capture_output=True).returncode == 0


def batch(program, output):
    done = subprocess.run([program, "batch", str(FIXTURES), "-o", str(output), "--to", "json,docx"], capture_output=True, text=True)
    return done.returncode, done.stderr


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in pathlib.Path(folder).rglob("*") if path.is_file()}


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        small, whole = pathlib.Path(folder) / "liten disk", pathlib.Path(folder) / "hel"
        small.mkdir()
        if not mount(["-t", "tmpfs", "-o", "size=400k", "tmpfs"], small):
            print("full disk: not tried, no disk can be mounted here")
            return
        try:
            code, said = batch(program, small)
            if code != 1 or "kan inte skrivas" not in said or "disken" not in said:
                sys.exit(f"a full disk gave {code}: {said}")
            for name, content in files(small).items():
                if name.endswith(".json") and not name.startswith(".handlingsplan"):
                    json.loads(content)  # whole, or not there
            stood = len(files(small))
            if not mount(["-o", "remount,ro"], small):
                sys.exit("the disk cannot be made read-only")
            code, said = batch(program, small)
            if code != 1 or "kan inte skrivas" not in said:
                sys.exit(f"a read-only disk gave {code}: {said}")
            if not mount(["-o", "remount,rw,size=64m"], small):
                sys.exit("the disk cannot be made larger")
            code, said = batch(program, small)
            if code not in (0, 3) or "oförändrad" not in said:
                sys.exit(f"the run did not go on: {code}: {said}")
            batch(program, whole)
            if files(small) != files(whole):
                sys.exit("the end differs from that of a run that was never stopped")
        finally:
            subprocess.run(["umount", str(small)], check=False)
        print(f"full disk: told of, {stood} whole files stood; read-only: told of; gone on when there was room, the same end")


if __name__ == "__main__":
    main()
