import { expect, it } from "vitest";
import { byField } from "./notes";

it("gathers the notes of a field in the order in which they came", () => {
  const fields = byField([
    { id: "targets", kind: "error", words: "first" },
    { id: "name", kind: "error", words: "other" },
    { id: "targets", kind: "warning", words: "second" },
  ]);
  expect([...fields.keys()]).toEqual(["targets", "name"]);
  expect(fields.get("targets")?.map((note) => note.words)).toEqual(["first", "second"]);
});
