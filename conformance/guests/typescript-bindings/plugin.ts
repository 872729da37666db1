// The plug-in of plugins/typescript-bindings.test.ts, on bindings that Tenon generates.

import { DeclineFailure, DeclineLaterFailure, host, plugin } from "./gen/everything.guest.js";

export default plugin({
  echoJson: (value) => value,

  echoMessagepack: (value) => value,

  toJson: (value) => value,

  async later(text) {
    const parts = await Promise.all([...text].map(async (letter) => letter.toUpperCase()));
    return parts.reverse().join("");
  },

  ask: (question) => host.answer(question),

  decline(refusal) {
    throw new DeclineFailure(refusal);
  },

  async declineLater(refusal) {
    await null;
    throw new DeclineLaterFailure(refusal);
  },

  throwError(text) {
    throw new RangeError(text);
  },
});
