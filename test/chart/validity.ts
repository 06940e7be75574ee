import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import * as vega from "vega";
import type * as lite from "vega-lite";
import type { Specification } from "../../src/chart/specification.ts";
import { toSvg } from "../../src/chart/svg.ts";

const require = createRequire(import.meta.url);
const lab = loadLab();
const MODULES = resolve(import.meta.dirname, "../../node_modules");

/** JupyterLab's Vega-Lite, and the one that draws our pictures. */
const VERSIONS = [
  { name: "vega-lite 5.6.1", schema: "vega-lite-5/build/vega-lite-schema.json" },
  { name: "vega-lite 6", schema: "vega-lite/build/vega-lite-schema.json" },
] as const;

/** What Vega says of charts that are dragged and zoomed: Node has no window to listen to. */
const NO_WINDOW = "Can not resolve event source: window";

const validators = new Map<string, ValidateFunction>();

/** What the published schemas, the compilers and Vega itself have to say against a specification. */
export async function findProblems(spec: Specification): Promise<string[]> {
  return (await draw(spec)).problems;
}

/** The same, and the drawing as text. */
export async function draw(spec: Specification, scale = 1): Promise<{ problems: string[]; svg: string }> {
  const problems: string[] = [];
  for (const { name, schema } of VERSIONS) {
    const validate = validators.get(schema) ?? toValidator(schema);
    validators.set(schema, validate);
    if (!validate(JSON.parse(JSON.stringify(spec))))
      problems.push(...validate.errors!.slice(0, 5).map((e) => `${name} schema: ${e.instancePath} ${e.message}`));
  }
  const [old, newest] = VERSIONS.map(({ name }) => toLogger((message) => problems.push(`${name}: ${message}`)));
  const { spec: compiled } = lab.compile(structuredClone(spec) as never, { logger: old as never });
  const view = new vega.View(vega.parse(compiled as vega.Spec), { renderer: "none", logger: old! });
  await view.runAsync();
  view.finalize();
  return { svg: await toSvg(spec, scale, newest!), problems };
}

function toLogger(hear: (message: string) => void): vega.LoggerInterface {
  const say = (...said: readonly unknown[]) => {
    const message = said.map(String).join(" ");
    if (message !== NO_WINDOW) hear(message);
    return logger;
  };
  const quiet = () => logger;
  const logger = { level: quiet, warn: say, error: say, info: quiet, debug: quiet } as unknown as vega.LoggerInterface;
  return logger;
}

function toValidator(schema: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat("color-hex", true);
  return ajv.compile(JSON.parse(readFileSync(resolve(MODULES, schema), "utf8")));
}

/** Vega-Lite 5.6.1 as JupyterLab has it. Its bundle requires `vega`, which in our version can only be imported. */
function loadLab(): Pick<typeof lite, "compile"> {
  const path = require.resolve("vega-lite-5/build/vega-lite.js");
  const inner = createRequire(path);
  const module = { exports: {} as Pick<typeof lite, "compile"> };
  const given = (name: string) => (name === "vega" ? vega : inner(name));
  new Function("module", "exports", "require", readFileSync(path, "utf8"))(module, module.exports, given);
  return module.exports;
}
