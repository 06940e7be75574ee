import { readFileSync } from "node:fs";
import { PROTOCOL_VERSION } from "../wire/header.ts";
import type { Handler } from "./context.ts";

export const kernelInfo: Handler = { order: "now", handle: () => KERNEL_INFO };

const { version } = readJson("../../package.json") ?? readJson("../../../package.json") ?? { version: "0" };
const typescript = readJson("../../node_modules/typescript/package.json")?.version ?? "7";

export const KERNEL_INFO = {
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "lossbook",
  implementation_version: version,
  language_info: {
    name: "typescript",
    version: typescript,
    mimetype: "application/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    // A string: front ends look an object up by its `name`, which would be JavaScript's.
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `Lossbook ${version} – TypeScript ${typescript} on Node.js ${process.versions.node}`,
  debugger: false,
  supported_features: ["kernel subshells"],
  help_links: [
    { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/intro.html" },
    { text: "Vega-Lite", url: "https://vega.github.io/vega-lite/docs/" },
    { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
  ],
};

function readJson(path: string): { version: string } | undefined {
  try {
    return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as { version: string };
  } catch {
    return undefined;
  }
}
