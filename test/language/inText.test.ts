// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are cells, not templates
import { expect, test } from "vitest";
import { isInText } from "../../kernel/language/inText.ts";

test.each([
  ["x.", false],
  ["// x.", true],
  ["// a\nx.", false],
  ["/* x.", true],
  ["/* a */ x.", false],
  ['"x.', true],
  ['"a" + x.', false],
  ["'it\\'s x.", true],
  ["'open\nx.", false],
  ["`x.", true],
  ["`${x.", false],
  ["`${ { a: x.", false],
  ["`${ {} } x.", true],
  ["`${1}` + x.", false],
  ['f("//") + x.', false],
])("%j: %s", (text, inText) => {
  expect(isInText(text, text.length)).toBe(inText);
});
