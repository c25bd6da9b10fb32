"""The page of `khatt site` and `khatt serve` in real Chromium, through Playwright.

Usage: site.py KHATT FOLDER [CHROMIUM]; FOLDER receives pages and pictures of them.
"""

import pathlib
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

khatt = str(pathlib.Path(sys.argv[1]).resolve())
folder = pathlib.Path(sys.argv[2]).resolve()
chromium = sys.argv[3] if len(sys.argv) > 3 else None
folder.mkdir(parents=True, exist_ok=True)

# Everything that a report may try: markup, script, an address that acts, marks that turn the line,
# and an end of the element that holds the data.
TRICKS = '</script><script>window.hit=1</script><img src=x onerror="window.hit=2">'
HOSTILE = f"""---
source: "{TRICKS.replace('"', "'")}"
published: 2018-12-14
url: "javascript:window.hit=3"
---
سيطرت قوات سوريا الديمقراطية على بلدة هجين.
"""
TABLE = f"""date,place,place_ar,actor,status,share,area_km2,claimant,source_url,note
2018-12-14,Hajin,هجين,SDF,control,,,"{TRICKS.replace('"', "'")}",javascript:window.hit=4,"\u202e{TRICKS.replace('"', "'")}\u2066"
"""


def run(*arguments):
    return subprocess.run([khatt, *arguments], cwd=folder, capture_output=True, text=True)


class Pages:
    """Pages of one browser, and all that went wrong on them."""

    def __init__(self, browser):
        self.browser = browser
        self.troubles = []

    def open(self, address, width=1400, height=900, **options):
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True, locale="en-GB", **options
        )
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on("console", lambda m: self.troubles.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.troubles.append(str(e)))
        page.on("request", lambda r: self.troubles.append(r.url) if self.is_foreign(r.url, address) else None)
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        return page

    @staticmethod
    def is_foreign(url, address):
        own = address.split("#")[0]
        return not url.startswith((own, "data:", "blob:"))

    def none_in_trouble(self, what):
        assert not self.troubles, (what, self.troubles[:3])


def until(page, expression):
    """Waits until an expression is true; Playwright's own way needs eval, which the page forbids."""
    for _ in range(150):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def text(page, selector):
    return page.locator(selector).inner_text()


def time_moves(page):
    """Slider by keys, buttons, a day by date, play and stop; the picture and the words follow."""
    drawing = "document.getElementById('drawing').innerHTML"
    first = page.evaluate(drawing)
    assert first.count("<use") > 50, first[:200]
    page.locator("#slider").focus()
    before = text(page, "#day")
    page.keyboard.press("ArrowLeft")
    assert text(page, "#day") != before and page.evaluate(drawing) != first
    assert page.locator("#slider").get_attribute("aria-valuetext") in text(page, "#day")
    page.keyboard.press("Home")
    assert page.locator("#earlier").is_disabled()
    page.click("#later")
    page.locator("#date").fill("2018-12-14")
    assert "14 December 2018" in text(page, "#day")
    page.click("#play")
    until(page, "document.getElementById('day').textContent.indexOf('14 December') < 0")
    page.click("#play")
    stopped = text(page, "#day")
    page.wait_for_timeout(900)
    assert text(page, "#day") == stopped


def map_moves(page):
    """Wheel, drag, keys and buttons."""
    box = lambda: [float(n) for n in page.locator("#picture").get_attribute("viewBox").split()]
    pane = page.locator("#picture").bounding_box()
    middle = (pane["x"] + pane["width"] / 2, pane["y"] + pane["height"] / 2)
    page.click("#zoom-all")
    whole = box()
    page.mouse.move(*middle)
    page.mouse.wheel(0, -400)
    until(page, f"document.getElementById('picture').viewBox.baseVal.width < {whole[2] * 0.9}")
    near = box()
    page.mouse.down()
    page.mouse.move(middle[0] + 80, middle[1] + 40, steps=4)
    page.mouse.up()
    assert box()[0] < near[0] and abs(box()[2] - near[2]) < 0.01, (near, box())
    page.locator("#picture").focus()
    dragged = box()
    page.keyboard.press("ArrowRight")
    assert box()[0] > dragged[0]
    page.keyboard.press("0")
    assert abs(box()[2] - whole[2]) < 0.5


def place_opens(page):
    """A click on the map, Enter on a mark, and the words with their source."""
    page.locator("#date").fill("2018-12-14")
    page.evaluate("document.getElementById('date').dispatchEvent(new Event('change'))")
    mark = page.locator("#marks [data-place=hajin]").bounding_box()
    page.mouse.click(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    assert "Hajin" in text(page, "#place-name"), text(page, "#panel")[:200]
    words = text(page, "#place")
    for part in ("Syrian Democratic Forces", "14 December 2018", "History", "Speaks for it"):
        assert part in words, part
    quotes = page.locator("#place blockquote")
    assert quotes.count() > 3 and quotes.first.get_attribute("dir") == "auto"
    links = page.locator("#place a").evaluate_all("all => all.map(a => [a.protocol, a.rel, a.target])")
    assert links and all(p in ("http:", "https:") and "noopener" in r and t == "_blank" for p, r, t in links)
    spell = page.locator(".spell").last
    since = spell.get_attribute("data-from")
    spell.click()
    assert f"day={since}" in page.url and "place=hajin" in page.url, page.url
    page.keyboard.press("Escape")
    assert page.locator("#place").is_hidden()
    page.locator("#marks [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#place").is_visible()
    assert page.evaluate("document.activeElement.id") == "place"
    page.click("#back")


def search_finds(page):
    """Names in both scripts, however they are spelled."""
    # Vowel signs, another alif, yeh for alif maqsura, heh for teh marbuta, capitals.
    for wanted, found in (
        ("هَجين", "hajin"),
        ("الشعفه", "ash-shafah"),
        ("أبو كمال", "abu-kamal"),
        ("HAJ", "hajin"),
        ("susah", "as-susah"),
    ):
        page.fill("#search", wanted)
        ids = page.locator("#list [data-place]").evaluate_all("all => all.map(e => e.dataset.place)")
        assert found in ids[:6], (wanted, found, ids[:6])
    page.fill("#search", "xyzzy")
    assert page.locator("#list li").count() == 0 and "No place" in text(page, "#count")
    page.fill("#search", "")


def arabic_is_right_to_left(page):
    page.click("#language")
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "ar"]
    assert "السيطرة" in text(page, "h1") and "الوضع في" in text(page, "#day")
    panel, pane = page.locator("#panel").bounding_box(), page.locator("#pane").bounding_box()
    assert panel["x"] < pane["x"], "the panel stands on the left"
    assert "lang=ar" in page.url
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, input')].filter(e => !e.closest('[hidden]') && !e.innerText.trim()"
        " && !e.getAttribute('aria-label') && !(e.labels && e.labels.length)).map(e => e.outerHTML)"
    )
    assert not unnamed, unnamed[:3]


def phone_fits(pages, address):
    page = pages.open(address + "#lang=ar&day=2019-01-20", 390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    pane, panel = page.locator("#pane").bounding_box(), page.locator("#panel").bounding_box()
    assert pane["height"] > 250 and panel["height"] > 200 and panel["y"] > pane["y"], (pane, panel)
    small = page.locator("#tools button, #slide-row button, #tabs button, #language, #list button").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).filter(r => r.height < 39 || r.width < 39).length"
    )
    assert small == 0, f"{small} buttons are too small for a finger"
    mark = page.locator("#marks [data-place=hajin]").bounding_box()
    page.touchscreen.tap(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    page.wait_for_selector("#place:not([hidden])")
    page.screenshot(path=folder / "phone.png")


def link_leads_back(pages, address):
    page = pages.open(address + "#day=2019-01-22&place=as-susah&lang=ar")
    assert "السوسة" in text(page, "#place-name") and "22" in text(page, "#day")
    for odd in ("#day=9999-99-99&place=__proto__&lang=xx", "#day=0001-01-01", "#place=%3Cscript%3E"):
        page = pages.open(address + odd)
        assert "Situation on" in text(page, "#day")
    pages.none_in_trouble("odd links")


def review_goes_round(pages, address):
    """Decisions made on the page are read by khatt and change what it says."""
    page = pages.open(address + "#lang=en&day=2018-12-14")
    page.click("#tab-review")
    cards = page.locator("#review .claim")
    assert cards.count() > 5
    page.click("#save")
    assert "Nothing is decided" in text(page, "#review-status")
    keys = [cards.nth(n).get_attribute("data-key") for n in range(3)]
    cards.nth(0).get_by_label("reject").check()
    cards.nth(0).locator(".note").fill('a "note"\\ with <b> and اختبار')
    cards.nth(1).get_by_label("accept").check()
    cards.nth(2).get_by_label("change").check()
    page.click("#save")
    assert "name first" in text(page, "#review-status")
    page.fill("#analyst", "L. Haddad")
    page.click("#save")
    assert "Give a new value" in text(page, "#review-status")
    cards.nth(2).get_by_label("Certainty").select_option("hedged")
    page.screenshot(path=folder / "review.png")
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "corrections.toml"
    download.value.save_as(folder / "decisions.toml")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.click("#tab-review")
    assert "Decided: 3" in text(page, "#review-status"), "decisions outlive a reload"
    done = run("--corrections", "decisions.toml", "--no-png", "--format", "geojson", "--out", "decided")
    assert done.returncode == 0 and "no effect" not in done.stderr, done.stderr
    unused = (folder / "decided" / "unused.csv").read_text()
    assert "L. Haddad" in unused and "اختبار" in unused, unused[-600:]
    listed = run("review", "--format", "jsonl", "--most", "999", "--corrections", "decisions.toml").stdout
    assert all(key not in [line.split('"')[3] for line in listed.splitlines()] for key in keys)
    again = run("site", "--corrections", "decisions.toml", "--out", "decided.html")
    assert again.returncode == 0, again.stderr


def hostile_is_inert(pages):
    (folder / "hostile").mkdir(exist_ok=True)
    (folder / "hostile" / "one.md").write_text(HOSTILE)
    (folder / "hostile" / "two.csv").write_text(TABLE)
    made = run("site", "hostile", "--out", "hostile.html")
    assert made.returncode == 0, made.stderr
    page = pages.open(f"file://{folder}/hostile.html#lang=en&place=hajin")
    words = text(page, "#place")
    assert "<script>window.hit=1</script>" in words and "onerror" in words
    assert "\u202e" not in words and "\u2066" not in words
    assert page.locator("#place a, #place img, #place script").count() == 0
    page.click("#tab-review")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.querySelectorAll('script').length") == 3
    pages.none_in_trouble("a hostile report")


def served_page_follows(pages):
    (folder / "served").mkdir(exist_ok=True)
    report = folder / "served" / "one.md"
    report.write_text("---\npublished: 2018-12-14\n---\nسيطرت قوات سوريا الديمقراطية على بلدة هجين.\n")
    server = subprocess.Popen([khatt, "serve", "served", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        page = pages.open(address + "#lang=en")
        assert "14 December" in text(page, "#day")
        page.wait_for_timeout(1500)
        good = report.read_text()
        (folder / "served" / "corrections.toml").write_text("[[claim]]\nkey = 5\n")
        page.wait_for_selector("#problem:not([hidden])")
        assert "last good state" in text(page, "#problem")
        (folder / "served" / "corrections.toml").unlink()
        page.wait_for_selector("#problem[hidden]", state="attached")
        report.write_text(good.replace("2018-12-14", "2018-12-20"))
        page.locator("#day", has_text="20 Dec").wait_for(timeout=60_000)  # it waits across the reload
        pages.none_in_trouble("a served page")
    finally:
        server.terminate()
        server.wait()


def main():
    start = time.time()
    made = run("site", "--out", "site.html")
    assert made.returncode == 0, made.stderr
    address = f"file://{folder}/site.html"
    assert (folder / "site.html").stat().st_size < 1_000_000
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        pages = Pages(playwright.chromium.launch(executable_path=chromium, args=arguments))
        page = pages.open(address + "#lang=en")
        for check in (time_moves, map_moves, search_finds, place_opens):
            check(page)
            pages.none_in_trouble(check.__name__)
        page.screenshot(path=folder / "english.png")
        arabic_is_right_to_left(page)
        page.click("#legend-button")
        page.screenshot(path=folder / "arabic.png")
        phone_fits(pages, address)
        link_leads_back(pages, address)
        review_goes_round(pages, address)
        hostile_is_inert(pages)
        served_page_follows(pages)
        pages.none_in_trouble("all pages")
        pages.browser.close()
    print(f"Chromium: the page works, {made.stderr.strip()}, {time.time() - start:.0f} s")


main()
