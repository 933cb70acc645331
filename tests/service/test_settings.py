"""Tests of the settings."""

from pathlib import Path

import pytest

from service.settings import Settings, SettingsError, read_settings


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TARMAQ_PORT", "eighty"),
        ("TARMAQ_PORT", "70000"),
        ("TARMAQ_PUBLIC_URL", "tarmaq.example.kz"),
        ("TARMAQ_ROOT_PATH", "tarmaq/"),
        ("TARMAQ_OPEN_SCOPES", "everything"),
        ("TARMAQ_OPEN_SCOPES", '["everything"]'),
    ],
)
def test_wrong_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    """It names the setting and where to correct it."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert variable.removeprefix("TARMAQ_").lower() in str(caught.value).lower()
    assert ".env" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_are_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Lines of .env count where the environment says nothing, whatever else the file holds."""
    (tmp_path / ".env").write_text("TARMAQ_PORT=8123\nTARMAQ_HOST=::1\nOTHER=1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TARMAQ_HOST", "127.0.0.2")
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.2", 8123)


def test_what_is_given_stands_above_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option of a command wins; one that is not given says nothing."""
    monkeypatch.setenv("TARMAQ_PORT", "8123")
    assert read_settings(port=8124, host=None).port == 8124


@pytest.mark.parametrize(
    ("settings", "prefix"),
    [
        (Settings(), ""),
        (Settings(public_url="https://example.kz"), ""),
        (Settings(public_url="https://example.kz/law"), "/law"),
        (Settings(public_url="https://example.kz/law", root_path="/act"), "/act"),
    ],
)
def test_prefix_is_the_path_of_the_public_address(settings: Settings, prefix: str) -> None:
    """Said once: in the public address, or on its own."""
    assert settings.prefix == prefix
