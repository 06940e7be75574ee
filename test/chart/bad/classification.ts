import type { BadCases } from "./case.ts";

export const classification: BadCases = {};
