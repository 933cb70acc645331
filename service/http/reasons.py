"""What is wrong with a body or an address, in the caller's language.

Pydantic tells it in English, and names the branch of a union that did not fit, as ``input.str``;
here a place is one that the caller has written.

Source: pydantic, "Validation Errors".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from indexer.documents.description import Trilingual
from indexer.languages import LANGUAGES
from service.catalogue import message

_KINDS: Final = {
    "missing": "missing",
    "extra_forbidden": "extra",
    "json_invalid": "json",
    **dict.fromkeys(("string_type", "string_unicode"), "text"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "list"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "object"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "integer"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "boolean"),
    **dict.fromkeys(("literal_error", "enum"), "choice"),
    **dict.fromkeys(
        (
            "date_type",
            "date_parsing",
            "date_from_datetime_parsing",
            "date_from_datetime_inexact",
        ),
        "day",
    ),
    "greater_than_equal": "least",
    "less_than_equal": "most",
    "too_short": "few",
    "too_long": "many",
    "string_too_short": "short",
    "string_too_long": "long",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """What is wrong in one place.

    Attributes:
        field: The place, its steps joined by dots; empty for the whole.
        text: What is wrong with it, in three languages.
    """

    field: str
    text: Trilingual


def reasons(errors: Iterable[Mapping[str, Any]], body: object = None) -> tuple[Reason, ...]:
    """Returns what is wrong, each thing once.

    Args:
        errors: What pydantic found.
        body: The body that was sent, where there was one.
    """
    return tuple(dict.fromkeys(Reason(_place(error, body), _text(error)) for error in errors))


def joined(found: Sequence[Reason]) -> Trilingual:
    """Returns all that is wrong as one text."""
    return Trilingual(
        *(
            "; ".join(": ".join(filter(None, (one.field, one.text[code]))) for one in found)
            for code in LANGUAGES
        )
    )


def _place(error: Mapping[str, Any], body: object) -> str:
    """Returns the place as the caller has written it, without the branches of unions."""
    place = tuple(error["loc"])
    if error["type"] == "json_invalid":
        return "body"
    # What is no JSON, a form, has no unions.
    if place[:1] != ("body",) or not isinstance(body, dict | list):
        return ".".join(map(str, place))
    steps, here = ["body"], body
    for index, step in enumerate(place[1:], start=2):
        inside = dict(enumerate(here)) if isinstance(here, list) else here
        if isinstance(inside, dict) and step in inside:
            here = inside[step]
        elif error["type"] != "missing" or index < len(place):
            continue
        steps.append(str(step))
    return ".".join(steps)


def _text(error: Mapping[str, Any]) -> Trilingual:
    kind = _KINDS.get(error["type"])
    if kind is None:
        return Trilingual(*[str(error["msg"])] * len(LANGUAGES))
    context: Mapping[str, Any] = error.get("ctx", {})
    values = {name: str(value).replace(" or ", ", ") for name, value in context.items()}
    return message(f"reason-{kind}", **values)
