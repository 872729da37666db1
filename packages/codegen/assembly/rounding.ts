/** significand * 2^exponent as the nearest float, where `more` says that bits below the significand are not all zero. */
export function rounded(significand: u64, more: bool, exponent: i32): f64 {
  const shift = <i32>clz(significand);
  significand <<= shift;
  exponent -= shift;
  // The significand is in [2^63, 2^64): the float's exponent field, were it a normal number.
  let biased = exponent + 63 + 1023;
  if (biased >= 2047) return Infinity;
  // A float keeps 53 bits of it, fewer in a subnormal number.
  let drop = 11;
  if (biased <= 0) {
    drop = 12 - biased;
    biased = 0;
    if (drop > 64) return 0;
  }
  let kept: u64;
  let tail: u64;
  if (drop == 64) {
    kept = 0;
    tail = significand;
  } else {
    kept = significand >> drop;
    tail = significand << (64 - drop);
  }
  const half: u64 = <u64>1 << 63;
  if (tail > half || (tail == half && (more || (kept & 1)))) kept++;
  // A carry out of the significand moves into the exponent, where it belongs.
  const bits = biased ? kept + (<u64>(biased - 1) << 52) : kept;
  return reinterpret<f64>(bits);
}
