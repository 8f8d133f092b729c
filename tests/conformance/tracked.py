#!/usr/bin/env python3
"""Lets LibreOffice accept and reject the tracked changes that the tests wrote, and compares.

    cargo test --test it tracked && python3 tests/conformance/tracked.py

Each NAME.docx in target/tmp/tracked has tracked changes; NAME.accepted.docx is the plan that accepting all must give,
NAME.rejected.docx the one that rejecting all must give. Compared are the words in reading order, as LibreOffice
itself saves the two files. With --all it is a failure when LibreOffice is not installed. Installs nothing.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Save(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  If command &lt;&gt; "" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
  End If
  Dim word(0) As New com.sun.star.beans.PropertyValue
  word(0).Name = "FilterName"
  word(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, word())
  document.close(True)
End Sub
Sub All(list As String)
  Dim line As String
  file = FreeFile
  Open list For Input As #file
  Do While Not EOF(file)
    Line Input #file, line
    parts = Split(line, "|")
    If UBound(parts) = 2 Then Save(parts(0), parts(1), parts(2))
  Loop
  Close #file
End Sub
</script:module>
"""

LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""

def profile(folder):
    """A LibreOffice profile that knows the macro: LibreOffice makes it, then the macro takes the place of its empty one."""
    url = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={url}", "--headless", "--norestore", "macro:///Standard.Module1.Main"]
    subprocess.run(command, capture_output=True, check=False, timeout=300)
    standard = folder / "profile/user/basic/Standard"
    standard.mkdir(parents=True, exist_ok=True)
    (standard / "Module1.xba").write_text(MACRO)
    (standard / "script.xlb").write_text(LIBRARY)
    return url


def words(path):
    """The words of a document's text in reading order, and the fills of the shapes that stand among them.

    Shapes that float beside the text are left out: LibreOffice 7 keeps them whatever becomes of the change they are in.
    """
    with zipfile.ZipFile(path) as package:
        xml = package.read("word/document.xml").decode()
    xml = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml, flags=re.S)
    if re.search(r"<w:(ins|del) ", xml):
        return ["there are tracked changes left"]
    xml = re.sub(r"<wp:anchor .*?</wp:anchor>", "", xml, flags=re.S)
    tokens = re.findall(r'<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>)|(<w:br/>)|<a:solidFill><a:srgbClr val="(\w+)"', xml)
    text = "".join(piece or (end or line) and "\n" or f" #{fill} " for piece, end, line, fill in tokens)
    return text.replace("\u200b", "").split()


def main():
    root = pathlib.Path(__file__).resolve().parents[2] / "target/tmp/tracked"
    if not shutil.which("soffice"):
        print("LibreOffice: not installed, skipped")
        sys.exit(1 if "--all" in sys.argv else 0)
    sources = sorted(path for path in root.glob("*.docx") if path.name.count(".") == 1)
    if not sources:
        sys.exit("nothing to check: run cargo test --test it tracked first")
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        jobs, pairs = [], []
        for source in sources:
            for kind, command in [("accepted", "AcceptAllTrackedChanges"), ("rejected", "RejectAllTrackedChanges")]:
                wanted = source.with_suffix(f".{kind}.docx")
                got, plain = folder / f"{source.stem}.{kind}.docx", folder / f"{source.stem}.{kind}.plain.docx"
                jobs.append((source, got, command))
                jobs.append((wanted, plain, ""))
                pairs.append((source.stem, kind, got, plain))
        listing = folder / "jobs.txt"
        listing.write_text("".join(f"{a.as_uri()}|{b.as_uri()}|{c}\n" for a, b, c in jobs))
        macro = f'macro:///Standard.Module1.All("{listing}")'
        command = ["soffice", f"-env:UserInstallation={profile(folder)}", "--headless", "--norestore", macro]
        subprocess.run(command, capture_output=True, check=False, timeout=600)
        for stem, kind, got, plain in pairs:
            if not got.exists() or not plain.exists():
                print(f"{stem}: LibreOffice saved nothing ({kind})")
                failed += 1
                continue
            a, b = words(got), words(plain)
            if a != b:
                at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                print(f"{stem}, {kind}: “{' '.join(a[at - 5:at + 8])}” instead of “{' '.join(b[at - 5:at + 8])}”")
                failed += 1
    total = 2 * len(sources)
    print(f"LibreOffice: {total - failed} of {total} documents as they should be after accepting and rejecting all changes")
    sys.exit(1 if failed else 0)


main()
