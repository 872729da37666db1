import { builtinModules } from "node:module";
import { isAbsolute, relative, resolve } from "node:path";
import type { Message } from "esbuild";
import type { Diagnostic, DiagnosticCode, Place } from "../diagnostic.js";

/** What esbuild has to say, in the words of this package where it has better ones. */
export function fromMessage(message: Message, severity: Diagnostic["severity"], cwd: string): Diagnostic {
  const place = placeOf(message, cwd);
  const missing = /^Could not resolve "(.*)"$/.exec(message.text)?.[1];
  if (missing === undefined) return { severity, code: codeOf(message), message: message.text, ...place };
  const builtIn = builtInOf(missing);
  if (builtIn === undefined) {
    return { severity, code: "resolve", message: message.text, ...place, hint: resolveHint(missing) };
  }
  return {
    severity,
    code: "built-in",
    message: `"${missing}" is a part of Node, and a plug-in doesn't run in Node`,
    ...place,
    hint: ADVICE[builtIn] ?? "Use a package that doesn't depend on Node, or do this part in the host.",
  };
}

function codeOf({ text, pluginName }: Message): DiagnosticCode {
  if (pluginName === "tenon-engine-modules") return "resolve";
  return /^(Expected|Unexpected|Syntax error|Unterminated|Invalid|The symbol|Cannot use)/.test(text)
    ? "syntax"
    : "bundle";
}

function placeOf({ location }: Message, cwd: string): { place?: Place } {
  if (!location) return {};
  const { file, line, column, lineText, length } = location;
  // esbuild counts in bytes of UTF-8, and columns from 0.
  const bytes = Buffer.from(lineText);
  const charactersOf = (start: number, end: number) => bytes.subarray(start, end).toString().length;
  return {
    place: {
      file: isAbsolute(file) ? relative(cwd, file) : relative(cwd, resolve(cwd, file)),
      line,
      column: charactersOf(0, column) + 1,
      excerpt: lineText,
      length: charactersOf(column, column + length),
    },
  };
}

function builtInOf(path: string): string | undefined {
  const name = path.replace(/^node:/, "");
  const isBuiltIn = path.startsWith("node:") || builtinModules.includes(name);
  return isBuiltIn ? name.split("/")[0] : undefined;
}

function resolveHint(path: string): string {
  if (/^[./]/.test(path)) return "There is no such file.";
  const name = path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
  return `Is the package installed? npm install ${name}`;
}

const FILES = "A plug-in has no files. Pass the contents as input, or let a host function read them.";
const NETWORK = "A plug-in reaches the network only through its host: use fetch, or a host function.";
const PROCESSES = "A plug-in is one computation in a sandbox. Let a host function do this.";
const TIME = "Nothing of a plug-in goes on after a call has returned, so that there are no timers.";

/** What to use instead of a part of Node. */
const ADVICE: Readonly<Record<string, string>> = {
  fs: FILES,
  http: NETWORK,
  https: NETWORK,
  http2: NETWORK,
  net: NETWORK,
  tls: NETWORK,
  dns: NETWORK,
  dgram: NETWORK,
  child_process: PROCESSES,
  cluster: PROCESSES,
  worker_threads: PROCESSES,
  process: 'A plug-in has no process. Configuration comes from the host: import { get } from "tenon:config".',
  os: PROCESSES,
  timers: TIME,
  crypto:
    "For random bytes use crypto.getRandomValues or crypto.randomUUID; for hashes a package such as @noble/hashes.",
  buffer: "Use Uint8Array, with TextEncoder and TextDecoder; or install the package buffer.",
  stream: "A call gets its whole input at once: use arrays or iterators.",
  path: "Install the package path-browserify, or treat paths as text.",
  url: "URL and URLSearchParams are there without an import.",
  util: "Install the package util, or use structuredClone, TextEncoder and TextDecoder, which need no import.",
  events: "Install the package events.",
  assert: "Install the package assert, or throw an Error.",
  zlib: "Use a package written in JavaScript, such as fflate.",
  perf_hooks: "performance.now is there without an import.",
};
