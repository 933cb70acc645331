"""How well the words that were given answer, against the words that are marked.

Source: P. Rajpurkar et al., "SQuAD", EMNLP 2016, section 6.1, doi:10.18653/v1/D16-1264.
"""

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def token_f1(given: str, marked: str) -> float:
    """Returns the F1 of the words of two spans, from 0 to 1; word order does not count."""
    found, expected = (Counter(_WORD.findall(text.lower())) for text in (given, marked))
    common = (found & expected).total()
    if not common:
        return 0.0
    precision, recall = common / found.total(), common / expected.total()
    return 2 * precision * recall / (precision + recall)
