import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { toSafe } from "../metric/safe.ts";
import type { Specification } from "./specification.ts";

/** A chart and the words around it. */
export interface Figure {
  readonly spec: Specification;
  readonly description: string;
  readonly heading?: string;
}

/**
 * A page that needs nothing but itself: the charts, interactive, and Vega beside them (1 MB). It follows the reader's choice of a light or a dark page.
 */
export async function toHtml(title: string, figures: readonly Figure[]): Promise<string> {
  const scripts = await Promise.all(SCRIPTS.map(readScript));
  const body = figures.map(({ heading, description }, i) =>
    [
      "<figure>",
      ...(heading ? [`<h2 id="${toSafe(heading)}">${toSafe(heading)}</h2>`] : []),
      `<div id="chart-${i}" role="img" aria-label="${toSafe(description)}"></div>`,
      `<figcaption>${toSafe(description)}</figcaption>`,
      "</figure>",
    ].join("\n"),
  );
  // "</script>" in a label must not end the script
  const specs = JSON.stringify(figures.map(({ spec }) => spec)).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${toSafe(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 "Source Sans 3", system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 0 0 3rem; }
</style>
${scripts.map((text) => `<script>${text.replaceAll("</script", "<\\/script")}</script>`).join("\n")}
</head>
<body>
${figures.length > 1 ? `<h1>${toSafe(title)}</h1>\n` : ""}${body.join("\n")}
<script>
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const config = dark ? { background: "transparent" } : {};
${specs}.forEach((spec, i) =>
  vegaEmbed("#chart-" + i, spec, { mode: "vega-lite", renderer: "svg", theme: dark ? "dark" : undefined, config, tooltip: true }));
</script>
</body>
</html>
`;
}

/** In the order in which they need each other. */
const SCRIPTS = ["vega", "vega-lite", "vega-embed"] as const;

/** The build for browsers, which the packages have beside what they export. */
function readScript(name: string): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  return readFile(join(dirname(resolve(name)), `${name}.min.js`), "utf8");
}
