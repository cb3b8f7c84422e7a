import { textElement } from "./dom";
import type { KeyView } from "./draftApi";
import { keyText } from "./keyFile";

const largestFile = 64 * 1024;

/** The list of public keys: an empty entry is always at its end, files become entries, and each key is shown back in its forms. */
export class KeyEntries {
  private readonly list: HTMLElement;
  private readonly file: HTMLInputElement;

  constructor(form: HTMLFormElement, private readonly onTyped: () => void) {
    this.list = form.querySelector<HTMLElement>("[data-keys]")!;
    this.file = form.querySelector<HTMLInputElement>("#keyFile")!;
    this.file.addEventListener("change", () => void this.takeFiles());
    this.list.addEventListener("input", () => this.keepOneEmpty());
  }

  /** What each entry came to, in their order. A private key is taken out of the page: it is not shown again. */
  show(keys: readonly KeyView[]): void {
    this.entries.forEach((entry, index) => {
      const key = keys[index];
      if (key) showKey(entry, key);
    });
  }

  private get entries(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-key]")];
  }

  private async takeFiles(): Promise<void> {
    for (const file of this.file.files ?? []) {
      if (file.size > largestFile) continue;
      this.keepOneEmpty();
      const empty = this.entries.map(textOf).find((area) => area.value.trim() === "");
      if (empty) empty.value = keyText(new Uint8Array(await file.arrayBuffer()));
    }
    this.file.value = "";
    this.keepOneEmpty();
    this.onTyped();
  }

  private keepOneEmpty(): void {
    const last = this.entries.at(-1);
    if (!last || textOf(last).value.trim() === "") return;
    const entry = last.cloneNode(true) as HTMLElement;
    const id = `key-${this.entries.length}`;
    const area = textOf(entry);
    entry.querySelector("label")!.htmlFor = id;
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
