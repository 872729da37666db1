import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package. */
export const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** What is made here and not kept in the repository. */
export const buildFolder = join(packageFolder, "build");
