"""Descriptions of source documents: a folder with a ``document.toml`` and a text file an edition.

Every field is documented in ``docs/documents.md``.
"""

import datetime
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from indexer.documents.keys import Key, Work
from indexer.errors import DocumentError, InvalidKeyError
from indexer.faults import Fault
from indexer.languages.codes import LANGUAGES, Language

EditionStatus = Literal["authoritative", "unofficial"]

_TOML_LINE = re.compile(r"\(at line (\d+),")

# A misspelt field would be taken for one that is not there.
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Trilingual:
    """One short text in the languages of the interface; a missing one is another's."""

    __pydantic_config__ = _STRICT

    kk: str = ""
    ru: str = ""
    en: str = ""

    def __getitem__(self, language: Language) -> str:
        """Returns the text in ``language``, else in the first language that has one."""
        texts = {"kk": self.kk, "ru": self.ru, "en": self.en}
        return texts[language] or next(filter(None, texts.values()), "")


@dataclass(frozen=True, slots=True)
class Edition:
    """One expression of a document: a language, at a date.

    Attributes:
        language: Its language.
        file: Name of the text file in the document's folder.
        status: ``authoritative``, or an ``unofficial`` translation.
        source: Where the text came from.
        date: Day from which the text reads so; the day of adoption where the file says none.
    """

    __pydantic_config__ = _STRICT

    language: Language
    file: Annotated[str, Field(pattern=r"^[^/\\]*$")] = ""
    status: EditionStatus = "authoritative"
    source: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What ``document.toml`` says of a document.

    Attributes:
        id: Short id, the name of its folder.
        uri: Akoma Ntoso address of the work; it holds kind, number and date.
        title: Title of the document.
        editions: Its expressions, in the file's order.
        adoption: The act that adopts it, as one cites it.
        names: Other names that people call it by, by language.
        defined: Names that its own texts give it, by language; they are read when it is indexed
            and stand in no description.
        kind: Kind of act, for example ``decree``, ``law``, ``code``: that of the address.
        number: Number of the act as registered: that of the address.
        date: Day of adoption: that of the address.
    """

    __pydantic_config__ = _STRICT

    id: Annotated[str, Field(pattern=r"^[^\s#/?%@~]+$")]
    uri: str
    title: Trilingual
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)]
    adoption: Trilingual = Trilingual()
    names: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    kind: str = ""
    number: str = ""
    date: datetime.date | None = None
    defined: dict[Language, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @property
    def work(self) -> Work:
        """The address of the work."""
        return Work.parse(self.uri)

    def key(self, edition: Edition) -> Key:
        """Returns the key of one of its editions."""
        return Key(self.id, "", edition.language, edition.date)

    def edition(
        self, language: Language | None = None, day: datetime.date | None = None
    ) -> Edition | None:
        """Returns the edition that is in force on a day.

        Args:
            language: Its language; that of the first edition by default.
            day: The day; today by default.

        Returns:
            The last one that begins on that day or before; the first one where all begin later;
            None where there is none in that language.
        """
        wanted = language or self.editions[0].language
        day = day or datetime.date.today()
        versions = sorted(
            (one for one in self.editions if one.language == wanted),
            key=lambda one: one.date or datetime.date.min,
        )
        begun = [one for one in versions if (one.date or datetime.date.min) <= day]
        return begun[-1] if begun else next(iter(versions), None)

    def in_force(
        self, language: Language | None = None, day: datetime.date | None = None
    ) -> Edition | None:
        """Returns the edition of a day as :meth:`edition` does, None where that begins later.

        Args:
            language: Its language; that of the first edition by default.
            day: The day; today by default, where what has not begun yet is shown all the same.
        """
        found = self.edition(language, day)
        later = found is not None and day is not None and (found.date or datetime.date.min) > day
        return None if later else found

    def is_current(self, key: Key) -> bool:
        """Whether a key is of the edition in force today in its language, or names no other."""
        found = self.in_force(key.language) if key.language and key.date else None
        return found is None or found.date == key.date

    @property
    def begins(self) -> datetime.date:
        """The day from which its first edition reads so."""
        return min(one.date or datetime.date.min for one in self.editions)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that it has, in the file's order."""
        return tuple(dict.fromkeys(edition.language for edition in self.editions))


_DOCUMENT = TypeAdapter(Document)


def find_documents(seeds: Path) -> tuple[Path, ...]:
    """Returns the folders under ``seeds`` that hold a ``document.toml``, sorted by name.

    Raises:
        DocumentError: There is no such folder, or no document in it.
    """
    if not seeds.is_dir():
        raise DocumentError(f"{seeds}: no such folder; name the folder of documents with --seeds.")
    folders = tuple(sorted(path.parent for path in seeds.glob("*/document.toml")))
    if not folders:
        raise DocumentError(f"{seeds}: no document here; each needs a folder with document.toml.")
    return folders


def read_document(folder: Path) -> Document:
    """Returns the description of the document in ``folder``.

    Raises:
        DocumentError: ``document.toml`` is missing, is no TOML, or a field of it is wrong; says
            which.
    """
    path = folder / "document.toml"
    try:
        content = read_text(path)
        document = read_description(tomllib.loads(content), folder.resolve().name)
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(not_toml(content, error), path) from error
    except DocumentError as error:
        raise error.within(path) from error
    return document


def not_toml(content: str, error: tomllib.TOMLDecodeError) -> Fault:
    """Returns what is said of a text that is no TOML: the line where it ceases to be."""
    match = _TOML_LINE.search(str(error))
    return Fault.of("not-toml", line=match[1] if match else content.rstrip().count("\n") + 1)


def read_description(content: dict[str, Any], name: str) -> Document:
    """Returns what a ``document.toml`` says.

    Args:
        content: The file as TOML reads it.
        name: Name of the document's folder: its id.

    Raises:
        DocumentError: A field is missing, wrong, or contradicts another; says which.
    """
    if "defined" in content:
        raise DocumentError(Fault.of("fields", problems="defined: Unexpected keyword argument"))
    try:
        document = _DOCUMENT.validate_python({"id": name, **content})
        work = document.work
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()
        )
        raise DocumentError(Fault.of("fields", problems=problems)) from error
    except InvalidKeyError as error:
        raise DocumentError(f"uri: {error}") from error
    if document.id != name:
        raise DocumentError(Fault.of("other-id", id=document.id, name=name))
    if not document.title[LANGUAGES[0]]:
        raise DocumentError(Fault.of("no-title"))
    adopted = _day(work)
    said = {"kind": document.kind, "number": document.number, "date": document.date}
    held = {"kind": work.kind, "number": work.number, "date": adopted}
    for part, value in said.items():
        # A kind may be said where the address has none.
        if value and value != held[part] and (held[part] or part != "kind"):
            raise DocumentError(
                Fault.of("contradiction", part=part, value=value, held=held[part], uri=document.uri)
            )
    editions = tuple(_complete(edition, adopted) for edition in document.editions)
    keys = [(edition.language, edition.date) for edition in editions]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise DocumentError(Fault.of("two-editions", language=twice[0], date=twice[1]))
    return replace(
        document,
        editions=editions,
        kind=work.kind or document.kind,
        number=work.number,
        date=adopted,
    )


def _day(work: Work) -> datetime.date:
    return datetime.date.fromisoformat(work.date if "-" in work.date else f"{work.date}-01-01")


def _complete(edition: Edition, adopted: datetime.date) -> Edition:
    """Fills in what an edition leaves to be understood: ``ru.txt``, ``ru@2021-05-01.txt``."""
    name = f"{edition.language}@{edition.date}.txt" if edition.date else f"{edition.language}.txt"
    return replace(edition, file=edition.file or name, date=edition.date or adopted)


def write_description(document: Document) -> str:
    """Returns the ``document.toml`` that says what is known of a document."""
    lines = [f"uri = {quoted(document.uri)}"]
    if document.kind and not document.work.kind:
        lines.append(f"kind = {quoted(document.kind)}")
    for name, text in (("title", document.title), ("adoption", document.adoption)):
        said = {"kk": text.kk, "ru": text.ru, "en": text.en}
        if any(said.values()):
            lines += ["", f"[{name}]"]
            lines += [f"{code} = {quoted(words)}" for code, words in said.items() if words]
    if document.names:
        lines += ["", "[names]"]
        for code, names in document.names.items():
            lines.append(f"{code} = [{', '.join(map(quoted, names))}]")
    for edition in document.editions:
        lines += ["", "[[editions]]", f"language = {quoted(edition.language)}"]
        if edition.date and edition.date != document.date:
            lines.append(f"date = {edition.date.isoformat()}")
        lines += [f"file = {quoted(edition.file)}", f"status = {quoted(edition.status)}"]
        if edition.source:
            lines.append(f"source = {quoted(edition.source)}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Returns a text as a TOML string of one line. Source: TOML 1.0, "String"."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
    )


def read_text(path: Path) -> str:
    """Returns the text of a UTF-8 file, a byte order mark removed.

    Raises:
        DocumentError: The file is missing, not UTF-8 or empty; names file and line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(Fault.of("not-utf8"), f"{path}:{line}") from error
    if not text.strip():
        raise DocumentError(Fault.of("empty"), path)
    return text
