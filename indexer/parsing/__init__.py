"""The structure parser: plain text in, a tree of document, sections and items out.

The pipeline is lines → marks → assembly of blocks → tree → addresses → passages. No rule names a
document: the same parser reads concepts, decrees, laws and codes, in Kazakh and in Russian; in
English it knows the headings and the enacting formula.
"""

from collections.abc import Iterator

from indexer.documents.passages import Language, Passage, Status
from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.parsing.assembly import read_blocks
from indexer.parsing.contents import without_contents
from indexer.parsing.elements import Element, ElementKind, Span
from indexer.parsing.lines import read_lines
from indexer.parsing.markdown import is_markdown, read_markdown
from indexer.parsing.tables import mark_rows
from indexer.parsing.tree import TreeBuilder


def parse(text: str) -> Element:
    """Read a document's text into a tree.

    Args:
        text: Plain text or Markdown of one edition. Damage of the page it came from is repaired.

    Returns:
        The document element; every element below it with an address has a unique one.

    Raises:
        DocumentError: The text holds nothing to read.
    """
    lines = list(read_markdown(text) if is_markdown(text) else mark_rows(list(read_lines(text))))
    if not any(character.isalnum() for line in lines for character in line.text):
        raise DocumentError(Fault.of("no-letters"))
    return TreeBuilder(list(read_blocks(without_contents(lines), text))).build()


def passages(root: Element, *, document_id: str, language: Language) -> tuple[Passage, ...]:
    """Return the passages of a tree, in document order.

    Args:
        root: What :func:`parse` returned.
        document_id: Id of the document.
        language: Language of the edition.
    """
    return tuple(_passages(root, (), document_id, language))


def _passages(
    element: Element, path: tuple[str, ...], document_id: str, language: Language
) -> Iterator[Passage]:
    if element.kind == "preface":
        return
    if element.text and element.eid:
        yield Passage(
            document_id, element.eid, language, element.num, path, element.text, element.status
        )
    if element.kind in {"division", "chapter", "section", "article", "annex"}:
        path = (*path, element.label)
    for child in element.children:
        yield from _passages(child, path, document_id, language)


__all__ = ["Element", "ElementKind", "Span", "Status", "parse", "passages"]
