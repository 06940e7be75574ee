import { describe, expect, test } from "vitest";
import { DECLARATIONS, HOISTS, LINES, NAMES, REFERENCES, type Row } from "./programs.ts";
import { createSession, runPlainly, toStatements } from "./run.ts";

const TABLES = { declarations: DECLARATIONS, names: NAMES, references: REFERENCES, hoisting: HOISTS, lines: LINES };

describe.each(Object.entries(TABLES))("%s: a cell gives what plain Node gives", (_, rows: Row[]) => {
  test.each(rows)("$program → $value", async ({ program, value, hoists }) => {
    const expected = await runPlainly(program, value);
    const one = createSession();
    await one.run(program);
    expect((await one.run(`(${value})`)).value, "in a later cell").toEqual(expected);
    expect((await createSession().run(`${program}\n;(${value})`)).value, "in the same cell").toEqual(expected);
    if (hoists === true) return;
    const many = createSession();
    for (const statement of toStatements(program)) await many.run(statement);
    expect((await many.run(`(${value})`)).value, "one cell for each statement").toEqual(expected);
  });
});
