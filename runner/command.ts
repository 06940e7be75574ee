import { type ParseArgsConfig, parseArgs } from "node:util";

/** One command of the `lossbook` program. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints. */
  help: string;
  /** The exit code. */
  run(args: string[]): Promise<number>;
}

/** A mistake in how a command was called: one sentence, exit code 2. */
export class UsageError extends Error {}

type Parsed<T extends ParseArgsConfig["options"]> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** `parseArgs` of Node, strict, with its complaints as usage errors. */
export function parseArguments<T extends ParseArgsConfig["options"]>(args: string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
