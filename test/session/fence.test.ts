import fc from "fast-check";
import { expect, test } from "vitest";
import { FenceFinder, fenceMark } from "../../kernel/session/fence.ts";

test("marks are found however the bytes are cut, and everything else is passed on", () => {
  const text = Buffer.from(
    `before\0fen${fenceMark("abc", 1)}${fenceMark("abc", 2)}between${fenceMark("abc", 30)}after\0`,
  );
  fc.assert(
    fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 6 }), (cuts) => {
      const finder = new FenceFinder("abc");
      const places = [0, ...cuts.sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).flatMap((end, index) => finder.find(text.subarray(places[index], end)));
      const whole = [...pieces, finder.end()].map((piece) =>
        typeof piece === "number" ? `<${piece}>` : piece.toString(),
      );
      expect(whole.join("")).toBe("before\0fen<1><2>between<30>after\0");
    }),
  );
});
