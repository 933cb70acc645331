"""Acts among others: what they are called, where texts cite them, how they were changed.

``known.toml`` holds what people call the best-known acts; ``words`` and ``patterns`` find a name in
a text whatever its endings; ``naming`` puts the names of documents and of known acts together;
``citations`` reads which act and which element a stretch of a text cites, and ``history`` what an
editor's note reports.
"""

from indexer.acts.naming import Act, ActNames, Mention

__all__ = ["Act", "ActNames", "Mention"]
