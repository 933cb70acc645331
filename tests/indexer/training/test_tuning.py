"""Tests of training itself: the torch model, a short real training, its adapter."""

from pathlib import Path

import numpy as np
import pytest

from indexer.embedding.adapter import load_adapter, product
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model

for _module in ("accelerate", "datasets", "peft"):
    pytest.importorskip(_module, reason="pip install 'tarmaq[train]'")

pytestmark = pytest.mark.filterwarnings("ignore")

TEXTS = [
    "Қазақстан Республикасының сыртқы саясаты ұлттық мүддені қорғауға бағытталған.",
    "Работник вправе расторгнуть трудовой договор, уведомив работодателя за месяц.",
    "kitaphanada kitap qansha kunge beriledi",
    "№ 5 ①  бап ﬁ",
]


@pytest.fixture(scope="module")
def trained(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A real training of a few steps: the folders of acts, of questions and of the adapter."""
    acts = tmp_path_factory.mktemp("acts")
    for act in ("libraries-law", "roads-dump"):
        (acts / act).mkdir()
        for language in ("kk", "ru"):
            text = (root / f"tests/data/acts/{act}.{language}.txt").read_text(encoding="utf-8")
            (acts / act / f"{language}.txt").write_text(text, encoding="utf-8")
    questions = tmp_path_factory.mktemp("questions")
    (questions / "qrels").mkdir()
    lines, train, validation = [], [], []
    for number, article in enumerate(("art_2__para_1", "art_4__para_1", "art_5-1__al_1")):
        lines.append(
            f'{{"_id": "q{number}", "text": "Сұрақ {number}", "metadata": {{"language": "kk"}}}}'
        )
        train.append(f"q{number}\tlibraries-law#{article}\t1")
    lines.append('{"_id": "v", "text": "Кто чинит дорогу?", "metadata": {"language": "ru"}}')
    validation.append(f"v\troads-dump#{_first_address(root)}\t1")
    (questions / "queries.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for split, rows in (("train", train), ("validation", validation)):
        (questions / f"qrels/{split}.tsv").write_text(
            "\n".join(["query-id\tcorpus-id\tscore", *rows]), encoding="utf-8"
        )
    return acts, questions, tmp_path_factory.mktemp("adapter")


def _first_address(root: Path) -> str:
    import json

    lines = (root / "tests/data/acts/roads-dump.ru.jsonl").read_text(encoding="utf-8").splitlines()
    records = map(json.loads, lines)
    return str(next(r["eid"] for r in records if r["status"] == "in-force"))


def test_float_model_is_the_engine(root: Path) -> None:
    """The rebuilt network and tokenizer agree with the engine on every kind of text."""
    from indexer.embedding.weights import bundled_weights, read_weights
    from indexer.training.bert import PREFIXES, sentence_transformer

    base = load_encoder(find_model(root / "models.txt", "intfloat/multilingual-e5-small"))
    model = sentence_transformer(read_weights(bundled_weights()))
    from indexer.normalisation import sanitise

    texts = [PREFIXES["passage"] + sanitise(text) for text in TEXTS]
    embeddings = model.encode(texts)
    cosines = (embeddings * base.encode_passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.999


def test_training_gives_an_adapter_and_goes_on(
    trained: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """A real training writes an adapter that loads; a second call repeats nothing."""
    from indexer.training.running import train
    from indexer.training.tuning import Recipe

    acts, questions, out = trained
    said: list[str] = []
    recipe = Recipe(rank=2, first=11, size=2, checks=1, rate=1e-3, warm_up=0)
    for _ in range(2):
        train(acts, questions, out, tmp_path, recipe=recipe, seeds=(0,), report=said.append)
    adapter = load_adapter(str(out))
    assert {name.split(".")[0] for name in adapter.matrices} == {"l11"}
    assert any(np.abs(product(*pair)).max() > 0 for pair in adapter.matrices.values())
    assert sum(line.startswith("seed 0: validation") for line in said) == 1
    assert "train: 3 questions, 6 pairs" in said


def test_average_is_the_mean_of_the_changes() -> None:
    """Ranks add up, changes are averaged, and a share of them is made."""
    from indexer.training.packing import average

    random = np.random.default_rng(0)
    one, two = (
        {
            "l0.q.w": (
                random.normal(size=(2, 8)).astype("f4"),
                random.normal(size=(6, 2)).astype("f4"),
            )
        }
        for _ in range(2)
    )
    mean = (product(*one["l0.q.w"]) + product(*two["l0.q.w"])) / 2
    for share in (1.0, 0.25):
        made = product(*average([one, two], share)["l0.q.w"])
        np.testing.assert_allclose(made, share * mean, atol=1e-5)


def test_an_interrupted_training_goes_on_inside_a_seed(
    trained: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Stopped at a check and called again, a training ends as one that was never stopped."""
    from indexer.embedding.weights import bundled_weights, read_weights
    from indexer.training.acts import read_acts
    from indexer.training.bert import load_transformer, save_transformer
    from indexer.training.pairs import plan, question_pairs
    from indexer.training.questions import read_questions
    from indexer.training.tuning import Recipe, tune
    from indexer.training.validation import Validation

    acts = read_acts(trained[0])
    asked, _ = question_pairs(read_questions(trained[1], "train"), acts)
    checked, _ = question_pairs(read_questions(trained[1], "validation"), acts)
    save_transformer(read_weights(bundled_weights()), tmp_path / "base")
    batches = plan(asked, (), (), size=2, rounds=3, seed=0)
    recipe = Recipe(rank=2, first=11, size=2, checks=3, patience=9, rate=1e-3, warm_up=0)

    class Impatient(Validation):
        """Is interrupted at the second check."""

        calls = 0

        def __call__(self, *given: object, **named: object) -> dict[str, float]:
            self.calls += 1
            if self.calls == 2:
                raise KeyboardInterrupt
            return super().__call__(*given, **named)  # type: ignore[arg-type]

    def run(validation: Validation, folder: str) -> dict[str, np.ndarray]:
        model = load_transformer(tmp_path / "base")
        matrices, _ = tune(model, batches, validation, recipe, tmp_path / folder)
        return {name: product(*pair) for name, pair in matrices.items()}

    whole = run(Validation(checked, acts), "whole")
    with pytest.raises(KeyboardInterrupt):
        run(Impatient(checked, acts), "stopped")
    assert list((tmp_path / "stopped").glob("checkpoint-*"))
    resumed = run(Validation(checked, acts), "stopped")

    assert whole.keys() == resumed.keys()
    for name, change in whole.items():
        np.testing.assert_allclose(resumed[name], change, atol=1e-6)
