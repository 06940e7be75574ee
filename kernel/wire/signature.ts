import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs and verifies the four JSON parts of a message; an empty key switches signing off, as the protocol says. */
export interface Signer {
  sign(parts: readonly Uint8Array[]): string;
  verify(signature: Uint8Array, parts: readonly Uint8Array[]): boolean;
}

/** `scheme` is `hmac-` and a digest that OpenSSL knows; Jupyter uses `hmac-sha256`. */
export function createSigner(scheme: string, key: string): Signer {
  if (key === "") return { sign: () => "", verify: () => true };
  const digest = scheme.replace(/^hmac-/, "");
  const sign = (parts: readonly Uint8Array[]) => {
    const hmac = createHmac(digest, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
  return {
    sign,
    verify(signature, parts) {
      const expected = Buffer.from(sign(parts));
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
  };
}
