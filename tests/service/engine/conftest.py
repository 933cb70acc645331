"""A few acts of our own making, in the forms in which acts are printed."""

from pathlib import Path

import pytest

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedSnapshot, EmbeddedStore
from service.engine.engine import Engine

_LABOUR = """uri = "/akn/kz/act/code/2015-11-23/414-V"
[title]
kk = "Қазақстан Республикасының Еңбек кодексі"
ru = "Трудовой кодекс Республики Казахстан"
[[editions]]
language = "kk"
[[editions]]
language = "ru"
"""
_LABOUR_KK = """1-бап. Осы Кодекстің мақсаты
Осы Кодекс еңбек қатынастарын реттейді.
2-бап. Демалыс
1. Қызметкерге жыл сайынғы демалыс беріледі.
2. Осы баптың 1-тармағында көрсетілген демалыс ақылы болады.
3-бап. Жауаптылық
Осы Кодекстің 2-бабының 2-тармағын бұзу Азаматтық кодекстің 2-бабы бойынша жауапқа тартады.
"""
_LABOUR_RU = """Статья 1. Цель настоящего Кодекса
Настоящий Кодекс регулирует трудовые отношения.
Статья 2. Отпуск
1. Работнику предоставляется ежегодный отпуск.
2. Отпуск, указанный в пункте 1 настоящей статьи, оплачивается.
Статья 3. Ответственность
Нарушение пункта 2 статьи 2 настоящего Кодекса карается по статье 2 Гражданского кодекса РК.
"""
_CIVIL = """uri = "/akn/kz/act/code/1994-12-27/268-XIII"
[title]
ru = "Гражданский кодекс Республики Казахстан"
[[editions]]
language = "ru"
"""
_CIVIL_RU = """Статья 1. Отношения
Настоящий Кодекс регулирует гражданские отношения.
Статья 2. Возмещение
1. Вред возмещается лицом, причинившим вред.
2. Отпуск на возмещение не влияет.
Статья 26. Гражданин
1. Гражданин имеет имя.
"""
_BANKS = """uri = "/akn/kz/act/law/1995-08-31/2444"
[title]
ru = "О банках и банковской деятельности в Республике Казахстан"
[[editions]]
language = "ru"
"""
_BANKS_RU = """Статья 1. Банк
Банк – юридическое лицо, по статье 2 Закона Республики Казахстан «О рекламе» рекламу размещающее.
Статья 2. Тайна
1. Банк хранит тайну по пункту 1 статьи 2 Гражданского кодекса Республики Казахстан.
"""


@pytest.fixture(scope="session")
def acts_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents."""
    seeds = tmp_path_factory.mktemp("acts")
    for name, description, texts in (
        ("labour", _LABOUR, {"kk.txt": _LABOUR_KK, "ru.txt": _LABOUR_RU}),
        ("civil", _CIVIL, {"ru.txt": _CIVIL_RU}),
        ("banks", _BANKS, {"ru.txt": _BANKS_RU}),
    ):
        (seeds / name).mkdir()
        (seeds / name / "document.toml").write_text(description, encoding="utf-8")
        for file, text in texts.items():
            (seeds / name / file).write_text(text, encoding="utf-8")
    return seeds


@pytest.fixture(scope="session")
def acts(
    acts_folder: Path, tmp_path_factory: pytest.TempPathFactory, hashed: Encoder
) -> EmbeddedSnapshot:
    """An index of them, without a model."""
    store = EmbeddedStore(tmp_path_factory.mktemp("acts-index"))
    build_folder(acts_folder, store, hashed)
    return store.snapshot()


@pytest.fixture(scope="session")
def acts_engine(acts: EmbeddedSnapshot, hashed: Encoder) -> Engine:
    """An engine over them."""
    return Engine(acts, hashed)
