const actionable = "button, [role=button], [role=link], [role=menuitem], [role=tab], a";

/**
 * Stops every action of a card while one runs, or while the card may not act. The elements keep the focus (a disabled button would lose it to the page's
 * top) and say that they are disabled; what they would do is caught before they see it.
 */
export class BusyCard {
  private isStopped = false;
  private marked: Element[] = [];

  constructor(private readonly surface: HTMLElement) {
    for (const type of ["click", "keydown", "keypress"] as const) surface.addEventListener(type, (event) => this.guard(event), true);
  }

  /** `isOff` is for as long as it is said; `isBusy` for as long as the pressed element's action runs. */
  set(isBusy: boolean, isOff: boolean, pressed: HTMLElement | null): void {
    this.isStopped = isBusy || isOff;
    for (const element of this.marked.splice(0)) {
      element.removeAttribute("aria-disabled");
      element.removeAttribute("aria-busy");
    }
    this.surface.toggleAttribute("data-busy", this.isStopped);
    if (!this.isStopped) return;
    if (isBusy) pressed?.setAttribute("aria-busy", "true");
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
    if (!isHeldKey && !(this.isStopped && isAct)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
