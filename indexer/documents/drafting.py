"""Drafts the descriptions of a folder of acts."""

from collections.abc import Iterator
from pathlib import Path

from indexer.documents.corpus import read_file
from indexer.documents.describing import describe, missing_facts
from indexer.errors import DocumentError


def describe_folders(folder: Path) -> Iterator[str]:
    """Writes a ``document.toml`` into each act's folder that has none; says what is left to do.

    Args:
        folder: An act's folder with its texts, or a folder of such folders.

    Raises:
        DocumentError: There is no text there, or a file cannot be read or written.
    """
    inner = sorted(path for path in folder.iterdir() if path.is_dir())
    acts = [path for path in inner if _texts(path)] or [folder]
    if not _texts(acts[0]):
        raise DocumentError(f"{folder}: no text here; each act needs a folder with its texts.")
    for act in acts:
        target = act / "document.toml"
        if target.exists():
            yield f"{target}: kept as it stands"
            continue
        texts = [(None, text.text, file.name) for file in _texts(act) for text in read_file(file)]
        content = describe(texts, act.resolve().name).text
        try:
            target.write_text(content, encoding="utf-8")
        except OSError as error:
            raise DocumentError(f"{target}: cannot be written ({error.strerror}).") from error
        missing = ", ".join(missing_facts(content))
        yield f"{target}: drafted" + (f"; the text does not say: {missing}" if missing else "")


def _texts(folder: Path) -> list[Path]:
    """Returns the texts in a folder."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and path.suffix.lower() in {".txt", ".md", ".docx", ".pdf", ".html", ".htm", ".odt", ".xml"}
    )
