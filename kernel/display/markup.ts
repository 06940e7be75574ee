import { toPlain } from "./plain.ts";
import type { Bundle, Shown } from "./shown.ts";

/** What libraries call the method that draws a value, and the type of what it returns. */
const methods: [method: string, type: string][] = [
  ["toHTML", "text/html"],
  ["toSVG", "image/svg+xml"],
  ["toMarkdown", "text/markdown"],
];

/** Values that draw themselves without knowing Jupyter: DOM nodes (Observable Plot), canvases, tables (Arquero), anything with `toSVG()` or `toHTML()`. */
export function fromMarkup(value: object): Shown | undefined {
  if (typeof value === "function") return undefined;
  const data = fromNode(value) ?? fromCanvas(value) ?? fromMethods(value);
  return data && { data, metadata: {} };
}

function fromNode(value: object): Bundle | undefined {
  const { outerHTML } = value as { outerHTML?: unknown };
  if (typeof outerHTML !== "string" || outerHTML === "") return undefined;
  if (!/^\s*<svg[\s>]/i.test(outerHTML)) return { "text/html": outerHTML };
  // As a picture of its own an SVG has to name its language; inside a page it need not.
  const named = /^[^>]*\sxmlns\s*=/i.test(outerHTML);
  return { "image/svg+xml": named ? outerHTML : outerHTML.replace(/<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"') };
}

function fromCanvas(value: object): Bundle | undefined {
  const found = /^data:(image\/[\w+.-]+);base64,(.*)$/s.exec(call(value, "toDataURL") ?? "");
  return found ? { [found[1]!]: found[2] } : undefined;
}

function fromMethods(value: object): Bundle | undefined {
  const found = methods.flatMap(([method, type]) => {
    const text = call(value, method);
    return text === undefined ? [] : [[type, text] as const];
  });
  return found.length > 0 ? { ...Object.fromEntries(found), "text/plain": toPlain(value) } : undefined;
}

/** A text, or nothing: an object that has every property, as some proxies do, does not return one. */
function call(value: object, method: string): string | undefined {
  const found = (value as Record<string, unknown>)[method];
  const text: unknown = typeof found === "function" ? Reflect.apply(found, value, []) : undefined;
  return typeof text === "string" ? text : undefined;
}
