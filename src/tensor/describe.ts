/** What stands where something else is needed, for a sentence: `null`, `string abc`, `an array of 3`, `a tensor of shape [2]`. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `${typeof value} ${String(value)}`;
  const { shape } = value as { readonly shape?: unknown };
  return Array.isArray(shape) ? `a tensor of shape [${shape.join(", ")}]` : "an object";
}
