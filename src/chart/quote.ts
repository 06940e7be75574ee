/**
 * The names that readers give to axes and legends, as Vega-Lite can take them: it writes the titles of an encoding between quotation marks into the
 * expressions of tooltips and accessible names, and what would end or break such a text – `"`, `\`, a new line – breaks the chart. They become
 * their typographic kin.
 *
 * @example
 * quote('the "true" price') // the “true” price
 */
export function quote(title: string): string {
  return title
    .replace(/"([^"]*)"/g, "“$1”")
    .replaceAll('"', "″")
    .replaceAll("\\", "∖")
    .replace(/\s+/g, " ");
}

/** A specification whose encodings have such titles; data are left as they are. */
export function quoteTitles(value: unknown, isEncoding = false): unknown {
  if (Array.isArray(value)) return value.map((each) => quoteTitles(each, isEncoding));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === "data" || key === "datasets") return [key, each];
      if (isEncoding && key === "title" && typeof each === "string") return [key, quote(each)];
      return [key, quoteTitles(each, isEncoding || key === "encoding")];
    }),
  );
}
