// Put into every page before its own scripts: notes when a room is open and when a message is seen, in milliseconds
// since 1970 on this machine's clock, the same for all its pages.

window.watching = { open: 0, pressed: 0, text: null, seen: 0, steps: [] };

{
  const { watching } = window;
  const onClock = (moment) => performance.timeOrigin + moment;
  // What is in the page now is on the screen once the next frame was made.
  const onScreen = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(onClock(performance.now()));
    port2.postMessage(null);
  });

  const isThere = () => {
    const card = [...document.querySelectorAll(".said[data-status=sent]")].at(-1);
    return card?.querySelector("[data-said-text]").textContent === watching.text;
  };

  new MutationObserver(() => {
    const line = document.querySelector("room-talk")?.dataset.line;
    if (line && watching.steps.at(-1)?.[0] !== line) watching.steps.push([line, onClock(performance.now())]);
    if (line === "open" && !watching.open) {
      watching.open = -1;
      onScreen((at) => { watching.open = at; });
    }
    if (watching.text && isThere()) {
      watching.text = null;
      onScreen((at) => { watching.seen = at; });
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-line", "data-status"] });

  addEventListener("click", (event) => {
    if (event.target.closest("[data-send]")) watching.pressed = onClock(event.timeStamp);
  }, { capture: true });
}
