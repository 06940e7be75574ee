/**
 * What a session waits for before its first cell: the runtime's import in a fresh process, beside one that imports nothing. `npm run bench:import`.
 */
import { execFileSync } from "node:child_process";

const RUNS = 10;
const TARGET = 50;
const runtime = new URL("../dist/src/notebook.js", import.meta.url).href;
const timed = `const start = performance.now(); await import(${JSON.stringify(runtime)}); console.log(performance.now() - start);`;

run(timed);
const imports = Array.from({ length: RUNS }, () => Number(run(timed)));
const [empty, whole] = ["", `await import(${JSON.stringify(runtime)})`].map((source) => wall(source));
console.log(
  `import ${median(imports).toFixed(1)} ms (from ${Math.min(...imports).toFixed(1)} to ${Math.max(...imports).toFixed(1)})`,
);
console.log(
  `process with it ${whole.toFixed(1)} ms, without ${empty.toFixed(1)} ms; ${RUNS} each, median, Node ${process.versions.node}`,
);
process.exitCode = median(imports) <= TARGET ? 0 : 1;

function run(source) {
  return execFileSync(process.execPath, ["--input-type=module", "--eval", source], { encoding: "utf8" });
}

function wall(source) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    run(source);
    return performance.now() - start;
  });
  return median(times);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
