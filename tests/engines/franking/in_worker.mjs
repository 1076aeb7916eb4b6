// Answers calls in a module Worker.
import * as franking from "./franking.js";
import { answers } from "./twin.mjs";

addEventListener("message", async ({ data }) => postMessage(await answers(franking, data)));
