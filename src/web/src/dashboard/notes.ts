import { textElement } from "./dom";
import type { FieldNote } from "./draftApi";

/** Notes by the field that they belong to, in the order in which they came. */
export function byField(notes: readonly FieldNote[]): Map<string, FieldNote[]> {
  const fields = new Map<string, FieldNote[]>();
  for (const note of notes) fields.set(note.id, [...(fields.get(note.id) ?? []), note]);
  return fields;
}

/** Writes beside each field what there is to say about it. What the server found at the last submission stays until the field is changed. */
export class FieldNotes {
  private readonly touched = new Set<string>();

  constructor(private readonly form: HTMLFormElement) {}

  touch(id: string): void {
    this.touched.add(id);
  }

  show(notes: readonly FieldNote[]): void {
    const fields = byField(notes);
    for (const id of this.touched) this.write(id, fields.get(id) ?? []);
  }

  write(id: string, notes: readonly FieldNote[]): void {
    const place = document.getElementById(`${id}-notes`);
    if (!place || !this.form.contains(place)) return;
    place.replaceChildren(...notes.map((note) => textElement("p", note.kind === "error" ? "form-error" : "form-warning", note.words)));
    const field = document.getElementById(id);
    if (notes.some((note) => note.kind === "error")) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
}
