/** A shell pattern (`*`, `?`, `[abc]`, `[!abc]`) as a regular expression that matches a whole text. */
export function toPattern(glob: string): RegExp {
  const body = glob.replace(/\[(!?)([^\]]+)\]|[\s\S]/g, (found, not: string, set: string | undefined) => {
    if (set !== undefined) return `[${not ? "^" : ""}${set.replace(/[\\^]/g, "\\$&")}]`;
    if (found === "*") return "[\\s\\S]*";
    return found === "?" ? "[\\s\\S]" : found.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  });
  return new RegExp(`^${body}$`);
}
