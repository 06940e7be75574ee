const V8 = /is not (?:a function|a constructor|iterable|async iterable|a function or its return value is not)/;

/** V8 names what failed as the compiled cell has it: `(0 , $.f) is not a function` was `f()` in the cell. */
export function cleanMessage(message: string): string {
  if (!V8.test(message)) return message;
  return message
    .replace(/\(0 , \$(?:_\d+)?\.([\p{ID_Continue}$]+)\)/u, "$1")
    .replace(/(?<![\p{ID_Continue}$.])\$(?:_\d+)?\.(?=[\p{ID_Start}$_])/u, "");
}
