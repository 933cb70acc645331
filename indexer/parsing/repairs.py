"""Repairs: what only the finished tree shows of the headings and items of an article.

An article of an amending law, or of a budget, has no title: its sentence stands where others have
one. What the heading says must be found and cited, so it becomes the article's first paragraph.
"""

import re
from dataclasses import replace

from indexer.parsing.lines import fold_lookalikes, is_closed
from indexer.parsing.nodes import Node
from indexer.parsing.ranks import PARA_RANK
from indexer.parsing.status import opens_repealed, split_repealed
from indexer.parsing.titles import begins_order, ends_in_verb

# A Russian sentence has a verb somewhere, or begins with one («Внести», «Признать»).
_VERB = re.compile(
    r"(?:^|\s)(?:\w+(?:[еяаию]тся|[аяу]ет|[ую]ют)|не\s+\w+[аяе]т|утвержден[аоы]?|вправе|обязан[аоы]?"
    r"|имеют|имеет|может|могут|должн?[аоы]?|подлеж[аи]т)(?=[\s,;:.]|$)",
    re.IGNORECASE,
)
_THIS_ACT = re.compile(r"настоящ\w{2,3}\s+(?:закон|кодекс)|осы\s+(?:заң|кодекс)", re.IGNORECASE)


def begins_statement(text: str) -> bool:
    """Whether the words after an article's number are no title: «Внести …», «Осы Заң …»."""
    return (
        opens_repealed(text)
        or begins_order(text)
        or _THIS_ACT.match(fold_lookalikes(text)) is not None
    )


def repair(root: Node) -> None:
    """Mend what only the finished tree shows.

    Args:
        root: The tree; changed in place.
    """
    pending = [root]
    while pending:
        node = pending.pop()
        pending.extend(node.children)
        if node.kind in {"article", "chapter"} and node.heading:
            _settle(node)
        if node.kind == "article":
            _number_first_item(node)


def _number_first_item(article: Node) -> None:
    """Make an item of what an article says before its item 2: the page lost the number 1."""
    numbers = (place for place, child in enumerate(article.children) if child.kind == "para")
    second = next(numbers, 0)
    before = article.children[:second]
    if not before or article.children[second].number != "2" or before[0].kind != "al":
        return
    if any(child.kind not in {"al", "point"} for child in before):
        return
    item = Node("para", PARA_RANK, "1", text=before[0].text, spans=before[0].spans)
    item.runs, article.runs = article.runs, 0
    for child in before[1:]:
        item.add(child)
    item.parent = article
    article.children[:second] = [item]


def _settle(node: Node) -> None:
    title, statement = split_repealed(node.heading)
    if statement and node.children:
        return
    if not statement:
        if node.kind != "article" or not _is_sentence(node):
            return
        title, statement = "", node.heading
    node.heading = title
    words = Node("al", text=statement, parent=node)
    words.spans = [replace(s, kind="text") for s in node.spans if s.kind == "heading"]
    node.spans = [span for span in node.spans if span.kind != "heading"]
    node.children.insert(0, words)


def _is_sentence(node: Node) -> bool:
    """Whether an article's heading is no title."""
    heading = node.heading
    if heading.endswith(":"):
        return True
    has_verb = (
        ends_in_verb(heading.rstrip(".;: "))
        or begins_order(heading)
        or _VERB.search(fold_lookalikes(heading)) is not None
    )
    if is_closed(heading):
        return has_verb or not (node.children or node.notes)
    return has_verb and not node.children
