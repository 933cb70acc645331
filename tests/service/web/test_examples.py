"""Every question that the page offers is answered, and right."""

import pytest

from indexer.languages import LANGUAGES
from service.engine.engine import Engine
from service.web.suggestions import examples

CONCEPT = "foreign-policy-2020-2030"
ITEM = "chp_5__sec_"

# The item that must come first, or what the answer must say of the document.
RIGHT = {
    "Каспий теңізінің ортасын қорғау үшін не істелмек?": f"{ITEM}3__para_3-19",
    "Сыртқы саясаттың мақсаттары қандай?": "chp_4__al_1",
    "Визалық тәртіп қалай жеңілдетіледі?": f"{ITEM}3__para_3-5",
    "СІМ немен айналысады?": f"{ITEM}nn_1__al_4",
    "Құжат қай мерзімді қамтиды: басы қашан, соңы қашан?": "term",
    "Осы Жарлық қашан қолданысқа енгізіледі?": "decree__para_5",
    "Жарлықтың орындалуын кім бақылайды?": "decree__para_3",
    "Қазақстанның халықаралық беделін нығайту": "chp_6__point_1",
    "Орта держава мәртебесі нені білдіреді?": "chp_2__al_3",
    "Лаңкестікпен күресте елдер қалай бас қоспақ?": f"{ITEM}1__para_1-6",
    "Халықаралық ақпараттық қауіпсіздік туралы не айтылған?": f"{ITEM}1__para_1-7",
    "Азиялық қауіпсіздік мәселелері қай алаң арқылы шешілмек?": f"{ITEM}1__para_1-5",
    "Шетелдік нарықтағы қазақстандық инвесторларға қандай қолдау көрсетіледі?": (
        f"{ITEM}2__para_2-6"
    ),
    "Ресеймен өңіраралық ынтымақтастық": f"{ITEM}2__para_2-9",
    "ДСҰ ережелері ескеріле ме?": f"{ITEM}2__para_2-12",
    "Көршілермен ортақ өзендердің суы қалай бөлінбек?": f"{ITEM}3__para_3-17",
    "Арал теңізінің аумағы қалай оңалтылады?": f"{ITEM}3__para_3-18",
    "Шетелдегі Қазақстан азаматтарының құқығын кім қорғайды?": f"{ITEM}3__para_3-13",
    "Үкіметтік емес ұйымдармен өзара іс-қимыл": f"{ITEM}3__para_3-15",
    "Шетелдегі қазақ қауымдарына қандай қолдау көрсетіледі?": f"{ITEM}3__para_3-12",
    "Халықаралық шарттарды кім ратификациялайды?": f"{ITEM}nn_1__al_3",
    "Мемлекет басшысының сыртқы саясаттағы өкілеттігі": f"{ITEM}nn_1__al_1",
    "Тұжырымдама іске асса, қандай нәтиже күтіледі?": "chp_6__al_2",
    "Дипломатиялық қызмет туралы қандай заң бар?": "chp_7__para_2",
    "Что сделают для защиты морской среды Каспия?": f"{ITEM}3__para_3-19",
    "Перечислите главные цели внешней политики страны.": "chp_4__al_1",
    "Как упростят визовый режим?": f"{ITEM}3__para_3-5",
    "За что отвечает МИД?": f"{ITEM}nn_1__al_4",
    "С какого по какой год рассчитан документ?": "term",
    "Когда указ вступает в силу?": "decree__para_5",
    "Кто контролирует исполнение указа?": "decree__para_3",
    "Авторитет Казахстана в мире": "chp_6__point_1",
    "Что значит статус средней державы?": "chp_2__al_3",
    "Как предлагают объединиться против террористов?": f"{ITEM}1__para_1-6",
    "Что сказано о международной информационной безопасности?": f"{ITEM}1__para_1-7",
    "Во что хотят преобразовать СВМДА?": f"{ITEM}1__para_1-5",
    "Как поддержат казахстанских инвесторов на зарубежных рынках?": f"{ITEM}2__para_2-6",
    "Межрегиональное сотрудничество с Россией": f"{ITEM}2__para_2-9",
    "Признаёт ли документ правила ВТО?": f"{ITEM}2__para_2-12",
    "Как будут делить воду общих рек с соседями?": f"{ITEM}3__para_3-17",
    "Реабилитация территории Арала": f"{ITEM}3__para_3-18",
    # Two items are on it: a task of foreign policy, and a priority.
    "Кто защищает права граждан Казахстана за рубежом?": "chp_4__list_2__point_7",
    "Привлекают ли НПО к международным делам?": f"{ITEM}3__para_3-15",
    "Как поддерживают казахов, живущих за рубежом?": f"{ITEM}3__para_3-12",
    "Кто ратифицирует международные договоры?": f"{ITEM}nn_1__al_3",
    "Полномочия главы государства": f"{ITEM}nn_1__al_1",
    "Какие результаты ожидаются?": "chp_6__al_2",
    "В каком пункте говорится о торговле людьми?": f"{ITEM}3__para_3-4",
    "What will be done to protect the Caspian Sea?": f"{ITEM}3__para_3-19",
    "What are the goals of foreign policy?": "chp_4__al_1",
    "Who ratifies international treaties?": f"{ITEM}nn_1__al_3",
    "What is the Ministry of Foreign Affairs responsible for?": f"{ITEM}nn_1__al_4",
}
OFFERED = [(language, text) for language in LANGUAGES for text in examples([CONCEPT], language)]


@pytest.mark.parametrize(("language", "question"), OFFERED)
def test_example_is_answered_right(engine: Engine, language: str, question: str) -> None:
    """What the page offers to ask, it answers."""
    answer = engine.ask(question, language=language)
    assert answer.answerable
    said = answer.about.kind if answer.about else answer.results[0].passage.eid
    assert said == RIGHT[question]
    if answer.results[0].passage.text.endswith(":") and not answer.about:
        assert answer.whole is not None
