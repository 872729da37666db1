import { expect, it } from "vitest";
import { URL as Theirs } from "whatwg-url";
import { URL as Ours } from "./url.js";

const PARTS = [
  "href",
  "origin",
  "protocol",
  "username",
  "password",
  "host",
  "hostname",
  "port",
  "pathname",
  "search",
  "hash",
] as const;

type Settable = Exclude<(typeof PARTS)[number], "origin">;

it.each<[Settable, readonly string[]]>([
  ["protocol", ["https", "HTTP:", "file", "foo", "ws://x", "1", "", "h\nttps", "a b:"]],
  ["username", ["me", "", "a:b@c/d", "ü"]],
  ["password", ["secret", "", "a:b@c/d"]],
  [
    "host",
    [
      "x",
      "x:1",
      "x:",
      ":1",
      "x:y",
      "x:1y",
      "x:99999",
      "a/b",
      "a\\b",
      "[::1]:2",
      "[::1",
      "",
      "u@h",
      "x?y",
      "münchen.de",
      "localhost",
      "a b",
      "1.2",
      "x:80",
    ],
  ],
  ["hostname", ["x", "x:1", ":1", "[::1]", "[::1]:2", "", "a/b", "localhost", "x#y"]],
  ["port", ["1", "", "80", "443", "1x", "x1", "99999", " 1", "0", "0080", "\t9"]],
  ["pathname", ["", "/", "a", "/a/../b", "a?b#c", "\\a", "//x", "ü", "/C|/x", ".."]],
  ["search", ["", "?", "a=b", "?a=b", "a#b", "'", "ü ", "??"]],
  ["hash", ["", "#", "a", "#a", "a#b", "ü `", "##"]],
  ["href", ["http://new/", "foo:bar"]],
])("sets %s as the standard says", (part, values) => {
  const urls = [
    "http://h/p?q#f",
    "https://u:p@h:81/a/b",
    "foo://h/p",
    "foo:/p",
    "foo:opaque?q#f",
    "file:///C:/x",
    "file://h/x",
    "foo:///x",
    "http://h:80/",
    "ftp://h:22",
  ];
  for (const url of urls) {
    for (const value of values) {
      const ours = new Ours(url);
      const theirs = new Theirs(url);
      ours[part] = value;
      theirs[part] = value;
      const told = `${url} with ${part} = ${JSON.stringify(value)}`;
      expect([told, ...PARTS.map((name) => ours[name])]).toEqual([
        told,
        ...PARTS.map((name) => theirs[name]),
      ]);
    }
  }
});
