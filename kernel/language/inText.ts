/** Whether an offset lies in a comment or in the text of a string: there nothing of the session may be offered. */
export function isInText(source: string, offset: number): boolean {
  /** What is open, innermost last: a template in whose `${` we are counts as code. */
  const open: string[] = [];
  for (let at = 0; at < offset; at++) {
    const [inner, two] = [open.at(-1), source.slice(at, at + 2)];
    if (inner === "//") {
      if (source[at] === "\n") open.pop();
    } else if (inner === "/*") {
      if (two === "*/") at += Number(open.pop() !== undefined);
    } else if (inner === '"' || inner === "'" || inner === "`") {
      if (source[at] === "\\") at++;
      else if (inner === "`" && two === "${") at += Number(open.push("${") > 0);
      else if (source[at] === inner || (source[at] === "\n" && inner !== "`")) open.pop();
    } else if (two === "//" || two === "/*") {
      open.push(two);
      at++;
    } else if (/["'`]/.test(source[at]!)) open.push(source[at]!);
    else if (source[at] === "{" && open.length > 0) open.push("{");
    else if (source[at] === "}" && open.length > 0) open.pop();
  }
  return !["${", "{", undefined].includes(open.at(-1));
}
