import { expect, it } from "vitest";
import { keyText } from "./keyFile";

it("takes a text as it is", () => {
  expect(keyText(new TextEncoder().encode("  <RSAKeyValue/>\n"))).toBe("<RSAKeyValue/>");
});

it("writes bytes as a PEM certificate with lines of 64 characters", () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
  const lines = keyText(bytes).split("\n");
  expect(lines[0]).toBe("-----BEGIN CERTIFICATE-----");
  expect(lines.at(-1)).toBe("-----END CERTIFICATE-----");
  expect(lines[1]).toHaveLength(64);
  expect(Uint8Array.from(atob(lines.slice(1, -1).join("")), (char) => char.charCodeAt(0))).toEqual(bytes);
});
