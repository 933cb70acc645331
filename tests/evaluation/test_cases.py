"""Tests of evaluation.cases: reported cases put to the real service."""

import json
from pathlib import Path

import pytest

from evaluation.cases import ask_cases
from evaluation.errors import DatasetError, MeasurementError


def now(tmp_path: Path, address: str, **case: object) -> str:
    """Returns what a service answers to one case."""
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({"right": "", **case}), encoding="utf-8")
    (found,) = ask_cases(file, address)
    return found.now


def test_question_alone_is_searched(tmp_path: Path, server: str) -> None:
    """With what is said of it and the first items."""
    assert now(tmp_path, server, input="3.17").startswith("answered: chp_5__sec_3__para_3-17 1.00")
    assert "has no chapter 9" in now(tmp_path, server, use="POST /v1/search", input="глава 9")


def test_messages_are_a_conversation(tmp_path: Path, server: str) -> None:
    """The user's and the service's in turn."""
    turns = ["Что в пункте 3.17?", "…", "А в пункте 3.18?"]
    assert "Аральского моря" in now(tmp_path, server, use="POST /v1/chat/completions", input=turns)


def test_tool_is_called(tmp_path: Path, server: str) -> None:
    """By its name, with the arguments as they stand."""
    found = now(tmp_path, server, use="MCP item", input={"reference": "3.17", "document_id": None})
    assert "chp_5__sec_3__para_3-17" in found


def test_body_goes_to_any_path(tmp_path: Path, server: str) -> None:
    """As it stands; an error is what came."""
    body = {"query": ""}
    assert "empty-query" in now(tmp_path, server, use="POST /v1/search", input=body)
    assert now(tmp_path, server, use="indexer parse", input="") == "not asked over HTTP"


def test_what_cannot_be_asked_is_said(tmp_path: Path) -> None:
    """A file that is not there, and a service that is not."""
    with pytest.raises(DatasetError, match="cannot be read"):
        list(ask_cases(tmp_path / "none.jsonl", "http://127.0.0.1:9"))
    with pytest.raises(MeasurementError, match="does not answer"):
        now(tmp_path, "http://127.0.0.1:9", input="3.17")
