/** What the language server's kinds of completions are called in Jupyter, whose words are those of IPython. */
export function toJupyterType(kind: number | undefined, detail?: string): string {
  if (kind === 6 && detail !== undefined && /^(?:const|let|var) [^:]+: (?:new )?\(.*=>/.test(detail)) return "function";
  return TYPES[kind ?? 0] ?? "instance";
}

const TYPES: Record<number, string> = {
  1: "text",
  2: "function",
  3: "function",
  4: "function",
  5: "property",
  6: "instance",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  12: "value",
  13: "enum",
  14: "keyword",
  17: "path",
  19: "path",
  20: "enum",
  21: "instance",
  22: "class",
  25: "interface",
};
