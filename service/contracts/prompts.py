"""The question inside a prompt: programs that search by themselves send their finds along with it.

LlamaIndex, LangChain, Haystack, Dify and Open WebUI wrap a question into instructions and a
context. Answers here come from the documents of this service, so the question alone is taken; a
prompt that marks no question is refused, for its context would be searched as if it were one.
"""

import re
from typing import Final

from service.errors import RequestError

_TAGS: Final = ("user_query", "user_question", "question", "query")
_END: Final = "</context>"
_CONTEXT: Final = re.compile(
    r"<(?:context|documents?|sources?|retrieved_context|knowledge)\b[^>]{0,80}>"
    r"|^[ \t#*]*(?:context(?: information)?|documents?|sources?|passages?|retrieved context"
    r"|контекст|документы|источники|мәтінмән|мәнмәтін|құжаттар)[ \t*]*(?::|is below\b|\n)"
    r"|\b(?:following|provided|given|retrieved)(?: pieces of)?(?: retrieved)? "
    r"(?:context|documents|passages|sources)\b"
    r"|\b(?:this|these|the|следующ\w+|приведённ\w+|приведенн\w+|данн\w+|эт\w+|мына|осы|төмендегі"
    r"|берілген)[ ]+(?:context|documents|passages|sources|контекст\w*|документ\w*|мәтінмән\w*"
    r"|мәнмәтін\w*|құжаттар\w*)(?: (?:below|above|ниже|выше))?[ \t]*:[ \t]*$"
    r"|^-{10,}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL: Final = re.compile(
    r"^[ \t#*]*(?:(?:the |user |user's |my |current )?(?:question|query)|вопрос(?: пользователя)?"
    r"|(?:пайдаланушының )?сұра(?:қ|ғы))"
    r"[ \t*]*:[ \t*]*\n?",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER: Final = re.compile(
    r"^[ \t#*]*(?:(?:helpful |final |your )?answer|response|output|assistant|ответ|жауап"
    r"|context|documents|контекст|мәтінмән|мәнмәтін)[ \t*]*:",
    re.IGNORECASE | re.MULTILINE,
)
_TASK: Final = re.compile(r"\A\s*#+ ?Task:", re.IGNORECASE)


def asked(text: str) -> str:
    """Returns the question that ``text`` asks: ``text`` itself where it is no prompt.

    Raises:
        RequestError: ``text`` brings a context and marks no question, or is another task.
    """
    if not (is_task := _TASK.match(text) is not None) and not _CONTEXT.search(text):
        return text
    question = _tagged(text) or _labelled(text) or _after_context(text)
    if question is None:
        raise RequestError("no-question" if is_task else "own-context", status=400)
    return question


def _tagged(text: str) -> str | None:
    lowered = text.lower()
    for tag in _TAGS:
        end = lowered.rfind(f"</{tag}>")
        start = lowered.rfind(f"<{tag}>", 0, max(end, 0))
        if start >= 0 and (found := text[start + len(tag) + 2 : end].strip()):
            return found
    return None


def _after_context(text: str) -> str | None:
    """Returns what stands after the context; Open WebUI puts it before what a person wrote."""
    end = text.lower().rfind(_END)
    return text[end + len(_END) :].strip() or None if end >= 0 else None


def _labelled(text: str) -> str | None:
    places = list(_LABEL.finditer(text))
    if not places:
        return None
    rest = text[places[-1].end() :]
    if end := _AFTER.search(rest):
        rest = rest[: end.start()]
    # What follows an empty line is instructions, or the place for an answer.
    return rest.strip().partition("\n\n")[0].strip() or None
