#!/usr/bin/env bash
# One would guess that a word set askew over a page, a watermark, comes as a line of its own. pypdf and
# PDFium give it as the end of the act's last line, and whoever puts the letters of a page in order by
# their places gets them between the words that they lie over: the angle of each letter must be asked.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
    pypdf==7.1.1 pypdfium2==5.15.2 fpdf2==2.8.4
PYTHONPATH=$folder python3 - <<'PYTHON'
import io
from importlib.metadata import version
import fpdf
import pypdf
import pypdfium2

page = fpdf.FPDF()
page.add_page()
page.set_font("Helvetica", size=12)
for number in range(1, 20):
    text = f"{number}. The chamber of gardens keeps the register of gardens."
    page.cell(text=text, new_x="LMARGIN", new_y="NEXT")
page.set_font("Helvetica", size=60)
with page.rotation(45, x=60, y=60):
    page.text(20, 60, "DRAFT")
data = bytes(page.output())
given = {
    "pypdf": pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
    "pypdfium2": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded(),
}
for name, text in given.items():
    wrong = [line for line in text.splitlines() if line.strip() and line.strip()[-1] != "."]
    print(name, version(name), wrong)
PYTHON
