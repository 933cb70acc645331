"""What a long question asks: people tell a story first, or after.

Only the sentences that ask are searched; references and acts are still read in the whole text. So
a story costs no more than a question does.
"""

import re
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 400
"""Longest question, in characters, that is searched whole; of a longer one, this much."""

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+|\n|$)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:ст|п|пп|ч|г|т|д|см|им|ул|тг|руб|тыс|млн|б|ж)\.$", re.IGNORECASE
)
_ASKS = re.compile(
    r"\?|\b(?:что|как|какой|какая|какое|какие|каком|каких|какую|кто|кому|кого|куда|где|когда|сколько|почему|зачем"
    r"|можно|могу|может|вправе|обязан\w*|должн\w+|имеет|имею|имеем|положен\w*|законно|подскажите|ли"
    r"|қандай|қалай|қанша|қайда|қашан|кім\w*|неге|ма|ме|ба|бе|па|пе|бола|құқылы\w*|міндетті|керек|тиіс"
    r"|what|how|who|when|where|why|which|can|may|must|should|is|are|does|do|am)\b",
    re.IGNORECASE,
)
_MARK: Final = 4


def asked(text: str) -> str:
    """Returns what a question asks: itself where it is short, else its sentences that ask.

    A sentence with a question mark asks most, then one with words of asking; of equal ones the
    later. What room is left goes to the sentences before the first one chosen.
    """
    if len(text) <= LONGEST:
        return text
    sentences = _sentences(text)
    order = sorted(range(len(sentences)), key=lambda at: (-_weight(sentences[at]), -at))
    chosen: set[int] = set()
    room = LONGEST
    for at in order:
        if _weight(sentences[at]) and len(sentences[at]) <= room:
            chosen.add(at)
            room -= len(sentences[at]) + 1
        if len(chosen) == len(sentences):
            break
    first = min(chosen, default=len(sentences))
    for at in range(first - 1, -1, -1):
        if len(sentences[at]) > room:
            break
        chosen.add(at)
        room -= len(sentences[at]) + 1
    if not chosen:
        return _end(sentences[order[0]] if sentences else text)
    return " ".join(sentences[at] for at in sorted(chosen))


def _sentences(text: str) -> Sequence[str]:
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        piece = match[0].strip()
        if found and _ABBREVIATED.search(found[-1][-8:]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def _weight(sentence: str) -> int:
    marks = _MARK if sentence.endswith("?") else 0
    return marks + min(_MARK - 1, len(_ASKS.findall(sentence[:LONGEST])))


def _end(sentence: str) -> str:
    """Returns the last words of a sentence without an end."""
    if len(sentence) <= LONGEST:
        return sentence
    tail = sentence[-LONGEST:]
    return tail.partition(" ")[2] or tail
