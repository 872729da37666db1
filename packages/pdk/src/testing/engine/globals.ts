// What the engine has of ECMAScript 2026, for the versions of Node that don't have it yet.

Object.defineProperty(Uint8Array, "fromBase64", {
  configurable: true,
  value: (base64: string) => new Uint8Array(Buffer.from(base64, "base64")),
});
Object.defineProperty(Uint8Array.prototype, "toBase64", {
  configurable: true,
  value(this: Uint8Array) {
    return Buffer.from(this.buffer, this.byteOffset, this.byteLength).toString("base64");
  },
});
