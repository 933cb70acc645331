"""Tests of the Telegram bot: its own process, a real server that plays Telegram, a live Tarmaq.

``aiogram`` pins older libraries, so it may live in an environment of its own whose interpreter
``TARMAQ_AIOGRAM_PYTHON`` names.
"""

import asyncio
import itertools
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request

pytestmark = pytest.mark.processes

TOKEN = "42:TEST"
QUESTION = "Каспий теңізі туралы не айтылған?"


class Telegram:
    """A Bot API server: hands out updates and keeps what the bot sends."""

    def __init__(self) -> None:
        self.updates: queue.Queue[dict[str, Any]] = queue.Queue()
        self.sent: queue.Queue[dict[str, Any]] = queue.Queue()
        self.asked = threading.Event()
        self.numbers = itertools.count(1)
        self.app = FastAPI()
        self.app.post("/bot{token}/{method}")(self.call)

    async def call(self, token: str, method: str, request: Request) -> dict[str, Any]:
        """Answers one call of the Bot API."""
        assert token == TOKEN
        form = dict(await request.form())
        user = {"id": 42, "is_bot": True, "first_name": "Tarmaq", "username": "tarmaq_bot"}
        if method == "getMe":
            return {"ok": True, "result": user}
        if method == "getUpdates":
            self.asked.set()
            try:
                update = self.updates.get_nowait()
            except queue.Empty:
                await asyncio.sleep(0.1)
                return {"ok": True, "result": []}
            return {"ok": True, "result": [update]}
        if method == "sendMessage":
            self.sent.put(form)
            chat = {"id": int(str(form["chat_id"])), "type": "private"}
            message = {"message_id": 1, "date": 0, "chat": chat, "from": user}
            return {"ok": True, "result": {**message, "text": form["text"]}}
        return {"ok": True, "result": True}

    def say(self, language: str = "kk", **content: Any) -> dict[str, Any]:
        """Sends the bot a message of a person and returns the bot's answer."""
        number = next(self.numbers)
        person = {"id": 7, "is_bot": False, "first_name": "Айгүл", "language_code": language}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": 7, "type": "private"},
            "from": person,
            **content,
        }
        self.updates.put({"update_id": number, "message": message})
        return self.sent.get(timeout=60)


@pytest.fixture(scope="module")
def telegram(
    root: Path, host: Callable[[Any], AbstractContextManager[str]], address: str
) -> Iterator[Telegram]:
    """Telegram with the bot running against a live Tarmaq."""
    with running_bot(root, host, address) as telegram:
        yield telegram


@contextmanager
def running_bot(
    root: Path, host: Callable[[Any], AbstractContextManager[str]], tarmaq: str
) -> Iterator[Telegram]:
    """Runs the example's bot between a Telegram and a Tarmaq."""
    python = os.environ.get("TARMAQ_AIOGRAM_PYTHON", sys.executable)
    check = [python, "-c", "import aiogram.client.default"]
    if subprocess.run(check, capture_output=True, check=False).returncode:
        pytest.skip("aiogram 3 is not installed; TARMAQ_AIOGRAM_PYTHON names one that has it")
    telegram = Telegram()
    with host(telegram.app) as api:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": api, "TARMAQ_URL": tarmaq}
        bot = [python, str(root / "examples" / "telegram_bot.py")]
        process = subprocess.Popen(bot, env={**os.environ, **settings})
        try:
            assert telegram.asked.wait(180), "the bot did not ask for messages in 180 s"
            yield telegram
        finally:
            process.terminate()
            process.wait(20)


def test_start_greets_in_both_languages(telegram: Telegram) -> None:
    """/start says what to do in Kazakh and in Russian."""
    entity = {"type": "bot_command", "offset": 0, "length": 6}
    sent = telegram.say(text="/start", entities=[entity])
    assert "құжаттың нақты тармағын" in sent["text"]
    assert "точный пункт документа" in sent["text"]


def test_question_is_answered_with_its_item(telegram: Telegram, address: str) -> None:
    """A question gets the document's words and a link to the item."""
    own = httpx.post(f"{address}/v1/search", json={"query": QUESTION}).json()
    sent = telegram.say(text=QUESTION)
    assert sent["chat_id"] == "7"
    assert sent["parse_mode"] == "HTML"
    assert own["answer"]["text"] in sent["text"]
    link = f'<a href="{own["results"][0]["url"]}">{own["results"][0]["reference"]["kk"]}</a>'
    assert link in sent["text"]


def test_unusable_question_is_explained_in_the_persons_language(telegram: Telegram) -> None:
    """What cannot be searched gets the service's own explanation."""
    sent = telegram.say("ru", text="?!")
    assert sent["text"].startswith("В вопросе нет ни одной буквы")


def test_picture_is_declined(telegram: Telegram) -> None:
    """A message without text is asked for text."""
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    assert telegram.say("ru", photo=photo)["text"] == "Напишите вопрос текстом."


def test_markup_in_a_question_does_no_harm(telegram: Telegram) -> None:
    """Angle brackets neither break the message nor reach it as markup."""
    assert "<b>" not in telegram.say(text="<b>Каспий & теңізі</b> туралы не айтылған?")["text"]


def test_dead_service_is_owned_up_to(
    root: Path, host: Callable[[Any], AbstractContextManager[str]]
) -> None:
    """When Tarmaq is down the bot says so and goes on."""
    with running_bot(root, host, "http://127.0.0.1:9") as telegram:
        for _ in range(2):
            assert telegram.say("ru", text=QUESTION)["text"].startswith("Сервис сейчас не отвечает")
