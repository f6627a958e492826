"""Readable and usable by keyboard and screen reader: what a browser computes of every page, in both languages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

if not find_spec("playwright") or not shutil.which("chromium") or not find_spec("gradio"):
    pytest.skip("Chromium, Playwright or the ui extra is not installed", allow_module_level=True)

from playwright.sync_api import expect, sync_playwright

from tests.web import screens

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READY = {
    "": "table.reports",
    "desk": ".finding, .findings",
    "review": ".changes",
    "export": ".gate .verdict",
    "administration": "[data-user]",
}
SMALLEST = 10.5
"""Pixels: numbers of facts and the axis of the pictures; everything that is read is larger."""

FAULTS = """
(smallest) => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getClientRects().length > 0;
  const say = (one) => one.outerHTML.slice(0, 140);
  const name = (one) => {
    const by = (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
    const label = one.labels ? [...one.labels].map((each) => each.textContent).join('') : '';
    return (one.getAttribute('aria-label') || by || label || one.textContent || one.title || one.alt || one.placeholder || '').trim();
  };
  const faults = [];
  const acting = 'button, a[href], input:not([type=hidden]), select, textarea, [role=button], [role=tab], [contenteditable=true]';
  for (const one of document.querySelectorAll(acting))
    if (shown(one) && !name(one)) faults.push(`no name: ${say(one)}`);
  for (const one of document.querySelectorAll('img')) if (shown(one) && !one.hasAttribute('alt')) faults.push(`no alt: ${say(one)}`);
  for (const one of document.querySelectorAll('[onclick], [role=button], [role=tab], .finding .go'))
    if (shown(one) && one.tabIndex < 0 && !one.closest('a, button, [role=tablist]')) faults.push(`mouse only: ${say(one)}`);
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  const luminance = ([r, g, b]) => {
    const part = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const numbers = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0.95) return color;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    const apart = one.closest('svg, :disabled, .docx-wrapper, option, script, style');
    if (!walker.currentNode.textContent.trim() || seen.has(one) || !shown(one) || apart) continue;
    seen.add(one);
    const style = getComputedStyle(one);
    const size = parseFloat(style.fontSize);
    if (size < smallest) faults.push(`small (${size}px): ${say(one)}`);
    const [a, b] = [luminance(numbers(style.color)), luminance(behind(one))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < (size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5))
      faults.push(`pale (${contrast.toFixed(2)}): ${style.color} ${say(one)}`);
  }
  return faults;
}
"""


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[str, Any, Any]]:
    with screens.serving(filled=True) as found:
        yield found


@pytest.fixture(scope="module")
def browser(office: object) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield found
        found.close()


SIGHTS = ("reports", "desk", "desk-overfull", "desk-none", "review", "review-submitted", "export", "administration")


@pytest.fixture(params=[(sight, language) for sight in SIGHTS for language in ("zh", "en")], ids=str)
def page(office: tuple[str, Any, Any], browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    sight, language = request.param
    url, workspace, found = office
    who, path = screens.pages(found)[sight]
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "chengwen", "value": screens.token(workspace, who), "url": url}])
    opened_ = context.new_page()
    opened_.set_default_timeout(30_000)
    opened_.goto(f"{url}/{language}/{path}")
    ready = ".choosing" if sight == "desk-none" else READY[path.partition("?")[0].partition("#")[0]]
    expect(opened_.locator(ready).first).to_be_visible(timeout=30_000)
    opened_.wait_for_function("!document.querySelector('progress')")
    yield opened_
    context.close()


def test_everything_has_a_name_can_be_read_and_fits(page: Page) -> None:
    assert page.evaluate(FAULTS, SMALLEST) == []
    assert page.locator("html").get_attribute("lang") == ("zh-CN" if "/zh/" in page.url else "en")


def test_the_tabulator_comes_by_and_is_seen(page: Page) -> None:
    """The first thirty stops: each is shown, and marked where it stands."""
    for _ in range(30):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (!one || one === document.body) return null;
                const style = getComputedStyle(one);
                const marked = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
                const caret = one.matches('input, textarea, select, [contenteditable=true]');
                return [one.checkVisibility(), marked || caret || style.boxShadow !== 'none', one.outerHTML.slice(0, 120)];
            }"""
        )
        assert found is None or found[:2] == [True, True], found
