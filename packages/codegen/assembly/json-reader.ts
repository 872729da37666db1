// Reads JSON (RFC 8259) from UTF-8 straight into classes. After a failure every function answers a zero and the
// position stays at the end of the input, so that generated code needs no checks on its way out.

import { decodeBase64 } from "./base64";
import { expected, fail, Failure } from "./failure";
import { Input, MAX_DEPTH } from "./input";
import { skipNumber } from "./json-numbers";
import { peek } from "./json-space";
import { scanText, unescape } from "./json-text";
import { encodeText } from "./text";

export * from "./fields";
export * from "./json-numbers";

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const OPEN_LIST: u8 = 0x5b;
const CLOSE_LIST: u8 = 0x5d;
const OPEN_OBJECT: u8 = 0x7b;
const CLOSE_OBJECT: u8 = 0x7d;

/** Reads an object's brace. Answers whether a key follows. */
export function object(): bool {
  if (peek() != OPEN_OBJECT) return mismatch("object") != 0;
  Input.position++;
  if (peek() != CLOSE_OBJECT) return !Failure.active;
  Input.position++;
  return false;
}

/** Reads what follows a field. Answers whether a key follows. */
export function more(): bool {
  return another(CLOSE_OBJECT, '"," or "}"');
}

/** Reads a list's bracket. Answers whether an item follows. */
export function list(): bool {
  if (peek() != OPEN_LIST) return mismatch("array") != 0;
  Input.position++;
  if (peek() != CLOSE_LIST) return !Failure.active;
  Input.position++;
  return false;
}

/** Reads what follows an item. Answers whether another does. */
export function moreItems(): bool {
  return another(CLOSE_LIST, '"," or "]"');
}

/** Reads a key and its colon. keyHas compares its bytes. Answers its length in UTF-8, or -1. */
export function key(): i32 {
  if (peek() != QUOTE) return mismatch("key") - 1;
  const length = word();
  if (peek() != COLON) return syntax('":"') - 1;
  Input.position++;
  return length;
}

/** Reads a string of which only the bytes matter: keyHas compares them. Answers its length in UTF-8, or -1. */
export function word(): i32 {
  if (peek() != QUOTE) return mismatch("string") - 1;
  Input.word = Input.position;
  const scan = scanText();
  if (Failure.active) return -1;
  Input.key = scan.start;
  if (!scan.escaped) return <i32>(scan.end - scan.start);
  const text = unescape(scan);
  if (Failure.active) return -1;
  // In UTF-8 again, to be compared as others are, with room behind it for wide loads.
  unescaped = new ArrayBuffer(text.length * 3 + 64);
  Input.key = changetype<usize>(unescaped);
  return <i32>(encodeText(changetype<usize>(text), text.length, Input.key) - Input.key);
}

// Keeps the bytes that Input.key points at.
let unescaped: ArrayBuffer = new ArrayBuffer(0);

/** Reads a key that is data, and its colon. */
export function keyText(): string {
  if (peek() != QUOTE) {
    mismatch("key");
    return "";
  }
  const scan = scanText();
  if (Failure.active) return "";
  const name = unescape(scan);
  if (Failure.active) return "";
  if (peek() != COLON) syntax('":"');
  else Input.position++;
  return name;
}

/** Reads null, if it is what comes next. */
export function nil(): bool {
  if (peek() != 0x6e) return false;
  return literal(0x6c6c756e, 4, "null");
}

export function boolean(): bool {
  const first = peek();
  if (first == 0x74) return literal(0x65757274, 4, "true");
  if (first == 0x66) {
    literal(0x65736c6166, 5, "false");
    return false;
  }
  return mismatch("boolean") != 0;
}

export function text(): string {
  if (peek() != QUOTE) {
    mismatch("string");
    return "";
  }
  const scan = scanText();
  return Failure.active ? "" : unescape(scan);
}

/** Reads bytes from base64 text. */
export function bytes(): Uint8Array {
  if (peek() != QUOTE) {
    mismatch("base64 text");
    return changetype<Uint8Array>(0);
  }
  const at = Input.position;
  const scan = scanText();
  if (Failure.active) return changetype<Uint8Array>(0);
  let start = scan.start;
  let end = scan.end;
  if (scan.escaped) {
    // Base64 has a slash, which some writers escape.
    const plain = unescape(scan);
    if (Failure.active) return changetype<Uint8Array>(0);
    const buffer = String.UTF8.encode(plain);
    start = changetype<usize>(buffer);
    end = start + buffer.byteLength;
  }
  const result = decodeBase64(start, end);
  if (result !== null) return result;
  fail("not valid base64", at);
  return changetype<Uint8Array>(0);
}

/** Reads any value that is not in the interface. */
export function skip(): void {
  skipAt(0);
}

/** Ends the decoding. Answers whether all went well, and nothing follows the value. */
export function finish(): bool {
  if (peek() || Input.position < Input.end) fail("something follows the value", Input.start);
  return !Failure.active;
}

function literal(bits: u64, length: usize, name: string): bool {
  const at = Input.position;
  if (Input.end - at < length || (load<u64>(at) & (<u64>-1 >> (64 - (length << 3)))) != bits) {
    return syntax(name) != 0;
  }
  Input.position = at + length;
  return true;
}

function another(close: u8, what: string): bool {
  const first = peek();
  if (first == COMMA) {
    Input.position++;
    return true;
  }
  if (first != close) return syntax(what) != 0;
  Input.position++;
  return false;
}

function skipAt(depth: i32): void {
  const first = peek();
  if (first == QUOTE) {
    scanText();
  } else if (first == OPEN_OBJECT || first == OPEN_LIST) {
    if (depth >= MAX_DEPTH) {
      fail("nested deeper than 512 levels", Input.position);
    } else if (first == OPEN_LIST) {
      for (let next = list(); next; next = moreItems()) skipAt(depth + 1);
    } else {
      for (let next = object(); next; next = more()) {
        key();
        skipAt(depth + 1);
      }
    }
  } else if (first == 0x74) {
    literal(0x65757274, 4, "true");
  } else if (first == 0x66) {
    literal(0x65736c6166, 5, "false");
  } else if (first == 0x6e) {
    literal(0x6c6c756e, 4, "null");
  } else if (start("value")) {
    parseFloat();
  }
}

function mismatch(what: string): i32 {
  if (Input.position >= Input.end) fail("the data ends too early", Input.position);
  else expected(what, Input.position);
  return 0;
}

// The value is cut or malformed: what was found is a character, not a value.
function syntax(what: string): i32 {
  if (Input.position >= Input.end) fail("the data ends too early", Input.position);
  else fail(`malformed JSON at byte ${Input.position - Input.start}: expected ${what}`, Input.position);
  return 0;
}
