/** Where the identifier before an offset begins, or the offset itself. */
export function findWordStart(source: string, offset: number): number {
  return offset - (/[\p{ID_Continue}$]*$/u.exec(source.slice(0, offset))?.[0].length ?? 0);
}

/** The identifier at an offset, which may be at its end. */
export function findWord(source: string, offset: number): { start: number; end: number } | undefined {
  const start = findWordStart(source, offset);
  const end = offset + (/^[\p{ID_Continue}$]*/u.exec(source.slice(offset))?.[0].length ?? 0);
  return start === end || /\d/.test(source[start]!) ? undefined : { start, end };
}

/** The function whose call's parentheses an offset is in, innermost first. */
export function* findCallees(source: string, offset: number): Iterable<{ start: number; end: number }> {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at--) {
    const character = source[at]!;
    if (character === ")" || character === "]" || character === "}") depth++;
    else if (character === "[" || character === "{") depth--;
    else if (character === "(" && --depth < 0) {
      depth = 0;
      const before = source.slice(0, at).replace(/(?:\s|<[^<>()]*>)+$/, "");
      const word = findWord(source, before.length);
      if (word !== undefined && word.end === before.length) yield word;
    }
  }
}
