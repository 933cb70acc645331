"""Addresses in words: Kazakh, Russian and English; and numbers of several, in digits alone."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indexer.reference.letters import TO_CYRILLIC
from indexer.reference.vocabulary import COPIES, PRINTED, WHOLE, Language

if TYPE_CHECKING:
    from indexer.reference.address import Part


def words(
    parts: Sequence["Part"], language: Language, *, whole: bool, printed: str | None = None
) -> Iterator[str]:
    """Yields an address step by step.

    Args:
        parts: Steps of the address.
        language: Language to print in.
        whole: Say "document" for an address without steps.
        printed: Number of the last step as the document prints it, where it is known.
    """
    if not parts and whole:
        yield WHOLE[language]
    for length in range(1, len(parts) + 1):
        part = parts[length - 1]
        known = printed.strip().rstrip(".)") if printed and length == len(parts) else ""
        number = number_in_digits(parts[:length], known)
        if part.kind == "point" and language != "en":
            head, _, tail = number.partition("-")
            number = TO_CYRILLIC.get(head, head) + (f"-{tail}" if tail else "")
        template = PRINTED[language][part.kind]
        # The notes of an article may bear no number.
        text = template.format(number) if number else template.replace("{}", "").strip(" -")
        yield text if part.copy == 1 else COPIES[language].format(text, part.copy)


def number_in_digits(parts: Sequence["Part"], printed: str = "") -> str:
    """Returns the number of an address's last step as the document prints it.

    An eId writes both the item 3.17 and the inserted item 13-1 with a hyphen. Items numbered
    after the chapter or section that holds them carry its number in front of a dot.

    Args:
        parts: Steps of the address.
        printed: The number as printed, where it is known.
    """
    number = parts[-1].number
    if "-" not in number:
        return number
    head, _, tail = number.partition("-")
    dotted = "." in printed if printed else is_numbered_after_container(parts)
    return f"{head}.{tail.replace('-', '.')}" if dotted else number


def is_numbered_after_container(parts: Sequence["Part"]) -> bool:
    """Returns whether an item's number begins with that of the chapter or section around it."""
    last = parts[-1]
    if last.kind != "para" or "-" not in last.number:
        return False
    for part in reversed(parts[:-1]):
        if part.kind in {"chp", "sec", "sec_nn", "art"}:
            return part.kind in {"chp", "sec"} and last.number.partition("-")[0] == part.number
    return False


def ranges(numbers: Sequence[str]) -> str:
    """Returns numbers in digits alone, runs as ranges: ``3.1–3.5, 3.9``.

    Args:
        numbers: Numbers as printed, in document order.
    """
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    # Two neighbours are shorter as two.
    pieces = ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run for run in runs)
    return ", ".join(piece for each in pieces for piece in each)


def _follows(before: str, after: str) -> bool:
    heads = [number.rpartition("." if "." in number else "-") for number in (before, after)]
    last, following = heads[0][2], heads[1][2]
    if not last.isdigit() or not following.isdigit():
        return False
    return heads[0][:2] == heads[1][:2] and int(following) == int(last) + 1
