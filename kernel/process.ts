import { join } from "node:path";
import { findDataFolder } from "./history/folder.ts";
import { type Kernel, startKernel } from "./kernel.ts";
import { readConnection } from "./wire/connection.ts";

/** The kernel process, from a connection file to its end; a mistake in the arguments is one sentence and an exit code. */
export async function runKernelProcess(args: readonly string[]): Promise<void> {
  const [connectionFile] = args;
  if (!connectionFile || connectionFile.startsWith("-")) {
    process.stderr.write("usage: lossbook kernel <connection file>\n");
    process.exitCode = 2;
    return;
  }
  let kernel: Kernel;
  try {
    const connection = readConnection(connectionFile);
    kernel = await startKernel({
      connection,
      openWorkspace: async () => (await import("./workspace.ts")).openWorkspace(process.cwd()),
      historyFolder: join(findDataFolder(), "history"),
    });
  } catch (error) {
    process.stderr.write(`lossbook: ${(error as Error).message}\n`);
    process.exitCode = 1;
    return;
  }
  process.on("SIGINT", () => kernel.interrupt());
  // A mistake of ours is told to whoever reads the log; it is no reason to take the user's variables away.
  process.on("uncaughtException", (error) => process.stderr.write(`lossbook: ${error.stack}\n`));
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => void kernel.close());
  const watch = watchParent(() => void kernel.close());
  await kernel.closed;
  clearInterval(watch);
  process.exit();
}

/** A front end that is killed cannot say goodbye: the kernel sees that it has another parent and ends. */
function watchParent(onGone: () => void): NodeJS.Timeout | undefined {
  // Set by jupyter_client; a kernel started by hand may outlive the shell it came from.
  const named = process.env["JPY_PARENT_PID"];
  if (!named) return undefined;
  // Started through a wrapper, the parent is another one; started by init, it was gone before this line.
  const parent = process.ppid === 1 ? Number(named) : process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, 500);
}
