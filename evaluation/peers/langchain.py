"""LangChain's usual hybrid: BM25 and FAISS joined by an EnsembleRetriever."""

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings

from evaluation.peers.exchange import Search, serve


def build(texts: list[str], model: str) -> Search:
    """Indexes the texts in both ways, weighted alike."""
    documents = [Document(text, metadata={"row": row}) for row, text in enumerate(texts)]
    embeddings = HuggingFaceEmbeddings(
        model_name=model,
        encode_kwargs={"normalize_embeddings": True, "prompt": "passage: "},
        query_encode_kwargs={"normalize_embeddings": True, "prompt": "query: "},
    )
    lexical = BM25Retriever.from_documents(documents, k=10)
    dense = FAISS.from_documents(documents, embeddings).as_retriever(search_kwargs={"k": 10})
    ensemble = EnsembleRetriever(retrievers=[lexical, dense], weights=[0.5, 0.5])

    def search(text: str, k: int) -> list[tuple[int, float]]:
        found = ensemble.invoke(text)[:k]
        # The ensemble gives an order, no scores.
        return [(document.metadata["row"], -float(rank)) for rank, document in enumerate(found)]

    return search


if __name__ == "__main__":
    serve(build)
