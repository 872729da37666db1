import type { GeneratedFile } from "@tenon/codegen";
import type { Answers } from "./answers.js";
import type { ProjectDefinition } from "./definition.js";

/** An interface definition by itself, and what to do with it. */
export function interfaceProject({ name }: Answers, { path, files }: ProjectDefinition): GeneratedFile[] {
  return [...files, { path: "README.md", content: readme(name, path) }];
}

function readme(name: string, path: string): string {
  return `# ${name}

The contract between an application and its plug-ins: \`${path}\`. Its \`exports\` are the functions that a plug-in
offers, its \`imports\` those that the application offers to the plug-in, and the types in it are JSON Schema.

\`\`\`sh
npx --package=@tenon/cli tenon init my-host --kind host --interface ${path}      # an application
npx --package=@tenon/cli tenon init my-plugin --kind plugin --interface ${path}  # a plug-in
\`\`\`

An editor completes and checks the file once \`npm install --save-dev @tenon/cli\` has been run beside it.
`;
}
