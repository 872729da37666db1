import { CliError } from "../cli-error.js";

/** Asks a person. A question that is cancelled is a {@link CliError}. */
export interface Prompter {
  /** Answers with the value of one of the options. */
  select<Value extends string>(question: SelectQuestion<Value>): Promise<Value>;
  text(question: TextQuestion): Promise<string>;
}

export interface SelectQuestion<Value extends string> {
  readonly message: string;
  /** The first one is chosen at the beginning. */
  readonly options: readonly { readonly value: Value; readonly hint: string }[];
}

export interface TextQuestion {
  readonly message: string;
  /** The answer when nothing is typed. */
  readonly otherwise: string;
  /** Shown while nothing is typed. @default the answer of that */
  readonly hint?: string;
  /** What is wrong with an answer, or nothing. */
  readonly check?: (answer: string) => string | undefined;
}

/** A prompter for the terminal that this process has. Its library is loaded here, as most commands ask nothing. */
export async function openPrompter(): Promise<Prompter> {
  const { isCancel, select, text } = await import("@clack/prompts");
  const answered = <Answer>(answer: Answer): Exclude<Answer, symbol> => {
    if (isCancel(answer)) throw new CliError("cancelled", "nothing was written");
    // The cast holds because the library answers with no other symbol than the one for "cancelled".
    return answer as Exclude<Answer, symbol>;
  };
  return {
    async select<Value extends string>({ message, options }: SelectQuestion<Value>) {
      const list: { value: string; hint: string }[] = options.map(({ value, hint }) => ({ value, hint }));
      // The cast holds because every option's value is a Value.
      return answered(await select<string>({ message, options: list })) as Value;
    },
    async text({ message, otherwise, hint = otherwise, check }) {
      return answered(
        await text({
          message,
          placeholder: hint,
          defaultValue: otherwise,
          validate: (answer) => (answer ? check?.(answer) : undefined),
        }),
      );
    },
  };
}
