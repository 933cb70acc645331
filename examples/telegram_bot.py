"""A Telegram bot that answers with exact numbered items: ``pip install aiogram httpx``.

Settings are environment variables: ``TELEGRAM_TOKEN`` (from @BotFather), ``TARMAQ_URL``,
``TARMAQ_KEY`` where the service asks for keys, ``TELEGRAM_API`` for a Bot API server of one's own.
"""

import asyncio
import logging
import os
from html import escape
from typing import Any

import httpx
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import LinkPreviewOptions, Message

GREETING = (
    "Сұрағыңызды қазақша, орысша не ағылшынша жазыңыз: құжаттың нақты тармағын табамын.\n\n"
    "Напишите вопрос по-казахски, по-русски или по-английски: я найду точный пункт документа."
)
TEXTS = {
    "kk": {
        "no": "Құжаттан бұл сұраққа жауап табылмады. Мағынасы бойынша ең жақын тармақтар:",
        "also": "Тағы қараңыз:",
        "down": "Қызмет қазір жауап бермей тұр. Сәл кейінірек қайталап көріңіз.",
        "text": "Сұрағыңызды мәтінмен жазыңыз.",
    },
    "ru": {
        "no": "Ответ в документе не найден. Ближайшие по смыслу пункты:",
        "also": "См. также:",
        "down": "Сервис сейчас не отвечает. Повторите немного позже.",
        "text": "Напишите вопрос текстом.",
    },
    "en": {
        "no": "The document does not answer this question. The nearest items are:",
        "also": "See also:",
        "down": "The service does not answer now. Try again a little later.",
        "text": "Write your question as text.",
    },
}
QUOTE = 3000
SNIPPET = 200

router = Router()


def reply(answer: dict[str, Any]) -> str:
    """Returns a search's answer as a Telegram message in HTML."""
    language = answer["language"]
    texts = TEXTS[language]
    results = answer["results"]

    def link(result: dict[str, Any]) -> str:
        name = result["reference"][language] or result["document_id"]
        return f'<a href="{escape(result["url"])}">{escape(name)}</a>'

    if not answer["answerable"]:
        lines = [f"{link(each)}: {escape(each['text'][:SNIPPET])}" for each in results[:3]]
        return "\n\n".join([texts["no"], *lines])
    words = (answer["answer"] or results[0])["text"]
    quote = f"<blockquote>{escape(words[:QUOTE])}</blockquote>\n{link(results[0])}"
    others = [f"– {link(each)}" for each in results[1:3]]
    return "\n".join([quote, *(["", texts["also"], *others] if others else [])])


@router.message(CommandStart())
async def greet(message: Message) -> None:
    """Says what the bot does."""
    await message.answer(GREETING)


@router.message(F.text)
async def answer(message: Message, tarmaq: httpx.AsyncClient) -> None:
    """Answers a question."""
    language = interface_language(message)
    try:
        response = await tarmaq.post(
            "/v1/search",
            json={"query": message.text, "top_k": 5},
            headers={"Accept-Language": language},
        )
        if response.status_code == 422:
            await message.answer(escape(response.json()["detail"]))
            return
        response.raise_for_status()
    except httpx.HTTPError:
        logging.exception("The search failed")
        await message.answer(TEXTS[language]["down"])
        return
    await message.answer(
        reply(response.json()), link_preview_options=LinkPreviewOptions(is_disabled=True)
    )


@router.message()
async def refuse(message: Message) -> None:
    """Asks for text where a picture or a voice message came."""
    await message.answer(TEXTS[interface_language(message)]["text"])


def interface_language(message: Message) -> str:
    """Returns the language of the sender's Telegram, Kazakh where it is none of ours."""
    code = (message.from_user.language_code or "")[:2] if message.from_user else ""
    return code if code in TEXTS else "kk"


async def main() -> None:
    """Answers messages until stopped."""
    logging.basicConfig(level=logging.INFO)
    server = os.environ.get("TELEGRAM_API")
    session = AiohttpSession(api=TelegramAPIServer.from_base(server)) if server else None
    bot = Bot(
        os.environ["TELEGRAM_TOKEN"],
        session=session,
        default=DefaultBotProperties(parse_mode="HTML"),
    )
    key = os.environ.get("TARMAQ_KEY")
    async with httpx.AsyncClient(
        base_url=os.environ.get("TARMAQ_URL", "http://127.0.0.1:8000"),
        headers={"Authorization": f"Bearer {key}"} if key else {},
        timeout=30,
    ) as tarmaq:
        dispatcher = Dispatcher(tarmaq=tarmaq)
        dispatcher.include_router(router)
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
