"""What the tools answer."""

from pydantic import BaseModel, ConfigDict, Field

from service.contracts.attributes import Value
from service.http.schemas import WholeSchema


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class Hit(_Schema):
    """A passage found: fetch it by its id."""

    id: str
    title: str
    url: str


class Hits(_Schema):
    """What a search found, best first."""

    results: tuple[Hit, ...]
    notices: tuple[str, ...] = Field(
        (), description="Acts and items that the query names and that are not here, or several."
    )


class Fetched(_Schema):
    """A passage with its text."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, Value]


class Authority(_Schema):
    """The authoritative text of a passage whose text is an unofficial translation."""

    id: str
    language: str
    url: str


class Cited(_Schema):
    """A passage that an answer cites."""

    id: str
    reference: str
    title: str
    text: str
    url: str
    score: float
    unofficial_translation: bool
    authoritative: Authority | None = Field(
        description="The text that is the authority; null where the one cited is."
    )


class DescribedDocument(_Schema):
    """The document that an answer is about, where the question was about the document itself."""

    id: str
    title: str
    url: str


class Answered(_Schema):
    """An answer in the document's own words."""

    answerable: bool = Field(description="False: the documents do not answer; nearest items only.")
    confidence: float | None = Field(
        description="Null: the embedding model has no calibration, so scores are no probabilities."
    )
    answer: str | None
    whole: WholeSchema | None = Field(
        description="The whole answer where it stands in several places: a lead-in with the items "
        "of its list, an article with its parts, a chapter in outline. Cite each part used."
    )
    about: DescribedDocument | None = Field(
        description="Set where the answer is about the document itself: cite this address then."
    )
    notices: tuple[str, ...] = Field(
        description="Items and acts that the question names and that are not here or not in force."
    )
    citations: tuple[Cited, ...]


class Items(_Schema):
    """The items that a reference names."""

    items: tuple[Fetched, ...]
    notices: tuple[str, ...] = Field((), description="What it names beside them and nothing has.")
