"""The contracts that chatbots already speak: other doors to the same engine.

One module a contract (``mcp``, ``dify``, ``vector_stores``, ``chat``, ``rerank``); ``attributes``
and ``conditions`` are what their metadata filters share, ``collections`` what they may search,
``shapes`` how each words an error, ``access`` who may come in.
"""

from fastapi import APIRouter

from service.contracts import chat, dify, rerank, vector_stores

router = APIRouter()
for _contract in (chat, dify, rerank, vector_stores):
    router.include_router(_contract.router)
