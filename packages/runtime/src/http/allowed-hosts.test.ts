import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostMatcher } from "./allowed-hosts.js";

describe("a host is allowed", () => {
  it.each([
    ["example.com", "http://EXAMPLE.com/x"],
    ["Example.COM", "http://example.com"],
    ["*", "http://anything.at.all:8080/"],
    ["*.example.com", "http://api.example.com"],
    ["*.example.com", "http://a.b.example.com"],
    ["api-?.example.com", "http://api-1.example.com"],
    ["api-[0-9].example.com", "http://api-7.example.com"],
    ["api-[!0-9].example.com", "http://api-x.example.com"],
    ["a*b*c.test", "http://axxbxbyc.test"],
    ["**.test", "http://x.test"],
    ["münchen.example", "http://münchen.example"],
    ["*.münchen.example", "http://a.xn--mnchen-3ya.example"],
    ["127.0.0.1", "http://2130706433/"],
    ["127.0.0.1", "http://0x7f.1/"],
    ["[::1]", "http://[0:0::1]:80/"],
  ])("by %j: %s", (pattern, url) => {
    expect(hostMatcher([pattern])(new URL(url).hostname)).toBe(true);
  });
});

describe("a host is not allowed", () => {
  it.each([
    ["example.com", "http://example.com.evil.test"],
    ["example.com", "http://api.example.com"],
    ["example.com", "http://example.com./"],
    ["example.com", "http://example.com@evil.test/"],
    ["example.com", "http://evil.test/#example.com"],
    ["*.example.com", "http://example.com"],
    ["*.example.com", "http://evilexample.com"],
    ["*.example.com", "http://x.example.com.evil.test"],
    ["api.example.com", "http://apixexample.com"],
    ["api-?.example.com", "http://api-12.example.com"],
    ["api-[0-9].example.com", "http://api-x.example.com"],
    ["", "http://example.com"],
  ])("by %j: %s", (pattern, url) => {
    expect(hostMatcher(pattern === "" ? [] : [pattern])(new URL(url).hostname)).toBe(false);
  });
});

it.each(["", "https://example.com", "example.com/x", "example.com:8080", "user@example.com", "a b"])(
  "an entry that could never fit is refused: %j",
  (entry) => {
    expect(() => hostMatcher([entry])).toThrow(/allowedHosts has/);
  },
);

it("a pattern fits what its stars are replaced by, and nothing with another end", () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  fc.assert(
    fc.property(
      fc.array(label, { minLength: 1, maxLength: 5 }),
      fc.array(label, { minLength: 5 }),
      (parts, fill) => {
        const pattern = `${parts.join("*")}.end`;
        const host = `${parts.map((part, index) => (index === 0 ? "" : (fill[index - 1] ?? "")) + part).join("")}.end`;
        expect(hostMatcher([pattern])(host)).toBe(true);
        expect(hostMatcher([pattern])(`${host}.evil`)).toBe(false);
      },
    ),
  );
});
