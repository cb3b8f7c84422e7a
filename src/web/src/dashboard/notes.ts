import { textElement } from "./dom";
import type { FieldNote } from "./draftApi";
import type { Dropped } from "./dropped";

/** Notes by the field that they belong to, in the order in which they came. */
export function byField(notes: readonly FieldNote[]): Map<string, FieldNote[]> {
  const fields = new Map<string, FieldNote[]>();
  for (const note of notes) fields.set(note.id, [...(fields.get(note.id) ?? []), note]);
  return fields;
}

/**
 * Writes beside each field what there is to say about it. What the server found at the last submission stays until the field is changed, and so does why something was
 * refused and taken out: at the next saving nothing is wrong with what is not there.
 */
export class FieldNotes {
  private readonly touched = new Set<string>();

  constructor(private readonly form: HTMLFormElement, private readonly dropped: Dropped) {}

  /** The field has other content now. */
  touch(id: string): void {
    this.touched.add(id);
    if (!this.dropped.has(id)) return;
    this.dropped.remove(id);
    this.write(id, []);
  }

  /** What was in the field is refused and is not in it any more. */
  refuse(field: HTMLInputElement, words: string): void {
    this.touched.add(field.id);
    this.dropped.add(field);
    this.write(field.id, [{ id: field.id, kind: "refused", words }]);
  }

  show(notes: readonly FieldNote[]): void {
    const fields = byField(notes);
    for (const id of this.touched) {
      if (!this.dropped.has(id)) this.write(id, fields.get(id) ?? []);
    }
    for (const note of notes) {
      const field = document.getElementById(note.id);
      if (note.kind === "refused" && field instanceof HTMLInputElement) this.refuse(field, note.words);
    }
  }

  private write(id: string, notes: readonly FieldNote[]): void {
    const place = document.getElementById(`${id}-notes`);
    if (!place || !this.form.contains(place)) return;
    place.replaceChildren(...notes.map((note) => textElement("p", note.kind === "warning" ? "form-warning" : "form-error", note.words)));
    const field = document.getElementById(id);
    if (notes.some((note) => note.kind !== "warning")) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
}
