import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAddress, isPublicAddress } from "./addresses.js";

describe("a public address", () => {
  it.each([
    "8.8.8.8",
    "93.184.216.34",
    "172.15.255.255",
    "172.32.0.1",
    "100.128.0.1",
    "2606:2800:220:1::1",
    "2a00:1450:4001:82b::200e",
    "::ffff:8.8.8.8",
    "::ffff:808:808",
    "64:ff9b::8.8.8.8",
    "[2606:4700::1111]",
  ])("%s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe("not a public address", () => {
  it.each([
    "127.0.0.1",
    "127.255.255.255",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.19.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "[::1]",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "::ffff:0:127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "100::1",
    "example.com",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "g::1",
    "",
  ])("%j", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    "http://127.1/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://2130706433/",
    "http://127.0.0.1./",
    "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://①②⑦.0.0.1/",
  ])("however a URL spells it: %s", (url) => {
    const { hostname } = new URL(url);
    expect(isAddress(hostname)).toBe(true);
    expect(isPublicAddress(hostname)).toBe(false);
  });

  it("is a mapped address of one that isn't", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
        expect(isPublicAddress(new URL(`http://[::ffff:${address}]`).hostname)).toBe(
          isPublicAddress(address),
        );
      }),
    );
  });
});

it.each(["example.com", "1.example.com", "localhost"])("a name is not an address: %s", (name) => {
  expect(isAddress(name)).toBe(false);
});
