"""Tarmaq as a Haystack component: ``pip install haystack-ai httpx``."""

import httpx
from haystack import Document, component


@component
class TarmaqRetriever:
    """Finds the numbered items that answer a question in Kazakh, Russian or English."""

    def __init__(
        self, url: str = "http://127.0.0.1:8000", api_key: str = "", top_k: int = 5
    ) -> None:
        """Takes the service's address, a key if it asks for one, and the number of items."""
        self.url = url
        self.api_key = api_key
        self.top_k = top_k

    @component.output_types(documents=list[Document], answerable=bool)
    def run(self, query: str) -> dict[str, object]:
        """Returns the items, and whether the documents answer at all."""
        response = httpx.post(
            f"{self.url}/v1/search",
            json={"query": query, "top_k": self.top_k},
            headers={"Authorization": f"Bearer {self.api_key}"} if self.api_key else {},
            timeout=30,
        )
        response.raise_for_status()
        answer = response.json()
        documents = [
            Document(
                id=result["id"],
                content=result["text"],
                score=result["score"],
                meta={
                    "reference": result["reference"][answer["language"]],
                    "source": result["url"],
                },
            )
            for result in answer["results"]
        ]
        return {"documents": documents, "answerable": answer["answerable"]}
