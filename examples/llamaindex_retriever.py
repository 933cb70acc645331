"""Tarmaq as a LlamaIndex retriever: ``pip install llama-index-core httpx``."""

import httpx
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode


class TarmaqRetriever(BaseRetriever):
    """Finds the numbered items that answer a question in Kazakh, Russian or English."""

    def __init__(self, url: str = "http://127.0.0.1:8000", api_key: str = "", k: int = 5) -> None:
        """Takes the service's address, a key if it asks for one, and the number of items."""
        super().__init__()
        self._url = url
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        response = httpx.post(
            f"{self._url}/v1/search",
            json={"query": query_bundle.query_str, "top_k": self._k},
            headers=self._headers,
            timeout=30,
        )
        response.raise_for_status()
        answer = response.json()
        return [
            NodeWithScore(
                node=TextNode(
                    id_=result["id"],
                    text=result["text"],
                    metadata={
                        "reference": result["reference"][answer["language"]],
                        "source": result["url"],
                        "answerable": answer["answerable"],
                    },
                ),
                score=result["score"],
            )
            for result in answer["results"]
        ]
