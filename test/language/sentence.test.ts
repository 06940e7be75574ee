import { expect, test } from "vitest";
import { toSentence } from "../../kernel/language/sentence.ts";

const argument = (type: string) =>
  `Argument of type 'Tensor<readonly [3]>' is not assignable to parameter of type 'Tensor<readonly [3]> & ${type}'.\n  Property '" "' is missing in type 'Tensor<readonly [3]>' but required in type '${type}'.`;

test.each<[string, string, string | undefined]>([
  ["an alias", argument('Wrong<"[3] and [4] do not broadcast">'), "[3] and [4] do not broadcast"],
  ["written out", argument('{ readonly " ": "one is odd"; }'), "one is odd"],
  ["quotes inside", argument('Wrong<"say \\"x\\" > y">'), 'say "x" > y'],
  ["an unknown size", argument(`Wrong<\`[\${number}, 4] is needed\`>`), "[number, 4] is needed"],
  ["a size that is a type parameter", argument(`Wrong<\`[\${WriteSize<N>}, 4] is needed\`>`), "[N, 4] is needed"],
  [
    "broken off",
    argument(`Wrong<"a sentence that never comes to its end...`).replaceAll("...'", "...'"),
    "a sentence that never comes to its end…",
  ],
  ["no sentence", "Type 'number' is not assignable to type 'string'.", undefined],
  ["a type called otherwise", argument('Right<"x">'), undefined],
])("%s", (_, message, sentence) => {
  expect(toSentence(message)).toBe(sentence);
});
