"""Tests of the document page, in a real browser."""

from typing import Any

DOCUMENT = "/documents/foreign-policy-2020-2030"
ITEM = "chp_5__sec_3__para_3-17"


def test_permalink_opens_at_the_item(open_page: Any) -> None:
    """A permalink shows the item at the top of the window, marked, its neighbours around it."""
    page = open_page(f"{DOCUMENT}#{ITEM}")
    item = page.locator(f"[id='{ITEM}']")
    assert 0 <= item.bounding_box()["y"] < 200
    assert item.evaluate("e => e.matches(':target')")
    marked, plain = (
        page.locator(f"[id='{eid}']").evaluate("e => getComputedStyle(e).backgroundColor")
        for eid in (ITEM, "chp_5__sec_3__para_3-18")
    )
    assert marked != plain
    after = page.locator("[id='chp_5__sec_3__para_3-18']").bounding_box()
    assert after["y"] < 900


def test_result_opens_the_document_at_the_item(open_page: Any) -> None:
    """From an answer one comes to the same words in the document."""
    page = open_page("/?q=Трансшекаралық су ресурстарын әділ пайдалану")
    reference = page.locator(".first .reference").inner_text()
    page.locator(".first .act").first.click()
    page.wait_for_selector(".item:target")
    assert page.locator(".item:target .anchor").first.get_attribute("title") == reference


def test_next_and_previous_hit(open_page: Any) -> None:
    """One goes through the hits of a search in the document and back."""
    page = open_page(DOCUMENT)
    page.fill("#q", "су ресурстары")
    page.select_option("#section", "chp_5")
    page.click(".within button")
    page.wait_for_selector(".hit")
    page.click(".understood a >> nth=0")
    first = page.evaluate("location.hash")
    page.locator(".hit:target [rel=next]").click()
    second = page.evaluate("location.hash")
    assert second != first
    assert page.locator(".hit:target").is_visible()
    page.locator(".hit:target [rel=prev]").click()
    assert page.evaluate("location.hash") == first


def test_map_is_clickable(open_page: Any) -> None:
    """A row of the map leads to the best item found in that section."""
    page = open_page("/?q=Каспий теңізі")
    page.locator(".map a:not(.empty)", has=page.locator(".best")).click()
    page.wait_for_selector(".item:target")
    assert "Каспий" in page.locator(".item:target").inner_text()


def test_item_is_cited_from_the_document(open_page: Any) -> None:
    """The sign beside an item leads to its citations."""
    page = open_page(f"{DOCUMENT}?lang=ru#{ITEM}")
    page.locator(".item:target .anchor").nth(1).click()
    page.wait_for_selector("#c-letter-ru")
    assert "глава 5, раздел 3, пункт 3.17" in page.locator("#c-letter-ru").inner_text()


def test_print_shows_the_text_alone(open_page: Any) -> None:
    """On paper there is the document without outline, search and buttons."""
    page = open_page(DOCUMENT)
    page.emulate_media(media="print")
    assert page.locator(".contents").is_hidden()
    assert page.locator(".within").is_hidden()
    assert page.locator(f"[id='{ITEM}']").is_visible()
    assert page.locator(".tools:visible").count() == 0


def test_outline_is_closed_on_a_phone(open_page: Any) -> None:
    """On a narrow screen the outline does not push the text away, and opens on demand."""
    page = open_page(DOCUMENT, width=360, height=740)
    assert page.locator(".contents ol").first.is_hidden()
    page.click(".contents summary")
    page.click("text=2-тарау. Халықаралық тәжірибе >> nth=0")
    assert page.locator(".heading:target").is_visible()
