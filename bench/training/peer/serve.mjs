import { createInterface } from "node:readline";
import { readNumbers } from "./readNumbers.mjs";

const CHUNKS = 15;

/**
 * A peer as a process: `peer.mjs <numbers> <line> <settings>`. It reads requests as lines of JSON and answers each with one.
 *
 * - `{ do: "values", steps }`: what the first steps give, to compare with the others;
 * - `{ do: "block", steps }`: the time of a step in ms, the median of 15 parts of the block, each closed by reading its last result.
 *
 * `lines[line](numbers, settings)` gives `{ step, read, values? }`: `step()` is what is timed, `read(result)` the numbers of its result.
 */
export async function serve(lines) {
  // what libraries print must not be taken for an answer
  console.log = console.error;
  const [numbers, line, settings] = process.argv.slice(2);
  const { step, read } = await lines[line](readNumbers(numbers), JSON.parse(settings));
  const answers = {
    values: async ({ steps }) => {
      const values = [];
      for (let i = 0; i < steps; i++) values.push(...(await read(await step())));
      return { values };
    },
    block: async ({ steps }) => ({ ms: await timeBlock(step, read, steps) }),
  };
  for await (const text of createInterface({ input: process.stdin })) {
    const request = JSON.parse(text);
    process.stdout.write(`${JSON.stringify(await answers[request.do](request))}\n`);
  }
  process.exit(0);
}

async function timeBlock(step, read, steps) {
  if (steps >= 10) await run(step, read, Math.ceil(steps / 10));
  const count = Math.ceil(steps / CHUNKS);
  const times = [];
  for (let i = 0; i < Math.min(CHUNKS, steps); i++) times.push(await run(step, read, count));
  return times.sort((a, b) => a - b)[times.length >> 1];
}

async function run(step, read, steps) {
  const start = performance.now();
  let last;
  for (let i = 0; i < steps; i++) last = await step();
  await read(last);
  return (performance.now() - start) / steps;
}
