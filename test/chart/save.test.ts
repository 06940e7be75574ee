import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lossCurve } from "../../src/chart/index.ts";

const folder = mkdtempSync(join(tmpdir(), "charts-"));
const curve = lossCurve({ train: [2, 1] }, { title: "</script><script>alert(1)</script>" });

test.each([
  ["loss.png", (bytes: Buffer) => expect(bytes.subarray(1, 4).toString()).toBe("PNG")],
  ["loss.svg", (bytes: Buffer) => expect(bytes.toString()).toMatch(/^<svg .*<\/svg>$/s)],
  ["loss.json", (bytes: Buffer) => expect(JSON.parse(bytes.toString())).toEqual(curve.spec)],
  [
    "loss.html",
    (bytes: Buffer) => {
      const page = bytes.toString();
      expect(page.includes('aria-label="Training loss falls from 2 to 1 in 2 epochs."')).toBe(true);
      // three libraries and the call, each ended where it ends; the title's own tags are text
      expect(page.match(/<\/script>/g)).toHaveLength(4);
      const words = page.replace(/<script>.*?<\/script>/gs, "");
      expect(words).toContain("<title>&#60;/script&#62;&#60;script&#62;");
      // nothing is fetched
      expect(words).not.toMatch(/(?:src|href)="/);
    },
  ],
])("%s", async (name, check) => {
  await curve.save(join(folder, name));
  check(readFileSync(join(folder, name)));
});

test("another name is refused", async () => {
  await expect(curve.save("loss.gif")).rejects.toThrow(
    'save: "loss.gif" where a name that ends in .html, .json, .png or .svg is needed.',
  );
});
