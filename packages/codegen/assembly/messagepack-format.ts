// MessagePack's format bytes: what each says about the bytes that follow it.

/** The length of the format byte and the number or size that belongs to it; 0 for the one byte that means nothing. */
export function headLength(first: u8): usize {
  if (first < 0xc0 || first >= 0xe0) return 1;
  switch (first) {
    case 0xc1: return 0;
    case 0xc4: case 0xd9: case 0xcc: case 0xd0: return 2;
    case 0xc5: case 0xda: case 0xcd: case 0xd1: case 0xdc: case 0xde: return 3;
    case 0xc6: case 0xdb: case 0xca: case 0xce: case 0xd2: case 0xdd: case 0xdf: return 5;
    case 0xcb: case 0xcf: case 0xd3: return 9;
    // Extensions: the type's byte belongs to the head.
    case 0xc7: return 3;
    case 0xc8: return 4;
    case 0xc9: return 6;
    case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8: return 2;
    default: return 1;
  }
}

/** The bytes that follow the head, other than contained values. Only where the head's bytes are all there. */
export function bodyLength(at: usize, first: u8): usize {
  if ((first & 0xe0) == 0xa0) return first & 31;
  switch (first) {
    case 0xc4: case 0xc7: case 0xd9: return load<u8>(at, 1);
    case 0xc5: case 0xc8: case 0xda: return bswap(load<u16>(at, 1));
    case 0xc6: case 0xc9: case 0xdb: return bswap(load<u32>(at, 1));
    case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8: return <usize>1 << (first - 0xd4);
    default: return 0;
  }
}

/** The values that follow the head: items, or keys and values. Only where the head's bytes are all there. */
export function childCount(at: usize, first: u8): u64 {
  if ((first & 0xf0) == 0x80) return (first & 15) << 1;
  if ((first & 0xf0) == 0x90) return first & 15;
  switch (first) {
    case 0xdc: return bswap(load<u16>(at, 1));
    case 0xdd: return bswap(load<u32>(at, 1));
    case 0xde: return <u64>bswap(load<u16>(at, 1)) << 1;
    case 0xdf: return <u64>bswap(load<u32>(at, 1)) << 1;
    default: return 0;
  }
}

/** Whether the format is one of the integers'. */
// @ts-ignore: decorator
@inline
export function isInteger(first: u8): bool {
  return first < 0x80 || first >= 0xe0 || (first >= 0xcc && first <= 0xd3);
}

/** The integer at the address, whose bytes are all there. A uint 64 comes back with its bits. */
export function loadInteger(at: usize, first: u8): i64 {
  if (first < 0x80 || first >= 0xe0) return <i8>first;
  switch (first) {
    case 0xcc: return load<u8>(at, 1);
    case 0xcd: return bswap(load<u16>(at, 1));
    case 0xce: return bswap(load<u32>(at, 1));
    case 0xd0: return load<i8>(at, 1);
    case 0xd1: return <i16>bswap(load<u16>(at, 1));
    case 0xd2: return <i32>bswap(load<u32>(at, 1));
    default: return bswap(load<u64>(at, 1));
  }
}
