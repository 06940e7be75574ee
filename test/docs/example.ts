/** The examples of doc comments, executed. */
import { transformSync } from "esbuild";
import { expect } from "vitest";
import * as lossbook from "../../src/index.ts";

/** Runs an example; the value of each line `expression // value`, and what is written there. What a chart says stands below it, in quotation marks. */
export async function run(code: string): Promise<[value: unknown, printed: string][]> {
  const lines = joinSaid(code).map((line) => {
    const [, expression, printed] = /^(?!const|let|for|\()(.*?);? \/\/ (.*)$/.exec(line) ?? [];
    return expression === undefined ? line : `seen.push([${expression}, ${JSON.stringify(printed)}]);`;
  });
  const { code: body } = transformSync(`(async () => {\n${lines.join("\n")}\n})()`, { loader: "ts" });
  const seen: [unknown, string][] = [];
  await new Function(...Object.keys(lossbook), "seen", `return ${body}`)(...Object.values(lossbook), seen);
  return seen;
}

/** The lines of an example, each sentence of a chart on the line of its chart, which may have several. */
function joinSaid(code: string): string[] {
  const joined: string[] = [];
  for (const line of code.split("\n")) {
    const from = joined.findLastIndex((each) => each.startsWith("chart."));
    if (line.startsWith('// "') && from >= 0) joined.push(`${joined.splice(from).join(" ").replace(/;$/, "")} ${line}`);
    else joined.push(line);
  }
  return joined;
}

/** Equal to as many digits as are printed. What is written in words is for the reader. */
export function expectPrinted(value: unknown, printed: string): void {
  if (typeof value === "string") {
    expect([value, JSON.stringify(value)]).toContain(printed);
    return;
  }
  if (value instanceof lossbook.chart.Chart && printed.startsWith('"')) {
    expect(JSON.stringify(value.description)).toBe(printed);
    return;
  }
  const decimals = [...printed.matchAll(/\.(\d+)/g)].map(([, digits]) => digits!.length);
  const digits = decimals.length === 0 ? 6 : Math.min(6, Math.max(...decimals));
  let wanted: unknown;
  try {
    wanted = new Function(...Object.keys(lossbook), `return (${printed.replace(/(\])[:,] [^\d[].*/, "$1")});`)(
      ...Object.values(lossbook),
    );
  } catch {
    return;
  }
  const near = (each: unknown): unknown =>
    typeof each === "number" && Number.isFinite(each) ? expect.closeTo(each, digits - 0.1) : each;
  const plain = (each: unknown): unknown => (each === undefined ? undefined : JSON.parse(JSON.stringify(each)));
  expect(plain(value), printed).toEqual(mapNumbers(plain(wanted), near));
}

function mapNumbers(value: unknown, f: (each: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapNumbers(each, f));
  if (typeof value !== "object" || value === null) return f(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapNumbers(each, f)]));
}
