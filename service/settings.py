"""Settings of the service: environment variables ``TARMAQ_*``."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
