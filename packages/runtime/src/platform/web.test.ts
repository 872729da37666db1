import { expect, it } from "vitest";
import { checkPublicHost, openDirectories, publicFetch, readLocalFile } from "./web.js";

it.each([
  ["files", () => readLocalFile("x.wasm"), /no file system/],
  [
    "allowed paths",
    () => openDirectories([{ host: "/files", guest: "/", readOnly: true }]),
    /allowedPaths names "\/files"/,
  ],
  ["telling private addresses", () => publicFetch(), /allowPrivateAddresses is false/],
  ["the same for a fetch of the user's", () => checkPublicHost(), /allowPrivateAddresses is false/],
])("a page has no %s, and says so", async (_, use, message) => {
  const promise: Promise<unknown> = use();
  await expect(promise).rejects.toMatchObject({ code: "unsupported" });
  await expect(promise).rejects.toThrow(message);
});
