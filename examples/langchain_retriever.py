"""Tarmaq as a LangChain retriever: ``pip install langchain-core httpx``."""

import httpx
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever


class TarmaqRetriever(BaseRetriever):
    """Finds the numbered items that answer a question in Kazakh, Russian or English."""

    url: str = "http://127.0.0.1:8000"
    api_key: str = ""
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        response = httpx.post(
            f"{self.url}/v1/search",
            json={"query": query, "top_k": self.k},
            headers={"Authorization": f"Bearer {self.api_key}"} if self.api_key else {},
            timeout=30,
        )
        response.raise_for_status()
        answer = response.json()
        return [
            Document(
                id=result["id"],
                page_content=result["text"],
                metadata={
                    "reference": result["reference"][answer["language"]],
                    "source": result["url"],
                    "score": result["score"],
                    "answerable": answer["answerable"],
                },
            )
            for result in answer["results"]
        ]
