"""Tests of finding the question inside a prompt."""

import contextlib
from collections.abc import Callable

import pytest

from service.contracts.prompts import asked
from service.errors import RequestError

QUESTION = "Кто контролирует исполнение указа?"
CONTEXT = "1. Каспий теңізі.\n\n2. Вопросы торговли: решить.\nQuestion of trade."

PROMPTS = {
    "llama-index": "Context information is below.\n---------------------\n{context}\n"
    "---------------------\nGiven the context information and not prior knowledge, answer the "
    "query.\nQuery: {question}\nAnswer: ",
    "langchain": "Use the following pieces of context to answer the question at the end. If you "
    "don't know the answer, just say that you don't know.\n\n{context}\n\nQuestion: {question}\n"
    "Helpful Answer:",
    "langchain-hub": "You are an assistant for question-answering tasks. Use the following pieces "
    "of retrieved context to answer the question.\nQuestion: {question} \nContext: {context} \n"
    "Answer:",
    "haystack": "Given these documents, answer the question.\nDocuments:\n{context}\n"
    "Question: {question}\nAnswer:",
    "open-webui": "### Task:\nRespond to the user query using the provided context.\n\n<context>\n"
    "{context}\n</context>\n\n<user_query>\n{question}\n</user_query>",
    "open-webui-before": "### Task:\nRespond to the user query using the provided context, with "
    'citations [id].\n\n<context>\n<source id="1">{context}</source>\n</context>\n\n{question}',
    "russian": "Контекст:\n{context}\n\nВопрос: {question}\nОтвет:",
    "kazakh": "Мәтінмән:\n{context}\n\nСұрақ: {question}\nЖауап:",
    "kazakh-inline": "Мәнмәтін: {context}\n\nПайдаланушының сұрағы: {question}\nЖауап:",
    "kazakh-sentence": "Мәтінге сүйеніп, жауап бер.\nБерілген мәтінмән:\n{context}\n\n"
    "Сұрақ: {question}",
    "russian-sentence": "Ответь по тексту. Приведённый контекст:\n{context}\n\nВопрос "
    "пользователя: {question}\nОтвет:",
    "only-this": "Answer based only on this context:\n{context}\n\nQuestion: {question}",
    "markdown": "## Context\n{context}\n\n## Question: {question}",
}


@pytest.mark.parametrize("name", PROMPTS)
def test_question_is_found_in_the_prompt(name: str) -> None:
    """The prompts of well-known programs give their question away."""
    assert asked(PROMPTS[name].format(context=CONTEXT, question=QUESTION)) == QUESTION


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        "Вопрос: кто контролирует исполнение указа?",
        "Құжаттар туралы не айтылған?",
        "What does the document say about context?",
        "Что такое контекст: определение?",
        "<b>Каспий</b>\nтеңізі",
        "Что говорится в этих документах: о Каспии?",
        "Осы құжаттарда не айтылған?",
    ],
)
def test_question_of_a_person_stays_as_it_is(text: str) -> None:
    """What people write is no prompt, though it may name a context or a question."""
    assert asked(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Context:\nКаспий теңізі.\n\nSummarise it.", "own-context"),
        ("Answer based only on this context:\nКаспий.\nThanks", "own-context"),
        ("Мына мәтінмән:\nКаспий.\nРақмет", "own-context"),
        ("### Task:\nGenerate a concise, 3-5 word title.\n### Output:", "no-question"),
    ],
)
def test_prompt_without_a_question_is_refused(text: str, code: str) -> None:
    """A context that would be searched as if it were a question is refused with a sentence."""
    with pytest.raises(RequestError) as caught:
        asked(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "part", ["<context>", "Question:\n", "question: ", "-" * 10 + "\n", "\n \t#*", "<query>"]
)
def test_time_is_linear_in_the_length_of_a_prompt(growth: Callable[..., float], part: str) -> None:
    """A hostile prompt of a request's greatest length takes no time."""

    def read(text: str) -> None:
        with contextlib.suppress(RequestError):
            asked(f"Context:\n{text}")

    assert growth(read, part, 250_000 // len(part)) < 64
