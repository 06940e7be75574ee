/**
 * The Python that the tests need, made once, in `.venv/` at the top of the repository (vitest's `globalSetup`).
 *
 *   1. find a Python  →  2. is `.venv` what requirements.txt asks for?  →  3. else make it anew  →  4. tell the tests
 *
 * Where there is no Python, suites that need it are skipped with the reason (`test/conformance/suite.ts`), which the last lines
 * of a run repeat, and which is a failure when `CI` is set.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

/** What tests learn through `inject("python")`: the interpreter of `.venv`, or why there is none. */
export type Python = { path: string } | { reason: string };

declare module "vitest" {
  interface ProvidedContext {
    python: Python;
  }
}

const HERE = dirname(fileURLToPath(import.meta.url));
const VENV = join(HERE, "..", "..", ".venv");
const REQUIREMENTS = join(HERE, "requirements.txt");
const CONSTRAINTS = join(HERE, "constraints.txt");
const OLDEST = [3, 10] as const;
const INSTALL_LIMIT_MS = 10 * 60_000;

export async function setup(project: TestProject): Promise<void> {
  project.provide("python", await findEnvironment());
}

/** The environment, made when it is missing or stale. */
export async function findEnvironment(): Promise<Python> {
  if (process.env["LOSSBOOK_NO_PYTHON"]) return { reason: "LOSSBOOK_NO_PYTHON is set." };
  const base = findPython();
  if ("reason" in base) return base;
  const wanted = toKey(base.version);
  if (isCurrent(wanted)) return { path: toInterpreter(VENV) };
  return await withLock(() => (isCurrent(wanted) ? { path: toInterpreter(VENV) } : make(base.command, wanted)));
}

type BasePython = { command: string[]; version: string };

function findPython(): BasePython | { reason: string } {
  const tried: string[] = [];
  for (const command of [[process.env["PYTHON"] ?? ""], ["python3"], ["python"], ["py", "-3"]]) {
    const [program, ...args] = command;
    if (!program) continue;
    const found = spawnSync(program, [...args, "-c", "import sys; print(*sys.version_info[:3], sep='.')"], {
      encoding: "utf8",
      timeout: 20_000,
    });
    const version = found.stdout?.trim() ?? "";
    if (found.status === 0 && isNewEnough(version)) return { command, version };
    tried.push(`${command.join(" ")}: ${found.status === 0 ? `is ${version}` : (found.error?.message ?? "failed")}`);
  }
  return { reason: `Python ${OLDEST.join(".")} or newer was not found (${tried.join("; ")}). Name one with PYTHON=….` };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function toKey(version: string): string {
  const hash = createHash("sha256").update(version);
  for (const file of [REQUIREMENTS, CONSTRAINTS]) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function toInterpreter(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

const keyFile = join(VENV, "requirements.sha256");

function isCurrent(wanted: string): boolean {
  if (!existsSync(keyFile) || readFileSync(keyFile, "utf8") !== wanted) return false;
  return spawnSync(toInterpreter(VENV), ["-c", "import jupyter_client, pytest"], { timeout: 60_000 }).status === 0;
}

function make(base: string[], key: string): Python {
  const started = Date.now();
  say(`Making the tests' Python environment in .venv (once; ${base.join(" ")}) …`);
  rmSync(VENV, { recursive: true, force: true });
  try {
    makeVenv(base);
    const packages = ["-r", REQUIREMENTS, "-c", CONSTRAINTS];
    call(toInterpreter(VENV), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  } catch (error) {
    return { reason: `The environment could not be made: ${(error as Error).message}` };
  }
  writeFileSync(keyFile, key);
  say(`… done in ${Math.round((Date.now() - started) / 1000)} s.`);
  return { path: toInterpreter(VENV) };
}

/** Debian splits `ensurepip` off: an environment without pip is then filled by the pip outside it, or by virtualenv. */
function makeVenv([program = "", ...args]: string[]): void {
  try {
    call(program, [...args, "-m", "venv", VENV]);
  } catch (venvError) {
    say("… `python -m venv` has no pip of its own here; trying virtualenv, then the pip outside.");
    rmSync(VENV, { recursive: true, force: true });
    const virtualenv = spawnSync(program, [...args, "-m", "virtualenv", VENV], { stdio: "ignore" });
    if (virtualenv.status === 0) return;
    rmSync(VENV, { recursive: true, force: true });
    try {
      call(program, [...args, "-m", "venv", "--without-pip", VENV]);
      call(program, [...args, "-m", "pip", "--python", toInterpreter(VENV), "install", "--quiet", "pip"]);
    } catch {
      throw venvError;
    }
  }
}

function call(program: string, args: string[]): void {
  try {
    execFileSync(program, args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", timeout: INSTALL_LIMIT_MS });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() && !line.startsWith("WARNING"));
    throw new Error(`${[program, ...args].join(" ")}: ${lines.slice(-4).join(" | ") || (error as Error).message}`);
  }
}

/** Two test runs in one checkout make one environment: a folder is the lock, its age and owner say whether it is stale. */
async function withLock<T>(work: () => T): Promise<T> {
  const lock = join(VENV, "..", "node_modules", ".cache", "lossbook", "venv.lock");
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (isStale(lock)) rmSync(lock, { recursive: true, force: true });
      else await delay(200);
    }
  }
  try {
    writeFileSync(join(lock, "pid"), String(process.pid));
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isStale(lock: string): boolean {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    if (!existsSync(join(lock, "pid"))) return age > 10_000;
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return age > INSTALL_LIMIT_MS;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
