import { expect, test } from "vitest";
import { createReplayGuard } from "../../kernel/wire/replay.ts";

test("a signature is new once", () => {
  const isReplay = createReplayGuard();
  expect([isReplay("a"), isReplay("b"), isReplay("a"), isReplay("b")]).toEqual([false, false, true, true]);
});

test("what was seen 32,768 messages ago is still known, and memory has an end", () => {
  const isReplay = createReplayGuard();
  isReplay("first");
  for (let i = 0; i < 32_768; i++) isReplay(`later ${i}`);
  expect(isReplay("first")).toBe(true);
  for (let i = 0; i < 65_536; i++) isReplay(`much later ${i}`);
  expect(isReplay("first")).toBe(false);
});
