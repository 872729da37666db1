import { type Codec, codec } from "tenon:host";
import type { PayloadShape, Shape } from "./shape.js";

// In a file of its own: an author's TypeScript reads the declarations of the shapes, and knows no module "tenon:host".

/** The engine's codec for a payload. */
export function codecOf(payload: PayloadShape | undefined, types: readonly Shape[]): Codec | undefined {
  return payload && codec(payload[0], payload[1], types);
}
