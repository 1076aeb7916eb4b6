"""Tabs of one browser that have the sealing scripts at hand, and what tests do in them before they begin."""

from playwright.sync_api import BrowserContext, Page

from tests.rooms.sealing.served import Site

ROOM = "0b4f7c1e-9d57-4c58-8a3e-6a6f2d0c9a11"
OTHER_ROOM = "5e0d3c2b-1a49-4f68-9b7d-8c6a5f4e3d2c"

# What every tab has at hand; `text` and `words` turn words into bytes and back.
HELP = """async ([sealer, worker, store]) => {
  const { Sealer } = await import(sealer);
  Object.assign(window, {
    start: (person, device) => Sealer.start({ workerUrl: worker, person, device }),
    store: await import(store),
    text: (words) => new TextEncoder().encode(words),
    words: (bytes) => new TextDecoder().decode(bytes),
    outcome: (promise) => promise.then(() => "done", (error) => error.name),
  });
}"""

# Ada founds the room, lets in Ben (whose tab is `other`), and says three words.
TOGETHER = """async (room) => {
    window.ada = await start("p1", "ada");
    window.hers = await ada.room(room);
    await hers.found();
    window.ben = await start("p2", "ben");
    window.his = await ben.room(room);
    const { commit, welcome } = await hers.change({ add: await ben.packages({ count: 1, days: 30 }) });
    await hers.open([{ seq: 1, message: commit }]);
    await his.welcome(welcome, 1);
    window.sent = [];
    for (const each of ["one", "two", "three"]) sent.push((await hers.seal(text(each))).message);
  }"""


def tab(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(site.origin)
    names = ("rooms/sealer.js", "rooms/seal-worker.js", "rooms/key-store.js")
    page.evaluate(HELP, [site.script(name) for name in names])
    return page
