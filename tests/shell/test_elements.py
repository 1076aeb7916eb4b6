"""The custom elements in a real browser: leaving quickly, local times, words that are not lost, looks."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = [
    "/",
    "/help-now/",
    "/help-now/?country=",
    "/how-it-works/",
    "/privacy/",
    "/accessibility/",
    "/nothing/",
]


@pytest.fixture
def away(live_server: LiveServer, settings: Settings) -> str:
    """Somewhere neutral that needs no network."""
    url = f"{live_server.url}/manifest.webmanifest"
    settings.EXIT_URL = url
    return url


def test_leaving_replaces_the_page_and_back_does_not_return_to_it(
    page: Page, live_server: LiveServer, away: str
) -> None:
    page.goto(f"{live_server.url}/privacy/")
    page.goto(f"{live_server.url}/help-now/")
    page.evaluate("sessionStorage.setItem('typed:/x/', 'secret words')")
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(away)
    assert page.evaluate("sessionStorage.getItem('typed:/x/')") is None
    page.go_back(wait_until="commit")
    page.wait_for_url(away)


def test_escape_three_times_leaves(page: Page, live_server: LiveServer, away: str) -> None:
    page.goto(f"{live_server.url}/how-it-works/")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(away)


def test_escape_twice_does_not_leave(page: Page, live_server: LiveServer, away: str) -> None:
    page.goto(f"{live_server.url}/how-it-works/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.url != away


def test_coming_back_on_purpose_shows_the_site_again(
    page: Page, live_server: LiveServer, away: str
) -> None:
    page.goto(f"{live_server.url}/privacy/")
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(away)
    page.goto(f"{live_server.url}/privacy/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy")


def test_the_browsers_time_zone_reaches_the_server(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/")
    page.wait_for_function("document.cookie.includes('zone=Europe/Madrid')")


def test_a_viewer_elsewhere_is_told_their_own_time_even_before_the_server_knows(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/privacy/")
    page.evaluate("""document.querySelector('main').innerHTML = `<local-time yours="your time">
        <time datetime="2026-11-24T19:00+00:00">Tuesday, 7 p.m.</time></local-time>
        <local-time yours="your time"><time datetime="2026-11-24T20:00+01:00">8 p.m.</time></local-time>`""")
    there, same = page.locator("local-time").all_inner_texts()
    assert "8:00 PM (your time)" in there
    assert same == "8 p.m."


def test_words_survive_a_page_that_did_not_arrive(page: Page, live_server: LiveServer) -> None:
    form = "<keep-typed name='x'><form action='/nothing/'><input name='a'><input name='p' type='password'></form></keep-typed>"
    show = f"document.querySelector('main').innerHTML = `{form}`"
    page.goto(f"{live_server.url}/privacy/")
    page.evaluate(show)
    page.fill("[name=a]", "many words")
    page.fill("[name=p]", "secret")
    # The form is sent and answered by an error page; the reader goes back.
    page.evaluate("document.querySelector('keep-typed form').requestSubmit()")
    page.wait_for_url("**/nothing/**")
    page.go_back()
    page.evaluate(show)
    assert page.input_value("[name=a]") == "many words"
    assert page.input_value("[name=p]") == ""


def test_words_are_forgotten_once_a_form_was_accepted(page: Page, live_server: LiveServer) -> None:
    form = (
        "<keep-typed name='x'><form action='/accessibility/'><input name='a'></form></keep-typed>"
    )
    page.goto(f"{live_server.url}/privacy/")
    page.evaluate(f"document.querySelector('main').innerHTML = `{form}`")
    page.fill("[name=a]", "many words")
    page.evaluate("document.querySelector('keep-typed form').requestSubmit()")
    page.wait_for_url("**/accessibility/**")
    kept = page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('typed'))")
    assert kept == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_fit_the_window_and_have_no_barrier(
    page: Page, live_server: LiveServer, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.emulate_media(color_scheme="dark" if width == 768 else "light")
    page.goto(live_server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"preload": False})
    assert found.response["violations"] == []


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_on_a_page_is_refused_by_the_browser(
    page: Page, live_server: LiveServer, path: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live_server.url + path)
    page.wait_for_load_state("networkidle")
    assert [text for text in said if "404 (Not Found)" not in text] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_what_has_the_focus_is_never_under_the_bar(
    page: Page, live_server: LiveServer, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{live_server.url}/help-now/?country=GB")
    covered = """() => {
        const it = document.activeElement, bar = document.querySelector('.safety-bar');
        if (it === document.body || bar.contains(it) || it.matches('.skip-link')) return '';
        const a = it.getBoundingClientRect(), b = bar.getBoundingClientRect();
        return a.top >= b.top && a.bottom <= b.bottom ? it.outerHTML : '';
    }"""
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(covered) == ""


@pytest.mark.parametrize("path", ["/", "/help-now/?country=GB"])
def test_everything_that_is_pressed_is_big_enough_for_a_shaking_hand(
    page: Page, live_server: LiveServer, path: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + path)
    small = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select')]
        .filter((it) => !it.closest('p, li:not(nav li)') && !it.matches('.skip-link'))
        .map((it) => [it.outerHTML, it.getBoundingClientRect().height])
        .filter(([, height]) => height < 44)"""
    assert page.evaluate(small) == []


def test_keys_whose_time_is_over_are_cleared_on_the_next_visit_and_others_stay(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/privacy/")
    page.evaluate(
        """async () => {
            for (const name of ["old", "new"]) {
                await new Promise((done) => {
                    indexedDB.open(name).onsuccess = ({target}) => { target.result.close(); done(); };
                });
            }
            const until = {old: Date.now() - 1, new: Date.now() + 60000};
            localStorage.setItem("keys-until", JSON.stringify(until));
        }"""
    )
    page.goto(f"{live_server.url}/how-it-works/")
    page.wait_for_function("() => !localStorage.getItem('keys-until').includes('old')")
    left = page.evaluate("async () => (await indexedDB.databases()).map((each) => each.name)")
    assert left == ["new"]
