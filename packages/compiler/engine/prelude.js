// The part of the engine that is easier in JavaScript: the words of errors, the compiling of shapes, and what the
// builder asks. The glue (assembly/) evaluates it once, when the engine is built; every plug-in begins with its state.
(function prelude(native) {
  Object.defineProperty(Math, "random", { value: native.random, writable: true, configurable: true });

  const parse = native.guardParse(JSON.parse);
  Object.defineProperty(parse, "name", { value: "parse", configurable: true });
  Object.defineProperty(JSON, "parse", { value: parse, writable: true, configurable: true });

  // Errors of the glue. `path` has the keys and indexes that lead to the value, or is null where there is no value.

  function raise(kind, a, b, path) {
    if (kind === "type") return new TypeError(`${placeOf(path)}expected ${a}, got ${b}`);
    if (kind === "data") return new SyntaxError(placeOf(path) + a);
    return new Error(b === undefined ? a : `${a}: ${b}`);
  }

  function placeOf(path) {
    if (path === null) return "";
    let text = "$";
    for (const step of path) {
      if (typeof step === "number") text += `[${step}]`;
      else text += /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    }
    return `${text}: `;
  }

  // What a failed call says. The codes are those of assembly/call.ts.

  const THROWN = 1;
  const STACK_OVERFLOW = 2;
  const OUT_OF_MEMORY = 3;
  const NEVER_SETTLES = 4;
  const UNHANDLED_REJECTION = 5;

  /** One string for two results: the code as a digit, then the text. */
  function describe(error, code) {
    if (code === NEVER_SETTLES) {
      return `${code}Error: the function returned a promise that never settles: nothing is left to run that could settle it`;
    }
    if (code === OUT_OF_MEMORY && !isOutOfMemory(error)) code = THROWN;
    if (
      code === THROWN &&
      error instanceof RangeError &&
      error.message === "Maximum call stack size exceeded"
    ) {
      code = STACK_OVERFLOW;
    }
    try {
      const text = describeError(error);
      return code === UNHANDLED_REJECTION ? `${code}Unhandled rejection: ${text}` : code + text;
    } catch {
      return `${code}Error: a value was thrown that can't be described`;
    }
  }

  function isOutOfMemory(error) {
    return error === null || (error instanceof InternalError && error.message === "out of memory");
  }

  /** The most errors of a chain of causes that are told. */
  const MOST_CAUSES = 4;

  function describeError(error) {
    let text = describeOne(error);
    let cause = error instanceof Error ? error.cause : undefined;
    for (let i = 0; cause !== undefined && i < MOST_CAUSES; i++) {
      text += `\nCaused by: ${describeOne(cause)}`;
      cause = cause instanceof Error ? cause.cause : undefined;
    }
    return text;
  }

  function describeOne(error) {
    if (error === null) return "InternalError: out of memory";
    if (!(error instanceof Error)) return typeof error === "object" ? describeObject(error) : String(error);
    const head = error.message === "" ? String(error.name) : `${error.name}: ${error.message}`;
    const frames = typeof error.stack === "string" ? framesOf(error.stack, error.constructor.name) : "";
    return frames === "" ? head : `${head}\n${frames}`;
  }

  function describeObject(value) {
    const json = JSON.stringify(value);
    return json === undefined ? String(value) : json;
  }

  /**
   * The frames of the plug-in's own code, at their place in the author's files where there is a source map. Where the
   * error has a class of the plug-in's own, its constructor is of no interest.
   */
  function framesOf(stack, constructorName) {
    const lines = [];
    for (const line of stack.split("\n")) {
      if (!line.startsWith("    at ") || line.includes("(native)") || line.includes("tenon:prelude"))
        continue;
      if (lines.length === 0 && line.startsWith(`    at ${constructorName} (`)) continue;
      lines.push(
        line.replace(/plugin\.js:(\d+):(\d+)/, (_, row, column) =>
          originalPlace(Number(row), Number(column)),
        ),
      );
    }
    return lines.join("\n");
  }

  // The source map: its JSON text, until an error is described for the first time.

  let mapText = "";
  let map;

  /** Lines and columns count from 1 in stack traces, and from 0 in source maps. */
  function originalPlace(row, column) {
    if (map === undefined && mapText !== "") map = JSON.parse(mapText);
    const place = map && native.findPlace(map.mappings, row - 1, column - 1);
    if (place === undefined) return `plugin.js:${row}:${column}`;
    return `${map.sources[place[0]]}:${place[1] + 1}:${place[2] + 1}`;
  }

  // Codecs. A shape is compiled to nodes in memory, which the glue walks; see assembly/shape.ts for the kinds.

  const SCALARS = [
    "any",
    "string",
    "boolean",
    "integer",
    "int8",
    "int16",
    "int32",
    "uint8",
    "uint16",
    "uint32",
    "int64",
    "uint64",
    "float32",
    "float64",
    "bytes",
    "date-time",
  ];
  const CONTAINERS = { list: 16, map: 17, nullable: 18 };
  const ENCODINGS = ["text", "binary", "json", "messagepack"];
  const NO_CODEC = -1;

  /** The compiled named types of each list of types, so that all codecs of an interface share them. */
  const compiled = new Map();

  function codec(encoding, shape, types = []) {
    const format = ENCODINGS.indexOf(encoding);
    if (format < 0)
      throw new TypeError(`expected an encoding (${ENCODINGS.join(", ")}), got ${String(encoding)}`);
    if (shape === undefined || format < 2) return format;
    if (!compiled.has(types)) compiled.set(types, []);
    return native.makeCodec(format, compile(shape, types, compiled.get(types)));
  }

  function compile(shape, types, nodes, remember = (node) => node) {
    if (typeof shape === "string") {
      const kind = SCALARS.indexOf(shape);
      if (kind < 0) throw new TypeError(`expected the name of a scalar, got ${JSON.stringify(shape)}`);
      return remember(native.node(kind));
    }
    const [kind, a, b] = Array.isArray(shape) ? shape : [];
    if (kind === "ref") return compileNamed(a, types, nodes);
    if (kind === "record") return compileRecord(a, b, types, nodes, remember);
    if (kind === "enum") return compileEnum(a, remember);
    if (CONTAINERS[kind] === undefined) throw new TypeError(`expected a shape, got ${JSON.stringify(shape)}`);
    const node = remember(native.node(CONTAINERS[kind]));
    native.setChild(node, compile(a, types, nodes));
    return node;
  }

  /** A type is noted before its parts are compiled: they may refer to it. */
  function compileNamed(index, types, nodes) {
    if (nodes[index] !== undefined) return nodes[index];
    if (types[index] === undefined)
      throw new TypeError(`expected the index of a type below ${types.length}, got ${index}`);
    return compile(types[index], types, nodes, (node) => {
      nodes[index] = node;
      return node;
    });
  }

  function compileRecord(closed, fields, types, nodes, remember) {
    const record = remember(native.record(fields.length, closed ? 1 : 0));
    fields.forEach(([name, optional, type], index) => {
      native.setField(record, index, name, optional ? 1 : 0, compile(type, types, nodes));
    });
    return record;
  }

  function compileEnum(values, remember) {
    const node = remember(native.enumeration(values.length));
    values.forEach((value, index) => {
      native.setOption(node, index, value);
    });
    return node;
  }

  // Host functions.

  let hosts = [];

  function hostFunction(name, argument = NO_CODEC, result = NO_CODEC) {
    const index = hosts.indexOf(name);
    if (index >= 0) return native.makeHost(index, argument, result);
    const known = hosts.length === 0 ? "it declares none" : `it declares ${hosts.join(", ")}`;
    throw new ReferenceError(`the plug-in has no import ${JSON.stringify(name)}: ${known}`);
  }

  // What the builder asks.

  let bound = [];

  // Four kinds of functions, each with a constructor that parses.
  const functionPrototypes = [() => {}, async () => {}, function* () {}, async function* () {}].map(
    Object.getPrototypeOf,
  );
  const parsing = {
    // biome-ignore lint/security/noGlobalEval: it is kept, to be put back
    eval: globalThis.eval,
    Function,
    constructors: functionPrototypes.map((prototype) => prototype.constructor),
  };

  /**
   * Makes eval and its relatives fail, or work again. The engine can parse while it builds, and the plug-in may not be
   * able to: code that finds out which it is, and keeps the answer, has to get the plug-in's.
   */
  function refuseEval(refused) {
    const refuse = () => {
      throw new Error("this plug-in was built without eval and new Function: set the option eval to true");
    };
    const guarded = (maker) => (refused ? new Proxy(maker, { apply: refuse, construct: refuse }) : maker);
    const constructors = parsing.constructors.map(guarded);
    functionPrototypes.forEach((prototype, index) => {
      Object.defineProperty(prototype, "constructor", { value: constructors[index] });
    });
    globalThis.Function = constructors[parsing.constructors.indexOf(parsing.Function)];
    globalThis.eval = refused ? refuse : parsing.eval;
  }

  function build(what, text, namespace) {
    switch (what) {
      case 0:
        hosts = JSON.parse(text);
        return "";
      case 1:
        return JSON.stringify(bind(namespace, JSON.parse(text)));
      case 2:
        mapText = text;
        return "";
      case 3:
        refuseEval(text === "refuse");
        return "";
      default:
        return bound;
    }
  }

  /** Takes the functions of the default export, in the order of `wanted` or in their own. */
  function bind(namespace, wanted) {
    if (!("default" in namespace)) return { problem: "no default export" };
    const plugin = namespace.default;
    if (typeof plugin !== "object" || plugin === null)
      return { problem: "not an object", got: plugin === null ? "null" : typeof plugin };
    const names = Object.keys(plugin);
    const wrong = names.filter((name) => typeof plugin[name] !== "function");
    if (wrong.length > 0) return { problem: "not functions", names: wrong };
    const missing = wanted === null ? [] : wanted.filter((name) => !names.includes(name));
    const extra = wanted === null ? [] : names.filter((name) => !wanted.includes(name));
    if (missing.length + extra.length > 0) return { problem: "names", missing, extra };
    const order = wanted === null ? names : wanted;
    bound = order.map((name) => plugin[name]);
    return { names: order };
  }

  return { raise, describe, describeError, codec, hostFunction, build };
});
