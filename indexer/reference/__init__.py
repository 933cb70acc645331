"""References: addresses of elements, in words and back.

``address`` is the value type, ``wording`` prints it in three languages, ``reading`` and
``vocabulary`` find what people write in questions.
"""

from indexer.reference.address import Part, PartKind, Reference
from indexer.reference.reading import Fit, WrittenPart, WrittenReference, find_references

__all__ = [
    "Fit",
    "Part",
    "PartKind",
    "Reference",
    "WrittenPart",
    "WrittenReference",
    "find_references",
]
