"""Settings of the service: environment variables ``TARMAQ_*``."""

from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.keys import Scope


class Settings(BaseSettings):
    """What can be set from outside; each field is the variable ``TARMAQ_<FIELD>``."""

    model_config = SettingsConfigDict(env_prefix="TARMAQ_", frozen=True)

    index: Path = Field(Path("build/index"), description="Folder of the built index.")
    models: Path = Field(Path("models.txt"), description="List of embedding models.")
    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port; 0 takes a free one.")
    public_url: str = Field(
        "",
        description="Address under which people reach the service, put before every link; "
        "empty for links without a host.",
        pattern=r"^(https?://.*[^/])?$",
    )
    max_body_bytes: int = Field(262_144, ge=1024, description="Longest request body, in bytes.")

    api_keys: str = Field(
        "",
        description="Lines of the keys file, separated by semicolons: hashes, never the keys. "
        "Without this and without a keys file nobody needs a key.",
    )
    keys_file: Path | None = Field(
        None, description="File that `python -m service keys` writes; read again when it changes."
    )
    open_scopes: tuple[Scope, ...] = Field(
        (), description='Doors that need no key all the same, as JSON: ["search"].'
    )
    cors_origins: tuple[str, ...] = Field(
        (), description='Web sites whose pages may call the service, as JSON; ["*"] for all.'
    )
    allowed_hosts: tuple[str, ...] = Field(
        (),
        description="Host headers that /mcp takes beside localhost and the public address, as "
        'JSON: ["tarmaq.example.kz", "10.0.0.5:*"]; ["*"] for any. Any, too, where the server '
        "listens on another address than localhost.",
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

    @property
    def is_loopback(self) -> bool:
        """Whether the server listens on this machine's own address only."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
