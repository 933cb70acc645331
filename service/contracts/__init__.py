"""The contracts that chatbots already speak: other doors to the same engine.

One module a contract, and one line here. What several of them share: ``openai`` (errors),
``speaking`` (an answer as a message), ``prompts`` (the question inside a prompt), ``attributes``
and ``conditions`` (metadata filters), ``collections`` (what may be searched), ``searching``.
"""

from service.contracts import (
    chat,
    dify,
    embeddings,
    mcp,
    models,
    openai,
    rerank,
    responses,
    vector_stores,
)

CONTRACTS = (
    chat.CONTRACT,
    dify.CONTRACT,
    embeddings.CONTRACT,
    mcp.CONTRACT,
    models.CONTRACT,
    openai.CONTRACT,
    rerank.CONTRACT,
    responses.CONTRACT,
    vector_stores.CONTRACT,
)
"""The contracts; the module of one names its doors and its routes."""
