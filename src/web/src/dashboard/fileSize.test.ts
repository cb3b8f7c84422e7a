import { expect, it } from "vitest";
import { excess } from "./fileSize";

const logo = 60 * 1024;
const screenshot = 1024 * 1024;

it.each([
  ["a logo of ten megabytes", 10 * 1024 * 1024, logo, "It has 10.0 MB; at most 60 KB are taken."],
  ["a logo with a byte too many", logo + 1, logo, "It has 61 KB; at most 60 KB are taken."],
  ["a screenshot with a byte too many", screenshot + 1, screenshot, "It has 1.1 MB; at most 1.0 MB are taken."],
  ["a logo that just fits", logo, logo, null],
  ["an empty file", 0, logo, null],
])("says of %s what it should", (_, size, most, words) => {
  expect(excess(size, most)).toBe(words);
});
