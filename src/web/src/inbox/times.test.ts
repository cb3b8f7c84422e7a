import { describe, expect, it } from "vitest";
import { lineTime, listTime } from "./times";

const now = new Date(2026, 4, 12, 11, 0);

describe("a time in the list", () => {
  it.each([
    ["today", new Date(2026, 4, 12, 0, 5), "00:05"],
    ["yesterday", new Date(2026, 4, 11, 23, 59), "Mon"],
    ["six days ago", new Date(2026, 4, 6, 12, 0), "Wed"],
    ["a week ago", new Date(2026, 4, 5, 12, 0), "5 May"],
    ["last year", new Date(2025, 11, 31, 12, 0), "31 Dec 2025"],
    ["tomorrow, by a clock that is ahead", new Date(2026, 4, 13, 9, 0), "13 May"],
  ])("%s", (_, at, text) => expect(listTime(at, now, "en-GB")).toBe(text));
});

describe("a time in a line", () => {
  it.each([
    ["today", new Date(2026, 4, 12, 10, 28), "10:28"],
    ["yesterday", new Date(2026, 4, 11, 10, 28), "11 May, 10:28"],
    ["last year", new Date(2025, 4, 11, 10, 28), "11 May 2025, 10:28"],
  ])("%s", (_, at, text) => expect(lineTime(at, now, "en-GB")).toBe(text));
});
