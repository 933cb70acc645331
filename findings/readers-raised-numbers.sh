#!/usr/bin/env bash
# One would guess that the text of a paragraph tells a raised figure from the one before it, at least
# by a space. «Article 13¹», which was put between 13 and 14, comes as «Article 131» out of Word files
# by python-docx and mammoth and out of PDFs by pypdf and PDFium: another article, without a warning.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
    python-docx==1.2.0 mammoth==1.11.0 pypdf==7.1.1 pypdfium2==5.15.2 fpdf2==2.8.4
PYTHONPATH=$folder python3 - <<'PYTHON'
import io
from importlib.metadata import version
import docx
import fpdf
import mammoth
import pypdf
import pypdfium2

document = docx.Document()
paragraph = document.add_paragraph("Article 13")
paragraph.add_run("1").font.superscript = True
paragraph.add_run(". The owner.")
word = io.BytesIO()
document.save(word)

page = fpdf.FPDF()
page.add_page()
page.set_font("Helvetica", size=12)
page.write(text="Article 13")
page.char_vpos = "SUP"
page.write(text="1")
page.char_vpos = "LINE"
page.write(text=". The owner.")
data = bytes(page.output())

print("printed: Article 13\N{SUPERSCRIPT ONE}. The owner.")
given = {
    "python-docx": docx.Document(word).paragraphs[0].text,
    "mammoth": mammoth.extract_raw_text(word).value.strip(),
    "pypdf": pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
    "pypdfium2": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded(),
}
for name, text in given.items():
    print(name, version(name), "gives", repr(text))
for name, text in given.items():
    assert text.startswith("Article 131"), f"{name} has changed"
PYTHON
