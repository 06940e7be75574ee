import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConnection, toAddress } from "../../kernel/wire/connection.ts";

const folder = mkdtempSync(join(tmpdir(), "connection-"));
const FILE = {
  ip: "127.0.0.1",
  transport: "tcp",
  shell_port: 1,
  iopub_port: 2,
  stdin_port: 3,
  control_port: 4,
  hb_port: 5,
  signature_scheme: "hmac-sha256",
  key: "k",
};

function write(value: unknown): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

test("reads what jupyter_client writes", () => {
  const connection = readConnection(write({ ...FILE, kernel_name: "lossbook", jupyter_session: "" }));
  expect(connection).toEqual(FILE);
  expect(toAddress(connection, "iopub_port")).toBe("tcp://127.0.0.1:2");
  expect(toAddress({ ...connection, transport: "ipc", ip: "/run/k" }, "hb_port")).toBe("ipc:///run/k-5");
});

test.each([
  [{ ...FILE, transport: "udp" }, 'transport is "udp"; "tcp" and "ipc" are supported.'],
  [{ ...FILE, hb_port: "five" }, 'hb_port is "five", not a port.'],
  [{ ...FILE, control_port: undefined }, "control_port is undefined, not a port."],
  [
    { ...FILE, signature_scheme: "rsa" },
    'signature_scheme is "rsa"; hmac schemes such as "hmac-sha256" are supported.',
  ],
  ["{", "is not JSON."],
])("a mistake is one sentence: %#", (file, sentence) => {
  expect(() => readConnection(write(file))).toThrow(sentence);
});

test("a file that is not there is named", () => {
  expect(() => readConnection(join(folder, "none.json"))).toThrow(/The connection file .*none\.json cannot be read/);
});
