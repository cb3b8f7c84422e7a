import { create, createButton } from "./dom";

/** From this width of the reading pane on there is room for card and pane beside each other. */
const roomForBoth = 760;

/**
 * A pane beside the card; where there is no room it covers the window. One at a time, and what had the focus gets it back.
 */
export class SidePane {
  private dialog: HTMLDialogElement | null = null;
  private opener: HTMLElement | null = null;

  constructor(private readonly stage: HTMLElement) {}

  open(title: string, ...content: Node[]): void {
    this.close();
    this.opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const dialog = this.draw(title, content);
    this.dialog = dialog;
    this.stage.append(dialog);
    if (this.hasRoom()) dialog.show();
    else dialog.showModal();
  }

  /** Closes it if it is open; what is in it is gone. */
  close(): void {
    const dialog = this.dialog;
    if (!dialog) return;
    this.dialog = null;
    const hadFocus = dialog.contains(document.activeElement);
    dialog.close();
    dialog.remove();
    if (hadFocus && this.opener?.isConnected) this.opener.focus();
  }

  private draw(title: string, content: Node[]): HTMLDialogElement {
    const heading = create("h2", "am-pane-title", title);
    heading.id = `am-pane-${crypto.randomUUID().slice(0, 8)}`;
    const close = createButton("am-pane-close", "", () => this.close());
    close.setAttribute("aria-label", "Close");
    const dialog = create("dialog", "am-pane", create("div", "am-pane-head", heading, close), ...content);
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    return dialog;
  }

  private hasRoom(): boolean {
    return (this.stage.closest<HTMLElement>("[data-scroller]")?.clientWidth ?? window.innerWidth) >= roomForBoth;
  }
}
