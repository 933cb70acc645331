#!/usr/bin/env bash
# One would guess that the text of a PDF page keeps the characters and the lines that are printed.
# PDFium takes every hyphen at the end of a line for a word broken there: it puts the control
# character U+0002 in place of the hyphen AND of the line break («well\x02known»), so two lines come
# as one, twice as long as any line of the page. pypdf gives the same page with both hyphens.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
    pypdfium2==5.15.2 pypdf==7.1.1 fpdf2==2.8.4
PYTHONPATH=$folder python3 - <<'PYTHON'
import io
import fpdf
import pypdf
import pypdfium2

page = fpdf.FPDF()
page.add_page()
page.set_font("Helvetica", size=12)
for line in ("It is well-", "known to the Kazakh-", "Russian commission."):
    page.cell(text=line, new_x="LMARGIN", new_y="NEXT")
data = bytes(page.output())

pdfium = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded().split("\r\n")
other = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split("\n")
print("pypdfium2", pypdfium2.PYPDFIUM_INFO, "gives", pdfium)
print("pypdf", pypdf.__version__, "gives", other)
assert len(other) == 3 and other[0].rstrip().endswith("well-"), "pypdf has changed"
assert pdfium == ["It is well\x02known to the Kazakh\x02Russian commission."], "PDFium has changed"
PYTHON
