import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";

/**
 * The module `tslab` for cells: tslab's display API, so that notebooks written for that kernel run unchanged.
 *
 *     import * as tslab from "tslab";
 *     tslab.display.html("<b>bold</b>");
 */
export interface Display {
  javascript(s: string): void;
  html(s: string): void;
  markdown(s: string): void;
  latex(s: string): void;
  svg(s: string): void;
  png(b: Uint8Array): void;
  jpeg(b: Uint8Array): void;
  gif(b: Uint8Array): void;
  pdf(b: Uint8Array): void;
  text(s: string): void;
  /** Any MIME type: `raw("text/html", "<b>bold</b>")`. */
  raw(contentType: string, b: string | Uint8Array): void;
}

export interface Versions {
  /** The version of tslab whose display API this is. */
  tslab: string;
  typescript: string;
  node: string;
}

export const versions: Versions = {
  tslab: "1.0.22",
  get typescript() {
    const { version } = createRequire(import.meta.url)("typescript/package.json") as { version: string };
    return version;
  },
  node: process.version,
};

/** Shows each thing in a place of its own. */
export const display: Display = toDisplay((contentType, content) => {
  globalThis.display({ [contentType]: content }, { raw: true });
});

/** A place in the output; each thing shown there takes the place of the one before. */
export function newDisplay(): Display {
  const id = randomBytes(8).toString("hex");
  let update = false;
  return toDisplay((contentType, content) => {
    globalThis.display({ [contentType]: content }, { raw: true, id, update });
    update = true;
  });
}

function toDisplay(raw: Display["raw"]): Display {
  return {
    javascript: (s) => raw("text/javascript", s),
    html: (s) => raw("text/html", s),
    markdown: (s) => raw("text/markdown", s),
    latex: (s) => raw("text/latex", s),
    svg: (s) => raw("image/svg+xml", s),
    png: (b) => raw("image/png", b),
    jpeg: (b) => raw("image/jpeg", b),
    gif: (b) => raw("image/gif", b),
    pdf: (b) => raw("application/pdf", b),
    text: (s) => raw("text/plain", s),
    raw,
  };
}
