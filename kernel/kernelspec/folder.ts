import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";

type Env = NodeJS.ProcessEnv;

/** Where Jupyter looks for a user's kernelspecs, without asking Jupyter: it may be installed later. */
export function findUserFolder(env: Env = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env["JUPYTER_DATA_DIR"]) return env["JUPYTER_DATA_DIR"];
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env["APPDATA"] ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "jupyter");
}

/** The `share/jupyter` of the active Python environment: virtualenv, conda, or the `python3` on the PATH. */
export function findSysPrefixFolder(env: Env = process.env): string {
  const prefix = env["VIRTUAL_ENV"] ?? env["CONDA_PREFIX"] ?? findPythonPrefix();
  if (!prefix)
    throw new Error(
      "--sys-prefix: no Python environment is active and no python3 is on the PATH; use --user or --prefix DIR.",
    );
  return toPrefixFolder(prefix);
}

export function toPrefixFolder(prefix: string): string {
  return join(prefix, "share", "jupyter");
}

/** Every folder in which Jupyter may find a kernelspec, the first one wins. */
export function findSearchPath(env: Env = process.env): string[] {
  const own = (env["JUPYTER_PATH"] ?? "").split(process.platform === "win32" ? ";" : ":").filter(Boolean);
  const prefix = env["VIRTUAL_ENV"] ?? env["CONDA_PREFIX"] ?? findPythonPrefix();
  const system = process.platform === "win32" ? [] : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  return [...own, findUserFolder(env), ...(prefix ? [toPrefixFolder(prefix)] : []), ...system];
}

function findPythonPrefix(): string | undefined {
  for (const python of ["python3", "python"]) {
    try {
      const output = execFileSync(python, ["-c", "import sys; print(sys.prefix)"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      return output.toString().trim();
    } catch {
      // Not there: the next name.
    }
  }
  return undefined;
}
