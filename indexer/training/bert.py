"""The engine's network as a sentence-transformers model, rebuilt from its weights file."""

import tempfile
from pathlib import Path
from typing import Any, Final

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from indexer.embedding.adapter import Matrices, product
from indexer.embedding.weights import PREFIXES, Weights

TENSORS: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Module of a BertLayer by the engine's name."""

MATRICES: Final = ("q", "k", "v", "ao", "fi", "fo")
"""The engine's names of a layer's matrices: those that an adapter changes."""

_CONTROLS: Final = "[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f]"
_PARTS: Final = {"w": "weight", "b": "bias"}


def sentence_transformer(
    weights: Weights, matrices: Matrices | None = None, *, device: str | None = None
) -> SentenceTransformer:
    """Returns the engine's model in float32, with an adapter's changes where one is given."""
    with tempfile.TemporaryDirectory() as folder:
        save_transformer(weights, Path(folder), matrices)
        return load_transformer(Path(folder), device=device)


def save_transformer(weights: Weights, folder: Path, matrices: Matrices | None = None) -> None:
    """Writes the engine's network and tokenizer into ``folder`` as transformers lays them out."""
    bert = bert_model(weights)
    for name, (a, b) in (matrices or {}).items():
        layer, part, _ = name.split(".")
        weight = bert.get_parameter(f"encoder.layer.{layer[1:]}.{TENSORS[part]}.weight")
        with torch.no_grad():
            weight.add_(torch.from_numpy(product(a, b)))
    bert.save_pretrained(folder)
    tokenizer(weights).save_pretrained(folder)


def load_transformer(folder: Path, *, device: str | None = None) -> SentenceTransformer:
    """Returns the model that :func:`save_transformer` wrote."""
    transformer = Transformer(str(folder))
    modules = [
        transformer,
        Pooling(transformer.get_embedding_dimension(), "mean"),
        Normalize(),
    ]
    return SentenceTransformer(modules=modules, device=device, prompts=dict(PREFIXES))


def bert_model(weights: Weights) -> BertModel:
    """Returns the network in float32, dropout off.

    Its pooler is zero and unused: sentence-transformers opens its own checkpoints with one.
    """
    sizes = weights.sizes
    config = BertConfig(
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.width,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.inner,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.types,
        layer_norm_eps=sizes.epsilon,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=weights.vocabulary().padding,
    )
    bert = BertModel(config)
    state = {name: torch.zeros_like(value) for name, value in bert.state_dict().items()}
    for name in weights.tensors:
        module = _module(name)
        state[module] = torch.from_numpy(weights.values(name)).reshape(state[module].shape)
    bert.load_state_dict(state)
    return bert


def tokenizer(weights: Weights) -> Any:
    """Returns a tokenizer that gives the engine's token ids for sanitised text."""
    vocabulary = weights.vocabulary()
    pieces = vocabulary.pieces
    unigram = models.Unigram(
        list(zip(pieces, vocabulary.scores, strict=True)), vocabulary.unknown, byte_fallback=False
    )
    rust: Any = Tokenizer(unigram)
    rust.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(_CONTROLS), ""),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    rust.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    rust.decoder = decoders.Metaspace(prepend_scheme="always")
    begin, end = pieces[vocabulary.begin], pieces[vocabulary.end]
    rust.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    fast: Any = PreTrainedTokenizerFast
    return fast(
        tokenizer_object=rust,
        bos_token=begin,
        eos_token=end,
        cls_token=begin,
        sep_token=end,
        pad_token=pieces[vocabulary.padding],
        unk_token=pieces[vocabulary.unknown],
        model_max_length=weights.sizes.positions,
        model_input_names=["input_ids", "attention_mask"],
    )


def _module(name: str) -> str:
    """Returns the name of a tensor in a BertModel."""
    fixed = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    if name in fixed:
        return fixed[name]
    layer, tensor, part = name.split(".")
    return f"encoder.layer.{layer[1:]}.{TENSORS[tensor]}.{_PARTS[part]}"
