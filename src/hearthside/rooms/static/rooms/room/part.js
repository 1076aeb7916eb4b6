// What every element of the room's page has in common: it joins a <room-talk>, shows what that knows, and sends forms.

const ASKED_MS = 6000;

export class Part extends HTMLElement {
  /** Called once by the <room-talk> that this element stands in. */
  join(talk) {
    this.talk = talk;
    this.conversation = talk.conversation;
    this.words = talk.words;
    this.joined();
  }

  /** What an element does once it knows its talk. */
  joined() {}

  /** Hear an event of the conversation. */
  on(name, act) {
    this.conversation.addEventListener(name, ({ detail }) => act(detail));
  }

  find(selector) {
    return this.querySelector(selector);
  }

  /** A copy of one of this element's templates. @returns {HTMLElement} */
  row(name) {
    return document.importNode(this.find(`template[data-row="${name}"]`).content.firstElementChild, true);
  }

  /** Shows words where this element tells what came of a tap; nothing hides it. */
  tell(words) {
    const said = this.find("[data-said]");
    said.textContent = words ?? "";
    said.hidden = !words;
  }

  /** Sends every form inside without leaving the page; what a button may not do is said in its words. */
  sends(then = () => {}) {
    this.addEventListener("click", (event) => askTwice(event));
    this.addEventListener("submit", async (event) => {
      const [form, button] = [event.target, event.submitter];
      // Not form.action: a button of that name stands in its place.
      const door = form.getAttribute("action");
      if (event.defaultPrevented || !door) return;
      event.preventDefault();
      if (button) button.setAttribute("aria-busy", "true");
      const answer = await this.talk.send(door, fieldsOf(form, button));
      button?.removeAttribute("aria-busy");
      this.tell(answer.words);
      then(answer, form, button);
    });
  }
}

/** The fields of a form with the button that sent it. @returns {object} */
export function fieldsOf(form, button) {
  const fields = Object.fromEntries(new FormData(form));
  if (button?.name) fields[button.name] = button.value;
  return fields;
}

/** Fill a text, but touch the page only where it changes: a screen reader says each change. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// A button with data-sure asks once more before it does what is hard to undo.
function askTwice(event) {
  const button = event.target.closest("button[data-sure]");
  if (!button || button.dataset.asked) return;
  event.preventDefault();
  const before = button.textContent;
  button.dataset.asked = "yes";
  button.textContent = button.dataset.sure;
  setTimeout(() => {
    delete button.dataset.asked;
    button.textContent = before;
  }, ASKED_MS);
}
