import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Errno } from "../errno.js";
import { CREATE, DIRECTORY, Probe, READ, TRUNCATE, WRITE } from "../testing/probe.js";
import { openRoot } from "./dir-handle.js";
import { NodePreopen } from "./preopens.js";

let base = "";
let root = "";

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "tenon-escape-"));
  root = join(base, "root");
  mkdirSync(join(root, "sub", "deep"), { recursive: true });
  mkdirSync(join(base, "outside"));
  writeFileSync(join(root, "inside.txt"), "inside");
  writeFileSync(join(root, "sub", "below.txt"), "below");
  writeFileSync(join(base, "outside", "secret.txt"), "secret");
  writeFileSync(join(base, "rootsecret.txt"), "secret");
  symlinkSync(join(base, "outside"), join(root, "absolute"));
  symlinkSync(join(base, "outside", "secret.txt"), join(root, "absolute.txt"));
  symlinkSync("../outside", join(root, "relative"));
  symlinkSync("../outside/secret.txt", join(root, "relative.txt"));
  symlinkSync("sub/../../outside/secret.txt", join(root, "winding.txt"));
  symlinkSync("relative.txt", join(root, "chain.txt"));
  symlinkSync("/proc/self/root", join(root, "proc"));
  symlinkSync("loop", join(root, "loop"));
  symlinkSync("../missing-outside.txt", join(root, "dangling.txt"));
  symlinkSync("sub/below.txt", join(root, "good.txt"));
  symlinkSync("../inside.txt", join(root, "sub", "up.txt"));
  symlinkSync("deep/..", join(root, "sub", "around"));
});

afterEach(() => rmSync(base, { recursive: true }));

/** The root is descriptor 3; the same root, read-only, is 4. */
function probe(byDescriptor: boolean): Probe {
  return new Probe({
    directories: [
      new NodePreopen(openRoot(root, byDescriptor), "/", false),
      new NodePreopen(openRoot(root, byDescriptor), "/ro", true),
    ],
  });
}

const { LOOP, NOENT, NOTCAPABLE, NOTDIR, ROFS } = Errno;

const OUTWARD_PATHS: [path: string, errno: number][] = [
  ["..", NOTCAPABLE],
  ["../outside/secret.txt", NOTCAPABLE],
  ["../rootsecret.txt", NOTCAPABLE],
  ["sub/../../outside/secret.txt", NOTCAPABLE],
  ["sub/deep/../../../outside/secret.txt", NOTCAPABLE],
  ["./.././outside/secret.txt", NOTCAPABLE],
  ["sub//..//..//outside/secret.txt", NOTCAPABLE],
  ["/etc/passwd", NOTCAPABLE],
  ["//etc/passwd", NOTCAPABLE],
  ["/", NOTCAPABLE],
  ["absolute/secret.txt", NOTCAPABLE],
  ["absolute.txt", NOTCAPABLE],
  ["relative/secret.txt", NOTCAPABLE],
  ["relative.txt", NOTCAPABLE],
  ["winding.txt", NOTCAPABLE],
  ["chain.txt", NOTCAPABLE],
  ["proc/etc/passwd", NOTCAPABLE],
  ["sub/../relative/../outside/secret.txt", NOTCAPABLE],
  ["dangling.txt", NOTCAPABLE],
  ["loop", LOOP],
  ["loop/x", LOOP],
  ["inside.txt/../../outside/secret.txt", NOTDIR],
  ["missing/../../outside/secret.txt", NOENT],
  ["", NOENT],
  ["inside.txt\0/../x", Errno.INVAL],
  ["inside.txt/", NOTDIR],
  ["x".repeat(5000), Errno.NAMETOOLONG],
  ["x".repeat(20_000), Errno.NAMETOOLONG],
];

const OUTWARD = OUTWARD_PATHS.map(([path, errno]) => ({ shown: path.slice(0, 60), path, errno }));

// Only Linux has paths through descriptors.
const ON_LINUX = process.platform === "linux";

const WAYS: [name: string, byDescriptor: boolean][] = [["by checked paths", false]];
if (ON_LINUX) WAYS.push(["by descriptors", true]);

describe.each(WAYS)("a directory held %s", (_, byDescriptor) => {
  it.each(OUTWARD)("can't be left by $shown", ({ path, errno }) => {
    const guest = probe(byDescriptor);
    expect(guest.readFile(3, path)).toBe(errno);
    expect(guest.stat(3, path).errno).toBe(errno);
    expect(guest.open(3, path, { oflags: DIRECTORY }).errno).toBe(errno);
  });

  it.each(OUTWARD)("changes nothing by $shown", ({ path }) => {
    const before = snapshot();
    const guest = probe(byDescriptor);
    for (const rights of [WRITE, READ | WRITE, READ]) {
      const { errno, fd } = guest.open(3, path, { oflags: CREATE | TRUNCATE, rights });
      if (errno === 0) guest.write(fd, "changed");
    }
    guest.path("path_create_directory", 3, `${path}/new`);
    guest.path("path_unlink_file", 3, `${path}/secret.txt`);
    guest.path("path_remove_directory", 3, `${path}/..`);
    guest.both("path_rename", [3, "inside.txt"], [3, `${path}/stolen.txt`]);
    guest.both("path_link", [3, "inside.txt"], [3, `${path}/linked.txt`]);
    guest.both("path_link", [3, path], [3, "got.txt"]);
    expect(snapshot()).toEqual(before);
    expect(guest.readFile(3, "got.txt")).not.toBe("secret");
  });

  it.each([
    ["inside.txt", "inside"],
    ["./sub/below.txt", "below"],
    ["sub/../inside.txt", "inside"],
    ["sub/deep/../../inside.txt", "inside"],
    ["good.txt", "below"],
    ["sub/up.txt", "inside"],
    ["sub/around/below.txt", "below"],
  ])("is open to %j", (path, content) => {
    expect(probe(byDescriptor).readFile(3, path)).toBe(content);
  });

  it("does not follow a link that it is told not to follow", () => {
    const guest = probe(byDescriptor);
    expect(guest.readFile(3, "good.txt", false)).toBe(LOOP);
    expect(guest.stat(3, "relative.txt", false)).toMatchObject({ errno: 0, type: 7 });
  });

  it("is the root of what is opened from it", () => {
    const guest = probe(byDescriptor);
    const sub = guest.open(3, "sub", { oflags: DIRECTORY });
    expect(sub.errno).toBe(0);
    expect(guest.readFile(sub.fd, "below.txt")).toBe("below");
    expect(guest.readFile(sub.fd, "../inside.txt")).toBe(NOTCAPABLE);
    expect(guest.readFile(sub.fd, "up.txt")).toBe(NOTCAPABLE);
  });

  it("stays the same directory when its name is given to another", () => {
    const guest = probe(byDescriptor);
    const { fd } = guest.open(3, "sub", { oflags: DIRECTORY });
    renameSync(join(root, "sub"), join(root, "moved"));
    symlinkSync("../outside", join(root, "sub"));
    expect(guest.readFile(3, "sub/secret.txt")).toBe(NOTCAPABLE);
    expect(guest.readFile(fd, "secret.txt")).toBe(byDescriptor ? NOENT : NOTCAPABLE);
    expect(guest.readFile(fd, "below.txt")).toBe(byDescriptor ? "below" : NOTCAPABLE);
    expect(guest.path("path_unlink_file", fd, "secret.txt")).not.toBe(0);
    expect(existsSync(join(base, "outside", "secret.txt"))).toBe(true);
  });

  it("shows no link that the host made to an absolute place, and lets none be made", () => {
    const guest = probe(byDescriptor);
    expect(guest.readlink(3, "absolute")).toBe(NOTCAPABLE);
    expect(guest.readlink(3, "good.txt")).toBe("sub/below.txt");
    expect(guest.readlink(3, "good.txt", 3)).toBe("sub");
    const [target, length] = guest.put(0, "../outside");
    expect(guest.call("path_symlink", target, length, 3, ...guest.put(200, "new"))).toBe(Errno.NOTSUP);
    expect(existsSync(join(root, "new"))).toBe(false);
  });

  it("opens no pipe: that would block the host", () => {
    const fifo = join(root, "pipe");
    const made = spawnSync("mkfifo", [fifo]);
    if (made.status !== 0) return;
    const guest = probe(byDescriptor);
    expect(guest.open(3, "pipe").errno).toBe(Errno.ACCES);
    expect(guest.open(3, "pipe", { rights: WRITE }).errno).toBe(Errno.ACCES);
  });

  it("can't be changed when it is read-only, not even through a name in a writable one", () => {
    const before = snapshot();
    const guest = probe(byDescriptor);
    expect(guest.readFile(4, "inside.txt")).toBe("inside");
    expect(guest.open(4, "inside.txt", { rights: READ | WRITE }).errno).toBe(ROFS);
    expect(guest.open(4, "inside.txt", { oflags: TRUNCATE }).errno).toBe(ROFS);
    expect(guest.open(4, "new.txt", { oflags: CREATE }).errno).toBe(ROFS);
    expect(guest.path("path_create_directory", 4, "new")).toBe(ROFS);
    expect(guest.path("path_remove_directory", 4, "sub/deep")).toBe(ROFS);
    expect(guest.path("path_unlink_file", 4, "inside.txt")).toBe(ROFS);
    expect(guest.both("path_rename", [4, "inside.txt"], [3, "mine.txt"])).toBe(ROFS);
    expect(guest.both("path_rename", [3, "inside.txt"], [4, "mine.txt"])).toBe(ROFS);
    expect(guest.both("path_link", [4, "inside.txt"], [3, "mine.txt"])).toBe(ROFS);
    expect(guest.call("path_filestat_set_times", 4, 0, ...guest.put(0, "inside.txt"), 0n, 0n, 5)).toBe(ROFS);
    const file = guest.open(4, "inside.txt").fd;
    expect(guest.write(file, "x").errno).toBe(Errno.BADF);
    expect(guest.call("fd_filestat_set_size", file, 0n)).not.toBe(0);
    expect(guest.call("fd_allocate", file, 0n, 100n)).not.toBe(0);
    const sub = guest.open(4, "sub", { oflags: DIRECTORY }).fd;
    expect(guest.open(sub, "new.txt", { oflags: CREATE }).errno).toBe(ROFS);
    expect(snapshot()).toEqual(before);
  });

  it("can't be left by any path that is made of its names, its links and dots", () => {
    const guest = probe(byDescriptor);
    const names = [
      ...readdirSync(root),
      "..",
      ".",
      "",
      "outside",
      "secret.txt",
      "below.txt",
      "up.txt",
      "deep",
    ];
    const path = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(path, fc.boolean(), (parts, follow) => {
        expect(guest.readFile(3, parts.join("/"), follow)).not.toBe("secret");
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(ON_LINUX ? ["directory", "file"] : [])("a %s that turns into a link and back", (kind) => {
  it("never leads out", async () => {
    const name = kind === "file" ? "swap.txt" : "swap";
    const inside = kind === "file" ? name : `${name}/secret.txt`;
    if (kind === "directory") mkdirSync(join(root, name));
    writeFileSync(join(root, inside), "mine");
    const target = kind === "file" ? "../outside/secret.txt" : "../outside";
    const swapper = new Worker(SWAPPER, { eval: true, workerData: { name: join(root, name), target } });
    try {
      await new Promise((resolve) => swapper.once("message", resolve));
      const guest = probe(true);
      const seen = new Set<string | number>();
      for (let round = 0; round < 3000; round++) seen.add(guest.readFile(3, inside, round % 2 === 0));
      // It is there, or gone, or a link; or it was one, and is none any more when it is to be read.
      for (const expected of ["mine", NOENT, NOTCAPABLE, NOTDIR, LOOP, Errno.INVAL]) seen.delete(expected);
      expect([...seen]).toEqual([]);
    } finally {
      await swapper.terminate();
    }
  });
});

/** Makes a name a link and what it was, again and again, as fast as it can. */
const SWAPPER = `
  const { renameSync, symlinkSync, unlinkSync } = require("node:fs");
  const { workerData: { name, target }, parentPort } = require("node:worker_threads");
  const kept = name + ".kept";
  parentPort.postMessage("ready");
  for (;;) {
    renameSync(name, kept);
    symlinkSync(target, name);
    unlinkSync(name);
    renameSync(kept, name);
  }`;

/** Everything below a directory, links as themselves. (Node's own recursive listing follows links.) */
function snapshot(folder = base): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    seen[path] = entry.isFile() ? readFileSync(path, "utf8") : "";
    if (entry.isDirectory()) Object.assign(seen, snapshot(path));
  }
  return seen;
}
