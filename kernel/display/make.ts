import { Displayable } from "./displayable.ts";
import { escapeHtml } from "./escape.ts";
import { normalise } from "./normalise.ts";

export interface ImageOptions {
  /** In pixels. */
  width?: number;
  height?: number;
}

/** HTML, given as a text or as a template; the template escapes the values in it. */
export function html(text: string | TemplateStringsArray, ...values: unknown[]): Displayable {
  return make("text/html", typeof text === "string" ? text : weave(text, values));
}

/** An SVG picture, given as a text or as a template; the template escapes the values in it. */
export function svg(text: string | TemplateStringsArray, ...values: unknown[]): Displayable {
  return make("image/svg+xml", typeof text === "string" ? text : weave(text, values));
}

export function markdown(text: string | TemplateStringsArray, ...values: unknown[]): Displayable {
  return make("text/markdown", typeof text === "string" ? text : String.raw({ raw: text }, ...values));
}

/** LaTeX; in a template backslashes stand for themselves. */
export function latex(text: string | TemplateStringsArray, ...values: unknown[]): Displayable {
  return make("text/latex", typeof text === "string" ? text : String.raw(text, ...values));
}

/** A PNG picture, as bytes or in base64. */
export function png(image: Uint8Array | ArrayBuffer | string, { width, height }: ImageOptions = {}): Displayable {
  const size = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
  const metadata = Object.keys(size).length > 0 ? { "image/png": size } : {};
  return make("image/png", image, metadata);
}

/** Data to look into: front ends show it as a tree. */
export function json(value: unknown): Displayable {
  return make("application/json", value);
}

function make(type: string, content: unknown, metadata: Record<string, unknown> = {}): Displayable {
  return new Displayable(normalise({ [type]: content }), metadata);
}

function weave(texts: TemplateStringsArray, values: unknown[]): string {
  return texts.reduce((woven, text, index) => woven + toMarkup(values[index - 1]) + text);
}

/** Markup that was made on purpose stays; everything else is text. */
function toMarkup(value: unknown): string {
  if (Array.isArray(value)) return value.map(toMarkup).join("");
  const made =
    value instanceof Displayable ? (value.shown.data["text/html"] ?? value.shown.data["image/svg+xml"]) : undefined;
  return typeof made === "string" ? made : escapeHtml(String(value));
}
