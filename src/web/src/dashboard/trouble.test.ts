import { expect, it } from "vitest";
import { troubleOf, troubles } from "./trouble";

it.each([
  ["a redirection, to where one signs in", "opaqueredirect", 0, "signedOut"],
  ["401", "basic", 401, "signedOut"],
  ["413", "basic", 413, "tooLarge"],
  ["429", "basic", 429, "busy"],
  ["503", "basic", 503, "busy"],
  ["400, for a request token of before", "basic", 400, "refused"],
  ["404, for a draft that is gone", "basic", 404, "refused"],
] as const)("takes %s for what it is", (_, type, status, trouble) => {
  expect(troubleOf({ type, status })).toBe(trouble);
});

it("has words of its own for each", () => {
  expect(new Set(Object.values(troubles).map((handling) => handling.words)).size).toBe(5);
});
