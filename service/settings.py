"""Settings of the service: environment variables ``TARMAQ_*``, or lines of a file ``.env``."""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableError

from indexer.errors import TarmaqError
from indexer.locations import index_folder, models_file, seeds_folder
from service.http.keys import Scope


class SettingsError(TarmaqError):
    """A setting has a value that it cannot have."""


class Settings(BaseSettings):
    """What can be set from outside; each field is the variable ``TARMAQ_<FIELD>``."""

    model_config = SettingsConfigDict(
        env_prefix="TARMAQ_", env_file=".env", extra="ignore", frozen=True
    )

    index: Path = Field(
        default_factory=index_folder,
        description="Folder of the index; build/index in a checkout, in the user's data folder "
        "elsewhere.",
    )
    store: str = Field(
        "",
        description="A store that more than one machine shares: milvus://host:port/name, or with "
        "user:password@ before the host. By default the documents lie in the index's folder, which "
        "otherwise keeps what is derived from them.",
    )
    models: Path = Field(default_factory=models_file, description="List of embedding models.")
    seeds: Path = Field(
        default_factory=seeds_folder,
        description="Documents that are indexed where there is no index yet.",
    )
    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port; 0 takes a free one.")
    public_url: str = Field(
        "",
        description="Address under which people reach the service, put before every link; "
        "empty for links without a host.",
        pattern=r"^(https?://.*[^/])?$",
    )
    root_path: str = Field(
        "",
        description="Path under which a proxy serves Tarmaq, such as /tarmaq; the path of the "
        "public address by default.",
        pattern=r"^(/[^/?#\s]+)*$",
    )
    workers: int = Field(
        1, ge=1, le=64, description="Processes that serve, each with a model of its own in memory."
    )
    head_seconds: float = Field(
        10.0, gt=0, description="Seconds in which the head of a request must have come."
    )
    body_seconds: float = Field(
        30.0, gt=0, description="Seconds in which the body of a request must have come."
    )
    reading_seconds: float = Field(
        30.0, gt=0, description="Seconds after which a client that reads no answer is left."
    )
    shutdown_seconds: int = Field(
        10, ge=1, description="Seconds in which requests are finished after the word to end."
    )
    max_body_bytes: int = Field(262_144, ge=1024, description="Longest request body, in bytes.")
    threads: int = Field(
        default_factory=lambda: max(2, len(os.sched_getaffinity(0))),
        ge=1,
        description="How many questions are computed at once; as many as there are cores.",
    )
    queue: int = Field(
        64, ge=0, description="How many more may wait; beyond it a request is refused with 503."
    )
    answer_seconds: float = Field(
        30.0, gt=0, description="Seconds that one answer may wait and take, together; then 503."
    )
    cached_answers: int = Field(
        512, ge=0, description="Answers kept for those who ask the same again; 0 for none."
    )
    rerank_characters: int = Field(
        50_000, ge=1, description="Most characters of all the texts of one rerank request."
    )
    rate_per_key: str = Field(
        "",
        description="Requests that one key may make, such as 600/minute; empty for no limit. "
        "Each process counts for itself.",
    )
    rate_per_address: str = Field(
        "",
        description="Requests that one address may make, such as 120/minute; empty for no limit. "
        "Behind a proxy, say which may name the caller: FORWARDED_ALLOW_IPS.",
    )

    log_format: Literal["text", "json"] = Field("text", description="How the log is written.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="What of the service's own events is written."
    )
    log_questions: bool = Field(
        False, description="Whether what people ask is written into the log."
    )
    metrics: bool = Field(
        False,
        description="Whether /metrics answers; where keys are needed, to those with that scope.",
    )
    telemetry: bool = Field(
        False,
        description="Whether traces are sent by OpenTelemetry, where its own variables say; needs "
        "tarmaq[telemetry].",
    )

    max_upload_bytes: int = Field(
        67_108_864, ge=1024, description="Longest request body that hands documents over, in bytes."
    )

    feedback: Literal["off", "verdicts", "questions"] = Field(
        "verdicts",
        description="What is kept of what people say of answers: nothing, their verdicts, or their "
        "verdicts and questions, and questions that had no answer; the page says which.",
    )
    feedback_days: int = Field(180, ge=1, description="Days after which feedback is forgotten.")

    api_keys: str = Field(
        "",
        description="Lines of the keys file, separated by semicolons: hashes, never the keys. "
        "Without this and without a keys file nobody needs a key.",
    )
    keys_file: Path | None = Field(
        None, description="File that `python -m service keys` writes; read again when it changes."
    )
    open_scopes: tuple[Scope, ...] = Field(
        (), description='Doors that need no key all the same, as JSON: ["search"]; never admin.'
    )
    cors_origins: tuple[str, ...] = Field(
        (), description='Web sites whose pages may call the service, as JSON; ["*"] for all.'
    )
    allowed_hosts: tuple[str, ...] = Field(
        (),
        description="Host headers that /mcp and links take beside localhost and the public "
        'address, as JSON: ["tarmaq.example.kz", "10.0.0.5:*"]; ["*"] for any. Any, '
        "too, where the server listens on another address than localhost.",
    )

    llm_base_url: str = Field(
        "",
        description="Address of an OpenAI-compatible server, up to /v1, that writes the answers "
        "of chat completions; empty for answers in the document's own words.",
        pattern=r"^(https?://.*[^/])?$",
    )
    llm_model: str = Field("default", description="Model that the language model server runs.")
    llm_api_key: SecretStr = Field(SecretStr(""), description="Key of that server.")
    llm_timeout: float = Field(
        20.0, gt=0, description="Seconds until the document's own words are used instead."
    )

    @field_validator("open_scopes")
    @classmethod
    def _keep_admin_shut(cls, scopes: tuple[Scope, ...]) -> tuple[Scope, ...]:
        if "admin" in scopes:
            raise ValueError("admin always needs a key")
        return scopes

    @field_validator("rate_per_key", "rate_per_address")
    @classmethod
    def _is_rate(cls, text: str) -> str:
        if not text:
            return text
        # Commands that serve nothing do without it.
        from limits import parse

        try:
            _ = [parse(one) for one in text.split(";") if one.strip()]
        except ValueError as error:
            raise ValueError("a rate is such as 120/minute or 10/second;500/hour") from error
        return text

    @property
    def prefix(self) -> str:
        """What the paths of all links begin with; empty at the root of a host."""
        return self.root_path or urlsplit(self.public_url).path

    @property
    def is_loopback(self) -> bool:
        """Whether the server listens on this machine's own address only."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_settings(**given: Any) -> Settings:
    """Returns the settings of the environment; those ``given`` stand above it, None says nothing.

    Raises:
        SettingsError: A setting cannot be used; one sentence names it and what is wrong.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(
            f"TARMAQ_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}, not {one['input']!r}"
            for one in error.errors(include_url=False)
        )
        raise SettingsError(f"{wrong}. Correct it in the environment or in .env.") from error
    except (UnreadableError, UnicodeDecodeError) as error:
        raise SettingsError(
            f'{error}: correct it in the environment or in .env; lists are JSON: ["a", "b"].'
        ) from error
