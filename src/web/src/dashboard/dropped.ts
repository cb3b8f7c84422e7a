type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * The fields whose content was refused and taken out of the form: each goes along as a hidden field until something else is given there, so that the server tells of it
 * when the form is submitted (Providers/Submission/DroppedFields.cs).
 */
export class Dropped {
  constructor(private readonly form: HTMLFormElement) {}

  has(id: string): boolean {
    return this.find(id) !== undefined;
  }

  add(field: Field): void {
    if (this.has(field.id)) return;
    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: "dropped", value: field.name });
    mark.dataset["of"] = field.id;
    this.form.append(mark);
  }

  remove(id: string): void {
    this.find(id)?.remove();
  }

  private find(id: string): HTMLInputElement | undefined {
    return [...this.form.querySelectorAll<HTMLInputElement>('input[name="dropped"]')].find((mark) => mark.dataset["of"] === id);
  }
}
