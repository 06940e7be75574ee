/** The floors of the house: value imports go down, nothing goes round, `kernel/` and `src/` do not know each other. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/** From the ground up. A folder may import values from itself and from what stands before it in its own list. */
const KERNEL_FLOORS = [
  ["kernel/wire", "kernel/display", "kernel/history", "kernel/kernelspec"],
  ["kernel/socket", "kernel/session", "kernel/language"],
  ["kernel/interpreter.ts", "kernel/configuration.ts"],
  ["kernel/workspace.ts", "kernel/request"],
  ["kernel/kernel.ts"],
  ["kernel/process.ts"],
  ["kernel/main.ts"],
  ["runner"],
];
const RUNTIME_FLOORS = [
  ["src/tensor/shape", "src/tensor/dtype.ts"],
  ["src/tensor", "src/op", "src/random"],
  ["src/grad"],
  ["src/compile"],
  ["src/nn", "src/loss", "src/optim", "src/metric", "src/data", "src/model"],
  ["src/chart", "src/train"],
  ["src/index.ts"],
  ["src/preloaded.ts"],
  ["src/notebook.ts"],
];

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

const files = ["kernel", "src", "runner"].flatMap(findSources);
const imports = files.flatMap(findImports);

describe("imports", () => {
  test("there is something to look at", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
  });

  test("kernel/ and src/ are apart", () => {
    const crossing = imports.filter(
      ({ from, to }) => top(from) !== top(to) && [top(from), top(to)].every(isKernelOrSrc),
    );
    expect(crossing.map(toText)).toEqual([]);
  });

  test("values are imported from the same or a lower floor only", () => {
    for (const floors of [KERNEL_FLOORS, RUNTIME_FLOORS]) {
      const upward = imports.filter(({ from, to, isType }) => {
        const [here, there] = [findFloor(floors, from), findFloor(floors, to)];
        return !isType && here >= 0 && there > here;
      });
      expect(upward.map(toText)).toEqual([]);
    }
  });

  test("every source stands on a floor", () => {
    const homeless = files.filter((file) =>
      [KERNEL_FLOORS, RUNTIME_FLOORS].every((floors) => findFloor(floors, file) < 0),
    );
    expect(homeless).toEqual([]);
  });

  test("no cycle of value imports", () => {
    expect(findCycle(imports.filter(({ isType }) => !isType))).toBeUndefined();
  });

  test("one file imports zeromq", () => {
    const users = files.filter((file) => /from "zeromq"/.test(readFileSync(join(ROOT, file), "utf8")));
    expect(users).toEqual(["kernel/socket/zeromq.ts"]);
  });

  test("one file imports onnxruntime-node", () => {
    const users = files.filter((file) => /["']onnxruntime-node["']/.test(readFileSync(join(ROOT, file), "utf8")));
    expect(users.filter((file) => file !== "src/compile/onnx/engine.ts")).toEqual([]);
  });

  test("the runner and the session work without ZeroMQ", () => {
    const bound = imports.filter(
      ({ from, to }) => to.startsWith("kernel/socket") && /^kernel\/(session|language|display)/.test(from),
    );
    expect(bound.map(toText)).toEqual([]);
  });
});

function findSources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

/** Static imports and re-exports; a dynamic import is a deliberate late binding and may go up. */
function findImports(file: string): Import[] {
  const { module } = parseSync(file, readFileSync(join(ROOT, file), "utf8"));
  const found: [string, boolean][] = [
    ...module.staticImports.map(({ moduleRequest, entries }): [string, boolean] => [
      moduleRequest.value,
      entries.length > 0 && entries.every(({ isType }) => isType),
    ]),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }): [string, boolean][] =>
        moduleRequest ? [[moduleRequest.value, isType]] : [],
      ),
    ),
  ];
  return found
    .filter(([specifier]) => specifier.startsWith("."))
    .map(([specifier, isType]) => ({
      from: file,
      to: relative(ROOT, resolve(ROOT, dirname(file), specifier)),
      isType,
    }));
}

/** The floor of the longest entry that holds the file; −1 for a file of the other house. */
function findFloor(floors: string[][], file: string): number {
  const entries = floors.flatMap((names, floor) => names.map((name) => ({ name, floor })));
  const holding = entries.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  return holding.sort((a, b) => b.name.length - a.name.length)[0]?.floor ?? -1;
}

function findCycle(edges: Import[]): string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of targets.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

function top(file: string): string {
  return file.split("/")[0]!;
}

function isKernelOrSrc(name: string): boolean {
  return name === "kernel" || name === "src";
}

function toText({ from, to }: Import): string {
  return `${from} → ${to}`;
}
