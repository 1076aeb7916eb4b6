// What stands in the dock about private words and side rooms, for whoever it is about: values in, values out.

/**
 * One line of the dock: `kind` names its template, `room` is the side room, `name` its member ("" for one's own).
 * @typedef {{kind: string, room: string, name: string, other: string, text: string}} Row
 */

/** @param {object} you as docs/engines/wire.md has it @param {import("./words.js").Words} words @returns {Row[]} */
export function rowsOf(you, words) {
  const sides = [...(you.sides ?? [])].sort((one, two) => (two.stage === "asks") - (one.stage === "asks"));
  return [
    ...(you.questions ?? []).map((one) => asked(one, words)),
    ...(you.calls ?? []).map(({ room, by, name }) => row("called", room, words.say("side.called", { by, name }), { name })),
    ...sides.map((one) => sat(one, words)),
    ...(you.side ? [row("goes", you.side, words.say("side.own"))] : []),
  ];
}

/** Rooms whose member was asked by this person, with their names. @returns {Map<string, string>} */
export function askedIn(you) {
  const own = (you.sides ?? []).filter(({ stage, is_lead: isLead }) => stage === "asked" && isLead);
  return new Map(own.map(({ room, name }) => [room, name]));
}

function asked({ room, names, is_join: isJoin }, words) {
  const [name, other = ""] = names;
  if (isJoin) return row("question", room, words.say("side.join", { name, other }));
  return row("question", room, words.count("side.question", names.length, { names: words.list(names) }), { other });
}

function sat({ room, name, stage, beside, other }, words) {
  const about = { name, other };
  switch (stage) {
    case "calling": return row("calling", room, words.say("side.calling", about), about);
    case "asked": return row("asked", room, words.say(other ? "side.asked_by_two" : "side.asked", about), about);
    case "open": return row("goes", room, words.say(beside === "in" ? "side.with_two" : "side.with", about), beside === "in" ? about : { name });
    default: return row("asks", room, words.say("side.asks", about), { name });
  }
}

function row(kind, room, text, { name = "", other = "" } = {}) {
  return { kind, room, text, name, other };
}
