// A report of one message, as the browser sends it: REPORT is where it goes, to be verified by the other side.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";

import { until } from "./modules.mjs";
import { roomOf } from "./people.mjs";

test("a report holds the message and what its author made of it, and nothing that others did with it", async () => {
  const { gateway, members: [ada, ben, cem] } = await roomOf("Ada", "Ben", "Cem");
  const bad = ben.say("I hate you");
  ada.say("That hurts");
  await until(() => ada.heard.length === 2 && cem.heard.length === 2);
  ben.do((conversation) => conversation.edit(bad, "I hate you all"));
  await until(() => ada.heard.includes("I hate you all"));
  cem.do((conversation) => conversation.react(bad, "me_too", true));
  cem.do((conversation) => conversation.edit(bad, "I love you"));
  await until(() => gateway.envelopes.filter((each) => each.kind === 2).length === 3);
  ada.say("End");
  await until(() => ada.heard.includes("End"));
  assert.ok(ada.heard.includes("I hate you all"));
  const { url } = await ada.do((conversation) => conversation.report([bad], "Please look at this"));
  assert.ok(url);
  const [report] = gateway.reports;
  assert.equal(report.words, "Please look at this");
  writeFileSync(process.env.REPORT, JSON.stringify(report));
});
