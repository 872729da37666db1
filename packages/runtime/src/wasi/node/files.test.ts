import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Errno } from "../errno.js";
import { CREATE, DIRECTORY, EXCLUSIVE, Probe, READ, TRUNCATE, WRITE } from "../testing/probe.js";
import { openPreopens } from "./preopens.js";

let root = "";
let guest: Probe;
let close = (): void => {};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenon-files-"));
  writeFileSync(join(root, "a.txt"), "hello world");
  mkdirSync(join(root, "sub"));
  const preopens = openPreopens([{ host: root, guest: "/data", readOnly: false }]);
  guest = new Probe({ directories: preopens.directories() });
  close = () => {
    guest.wasi.close();
    preopens.close();
  };
});

afterEach(() => {
  close();
  rmSync(root, { recursive: true });
});

const content = (name: string): string => readFileSync(join(root, name), "utf8");

describe("a file", () => {
  it("is found under the directory's name for the plug-in", () => {
    expect(guest.call("fd_prestat_get", 3, 0)).toBe(0);
    const length = guest.view.getUint32(4, true);
    expect(guest.call("fd_prestat_dir_name", 3, 64, length)).toBe(0);
    expect(guest.text(64, length)).toBe("/data");
    expect(guest.call("fd_prestat_get", 4, 0)).toBe(Errno.BADF);
  });

  it("is read from where the last read ended, or from where it is told", () => {
    const { fd } = guest.open(3, "a.txt");
    expect(guest.read(fd, 5).text).toBe("hello");
    expect(guest.read(fd, 100).text).toBe(" world");
    expect(guest.read(fd, 100).text).toBe("");
    expect(guest.call("fd_seek", fd, -5n, 2, 0)).toBe(0);
    expect(guest.view.getBigUint64(0, true)).toBe(6n);
    expect(guest.read(fd, 3).text).toBe("wor");
    guest.call("fd_tell", fd, 0);
    expect(guest.view.getBigUint64(0, true)).toBe(9n);
    expect(guest.call("fd_seek", fd, -100n, 1, 0)).toBe(Errno.INVAL);
    expect(guest.call("fd_seek", fd, 0n, 3, 0)).toBe(Errno.INVAL);
    expect(guest.write(fd, "x").errno).toBe(Errno.BADF);
  });

  it("is created, written, appended to, cut off and stretched", () => {
    const { errno, fd } = guest.open(3, "new.txt", { oflags: CREATE | EXCLUSIVE, rights: READ | WRITE });
    expect(errno).toBe(0);
    expect(guest.write(fd, "one two")).toEqual({ errno: 0, written: 7 });
    guest.call("fd_seek", fd, 0n, 0, 0);
    guest.write(fd, "ONE");
    expect(content("new.txt")).toBe("ONE two");
    expect(guest.open(3, "new.txt", { oflags: CREATE | EXCLUSIVE }).errno).toBe(Errno.EXIST);

    const appending = guest.open(3, "new.txt", { rights: WRITE, fdflags: 1 }).fd;
    guest.write(appending, "!");
    guest.call("fd_seek", appending, 0n, 0, 0);
    guest.write(appending, "?");
    expect(content("new.txt")).toBe("ONE two!?");
    expect(guest.read(appending, 1).errno).toBe(Errno.BADF);
    expect(guest.call("fd_fdstat_set_flags", appending, 1)).toBe(0);
    expect(guest.call("fd_fdstat_set_flags", appending, 0)).toBe(Errno.NOTSUP);

    expect(guest.call("fd_filestat_set_size", fd, 3n)).toBe(0);
    expect(guest.call("fd_allocate", fd, 0n, 5n)).toBe(0);
    expect(content("new.txt")).toBe("ONE\0\0");
    expect(guest.call("fd_filestat_set_size", fd, -1n)).toBe(Errno.INVAL);
    expect(guest.call("fd_filestat_set_size", fd, 1n << 60n)).toBe(Errno.FBIG);
    expect(guest.call("fd_sync", fd)).toBe(0);

    guest.open(3, "new.txt", { oflags: TRUNCATE, rights: WRITE });
    expect(content("new.txt")).toBe("");
  });

  it("has its size and times at the right places", () => {
    utimesSync(join(root, "a.txt"), 1000, 2000.5);
    expect(guest.stat(3, "a.txt")).toEqual({ errno: 0, type: 4, size: 11n, mtim: 2_000_500_000_000n });
    const { fd } = guest.open(3, "a.txt", { rights: READ | WRITE });
    expect(guest.call("fd_filestat_set_times", fd, 0n, 3_000_000_000n, 4)).toBe(0);
    expect(guest.stat(3, "a.txt").mtim).toBe(3_000_000_000n);
    expect(guest.call("fd_filestat_get", fd, 0)).toBe(0);
    expect(guest.view.getBigUint64(32, true)).toBe(11n);
    expect(guest.view.getBigUint64(40, true)).toBe(1_000_000_000_000n);
    expect(guest.call("fd_filestat_set_times", fd, 0n, 0n, 12)).toBe(Errno.INVAL);
    expect(guest.call("path_filestat_set_times", 3, 1, ...guest.put(0, "sub"), 0n, 5_000_000_000n, 4)).toBe(
      0,
    );
    expect(guest.stat(3, "sub").mtim).toBe(5_000_000_000n);
  });

  it("is asked for more than there could be without memory for it", () => {
    const { fd } = guest.open(3, "a.txt");
    guest.view.setUint32(0, 64, true);
    guest.view.setUint32(4, 0xffff_ffff, true);
    expect(guest.call("fd_read", fd, 0, 1, 8)).toBe(0);
    expect(guest.view.getUint32(8, true)).toBe(11);
  });
});

describe("a directory", () => {
  it("lists its entries, whatever the size of the buffer", () => {
    for (let index = 0; index < 30; index++) writeFileSync(join(root, "sub", `file-${index}`), "");
    const { fd } = guest.open(3, "sub", { oflags: DIRECTORY });
    const expected = [".", "..", ...readdirSync(join(root, "sub"))].sort();
    for (const size of [64, 100, 4096]) expect(guest.list(fd, size).sort()).toEqual(expected);
    expect(guest.read(fd, 1).errno).toBe(Errno.ISDIR);
  });

  it("is made, moved and removed", () => {
    expect(guest.path("path_create_directory", 3, "sub/new")).toBe(0);
    expect(guest.path("path_create_directory", 3, "sub/new/")).toBe(Errno.EXIST);
    expect(guest.path("path_create_directory", 3, "none/new")).toBe(Errno.NOENT);
    expect(guest.both("path_rename", [3, "sub/new"], [3, "moved"])).toBe(0);
    expect(guest.path("path_remove_directory", 3, "moved")).toBe(0);
    expect(guest.path("path_unlink_file", 3, "sub")).toBe(Errno.ISDIR);
    expect(guest.path("path_remove_directory", 3, "a.txt")).toBe(Errno.NOTDIR);
    writeFileSync(join(root, "sub", "x"), "");
    expect(guest.path("path_remove_directory", 3, "sub")).toBe(Errno.NOTEMPTY);
    expect(guest.open(3, "sub", { rights: READ | WRITE }).errno).toBe(Errno.ISDIR);
  });

  it("can't be taken away from under itself", () => {
    expect(guest.path("path_remove_directory", 3, ".")).toBe(Errno.BUSY);
    expect(guest.both("path_rename", [3, "."], [3, "x"])).toBe(Errno.BUSY);
    expect(guest.both("path_rename", [3, "sub"], [3, "sub/.."])).toBe(Errno.BUSY);
    expect(guest.path("path_unlink_file", 3, "sub/..")).toBe(Errno.BUSY);
    expect(existsSync(root)).toBe(true);
  });

  it("gives a file another name, or a second one", () => {
    expect(guest.both("path_rename", [3, "a.txt"], [3, "sub/b.txt"])).toBe(0);
    expect(guest.both("path_link", [3, "sub/b.txt"], [3, "c.txt"])).toBe(0);
    expect(content("c.txt")).toBe("hello world");
    expect(guest.both("path_link", [3, "sub"], [3, "d"])).toBe(Errno.PERM);
    expect(guest.both("path_rename", [3, "c.txt"], [3, "e.txt/"])).toBe(Errno.NOTDIR);
    expect(guest.both("path_rename", [3, "c.txt"], [1, "x"])).toBe(Errno.NOTDIR);
    expect(guest.path("path_unlink_file", 3, "c.txt")).toBe(0);
    expect(existsSync(join(root, "c.txt"))).toBe(false);
  });

  it("shows a link that is deleted as a link: what it leads to stays", () => {
    symlinkSync("a.txt", join(root, "link"));
    expect(guest.path("path_unlink_file", 3, "link")).toBe(0);
    expect(content("a.txt")).toBe("hello world");
  });
});

describe("descriptors", () => {
  it("are used again, and there are only so many", () => {
    const first = guest.open(3, "a.txt").fd;
    const second = guest.open(3, "a.txt").fd;
    guest.call("fd_close", first);
    for (let round = 0; round < 2000; round++) {
      const { fd } = guest.open(3, "a.txt");
      expect(fd).toBe(first);
      guest.call("fd_close", fd);
    }
    expect(second).toBe(first + 1);
    let opened = 0;
    while (guest.open(3, "a.txt").errno === 0) opened++;
    expect(opened).toBe(1024 - 5);
    expect(guest.open(3, "a.txt").errno).toBe(Errno.MFILE);
  });

  // Only Linux lists what is open.
  if (process.platform === "linux")
    it("are all closed with the plug-in", () => {
      const count = (): number => readdirSync("/proc/self/fd").length;
      const before = count();
      const preopens = openPreopens([{ host: root, guest: "/", readOnly: false }]);
      const other = new Probe({ directories: preopens.directories() });
      for (let round = 0; round < 10; round++) {
        other.open(3, "a.txt");
        other.open(3, "sub", { oflags: DIRECTORY });
        other.readFile(3, "sub/../sub/none");
        other.open(3, "a.txt", { oflags: DIRECTORY });
      }
      expect(count()).toBeGreaterThan(before + 20);
      other.wasi.close();
      preopens.close();
      expect(count()).toBe(before);
    });
});

describe("openPreopens refuses", () => {
  it.each([
    ["a path that doesn't exist", "none"],
    ["a file", "a.txt"],
  ])("%s", (_, name) => {
    const paths = [
      { host: root, guest: "/", readOnly: true },
      { host: join(root, name), guest: "/x", readOnly: true },
    ];
    expect(() => openPreopens(paths)).toThrow(/allowedPaths: ".*" can't be opened/);
    expect(() => openPreopens(paths)).toThrow(expect.objectContaining({ code: "option-invalid" }));
  });
});
