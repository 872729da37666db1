import { conform } from "../src/conform.js";
import { assemble } from "../src/wat.js";

/** A plug-in that would return nothing, if it were not for its import. */
const importing = (namespace: string, name: string) =>
  assemble(
    "importing",
    `(module (import "${namespace}" "${name}" (func (param i64) (result i64)))
      (func (export "run") (result i32) (i32.const 0)))`,
  );

conform({
  name: "wat-imports-wasi",
  wasm: importing("wasi_snapshot_preview1", "fd_write"),
  cases: [{ name: "is refused where WASI is not granted", refused: /wasi/i }],
});

conform({
  name: "wat-imports-unknown",
  wasm: importing("some:other/host", "run"),
  cases: [{ name: "is refused where nobody offers the import", refused: /some:other\/host/ }],
});

conform({
  name: "not-wasm",
  wasm: new TextEncoder().encode("\u007fELF"),
  cases: [{ name: "is refused where it should be a module", refused: /./ }],
});
