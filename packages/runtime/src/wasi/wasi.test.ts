import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemClock } from "./clock.js";
import { Errno } from "./errno.js";
import { WasiExit } from "./exit.js";
import { seededRandom, systemRandom } from "./random.js";
import { Probe } from "./testing/probe.js";
import { WasiInstance } from "./wasi.js";

describe("the streams", () => {
  it("go out line by line, and the rest when they are flushed", () => {
    const guest = new Probe();
    guest.write(1, "one\ntw");
    expect(guest.lines).toEqual(["stdout: one"]);
    guest.write(2, "bad\n");
    guest.write(1, "o\n\nthree");
    guest.wasi.flush();
    guest.wasi.flush();
    expect(guest.lines).toEqual(["stdout: one", "stderr: bad", "stdout: two", "stdout: ", "stdout: three"]);
  });

  it("say the same however the text is cut, even inside of a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const guest = new Probe();
        const [address, length] = guest.put(4096, text);
        for (let at = 0; at < length; at += size) {
          guest.view.setUint32(0, address + at, true);
          guest.view.setUint32(4, Math.min(size, length - at), true);
          expect(guest.call("fd_write", 1, 0, 1, 8)).toBe(0);
        }
        guest.wasi.flush();
        const expected = new TextDecoder().decode(new TextEncoder().encode(text)).replace(/\n$/, "");
        expect(guest.lines.map((line) => line.slice("stdout: ".length)).join("\n")).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });

  it("cut a line that never ends", () => {
    const guest = new Probe();
    for (let round = 0; round < 20; round++) guest.write(1, "x".repeat(10_000));
    expect(guest.lines.length).toBeGreaterThan(1);
    expect(Math.max(...guest.lines.map((line) => line.length))).toBeLessThan(2 * 65_536);
  });

  it("have nothing to read, and no place to go to", () => {
    const guest = new Probe();
    expect(guest.read(0, 100)).toEqual({ errno: 0, text: "" });
    expect(guest.read(1, 100).errno).toBe(Errno.BADF);
    expect(guest.call("fd_seek", 1, 0n, 0, 64)).toBe(Errno.SPIPE);
    expect(guest.write(0, "x").errno).not.toBe(0);
  });
});

describe("the process", () => {
  const WORLD = { args: ["prog", "zwei", "drei €"], env: { HOME: "/", LÄNGE: "ä" } };

  it.each([
    ["args", ["prog", "zwei", "drei €"]],
    ["environ", ["HOME=/", "LÄNGE=ä"]],
  ] as const)("has its %s, in the space that it is told of", (name, expected) => {
    const guest = new Probe(WORLD);
    expect(guest.call(`${name}_sizes_get`, 0, 4)).toBe(0);
    const [count, size] = [guest.view.getUint32(0, true), guest.view.getUint32(4, true)];
    expect(guest.call(`${name}_get`, 16, 256)).toBe(0);
    expect(guest.text(256, size)).toBe(expected.map((text) => `${text}\0`).join(""));
    expect(guest.view.getUint32(16, true)).toBe(256);
    expect(count).toBe(expected.length);
  });

  it.each([0, 1, 255, -1])("ends with the code %i", (code) => {
    const guest = new Probe();
    expect(() => guest.call("proc_exit", code)).toThrow(WasiExit);
    expect(() => guest.call("proc_exit", code)).toThrow(new RegExp(`code ${code >>> 0}$`));
  });

  it("can't raise signals or use sockets", () => {
    const guest = new Probe();
    expect(guest.call("proc_raise", 9)).toBe(Errno.NOTSUP);
    expect(guest.call("sock_shutdown", 1, 0)).toBe(Errno.NOTSUP);
    expect(guest.call("sched_yield")).toBe(0);
  });
});

describe("time", () => {
  const now = (guest: Probe, clock: number): bigint => {
    expect(guest.call("clock_time_get", clock, 0n, 0)).toBe(0);
    return guest.view.getBigUint64(0, true);
  };

  it("is the host's", () => {
    const guest = new Probe({ clock: systemClock() });
    const before = BigInt(Date.now() - 1000) * 1_000_000n;
    expect(now(guest, 0)).toBeGreaterThan(before);
    expect(now(guest, 1)).toBeLessThanOrEqual(now(guest, 1));
    expect(guest.call("clock_res_get", 0, 0)).toBe(0);
    expect(guest.call("clock_time_get", 4, 0n, 0)).toBe(Errno.INVAL);
  });

  it("is the same in every run when it is fixed, and passes", () => {
    const times = [0, 1].map(() => {
      const guest = new Probe();
      return [now(guest, 0), now(guest, 1), now(guest, 0)];
    });
    expect(times[0]).toEqual(times[1]);
    expect(times[0]).toEqual([1000n, 2000n, 3000n]);
  });

  interface Wanted {
    readonly type?: number;
    readonly clock?: number;
    readonly timeout?: bigint;
    readonly absolute?: boolean;
    readonly fd?: number;
  }

  function poll(guest: Probe, wanted: readonly Wanted[]): { errno: number; ready: [bigint, number][] } {
    wanted.forEach(({ type = 0, clock = 1, timeout = 0n, absolute = false, fd }, index) => {
      const at = index * 48;
      guest.view.setBigUint64(at, BigInt(index), true);
      guest.view.setUint8(at + 8, type);
      guest.view.setUint32(at + 16, fd ?? clock, true);
      guest.view.setBigUint64(at + 24, timeout, true);
      // Noise where the precision is: it must not be taken for the flags.
      guest.view.setBigUint64(at + 32, 0xffff_ffff_ffffn, true);
      guest.view.setUint16(at + 40, absolute ? 1 : 0, true);
    });
    const errno = guest.call("poll_oneoff", 0, 4096, wanted.length, 8192);
    const ready = Array.from({ length: errno === 0 ? guest.view.getUint32(8192, true) : 0 }, (_, index) => {
      const at = 4096 + index * 32;
      return [guest.view.getBigUint64(at, true), guest.view.getUint16(at + 8, true)] as [bigint, number];
    });
    return { errno, ready };
  }

  it("passes in a wait: as long as is asked for, or until a moment", () => {
    const guest = new Probe();
    const start = now(guest, 1);
    expect(poll(guest, [{ timeout: 5_000_000n }])).toEqual({ errno: 0, ready: [[0n, 0]] });
    const then = now(guest, 1);
    expect(then - start).toBe(5_001_000n);
    poll(guest, [{ timeout: then + 7_000_000n, absolute: true }]);
    expect(now(guest, 1) - then).toBeGreaterThanOrEqual(7_000_000n);
    expect(now(guest, 1) - then).toBeLessThan(7_100_000n);
    expect(poll(guest, [{ timeout: 1n, absolute: true }]).ready).toEqual([[0n, 0]]);
  });

  it("ends a wait with the first thing that is ready", () => {
    const guest = new Probe();
    expect(poll(guest, [{ timeout: 9_000n }, { timeout: 3_000n }, { timeout: 5_000n }]).ready).toEqual([
      [1n, 0],
    ]);
    expect(poll(guest, [{ timeout: 9_000n }, { type: 1, fd: 0 }, { type: 2, fd: 77 }]).ready).toEqual([
      [1n, 0],
      [2n, Errno.BADF],
    ]);
    expect(poll(guest, [{ clock: 9 }, { type: 7 }]).ready).toEqual([
      [0n, Errno.INVAL],
      [1n, Errno.INVAL],
    ]);
    expect(poll(guest, []).errno).toBe(Errno.INVAL);
  });

  it("that a plug-in waits for is never more than what is left", () => {
    const guest = new Probe({ clock: systemClock(() => 1) });
    // Three hundred years.
    expect(poll(guest, [{ timeout: 10n ** 19n }])).toEqual({ errno: 0, ready: [[0n, 0]] });
  });
});

describe("randomness", () => {
  const bytes = (guest: Probe, length: number): string => {
    expect(guest.call("random_get", 0, length)).toBe(0);
    return Buffer.from(new Uint8Array(guest.view.buffer, 0, length)).toString("hex");
  };

  it("is the host's, for any length", () => {
    const guest = new Probe({ random: systemRandom });
    expect(bytes(guest, 200_000)).not.toBe(bytes(guest, 200_000));
    expect(bytes(guest, 0)).toBe("");
  });

  it("follows from the seed when there is one", () => {
    const of = (seed: number): string => bytes(new Probe({ random: seededRandom(seed) }), 64);
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
    // The first output of the published generator for the seed 0, little-endian.
    expect(of(0).slice(0, 16)).toBe("afcd1d7b39a820e2");
  });
});

describe("a hostile module", () => {
  const FAR = 0x7fff_ffff;
  const HIGH = -8;

  it.each([FAR, HIGH, 4 * 65_536 - 3])("gets FAULT for a place outside of its memory: %i", (address) => {
    const guest = new Probe({ args: ["a"] });
    expect(guest.call("args_sizes_get", address, 0)).toBe(Errno.FAULT);
    expect(guest.call("clock_time_get", 0, 0n, address)).toBe(Errno.FAULT);
    expect(guest.call("random_get", address, 8)).toBe(Errno.FAULT);
    expect(guest.call("poll_oneoff", address, 0, 1, 0)).toBe(Errno.FAULT);
    expect(guest.call("fd_write", 1, address, 1, 0)).toBe(Errno.FAULT);
    expect(guest.call("fd_fdstat_get", 1, address)).toBe(Errno.FAULT);
    expect(guest.call("path_rename", 1, address, 8, 1, address, 8)).not.toBe(0);
  });

  it("gets FAULT for a range that begins inside", () => {
    expect(new Probe().call("random_get", 100, -1)).toBe(Errno.FAULT);
  });

  it("can't make the host build a list of four billion buffers", () => {
    const guest = new Probe();
    for (const name of ["fd_read", "fd_write"] as const)
      expect(guest.call(name, 1, 0, -1, 0)).toBe(Errno.INVAL);
    expect(guest.call("fd_pread", 1, 0, 1025, 0n, 0)).toBe(Errno.INVAL);
  });

  it.each([3, 99, -1, FAR])("gets BADF for the descriptor %i that it doesn't have", (fd) => {
    const guest = new Probe();
    expect(guest.call("fd_close", fd)).toBe(Errno.BADF);
    expect(guest.call("fd_prestat_get", fd, 0)).toBe(Errno.BADF);
    expect(guest.open(fd, "x").errno).toBe(Errno.BADF);
    expect(guest.readlink(fd, "x")).toBe(Errno.BADF);
    expect(guest.both("path_rename", [fd, "a"], [fd, "b"])).toBe(Errno.BADF);
    expect(guest.write(fd, "x").errno).toBe(Errno.BADF);
  });

  it("has nothing that it can open when it was given nothing", () => {
    const guest = new Probe();
    for (const fd of [0, 1, 2]) {
      expect(guest.open(fd, "etc/passwd").errno).toBe(Errno.NOTDIR);
      expect(guest.stat(fd, ".").errno).not.toBe(0);
      expect(guest.both("path_link", [fd, "a"], [fd, "b"])).toBe(Errno.NOTDIR);
    }
  });
});

describe("attach", () => {
  it("refuses a module without a memory", () => {
    const wasi = new WasiInstance({
      args: [],
      env: {},
      clock: systemClock(),
      random: systemRandom,
      directories: [],
      writeLine: () => {},
    });
    const empty = new WebAssembly.Instance(
      new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
    );
    expect(() => wasi.attach(empty)).toThrow(/exports its memory/);
    expect(() => wasi.functions["sched_yield"]?.()).toThrow(/"sched_yield" from its start function/);
  });
});
