/**
 * A failure that the user can do something about: what is wrong, and what to do. The command prints it as one
 * line and exits with 1, or with 2 when it was called in a wrong way.
 */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: 1 | 2;

  constructor(problem: string, remedy: string, exitCode: 1 | 2 = 1) {
    super(`${problem}; ${remedy}`);
    this.exitCode = exitCode;
  }
}
