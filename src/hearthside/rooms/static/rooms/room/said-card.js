// One message as it stands in the room: who, when, the words, what they answer, and what others felt with them.

import { SIGNS } from "../messages.js";
import { put } from "./part.js";

const QUOTED = 110;

/** Fill a card from its template with what the message says now. */
export function fill(card, message, talk) {
  const { words } = talk;
  const at = (name) => card.querySelector(`[data-said-${name}]`);
  const part = talk.person(message.alias)?.part;
  card.classList.toggle("said-mine", message.mine);
  card.classList.toggle("said-waiting", message.status === "waiting");
  card.classList.toggle("said-gone", message.takenBack);
  put(at("name"), message.mine ? words.say("own_name") : talk.name(message.alias));
  put(at("part"), part && part !== "member" && !message.mine ? words.say(`part.${part}`) : "");
  put(at("time"), message.status === "waiting" ? words.say("waiting") : words.time(message.at));
  put(at("marks"), message.edited && !message.takenBack ? words.say("edited") : "");
  put(at("text"), message.takenBack ? words.say("taken_back") : message.text);
  veil(card, message, talk);
  quote(at("quote"), message, talk);
  signs(card, message, talk);
  const more = at("more");
  more.hidden = message.takenBack || message.status === "waiting";
  more.setAttribute("aria-label", words.say("more_about", { name: talk.nameOrYou(message.alias), time: words.time(message.at) }));
}

/** What a message says in short, as it is quoted elsewhere. */
export function inShort(message, words) {
  if (!message) return words.say("quote_unknown");
  if (message.takenBack) return words.say("taken_back");
  if (message.note) return words.say("note", { note: message.note });
  return message.text.length > QUOTED ? `${message.text.slice(0, QUOTED).trimEnd()}…` : message.text;
}

/** Why a message is covered, in words; "" where it is not. */
function coveredBy({ alias, note }, talk) {
  if (talk.isCovered(alias)) return talk.words.say("covered");
  return note ? talk.words.say("note", { note }) : "";
}

function veil(card, { alias, note, mine, takenBack }, talk) {
  const [line, text, button] = ["note", "text", "show"].map((name) => card.querySelector(`[data-said-${name}]`));
  const why = coveredBy({ alias, note }, talk);
  const isVeiled = Boolean(why) && !mine && !takenBack && !card.classList.contains("said-shown");
  line.hidden = !why || takenBack;
  put(card.querySelector("[data-said-note-words]"), why);
  button.hidden = !isVeiled;
  text.hidden = isVeiled;
}

function quote(element, { re, takenBack }, talk) {
  element.hidden = !re || takenBack;
  if (!re) return;
  const target = talk.conversation.messages.find((each) => each.id === re);
  element.dataset.to = re;
  put(element.querySelector("[data-quote-name]"), target ? talk.nameOrYou(target.alias) : "");
  const isCovered = target && talk.isCovered(target.alias);
  put(element.querySelector("[data-quote-text]"), isCovered ? talk.words.say("covered") : inShort(target, talk.words));
}

// Words, never numbers: whose they are is told to who asks.
function signs(card, { reactions }, talk) {
  const [box, who] = ["signs", "who"].map((name) => card.querySelector(`[data-said-${name}]`));
  const shown = SIGNS.filter((sign) => reactions[sign].length > 0);
  for (const button of box.querySelectorAll("button")) {
    const { sign } = button.dataset;
    button.hidden = !shown.includes(sign);
    button.classList.toggle("is-mine", reactions[sign].includes(talk.you?.alias));
  }
  box.hidden = shown.length === 0;
  const asked = box.querySelector("[aria-expanded=true]:not([hidden])")?.dataset.sign;
  who.hidden = !asked;
  if (asked) put(who, talk.words.say(`who.${asked}`, { names: talk.words.list(reactions[asked].map((alias) => talk.nameOrYou(alias))) }));
}
