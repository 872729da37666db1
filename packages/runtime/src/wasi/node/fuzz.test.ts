import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Probe, SIGNATURES, type WasiName } from "../testing/probe.js";
import { openRoot } from "./dir-handle.js";
import { NodePreopen } from "./preopens.js";

let base = "";

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "tenon-fuzz-"));
  mkdirSync(join(base, "root", "a"), { recursive: true });
  mkdirSync(join(base, "kept"));
  writeFileSync(join(base, "kept", "b"), "as it was");
  writeFileSync(join(base, "root", "a", "b"), "to be changed");
  symlinkSync("..", join(base, "root", "up"));
});

afterAll(() => rmSync(base, { recursive: true }));

const names = Object.keys(SIGNATURES) as WasiName[];

/** Descriptors, flags, sizes and addresses that make sense, and some that don't. */
const i32 = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 3, arbitrary: fc.constantFrom(1024, 1030, 2048, 4096, 65_536, 262_143, 262_144) },
  { weight: 1, arbitrary: fc.integer() },
);
const i64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 70n }),
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
);

const call = fc
  .constantFrom(...names)
  .chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.tuple(
        ...[...SIGNATURES[name]].map((letter): fc.Arbitrary<number | bigint> => (letter === "l" ? i64 : i32)),
      ),
    ),
  );

it("whatever a module calls, it gets an error number, and nothing outside or read-only changes", () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
      const root = openRoot(join(base, "root"));
      const kept = openRoot(join(base, "kept"));
      const guest = new Probe({
        directories: [new NodePreopen(kept, "/kept", true), new NodePreopen(root, "/", false)],
      });
      guest.put(0, "a/b\0../up/../a");
      guest.put(1024, "b\0/../up/kept/b/../../a");
      guest.view.setUint32(2048, 1024, true);
      guest.view.setUint32(2052, 64, true);
      try {
        for (const [name, args] of calls) {
          const errno = guest.call(name, ...args);
          expect(errno >= 0 && errno <= 76, `${name}(${args.join(", ")}) = ${errno}`).toBe(true);
        }
      } finally {
        guest.wasi.close();
        root.close();
        kept.close();
      }
    }),
    { numRuns: 300 },
  );
  expect(readdirSync(base).sort()).toEqual(["kept", "root"]);
  expect(readdirSync(join(base, "kept"))).toEqual(["b"]);
  expect(readFileSync(join(base, "kept", "b"), "utf8")).toBe("as it was");
});
