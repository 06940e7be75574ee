/** JupyterLab in a real browser, with our kernel: one server for all of it. Pictures for a person to look at are in `out/browser/`. */
import { afterAll, beforeAll, describe, inject } from "vitest";
import { refuse } from "../conformance/suite.ts";
import { lookAtCharts, lookInTheDark } from "./charts.ts";
import { type Lab, startLab } from "./lab.ts";
import { lookAtLanguage } from "./language.ts";
import { lookAtTraining } from "./live.ts";
import { lookAtMarkup } from "./markup.ts";

const python = inject("python");
if ("reason" in python) refuse("JupyterLab", python.reason);
else
  describe("JupyterLab", () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await startLab(python.path);
    });
    afterAll(() => lab?.stop());
    for (const look of [lookAtCharts, lookAtTraining, lookAtLanguage, lookAtMarkup, lookInTheDark]) look(() => lab);
  });
