const actionable = "button, [role=button], [role=link], [role=menuitem], [role=tab], a";

/**
 * Stops every action of a card while one runs. The elements keep the focus (a disabled button would lose it to the page's
 * top) and say that they are disabled; what they would do is caught before they see it.
 */
export class BusyCard {
  private isBusy = false;
  private marked: Element[] = [];

  constructor(private readonly surface: HTMLElement) {
    for (const type of ["click", "keydown", "keypress"] as const) surface.addEventListener(type, (event) => this.guard(event), true);
  }

  set(isBusy: boolean, pressed: HTMLElement | null): void {
    this.isBusy = isBusy;
    for (const element of this.marked.splice(0)) {
      element.removeAttribute("aria-disabled");
      element.removeAttribute("aria-busy");
    }
    this.surface.toggleAttribute("data-busy", isBusy);
    if (!isBusy) return;
    pressed?.setAttribute("aria-busy", "true");
    for (const element of this.surface.querySelectorAll(actionable)) {
      if (element.getAttribute("aria-disabled") === "true") continue;
      element.setAttribute("aria-disabled", "true");
      this.marked.push(element);
    }
  }

  private guard(event: Event): void {
    const isOnAction = event.target instanceof Element && event.target.closest(actionable) !== null;
    if (!isOnAction) return;
    // A key that is held down would press what comes after the button.
    const isHeldKey = event instanceof KeyboardEvent && event.repeat && (event.key === "Enter" || event.key === " ");
    const isAct = !(event instanceof KeyboardEvent) || event.key === "Enter" || event.key === " ";
    if (!isHeldKey && !(this.isBusy && isAct)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
