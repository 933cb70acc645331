#!/usr/bin/env bash
# One would guess that a paragraph's text in python-docx is what Word shows and prints, in which
# tracked insertions stand and tracked deletions do not. Both are missing: a draft act with
# unaccepted changes loses every inserted word, without a warning, and still reads as a sentence.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" python-docx==1.2.0
PYTHONPATH=$folder python3 - <<'PYTHON'
from importlib.metadata import version
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

paragraph = docx.Document().add_paragraph("The fee is ")
for tag, leaf, text in (("del", "delText", "10 "), ("ins", "t", "not "), (None, "t", "paid.")):
    run = f'<w:r {nsdecls("w")}><w:{leaf} xml:space="preserve">{text}</w:{leaf}></w:r>'
    if tag:
        run = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a">{run}</w:{tag}>'
    paragraph._p.append(parse_xml(run))
print("printed: 'The fee is not paid.'")
print("python-docx", version("python-docx"), "gives", repr(paragraph.text))
assert paragraph.text == "The fee is paid.", "python-docx has changed"
PYTHON
