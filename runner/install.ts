import { findSysPrefixFolder, findUserFolder, toPrefixFolder } from "../kernel/kernelspec/folder.ts";
import { installKernelspec } from "../kernel/kernelspec/install.ts";
import { KERNEL_NAME } from "../kernel/kernelspec/kernelspec.ts";
import { type Command, parseArguments, UsageError } from "./command.ts";

export const install: Command = {
  summary: "make the kernel known to Jupyter",
  help: `usage: lossbook install [--user | --sys-prefix | --prefix DIR] [--name NAME] [--display-name TEXT]

Writes the kernelspec. Neither Python nor Jupyter needs to be there yet.

options:
  --user               for this user (default)
  --sys-prefix         into the active virtualenv, conda environment or python3
  --prefix DIR         into DIR/share/jupyter
  --name NAME          the kernel's name (default: ${KERNEL_NAME})
  --display-name TEXT  the name shown in launchers
  --help               this text
`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      user: { type: "boolean", default: false },
      "sys-prefix": { type: "boolean", default: false },
      prefix: { type: "string" },
      name: { type: "string", default: KERNEL_NAME },
      "display-name": { type: "string" },
    } as const);
    if (positionals.length > 0) throw new UsageError(`install takes no arguments, got ${positionals.join(" ")}.`);
    const places = [values.user, values["sys-prefix"], values.prefix !== undefined].filter(Boolean).length;
    if (places > 1) throw new UsageError("--user, --sys-prefix and --prefix exclude each other.");
    const target = installKernelspec(
      toFolder(values.prefix, values["sys-prefix"]),
      values.name,
      values["display-name"],
    );
    process.stdout.write(`The kernel "${values.name}" is installed in ${target}\n`);
    return 0;
  },
};

function toFolder(prefix: string | undefined, sysPrefix: boolean): string {
  if (prefix !== undefined) return toPrefixFolder(prefix);
  return sysPrefix ? findSysPrefixFolder() : findUserFolder();
}
