import type { BadCases } from "./case.ts";

export const data: BadCases = {};
