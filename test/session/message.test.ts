import { expect, test } from "vitest";
import { cleanMessage } from "../../kernel/session/child/message.ts";

test.each([
  ["(0 , $.f) is not a function", "f is not a function"],
  ["$.xs is not iterable", "xs is not iterable"],
  ["$.model.fit is not a function", "model.fit is not a function"],
  ["$_1.$.ajax is not a function", "$.ajax is not a function"],
  ["$.Point is not a constructor", "Point is not a constructor"],
  ["no match for $.store.book", "no match for $.store.book"],
  ["Cannot read properties of undefined (reading 'x')", "Cannot read properties of undefined (reading 'x')"],
])("%s", (message, cleaned) => {
  expect(cleanMessage(message)).toBe(cleaned);
});
