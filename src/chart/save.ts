import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Specification } from "./specification.ts";

/** What is needed of a chart to write it to a file. */
interface Savable {
  readonly spec: Specification;
  readonly description: string;
}

/** What each kind of file holds; heavy parts are loaded when they are needed. */
const WRITERS: Readonly<Record<string, (chart: Savable) => string | Promise<string | Uint8Array>>> = {
  ".html": async ({ spec, description }) =>
    (await import("./html.ts")).toHtml(String(spec["title"] ?? "Chart"), [{ spec, description }]),
  ".json": ({ spec }) => `${JSON.stringify(spec, null, 2)}\n`,
  ".png": async ({ spec }) => (await import("./png.ts")).toPng(spec),
  ".svg": async ({ spec }) => (await import("./svg.ts")).toSvg(spec),
};

/** Writes a chart as the end of the name says. */
export async function save(chart: Savable, path: string): Promise<void> {
  const writer = WRITERS[extname(path)];
  if (writer === undefined) {
    const [last, ...others] = Object.keys(WRITERS).sort().reverse();
    throw new RangeError(
      `save: "${path}" where a name that ends in ${others.reverse().join(", ")} or ${last} is needed.`,
    );
  }
  await writeFile(path, await writer(chart));
}
