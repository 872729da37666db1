import { pack } from "./messagepack.js";

/**
 * A host function, described so that a driver in any language can offer it: what it is called in `extism:host/user`,
 * and what it makes of the bytes of its argument. No bytes in the reply is the handle 0.
 */
export type HostFunctionSpec =
  | { readonly name: string; readonly does: "upper" | "reverse" | "fail" }
  | {
      readonly name: string;
      readonly does: "table";
      readonly replies: readonly (readonly [argument: Uint8Array, reply: Uint8Array])[];
      readonly otherwise: Uint8Array;
    };

/** What a host function that `fail`s throws; every driver uses these words. */
export const FAILURE = "the host function failed on purpose";

/** Bytes of an argument to bytes of a reply. */
export type Behaviour = (argument: Uint8Array) => Uint8Array;

/** The function that a description stands for, for the hosts that run in this process. */
export function behaviourOf(spec: HostFunctionSpec): Behaviour {
  switch (spec.does) {
    case "upper":
      return (argument) => utf8(decoder.decode(argument).toUpperCase());
    case "reverse":
      return (argument) => argument.slice().reverse();
    case "fail":
      return () => {
        throw new Error(FAILURE);
      };
    case "table":
      return (argument) =>
        spec.replies.find(([known]) => Buffer.compare(known, argument) === 0)?.[1] ?? spec.otherwise;
  }
}

/** A table whose arguments are strings and whose replies are any value, in one encoding; null for other strings. */
export function table(
  name: string,
  encoding: "json" | "messagepack",
  entries: Readonly<Record<string, unknown>>,
): HostFunctionSpec {
  const encode = encoding === "json" ? (value: unknown) => utf8(JSON.stringify(value)) : pack;
  return {
    name,
    does: "table",
    replies: Object.entries(entries).map(([key, value]) => [encode(key), encode(value)]),
    otherwise: encode(null),
  };
}

/** What a case offers to its plug-in when it doesn't say. */
export const STANDARD_FUNCTIONS: readonly HostFunctionSpec[] = [
  { name: "upper", does: "upper" },
  { name: "reverse", does: "reverse" },
  { name: "fail", does: "fail" },
  table("lookup", "json", { whale: { word: "whale", synonyms: ["leviathan", "cetacean"] } }),
];

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const decoder = new TextDecoder();
