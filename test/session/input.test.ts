import { expect, test } from "vitest";
import { type Opened, open } from "./open.ts";

async function reply({ session, heard }: Opened, run: number, value: string | null): Promise<unknown> {
  const event = await heard((one) => one.type === "input" && one.run === run);
  if (event.type === "input") session.inputReply(event.id, value);
  return event;
}

test("input asks and lets everything else go on", async () => {
  const opened = open();
  const { start, said, printed } = opened;
  const { id, done } = start(
    "setTimeout(() => console.log('goes on'), 0); return await input('Name: ', { password: true })",
  );
  await printed(id, "goes on");
  expect(await reply(opened, id, "Ada")).toMatchObject({ prompt: "Name: ", password: true });
  await done;
  expect(said(id).at(-2)).toBe("text/plain: 'Ada'");
});

const answers: [code: string, prompt: string, answer: string | null, value: string][] = [
  ["prompt('Enter: ')", "Enter: ", "Ünï", "'Ünï'"],
  ["prompt('Enter', 'preset')", "Enter [preset] ", "", "'preset'"],
  ["prompt()", " ", null, "null"],
  ["confirm('Sure?')", "Sure? [y/N] ", "y", "true"],
  ["confirm('Sure?')", "Sure? [y/N] ", "", "false"],
  ["(alert('Look'), 1)", "Look [Enter] ", "", "1"],
];
for (const [code, prompt, answer, value] of answers)
  test(`${code} answered ${answer}`, async () => {
    const opened = open();
    const { done } = opened.start(`return ${code}`);
    expect(await reply(opened, 1, answer)).toMatchObject({ prompt });
    await done;
    expect(opened.said(1).at(-2)).toBe(`text/plain: ${value}`);
  });

test("a question that is withdrawn rejects", async () => {
  const opened = open();
  const { done } = opened.start("await input('?')");
  await reply(opened, 1, null);
  expect((await done).error?.evalue).toBe("input: the front end has withdrawn the question.");
});

for (const name of ["input", "prompt", "confirm", "alert"])
  test(`${name} without anybody to ask`, async () => {
    const { run } = open();
    const { error } = await run(`await ${name}('?')`, { allowStdin: false });
    expect(error?.evalue).toBe(`${name}: this front end does not take input (allow_stdin is false).`);
  });
