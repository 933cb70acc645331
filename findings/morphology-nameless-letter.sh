#!/usr/bin/env bash
# One would guess that pymorphy3 guesses something of any word: it does of Tamil or Georgian ones and of
# signs. A letter that Unicode has without Python giving it a name, such as most Tangut ones, raises
# ValueError instead: Latin letters are told by the word LATIN in their names. A question may hold one.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
    pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142 setuptools
PYTHONPATH=$folder python3 - <<'PYTHON'
import unicodedata
from importlib.metadata import version
import pymorphy3

analyser = pymorphy3.MorphAnalyzer(lang="ru")
words = ["каспий", "தமிழ்", "საქართველო", "—", "\U000171af"]
told = {}
for word in words:
    try:
        told[word] = str(analyser.parse(word)[0].tag)
    except ValueError as error:
        told[word] = f"ValueError: {error}"
print("pymorphy3", version("pymorphy3"), "Unicode", unicodedata.unidata_version, told)
assert all("ValueError" not in told[word] for word in words[:-1])
assert "\U000171af".isalpha() and told["\U000171af"] == "ValueError: no such name"
PYTHON
