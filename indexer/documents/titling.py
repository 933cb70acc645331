"""The title that a text gives itself where its head has lost it, and nothing that may be another's.

Editors' notes name the act in full («статья 5 настоящего Трудового кодекса РК признана …»), a
constitution says what it is, and a line at the head may be a title by its form. What merely speaks
of the act («настоящий Закон») gives no title.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from indexer.languages.codes import Language
from indexer.languages.ru.forms import morphology

_COUNTRY: Final = r"(?:РК|Республики\s+Казахстан)"
_CODE: Final = re.compile(
    rf"\bнастоящ\w+\s+(?P<words>(?:[А-ЯЁ][а-яё-]+\s+)(?:[а-яё-]+\s+){{0,3}})[Кк]одекс(?:а|у|ом|е)?\s+{_COUNTRY}"
    r"(?:\s+(?P<part>\((?:Общая|Особенная)\s+часть\)))?"
)
_CODE_ABOUT: Final = re.compile(
    rf"\bнастоящ\w+\s+Кодекс(?:а|у|ом|е)?\s+{_COUNTRY}\s+(?P<about>об?\s(?:[а-яё,()-]+\s){{1,14}})"
)
_LAW: Final = re.compile(
    rf"\bнастоящ\w+\s+(?P<kind>Конституционн\w+\s+закон|Закон|Кодекс)\w*\s+(?:{_COUNTRY}\s+)?[«\"“](?P<title>Об?\s[^«»\"“”]{{4,300}})[»\"”]"
    r"|[«\"“](?P<kk>[^«»\"“”]{4,300}\sтуралы)[»\"”]\s+(?:осы|аталған\s+осы)\s+(?:Заң|Кодекс)",
)
_CODE_KAZAKH: Final = re.compile(
    r"\b[Оо]сы\s+(?P<words>[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі-]+(?:\s[а-яәғқңөұүһі-]+){0,2})\s+кодекс(?:тің|ке|ті|те|тен|пен|і|інің|ін|іне|інде)?\b"
)
_CONSTITUTION: Final = re.compile(
    r"принимаем\s+настоящую\s+Конституцию|осы\s+Конституцияны\s+қабылда", re.IGNORECASE
)
_CONSTITUTION_TITLES: Final = {
    "ru": "Конституция Республики Казахстан", "kk": "Қазақстан Республикасының Конституциясы",
}  # fmt: skip
_HEADS: Final = (
    re.compile(r"Об?\s+[а-яёА-ЯЁ][^.;:]{3,390}[^.,;:]"),
    re.compile(r"[^.;:]{3,390}\sтуралы", re.IGNORECASE),
    re.compile(r"(?:[А-ЯЁ][а-яё-]+\s){1,3}[Кк]одекс\s+Республики\s+Казахстан(?:\s\([^()]{4,60}\))?"),
    re.compile(r"Кодекс\s+Республики\s+Казахстан\s+об?\s[^.;:]{4,200}[^.,;:]"),
    re.compile(r"Қазақстан\s+Республикасының\s+(?:[А-ЯӘҒҚҢӨҰҮҺІа-яәғқңөұүһі-]+\s){1,3}[Кк]одексі(?:\s\([^()]{4,60}\))?"),
    re.compile(r"[^.;:]{4,200}\sтуралы\s+Қазақстан\s+Республикасының\s+Кодексі"),
)  # fmt: skip
# «Статья 2. Законодательство Республики Казахстан о семенах»
_SUBJECT: Final = re.compile(
    r"^ *(?:Статья \d\. Законодательство Республики Казахстан (?P<ru>об? [^.;:\n]{4,200}?)"
    r"|\d-бап\. (?:Қазақстан Республикасының )?(?P<kk>[^.;:\n]{4,200} туралы)"
    r" (?:Қазақстан Республикасының )?заңнамасы) *$",
    re.MULTILINE,
)
_FIRST_LINES: Final = 6
_ABOUT_CASES: Final = ("loct", "gent", "loc2", "accs", "datv", "ablt")


def title_in(text: str, lines: Sequence[str], language: Language) -> str:
    """Returns the title that a text gives itself; empty where it gives none, or more than one.

    Args:
        text: The text.
        lines: The lines at its head that are no notes.
        language: Its language.
    """
    heads = [line for line in lines[:_FIRST_LINES] if is_title_form(line)]
    said = set(heads) or set(_said(" ".join(text.split()), language))
    # «Гражданского кодекса РК» is said of either part as well.
    said = {one for one in said if not any(other.startswith(f"{one} (") for other in said)}
    return said.pop() if len(said) == 1 else ""


def is_title_form(line: str) -> bool:
    """Whether a line is a title by its form: «О …», «… туралы», «… кодекс Республики Казахстан»."""
    return any(form.fullmatch(line) for form in _HEADS)


def title_of_subject(text: str, language: Language) -> str:
    """Returns what a law is about, as it names its own legislation; empty where it does not.

    A law whose article is headed «Законодательство Республики Казахстан о семенах» is most often
    the law «О семенах»; the title may say more.
    """
    match = _SUBJECT.search(text)
    subject = (match[language] if language in ("kk", "ru") else "") if match else ""
    return " ".join((subject[:1].upper() + subject[1:]).split()) if subject else ""


def _said(text: str, language: Language) -> Iterator[str]:
    """Yields the titles by which a text names itself."""
    if _CONSTITUTION.search(text) and language in _CONSTITUTION_TITLES:
        yield _CONSTITUTION_TITLES[language]
    for match in _LAW.finditer(text):
        yield match["title"] or match["kk"]
    if language == "kk":
        for match in _CODE_KAZAKH.finditer(text):
            yield f"Қазақстан Республикасының {match['words']} кодексі"
    for match in _CODE.finditer(text):
        if name := _nominative(match["words"].split()):
            part = f" {match['part']}" if match["part"] else ""
            yield f"{name} кодекс Республики Казахстан{part}"
    for match in _CODE_ABOUT.finditer(text):
        if about := _about(match["about"].split()):
            yield f"Кодекс Республики Казахстан {about}"


def _nominative(words: Iterable[str]) -> str:
    """Returns adjectives as they stand in a title; empty where other words are among them."""
    found = []
    for word in words:
        forms = [
            parse
            for parse in morphology().parse(word.lower())
            if str(parse[1]).startswith("ADJF") and "Apro" not in str(parse[1])
        ]
        if not forms:
            return ""
        found.append(forms[0][2])
    return " ".join(found).capitalize()


def _about(words: Sequence[str]) -> str:
    """Returns what a code is about: up to the first word that is no part of it."""
    found = [words[0]]
    for word in words[1:]:
        tags = [str(parse[1]) for parse in morphology().parse(word.strip(",()")) if parse[3] > 0.1]
        is_named = any(
            tag.startswith(("NOUN", "ADJF")) and any(case in tag for case in _ABOUT_CASES)
            for tag in tags
        )
        if not (is_named or word == "и"):
            break
        found.append(word)
        if word.endswith(","):
            break
    while len(found) > 1 and found[-1] in ("и",):
        found.pop()
    return " ".join(found).rstrip(",") if len(found) > 1 else ""
