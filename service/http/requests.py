"""What the bodies of requests share: a field that is null is one that is left out."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Body(BaseModel):
    """Base of every schema that a client sends.

    Clients made from a description write null for what their user has not set.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_nothing(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        optional = {
            name
            for field, info in cls.model_fields.items()
            if not info.is_required()
            for name in (field, info.alias)
        }
        return {
            name: value for name, value in data.items() if value is not None or name not in optional
        }
