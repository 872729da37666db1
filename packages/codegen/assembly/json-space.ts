import { Input } from "./input";

/** Passes white space. Answers the byte that follows, or 0 at the end. */
// @ts-ignore: decorator
@inline
export function peek(): u8 {
  const at = Input.position;
  if (at < Input.end) {
    const first = load<u8>(at);
    if (first > 0x20) return first;
  }
  return peekBehindSpace();
}

function peekBehindSpace(): u8 {
  let at = Input.position;
  while (at < Input.end) {
    const first = load<u8>(at);
    if (first != 0x20 && first != 0x0a && first != 0x0d && first != 0x09) {
      Input.position = at;
      return first;
    }
    at++;
  }
  Input.position = Input.end;
  return 0;
}
