import { normalise } from "./normalise.ts";
import type { Bundle, Shown } from "./shown.ts";

const schema = /vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)/;

/** What JupyterLab renders: nothing newer than version 5, and of the older ones only these. */
const types: Record<string, { newest: number; known: number[]; type: (version: number) => string }> = {
  vega: { newest: 5, known: [5], type: (version) => `application/vnd.vega.v${version}+json` },
  "vega-lite": { newest: 5, known: [3, 4, 5], type: (version) => `application/vnd.vegalite.v${version}+json` },
};

/** Who can draw a specification as a PNG – the runtime, if it is there – puts a function of this name on the global object. The kernel itself has no Vega. */
const DRAW = Symbol.for("lossbook.vegaToPng");

/** A Vega or Vega-Lite specification, told by its `$schema`, or an object that makes one (`toSpec`, as vega-lite-api does). */
export function fromVega(value: object): Shown | undefined | Promise<Shown> {
  const spec = findSpec(value);
  const found = schema.exec(String(spec?.$schema ?? ""));
  const kind = found && types[found[1]!];
  if (!spec || !found || !kind) return undefined;
  const version = Number(found[2]);
  // A newer specification says so in its $schema, which stays; version 5 is the newest type that anybody renders.
  const type = kind.type(kind.known.includes(version) ? version : kind.newest);
  const name = found[1] === "vega" ? "Vega" : "Vega-Lite";
  const text = typeof spec.description === "string" ? spec.description : `${name} chart`;
  const data = { ...normalise({ [type]: spec }), "text/plain": text };
  const { [DRAW]: draw } = globalThis as { [DRAW]?: unknown };
  return typeof draw === "function" ? withPicture(data, () => draw(spec)) : { data, metadata: {} };
}

/** GitHub and exported pages show nothing but the picture. A specification that cannot be drawn here may still be drawn by a front end. */
async function withPicture(data: Bundle, draw: () => unknown): Promise<Shown> {
  const picture = await Promise.resolve()
    .then(draw)
    .catch(() => undefined);
  return { data: { ...data, ...(picture instanceof Uint8Array && normalise({ "image/png": picture })) }, metadata: {} };
}

function findSpec(value: object): { $schema?: unknown; description?: unknown } | undefined {
  if (typeof value === "function") return undefined;
  const { toSpec } = value as { toSpec?: unknown };
  if (typeof toSpec !== "function") return value;
  const spec: unknown = Reflect.apply(toSpec, value, []);
  return spec !== null && typeof spec === "object" ? spec : undefined;
}
