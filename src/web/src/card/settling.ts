/** How long a card that has just appeared, or moved, takes no pointer. Security E-05. */
const settleMilliseconds = 500;

/**
 * Keeps a click that was meant for what stood here before from pressing a button that has just come under the pointer.
 * Only the pointer is held off, by style: keys and assistive technology choose a button by name, not by place.
 */
export class Settling {
  private readonly observer = new ResizeObserver(() => this.watch());
  private place = "";
  private timer: number | undefined;

  constructor(private readonly host: HTMLElement) {}

  start(): void {
    this.observer.observe(document.body);
    this.observer.observe(this.host);
    this.hold();
  }

  stop(): void {
    this.observer.disconnect();
    window.clearTimeout(this.timer);
  }

  /** The card was drawn. */
  hold(): void {
    this.place = this.currentPlace();
    this.host.setAttribute("data-settling", "");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.host.removeAttribute("data-settling"), settleMilliseconds);
  }

  private watch(): void {
    if (this.place !== this.currentPlace()) this.hold();
  }

  /** Where the card lies in the page; scrolling does not change it, something that pushes it does. */
  private currentPlace(): string {
    const box = this.host.getBoundingClientRect();
    const scroller = this.host.closest<HTMLElement>("[data-scroller]");
    const top = box.top + window.scrollY + (scroller?.scrollTop ?? 0);
    return `${Math.round(box.left + window.scrollX)},${Math.round(top)}`;
  }
}
