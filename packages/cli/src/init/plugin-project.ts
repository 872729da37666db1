import { formatTypeScript, type GeneratedFile, type HostStub, typescriptHostStub } from "@tenon/codegen";
import type { Answers } from "./answers.js";
import { clientTest } from "./client-test.js";
import type { ProjectDefinition } from "./definition.js";
import { type Guest, guestFiles } from "./guest.js";
import { commonFiles, generateClient, json, NODE_OPTIONS } from "./project-files.js";

/**
 * A plug-in project: the plug-in with a stub for each export, and tests that call the built plug-in through the client
 * that an application would have.
 *
 * @throws CliError when the language can't express the interface.
 */
export async function pluginProject(
  { name, language }: Answers,
  definition: ProjectDefinition,
): Promise<GeneratedFile[]> {
  const folder = language === "typescript" ? "src" : "assembly";
  const guest = await guestFiles(definition, language, { folder, output: OUTPUT });
  const stub = typescriptHostStub(definition.interface);
  const generate = "npm run generate";
  const scripts = {
    generate: `${guest.generate} && ${generateClient(definition, "test/gen")}`,
    build: `${generate} && ${guest.build}`,
    ...(language === "typescript" ? { dev: `${generate} && ${guest.build} --watch` } : {}),
    check: "tsc -p test",
    test: "npm run build && vitest run",
  };
  const devDependencies = [
    "@tenon/cli",
    "@tenon/runtime",
    "@types/node",
    ...guest.packages,
    "typescript",
    "vitest",
  ];
  const description = `A plug-in that speaks ${definition.interface.name}.`;
  return [
    ...commonFiles({ name, description, scripts, devDependencies }, definition),
    { path: "README.md", content: readme(name, definition, guest, scripts) },
    ...guest.files,
    { path: "test/load-plugin.ts", content: await loadPlugin(definition, stub) },
    { path: "test/plugin.test.ts", content: await clientTest(stub, SET_UP, `the plug-in ${name}`) },
    {
      path: "test/tsconfig.json",
      content: json({ compilerOptions: { ...NODE_OPTIONS, noEmit: true }, include: ["."] }),
    },
  ];
}

const OUTPUT = "build/plugin.wasm";

const SET_UP = `import { loadPlugin } from "./load-plugin.js";

const plugin = await loadPlugin();`;

function loadPlugin(
  { interface: { name } }: ProjectDefinition,
  { client, create, functions }: HostStub,
): Promise<string> {
  const path = `new URL("../${OUTPUT}", import.meta.url)`;
  const bindings = JSON.stringify(`./gen/${name}.host.js`);
  if (functions === undefined) {
    return formatTypeScript(`import { ${create}, type ${client} } from ${bindings};

/** The plug-in that \`npm run build\` made. */
export function loadPlugin(): Promise<${client}> {
return ${create}(${path});
}
`);
  }
  return formatTypeScript(`import { ${create}, type ${client}, type ${functions.type} } from ${bindings};

/** What the application offers to the plug-in, with fixed answers. */
const fakes: ${functions.type} = ${functions.value};

/** The plug-in that \`npm run build\` made. A test may give host functions of its own in place of the fakes. */
export function loadPlugin(functions: Partial<${functions.type}> = {}): Promise<${client}> {
return ${create}(${path}, { functions: { ...fakes, ...functions } });
}
`);
}

function readme(name: string, definition: ProjectDefinition, guest: Guest, scripts: object): string {
  const dev = "dev" in scripts ? "npm run dev        # build again after every change\n" : "";
  return `# ${name}

A plug-in that speaks the interface \`${definition.interface.name}\`, made with [Tenon](https://www.npmjs.com/package/@tenon/cli).

\`\`\`sh
npm install
npm run build      # writes ${OUTPUT}
${dev}npm test           # builds, and calls the plug-in as an application would
npm run check      # checks the types of the tests
\`\`\`

| | |
|---|---|
| \`${definition.path}\` | the contract: what the plug-in offers, and what it may ask of the application |
| \`${guest.entry}\` | the plug-in. Each function answers with a sample, until you write it |
| \`test/plugin.test.ts\` | calls every function of the built plug-in |
| \`test/load-plugin.ts\` | runs the plug-in for tests, with fakes of the application's functions |
| \`gen/\` folders | generated from the contract by \`npm run generate\`; not to be edited |
`;
}
