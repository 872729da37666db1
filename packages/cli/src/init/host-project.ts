import { formatTypeScript, type GeneratedFile, type HostStub, typescriptHostStub } from "@tenon/codegen";
import type { Answers } from "./answers.js";
import { clientTest } from "./client-test.js";
import type { ProjectDefinition } from "./definition.js";
import { type Guest, guestFiles } from "./guest.js";
import { commonFiles, generateClient, json, NODE_OPTIONS } from "./project-files.js";

/**
 * An application that runs plug-ins of an interface. It comes with a sample plug-in, built from source with it, so that
 * it has something to run and to be tested with before there is any other.
 *
 * @throws CliError when the language of the sample can't express the interface.
 */
export async function hostProject(
  { name, language }: Answers,
  definition: ProjectDefinition,
): Promise<GeneratedFile[]> {
  const sample = await guestFiles(definition, language, { folder: "sample", output: SAMPLE });
  const stub = typescriptHostStub(definition.interface);
  const scripts = {
    generate: `${generateClient(definition, "src/gen")} && ${sample.generate}`,
    build: `npm run generate && ${sample.build} && tsc -p tsconfig.build.json`,
    start: "node dist/main.js",
    check: "tsc",
    test: "npm run build && vitest run",
  };
  const description = `Runs plug-ins that speak ${definition.interface.name}.`;
  const devDependencies = ["@tenon/cli", "@types/node", ...sample.packages, "typescript", "vitest"];
  const files = { name, description, scripts, dependencies: ["@tenon/runtime"], devDependencies };
  const functions = await functionsModule(definition, stub);
  const setUp = `import { ${stub.create} } from "../src/gen/${definition.interface.name}.host.js";
${functions.length === 0 ? "" : 'import { functions } from "../src/functions.js";'}

// The plug-in that \`npm run build\` makes of sample/plugin.ts.
const plugin = await ${stub.create}(new URL("../${SAMPLE}", import.meta.url)${optionsOf(stub)});`;
  return [
    ...commonFiles(files, definition),
    { path: "README.md", content: readme(name, definition, stub, sample) },
    {
      path: "tsconfig.json",
      content: json({ compilerOptions: { ...NODE_OPTIONS, noEmit: true }, include: ["src", "test"] }),
    },
    {
      path: "tsconfig.build.json",
      content: json({
        extends: "./tsconfig.json",
        compilerOptions: { noEmit: false, rootDir: "src", outDir: "dist" },
        include: ["src"],
      }),
    },
    { path: "src/main.ts", content: await main(definition, stub) },
    ...functions,
    { path: "test/plugin.test.ts", content: await clientTest(stub, setUp, "the sample plug-in") },
    ...sample.files,
  ];
}

const SAMPLE = "build/sample.wasm";

function optionsOf({ functions }: HostStub): string {
  return functions === undefined ? "" : ", { functions }";
}

function main({ interface: { name } }: ProjectDefinition, stub: HostStub): Promise<string> {
  const calls = stub.calls.map((sample) =>
    sample.output === undefined
      ? `await plugin${sample.call};`
      : `console.log(${JSON.stringify(sample.name)}, await plugin${sample.call});`,
  );
  return formatTypeScript(`import process from "node:process";
import { ${stub.create} } from "./gen/${name}.host.js";
${stub.functions === undefined ? "" : 'import { functions } from "./functions.js";'}

// A plug-in's path or URL on the command line, or else the sample that \`npm run build\` makes of sample/plugin.ts.
const source = process.argv[2] ?? new URL("../${SAMPLE}", import.meta.url);
const plugin = await ${stub.create}(source${optionsOf(stub)});
try {
${calls.join("\n")}
} finally {
await plugin.close();
}
`);
}

async function functionsModule(
  { interface: { name } }: ProjectDefinition,
  { functions }: HostStub,
): Promise<GeneratedFile[]> {
  if (functions === undefined) return [];
  const content = await formatTypeScript(`import type { ${functions.type} } from "./gen/${name}.host.js";

/** What plug-ins may ask of this application. Each function answers with a sample, until you write it. */
export const functions: ${functions.type} = ${functions.value};
`);
  return [{ path: "src/functions.ts", content }];
}

function readme(name: string, definition: ProjectDefinition, stub: HostStub, sample: Guest): string {
  const functions =
    stub.functions === undefined
      ? ""
      : "| `src/functions.ts` | what plug-ins may ask of the application; fixed answers, until you write them |\n";
  return `# ${name}

Runs plug-ins that speak the interface \`${definition.interface.name}\`, made with [Tenon](https://www.npmjs.com/package/@tenon/cli).

\`\`\`sh
npm install
npm run build
npm start                       # calls the sample plug-in
npm start -- path/to/plugin.wasm    # calls another one
npm test
npm run check                   # checks the types, those of the tests too
\`\`\`

| | |
|---|---|
| \`${definition.path}\` | the contract: what plug-ins offer, and what they may ask of the application |
| \`src/main.ts\` | loads a plug-in, and calls it through the generated client |
${functions}| \`${sample.entry}\` | a sample plug-in, so that there is one: a plug-in's author starts from the same |
| \`test/plugin.test.ts\` | calls every function of the sample |
| \`gen/\` folders | generated from the contract by \`npm run generate\`; not to be edited |
`;
}
