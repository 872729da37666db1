// The plug-in of plugin/plugin.ts in TypeScript: everything comes back as it was sent.

import { plugin } from "../../gen/typescript/bench.guest.js";

export default plugin({
  echo: (entry) => entry,
  echoJson: (entry) => entry,
  echoBytes: (bytes) => bytes,
});
