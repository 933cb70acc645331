# /// script
# dependencies = ["open-webui==0.12.4", "playwright"]
# ///
"""Open WebUI itself: its server, its page in Chromium, our model and our embeddings behind it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

QUESTION = "Каспий теңізі туралы не айтылған?"
CLERK = {"name": "Clerk", "email": "clerk@example.org", "password": "Clerk-of-2026"}


def settings(folder: str) -> dict[str, str]:
    """Returns what an administrator sets, and what keeps it from calling home."""
    base = f"{sys.argv[1]}/v1"
    return {
        "DATA_DIR": folder,
        "WEBUI_SECRET_KEY": "secret",
        "OPENAI_API_BASE_URLS": base,
        "OPENAI_API_KEYS": "none",
        "RAG_EMBEDDING_ENGINE": "openai",
        "RAG_OPENAI_API_BASE_URL": base,
        "RAG_OPENAI_API_KEY": "none",
        "RAG_EMBEDDING_MODEL": "tarmaq-embedding",
        "ENABLE_OLLAMA_API": "false",
        "ENABLE_VERSION_UPDATE_CHECK": "false",
        "OFFLINE_MODE": "true",
        "HF_HUB_OFFLINE": "1",
    }


def sign_up(client: httpx.Client) -> str:
    """Returns the token of the first user, once the server answers."""
    deadline = time.monotonic() + 170
    while True:
        try:
            if client.get("/health").is_success:
                break
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline, "Open WebUI did not start"
        time.sleep(0.5)
    return client.post("/api/v1/auths/signup", json=CLERK).raise_for_status().json()["token"]


def by_program(client: httpx.Client) -> None:
    """Asks over Open WebUI's own interface."""
    assert [model["id"] for model in client.get("/api/models").json()["data"]] == ["tarmaq"]
    print("the model is in the list")
    body = {"model": "tarmaq", "messages": [{"role": "user", "content": QUESTION}]}
    said = client.post("/api/chat/completions", json=body).raise_for_status().json()
    message = said["choices"][0]["message"]
    assert "[1]" in message["content"]
    assert message["annotations"]
    print("POST /api/chat/completions: text with annotations")
    file = {"file": ("note.txt", "Каспий теңізінің балығы туралы жазба.".encode())}
    name = client.post("/api/v1/files/", files=file).raise_for_status().json()["id"]
    deadline = time.monotonic() + 60
    while (state := client.get(f"/api/v1/files/{name}").json()["data"]["status"]) != "completed":
        assert state != "failed"
        assert time.monotonic() < deadline
        time.sleep(0.2)
    print("an uploaded file is embedded by tarmaq-embedding")


def by_page(address: str, token: str, program: str) -> None:
    """Asks on the page, which offers its own tools with each message."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(locale="en-US")
        page.set_default_timeout(60_000)
        page.add_init_script(f"localStorage.token = '{token}'; localStorage.locale = 'en-US'")
        page.goto(f"{address}/?model=tarmaq")
        # What is new in this version.
        page.get_by_role("dialog").get_by_role("button").last.click()
        page.locator("#chat-input").click()
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_text("3 Sources").wait_for()
        browser.close()
    print("the page: an answer with one chip a source, three sources")


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("open-webui")
    server = subprocess.Popen(
        [command, "serve", "--host", "127.0.0.1", "--port", str(port)],
        env={**os.environ, **settings(data)},
        cwd=data,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        where = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=where, timeout=60) as client:
            token = sign_up(client)
            client.headers["Authorization"] = f"Bearer {token}"
            by_program(client)
        if program := shutil.which("chromium"):
            by_page(where, token, program)
    finally:
        server.terminate()
        server.wait()
