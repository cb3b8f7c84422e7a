import { textElement } from "./dom";
import type { KeyView } from "./draftApi";
import type { Dropped } from "./dropped";
import { excess } from "./fileSize";
import { keyText } from "./keyFile";
import type { FieldNotes } from "./notes";

/** The list of public keys: an empty entry is always at its end, files become entries, and each key is shown back in its forms. */
export class KeyEntries {
  private readonly list: HTMLElement;
  private readonly file: HTMLInputElement;

  constructor(form: HTMLFormElement, private readonly notes: FieldNotes, private readonly dropped: Dropped, private readonly onTyped: () => void) {
    this.list = form.querySelector<HTMLElement>("[data-keys]")!;
    this.file = form.querySelector<HTMLInputElement>("#keyFile")!;
    this.file.addEventListener("change", () => void this.takeFiles());
    this.list.addEventListener("input", () => this.keepOneEmpty());
  }

  /** What each entry came to, in their order, as it was sent. A private key is taken out of the page: it is not shown again. */
  show(keys: readonly KeyView[], sent: readonly string[]): void {
    this.entries.forEach((entry, index) => {
      const [key, area] = [keys[index], textOf(entry)];
      // Another key may have been put there since; and why one was refused is said until one is.
      if (!key || area.value !== sent[index] || this.dropped.has(area.id)) return;
      if (key.isPrivate) this.dropped.add(area);
      showKey(entry, key);
    });
  }

  private get entries(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-key]")];
  }

  private async takeFiles(): Promise<void> {
    this.notes.touch(this.file.id);
    for (const file of this.file.files ?? []) {
      const words = excess(file.size, Number(this.file.dataset["most"]));
      if (words) this.notes.refuse(this.file, `${file.name}: ${words}`);
      else this.fill(keyText(new Uint8Array(await file.arrayBuffer())));
    }
    this.file.value = "";
    this.keepOneEmpty();
    this.onTyped();
  }

  private fill(text: string): void {
    this.keepOneEmpty();
    const empty = this.entries.map(textOf).find((area) => area.value.trim() === "");
    if (!empty) return;
    empty.value = text;
    this.dropped.remove(empty.id);
  }

  private keepOneEmpty(): void {
    const last = this.entries.at(-1);
    if (!last || textOf(last).value.trim() === "") return;
    const entry = last.cloneNode(true) as HTMLElement;
    const id = `key-${this.entries.length}`;
    const area = textOf(entry);
    Object.assign(entry.querySelector("label")!, { htmlFor: id, textContent: "Another key" });
    Object.assign(area, { id, value: "", defaultValue: "" });
    area.setAttribute("aria-describedby", `keys-hint ${id}-notes`);
    entry.querySelector(".form-notes")!.id = `${id}-notes`;
    showKey(entry, { refusal: null, isPrivate: false, title: null, thumbprint: null, rsaKeyValue: null, jwk: null });
    last.after(entry);
    last.querySelector("label")!.textContent = `Key ${this.entries.length - 1}`;
  }
}

function textOf(entry: HTMLElement): HTMLTextAreaElement {
  return entry.querySelector("textarea")!;
}

function showKey(entry: HTMLElement, key: KeyView): void {
  const area = textOf(entry);
  if (key.isPrivate) area.value = "";
  area.toggleAttribute("aria-invalid", false);
  if (key.refusal) area.setAttribute("aria-invalid", "true");
  entry.querySelector(".form-notes")!.replaceChildren(...(key.refusal ? [textElement("p", "form-error", key.refusal)] : []));
  const forms = entry.querySelector("details")!;
  forms.hidden = key.thumbprint === null;
  forms.querySelector("summary")!.textContent = key.title ?? "";
  forms.querySelector("[data-key-thumbprint]")!.textContent = key.thumbprint;
  forms.querySelector("[data-key-xml]")!.textContent = key.rsaKeyValue ?? "An EC key has none.";
  forms.querySelector("[data-key-jwk]")!.textContent = key.jwk;
}
