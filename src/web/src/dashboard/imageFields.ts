import type { FieldNote, SavedDraft } from "./draftApi";
import { excess } from "./fileSize";
import type { FieldNotes } from "./notes";

/** The files that a saving took along, by the names of their fields. */
export type SentFiles = ReadonlyMap<string, File | undefined>;

/** The fields for a logo and a screenshot: each shows what is kept, and holds a file only until that was sent. */
export class ImageFields {
  constructor(private readonly form: HTMLFormElement, private readonly notes: FieldNotes) {}

  /** What is larger than its field takes is not sent: it would keep everything else from being saved. */
  chosen(field: HTMLInputElement): void {
    const words = excess(field.files?.[0]?.size ?? 0, Number(field.dataset["most"]));
    if (!words) return;
    field.value = "";
    this.notes.refuse(field, words);
  }

  get sent(): SentFiles {
    return new Map(this.fields.map((field) => [field.name, field.files?.[0]]));
  }

  /** The notes without those about a file that another was chosen for since: that one is not told of yet. */
  ofSent(notes: readonly FieldNote[], sent: SentFiles): FieldNote[] {
    const newer = this.fields.filter((field) => isNewer(field, sent)).map((field) => field.id);
    return notes.filter((note) => !newer.includes(note.id));
  }

  show(draft: SavedDraft, sent: SentFiles): void {
    for (const field of this.fields) {
      // What was taken is not sent again with the next key stroke.
      if (field.value !== "" && !isNewer(field, sent)) field.value = "";
    }
    this.showImage("logo", draft.logo);
    this.showImage("scenario.screenshot", draft.screenshot);
  }

  // A file of keys is put into the entries of keys, and what is folded is not sent.
  private get fields(): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>('input[type="file"]:not([multiple]):enabled')];
  }

  private showImage(field: string, url: string | null): void {
    const image = this.form.querySelector<HTMLImageElement>(`img[data-image="${field}"]`)!;
    image.hidden = url === null;
    if (url && image.getAttribute("src") !== url) image.src = url;
  }
}

function isNewer(field: HTMLInputElement, sent: SentFiles): boolean {
  const file = field.files?.[0];
  return file !== undefined && file !== sent.get(field.name);
}
