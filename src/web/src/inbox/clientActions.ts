import { DisplayMessageAction, InvokeAddInAction, type ClientAction } from "../card/clientAction";
import { plainTitle } from "../safety/text";
import { drawAddIn, type AddIn } from "./addInFrame";
import { create } from "./dom";
import type { SidePane } from "./sidePane";
import { lineTime } from "./times";

/** A message of the person's own that an item id names. */
interface Item {
  id: string;
  subject: string;
  from: { address: string; name: string };
  receivedAt: string;
}

type Found<Thing> = { kind: "found"; thing: Thing } | { kind: "missing" } | { kind: "unreachable" };

/** Does what a card asks of the inbox itself: opens an add-in's pane, a message, what there is about an appointment. */
export class ClientActions {
  constructor(private readonly pane: SidePane) {}

  async perform(action: ClientAction): Promise<void> {
    if (action instanceof InvokeAddInAction) return this.invoke(action);
    const item = await find<Item>(`/api/items?id=${encodeURIComponent(action.itemId)}`);
    if (action instanceof DisplayMessageAction) this.openMessage(action.itemId, item);
    else this.showAppointment(action.itemId, item);
  }

  private async invoke(action: InvokeAddInAction): Promise<void> {
    const addIn = await find<AddIn>(`/api/add-ins?id=${encodeURIComponent(action.addInId)}`);
    switch (addIn.kind) {
      case "found":
        return this.pane.open(addIn.thing.name, drawAddIn(addIn.thing, action), ...from(new URL(addIn.thing.url, location.href)));
      case "missing":
        return this.pane.open("This add-in is not installed", words(
          "The card asks for an add-in that this platform does not have. Whoever runs the platform can install it; they need its id:",
        ), exact(action.addInId));
      case "unreachable":
        return this.pane.open("Add-in", words("There is no connection at the moment. Press the button again in a while."));
    }
  }

  private openMessage(itemId: string, item: Found<Item>): void {
    if (item.kind === "found") location.assign(`/inbox/${item.thing.id}`);
    else this.pane.open("Message", ...notHere(item.kind, itemId));
  }

  /** There is no calendar here. An id may still name a mail in this mailbox, such as the invitation. */
  private showAppointment(itemId: string, item: Found<Item>): void {
    if (item.kind !== "found") {
      this.pane.open("Appointment", ...notHere(item.kind, itemId), words("ActionMail keeps mail and no calendar. Look for the appointment in your calendar."));
      return;
    }
    const { id, subject, from, receivedAt } = item.thing;
    const open = create("a", "am-button", "Open the message");
    open.href = `/inbox/${id}`;
    this.pane.open("Appointment", words("ActionMail keeps no calendar. This message in your mailbox has the appointment's id:"), create(
      "dl", "am-pane-facts", fact("Subject", subject || "(no subject)"), fact("From", from.name ? `${from.name}, ${from.address}` : from.address),
      fact("Received", lineTime(new Date(receivedAt), new Date())),
    ), create("p", "am-pane-words", open));
  }
}

function notHere(kind: "missing" | "unreachable", itemId: string): Node[] {
  return kind === "unreachable"
    ? [words("There is no connection at the moment. Press the button again in a while.")]
    : [words("Nothing in your mailbox has this id. It may have been deleted, or it is in somebody else's mailbox:"), exact(itemId)];
}

/** The host is always to be seen, whatever the page in the frame says that it is. */
function from(url: URL): Node[] {
  return url.origin === location.origin ? [] : [create("p", "am-pane-foot", `From ${url.host}`)];
}

function words(text: string): HTMLElement {
  return create("p", "am-pane-words", text);
}

function exact(text: string): HTMLElement {
  return create("p", "am-pane-words exact", plainTitle(text) || "(none given)");
}

function fact(name: string, value: string): HTMLElement {
  const told = create("dd", "", value);
  told.dir = "auto";
  return create("div", "", create("dt", "", name), told);
}

async function find<Thing>(address: string): Promise<Found<Thing>> {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (response.ok) return { kind: "found", thing: (await response.json()) as Thing };
    return response.status === 404 ? { kind: "missing" } : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}
