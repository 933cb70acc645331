#!/usr/bin/env bash
# One would guess that the text which odfpy extracts from an OpenDocument list is the list as it is
# printed. The number, the bracket and even the line break are missing: the items run together, and
# nothing tells the second item from the first.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" odfpy==1.4.1
PYTHONPATH=$folder python3 - <<'PYTHON'
from importlib.metadata import version
from odf import teletype
from odf.opendocument import OpenDocumentText
from odf.text import List, ListItem, ListLevelStyleNumber, ListStyle, P

document = OpenDocumentText()
style = ListStyle(name="points")
style.addElement(ListLevelStyleNumber(level="1", numformat="1", numsuffix=")"))
document.automaticstyles.addElement(style)
points = List(stylename=style)
for text in ("the fee;", "the term."):
    item = ListItem()
    item.addElement(P(text=text))
    points.addElement(item)
document.text.addElement(points)
given = teletype.extractText(document.text)
print("printed: 1) the fee; 2) the term.")
print("odfpy", version("odfpy"), "gives", repr(given))
assert given == "the fee;the term.", "odfpy has changed"
PYTHON
