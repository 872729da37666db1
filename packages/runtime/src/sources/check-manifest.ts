import {
  checkKeys,
  checkObject,
  checkText,
  checkTextMap,
  kindOf,
  own,
  type UnknownRecord,
} from "../check.js";
import { TenonError } from "../errors.js";
import { readSettings, SETTING_KEYS, type Settings, spellings } from "../settings.js";

/** Where the bytes of one module come from, checked. */
export type ModuleOrigin =
  | { readonly form: "path"; readonly path: string }
  | {
      readonly form: "url";
      readonly url: URL;
      readonly headers: ReadonlyMap<string, string> | undefined;
      readonly method: string | undefined;
    }
  | { readonly form: "data"; readonly data: string | ArrayBuffer | ArrayBufferView }
  | { readonly form: "response"; readonly response: Response }
  | { readonly form: "module"; readonly module: WebAssembly.Module };

export interface ManifestModule {
  readonly origin: ModuleOrigin;
  /** The name that other modules import it by. */
  readonly name: string;
  /** Whether the manifest itself gave the name. */
  readonly named: boolean;
  /** 64 digits, in lower case. */
  readonly hash: string | undefined;
}

export interface CheckedManifest {
  readonly modules: readonly ManifestModule[];
  /** The module that is called. */
  readonly main: ManifestModule;
  readonly settings: Settings;
}

/**
 * Checks the shape of a manifest, key by key; nothing is read yet. What it accepts of a JSON document is what
 * `manifest.schema.json` says.
 *
 * @throws TenonError `source-invalid` or `hash-mismatch`.
 */
export function checkManifest(value: unknown): CheckedManifest {
  const manifest = checkObject(value, "a manifest", invalid);
  checkKeys(manifest, "", KEYS, invalid);
  checkText(own(manifest, "$schema"), "$schema", invalid);
  const items = own(manifest, "wasm");
  if (!Array.isArray(items) || items.length === 0) {
    throw invalid('a manifest has a list "wasm" of one module or more');
  }
  const modules = items.map((item, index) => checkItem(item, index, index === items.length - 1));
  return {
    modules,
    main: findMain(modules, checkText(own(manifest, "main"), "main", invalid)),
    settings: readSettings(manifest, true, invalid),
  };
}

const KEYS = ["$schema", "wasm", "main", ...spellings(SETTING_KEYS)];

const FORMS = ["path", "url", "data", "response", "module"] as const;

const ITEM_KEYS = ["name", "hash", "headers", "method", ...FORMS];

function checkItem(value: unknown, index: number, last: boolean): ManifestModule {
  const at = `wasm[${index}]`;
  const item = checkObject(value, at, invalid);
  checkKeys(item, `${at}.`, ITEM_KEYS, invalid);
  const name = checkText(own(item, "name"), `${at}.name`, invalid);
  if (name === "") throw invalid(`${at}.name is empty`);
  const origin = checkOrigin(item, at);
  const hash = checkHash(checkText(own(item, "hash"), `${at}.hash`, invalid), at);
  if (hash !== undefined && origin.form === "module") {
    throw invalid(
      'a "module" can\'t be checked against a "hash": its bytes can\'t be read back; give "data" instead',
    );
  }
  return { origin, name: name ?? (last ? "main" : (hash ?? String(index))), named: name !== undefined, hash };
}

function checkOrigin(item: UnknownRecord, at: string): ModuleOrigin {
  const [form, ...others] = FORMS.filter((key) => own(item, key) !== undefined);
  if (form === undefined || others.length > 0) {
    const given = form === undefined ? "none" : [form, ...others].join(" and ");
    throw invalid(`${at} has exactly one of ${FORMS.join(", ")}; this one has ${given}`);
  }
  const method = checkText(own(item, "method"), `${at}.method`, invalid);
  const headers = checkTextMap(own(item, "headers"), `${at}.headers`, invalid);
  if (form !== "url" && (method !== undefined || headers !== undefined)) {
    throw invalid(`${at} has "headers" or "method", which only go with a "url"`);
  }
  const value = item[form];
  switch (form) {
    case "path":
      if (typeof value !== "string" || value === "") break;
      return { form, path: value };
    case "url":
      if (typeof value !== "string" && !(value instanceof URL)) break;
      return { form, url: parseUrl(String(value)), headers, method };
    case "data":
      if (typeof value !== "string" && !(value instanceof ArrayBuffer) && !ArrayBuffer.isView(value)) break;
      return { form, data: value };
    case "response":
      if (!(value instanceof Response)) break;
      return { form, response: value };
    case "module":
      if (!(value instanceof WebAssembly.Module)) break;
      return { form, module: value };
  }
  throw invalid(`${at}.${form} is ${SHAPES[form]}; got ${value === "" ? "an empty text" : kindOf(value)}`);
}

const SHAPES: Readonly<Record<(typeof FORMS)[number], string>> = {
  path: "the path of a file",
  url: "a URL",
  data: "bytes, or their base64 text",
  response: "a Response",
  module: "a WebAssembly.Module",
};

function checkHash(hash: string | undefined, at: string): string | undefined {
  if (hash === undefined || /^[0-9a-f]{64}$/i.test(hash)) return hash?.toLowerCase();
  throw new TenonError(
    "hash-mismatch",
    `hash mismatch: ${at}.hash is "${hash}", and a SHA-256 is 64 hexadecimal digits`,
  );
}

function findMain(modules: readonly ManifestModule[], name: string | undefined): ManifestModule {
  const byName = new Map<string, ManifestModule>();
  for (const module of modules) {
    if (byName.has(module.name)) throw invalid(`two modules have the name "${module.name}"`);
    byName.set(module.name, module);
  }
  const main = byName.get(name ?? "main") ?? (name === undefined ? modules.at(-1) : undefined);
  if (main === undefined) {
    throw invalid(
      `"main" is "${name}", and the modules are ${[...byName.keys()].map((key) => `"${key}"`).join(", ")}`,
    );
  }
  return main;
}

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new TenonError("source-invalid", `"${text}" is not a URL`, { cause });
  }
}

function invalid(message: string): TenonError {
  return new TenonError("source-invalid", message);
}
