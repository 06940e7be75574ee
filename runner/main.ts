#!/usr/bin/env node
/** The `lossbook` program: finds the command, prints help, turns mistakes into one sentence and an exit code. */
import { readFileSync } from "node:fs";
import { type Command, UsageError } from "./command.ts";

/** Loaded when called: `lossbook --help` need not load a kernel. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  run: async () => (await import("./run.ts")).run,
  install: async () => (await import("./install.ts")).install,
  doctor: async () => (await import("./doctor.ts")).doctor,
  kernel: async () => (await import("./kernel.ts")).kernel,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = "--help", ...args]: string[]): Promise<number> {
  if (name === "--version" || name === "-v") return print(`${findVersion()}\n`);
  if (name === "--help" || name === "-h" || name === "help") return print(await toHelp());
  const load = COMMANDS[name];
  if (!load) return complain(`there is no command "${name}"; there are ${Object.keys(COMMANDS).join(", ")}`);
  const command = await load();
  if (args.includes("--help") || args.includes("-h")) return print(command.help);
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof UsageError) return complain(`${name}: ${error.message}\n\n${command.help.split("\n")[0]}`);
    process.stderr.write(`lossbook ${name}: ${(error as Error).message}\n`);
    return 1;
  }
}

async function toHelp(): Promise<string> {
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(10)}${(await load()).summary}`),
  );
  return `Lossbook ${findVersion()}: a Jupyter kernel for TypeScript machine-learning experiments

usage: lossbook COMMAND [options]

${commands.join("\n")}

"lossbook COMMAND --help" says more about a command.
`;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`lossbook: ${text}\n`);
  return 2;
}

function findVersion(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      return (JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as { version: string }).version;
    } catch {
      // Compiled and source files stand at different depths.
    }
  }
  return "0";
}
