"""Static instances of the variable text family, for reportlab. Loaded by `fonts` when its cache lacks one."""

import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont as FontFile
from fontTools.varLib import instancer

_KEPT = (range(0x20, 0x530), range(0x1E00, 0x2000), range(0x2000, 0x27C0))


def instance(source: Path, weight: int) -> bytes:
    """One static weight of the variable font, without what reportlab cannot use."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=[code for codes in _KEPT for code in codes])
    buffer = io.BytesIO()
    with FontFile(source, lazy=True, recalcTimestamp=False) as font:
        chooser.subset(font)
        static = instancer.instantiateVariableFont(font, {"wght": weight, "opsz": 14}, inplace=True)
        static["name"].setName(f"Inter-{weight}", 6, 3, 1, 0x409)  # reportlab takes two faces of one name for the same
        static.save(buffer)
    return buffer.getvalue()
