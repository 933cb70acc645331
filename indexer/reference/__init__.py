"""References: addresses of elements, in words and back.

``address`` is the value type and ``wording`` prints it. A question goes through ``tokens``
(numbers, words, marks), ``mentions`` (words for elements with the numbers beside them), ``reading``
(partial addresses) and ``resolution`` (the elements of a document that they mean, looked up in its
``addresses``). ``vocabulary``, ``numerals`` and ``folding`` hold the words and how they are typed.
"""

from indexer.reference.address import Part, PartKind, Reference
from indexer.reference.addresses import Addresses
from indexer.reference.reading import find_references
from indexer.reference.resolution import Missing, Named, Resolution, resolve, resolve_written
from indexer.reference.wording import ranges
from indexer.reference.written import WrittenPart, WrittenReference

__all__ = [
    "Addresses",
    "Missing",
    "Named",
    "Part",
    "PartKind",
    "Reference",
    "Resolution",
    "WrittenPart",
    "WrittenReference",
    "find_references",
    "ranges",
    "resolve",
    "resolve_written",
]
