import { type Command, parseArguments } from "./command.ts";
import { CHECKS } from "./doctor/checks.ts";

export const doctor: Command = {
  summary: "say what is there, what is missing, and how to mend it",
  help: `usage: lossbook doctor [--json]

Looks at everything a notebook needs, from Node.js to a cell that runs. The exit code is 1 if something needed is missing.
`,
  async run(args) {
    const { values } = parseArguments(args, { json: { type: "boolean", default: false } } as const);
    const findings = [];
    for (const check of CHECKS) {
      const found = await check.find().catch((error: Error) => ({ ok: false, detail: error.message }));
      findings.push({ name: check.name, needed: check.needed, ...found, mend: found.ok ? undefined : check.mend });
    }
    process.stdout.write(values.json ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(toText).join(""));
    return findings.some(({ ok, needed }) => needed && !ok) ? 1 : 0;
  },
};

function toText(finding: {
  name: string;
  needed: boolean;
  ok: boolean;
  detail: string;
  mend: string | undefined;
}): string {
  const { name, needed, ok, detail, mend } = finding;
  const mark = ok ? "ok     " : needed ? "MISSING" : "absent ";
  return `${mark} ${name.padEnd(16)} ${detail}\n${mend === undefined ? "" : `${" ".repeat(25)}→ ${mend}\n`}`;
}
