#!/usr/bin/env bash
# One would guess that a library that reads Word files gives the number which Word prints before a
# paragraph. Automatic numbers are not in the file: python-docx and mammoth give the paragraphs
# without any, and docx2python counts each level by itself, so that the item printed as «2.1.» comes
# out as «1)» under «2)»: whoever cites by its number cites another item.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
    python-docx==1.2.0 mammoth==1.11.0 docx2python==3.5.0
PYTHONPATH=$folder python3 - <<'PYTHON'
import io
from importlib.metadata import version
import docx
import docx2python
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = docx.Document()
numbering = document.part.numbering_part.element
levels = "".join(
    f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{t}"/></w:lvl>'
    for i, t in enumerate(("%1.", "%1.%2."))
)
numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
for level, text in ((0, "Peace"), (1, "talks"), (0, "Trade"), (1, "goods")):
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))
buffer = io.BytesIO()
document.save(buffer)

plain = [paragraph.text for paragraph in docx.Document(buffer).paragraphs]
raw = mammoth.extract_raw_text(buffer).value
with docx2python.docx2python(buffer) as read:
    counted = [" ".join(line.split()) for line in read.text.split("\n") if line.strip()]
print("printed: 1. Peace, 1.1. talks, 2. Trade, 2.1. goods")
for name, given in (("python-docx", plain), ("mammoth", raw.split()), ("docx2python", counted)):
    print(name, version(name), "gives", given)
assert plain == ["Peace", "talks", "Trade", "goods"], "python-docx has changed"
assert raw.split() == plain, "mammoth has changed"
assert counted and not any("2.1" in line for line in counted), "docx2python has changed"
PYTHON
