import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url";

test.each([
  [[], ""],
  [[0], "AA"],
  [[255, 254], "__4"],
  [[251, 239, 190], "----"],
  [[1, 2, 3, 4], "AQIDBA"],
])("bytes %j are written %s, and read back", (bytes, text) => {
  expect(toBase64Url(Uint8Array.from(bytes).buffer)).toBe(text);
  expect([...new Uint8Array(fromBase64Url(text))]).toEqual(bytes);
});
