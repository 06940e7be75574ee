/** A value in every form that can show it, by MIME type. */
export type Bundle = Record<string, unknown>;

/** What a front end gets: forms, and what it should know about each (`{ "image/png": { width: 200 } }`). */
export interface Shown {
  data: Bundle;
  metadata: Record<string, unknown>;
}

/** The convention by which any library says how its values are shown: a method that returns a bundle, or a promise of one. */
export const DISPLAY = Symbol.for("Jupyter.display");
