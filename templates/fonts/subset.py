#!/usr/bin/env python3
"""Makes the fonts in this folder from whole ones (Debian: fonts-croscore 20201225, fonts-dejavu-core 2.37).

    pip install fonttools==4.68.0
    python3 subset.py /usr/share/fonts/truetype

Keeps the signs that Swedish plans need, drops hinting, and gives each code point a glyph of its own: a soft
hyphen that shares the hyphen's glyph could not be told from it when the PDF is read.
"""

import copy
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

TEXT = (
    "U+20-7E,U+A0-17F,U+18F,U+192,U+1CD-1DC,U+1E6-1EB,U+1FA-1FF,U+218-21B,U+237,U+259,U+2BB-2BD,U+2C6-2C9,"
    "U+2D8-2DD,U+300-304,U+306-30C,U+327,U+328,U+384-3CE,U+400-45F,U+490,U+491,U+1E80-1E85,U+1E9E,U+1EF2,U+1EF3,"
    "U+2000-200B,U+2010-206F,U+2070-209F,U+20AC,U+2100-214F,U+2150-215F,U+2190-2195,U+2200-226F,U+25CF"
)
SIGNS = (
    "U+20,U+2032-2034,U+2070-209F,U+2100-214F,U+2150-215F,U+2190-2199,U+21D0-21D5,U+2200-226F,U+2282-2287,U+22C5,"
    "U+2300,U+25A0-25FF,U+2605,U+2606,U+260E,U+2610-2612,U+2639-263B,U+26A0,U+2709,U+270E,U+2713-2718,U+2756,"
    "U+2764,U+2794,U+2799-27A4,U+FFFD"
)


def make(source, target, unicodes, features):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["FFTM", "DSIG"]
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    separate(font)
    font.save(target)


def separate(font):
    """Gives code points that share a glyph their own, and the zero-width space an empty one."""
    tables = [table for table in font["cmap"].tables if table.isUnicode()]
    glyphs, widths = font["glyf"], font["hmtx"]
    order = list(font.getGlyphOrder())
    seen = set()
    for code in sorted({code for table in tables for code in table.cmap} | {0x200B}):
        name = next((table.cmap[code] for table in tables if code in table.cmap), None)
        if name is not None and name not in seen and code != 0x200B:
            seen.add(name)
            continue
        own = f"own{code:04X}"
        glyphs.glyphs[own] = copy.deepcopy(glyphs[name]) if name and code != 0x200B else Glyph()
        widths.metrics[own] = widths.metrics[name] if name and code != 0x200B else (0, 0)
        order.append(own)
        for table in tables:
            if code in table.cmap or code == 0x200B:
                table.cmap[code] = own
    font.setGlyphOrder(order)
    glyphs.glyphOrder = order
    if "GDEF" in font and font["GDEF"].table.GlyphClassDef:
        for name in order:
            font["GDEF"].table.GlyphClassDef.classDefs.setdefault(name, 1)


def main():
    root, here = Path(sys.argv[1]), Path(__file__).parent
    for style in ["Regular", "Bold", "Italic", "BoldItalic"]:
        source = root / "croscore" / f"Arimo-{style}.ttf"
        make(source, here / source.name, TEXT, ["kern", "mark", "mkmk", "ccmp", "locl"])
    make(root / "dejavu" / "DejaVuSans.ttf", here / "DejaVuSans-Signs.ttf", SIGNS, [])


main()
