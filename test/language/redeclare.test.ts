import fc from "fast-check";
import { expect, test } from "vitest";
import { createSession } from "./run.ts";

/** Every way to give a name a value, and how the value is read. */
const FORMS: Record<string, { cell: (name: string, value: number) => string; read: (name: string) => string }> = {
  let: { cell: (name, value) => `let ${name}: number = ${value}`, read: (name) => name },
  const: { cell: (name, value) => `const ${name} = ${value}`, read: (name) => name },
  var: { cell: (name, value) => `var ${name} = ${value}`, read: (name) => name },
  nested: { cell: (name, value) => `if (true) { var ${name} = ${value} }`, read: (name) => name },
  object: { cell: (name, value) => `const { p: ${name} } = { p: ${value} }`, read: (name) => name },
  array: { cell: (name, value) => `let [${name} = ${value}] = []`, read: (name) => name },
  loop: { cell: (name, value) => `for (var ${name} of [0, ${value}]);`, read: (name) => name },
  function: { cell: (name, value) => `function ${name}() { return ${value} }`, read: (name) => `${name}()` },
  arrow: { cell: (name, value) => `const ${name} = () => ${value}`, read: (name) => `${name}()` },
  class: { cell: (name, value) => `class ${name} { v = ${value} }`, read: (name) => `new ${name}().v` },
  enum: { cell: (name, value) => `enum ${name} { V = ${value} }`, read: (name) => `${name}.V` },
  namespace: { cell: (name, value) => `namespace ${name} { export const v = ${value} }`, read: (name) => `${name}.v` },
  export: { cell: (name, value) => `export const ${name} = ${value}`, read: (name) => name },
};

test("a name means what was declared last, to new cells and to functions of old ones", async () => {
  const step = fc.record({
    name: fc.constantFrom("a", "b", "$", "toString"),
    form: fc.constantFrom(...Object.keys(FORMS)),
    value: fc.integer({ min: 1, max: 99 }),
    fails: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { run } = createSession();
      await run("const readers: Record<string, () => unknown> = {}");
      for (const { name, form, value, fails } of steps) {
        const { cell, read } = FORMS[form]!;
        const source = `${cell(name, value)}\nreaders[${JSON.stringify(name)}] = () => ${read(name)}`;
        if (fails) await expect(run(`${source}\nthrow "on purpose"`)).rejects.toBe("on purpose");
        else await run(source);
        expect((await run(read(name))).value).toBe(value);
        expect((await run(`readers[${JSON.stringify(name)}]!()`)).value).toBe(value);
      }
    }),
    { numRuns: 150 },
  );
});
