import fc from "fast-check";

/** Text of any UTF-16 code units, lone surrogates among them, of lengths around those where methods change. */
export const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary-ascii", maxLength: 80 }),
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd7f0, max: 0xe010 })), {
      maxLength: 90,
    })
    .map((units) => String.fromCharCode(...units)),
);

/** Text that UTF-8 can carry as it is. */
export const wellFormedText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 90 }),
);

/** Any JSON value, with keys that objects have a meaning for among its keys. */
export const anyJson = fc.jsonValue({ maxDepth: 5, stringUnit: "binary" });

/** Bytes: any at all, and ones that look more like MessagePack. */
export const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          0x81,
          0x92,
          0xa1,
          0xa3,
          0xc4,
          0xc7,
          0xca,
          0xcf,
          0xd3,
          0xd6,
          0xd9,
          0xdc,
          0xdd,
          0xde,
          0xdf,
          0xff,
        ),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 255 }),
      ),
      { maxLength: 48 },
    )
    .map((bytes) => Uint8Array.from(bytes)),
);
