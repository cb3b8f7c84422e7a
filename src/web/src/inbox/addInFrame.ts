import type { InvokeAddInAction } from "../card/clientAction";
import { create } from "./dom";

/** An installed pane, as the server's registry has it. */
export interface AddIn {
  id: string;
  name: string;
  url: string;
}

/** What a pane says when it can listen; with it comes the port on which it does. */
const readyType = "actionmail.ready";

/**
 * The page of an add-in in a sandboxed frame. It is told what was invoked on a port that it has sent itself: a port ends with
 * the document that made it, so that no other page that may come into the frame hears it, and the page's origin is checked
 * before. A page of this site has no origin in its frame, or it could act as the person who reads.
 */
export function drawAddIn(addIn: AddIn, action: InvokeAddInAction): HTMLElement {
  const url = new URL(addIn.url, location.href);
  const isOurs = url.origin === location.origin;
  const frame = create("iframe", "am-pane-frame");
  frame.title = addIn.name;
  frame.referrerPolicy = "no-referrer";
  frame.sandbox.add("allow-scripts", "allow-forms", "allow-popups", "allow-popups-to-escape-sandbox");
  if (!isOurs) frame.sandbox.add("allow-same-origin");
  const expected = isOurs ? "null" : url.origin;
  const listen = (event: MessageEvent<unknown>) => {
    if (!frame.isConnected) return window.removeEventListener("message", listen);
    if (event.source !== frame.contentWindow || event.origin !== expected || !isReady(event.data)) return;
    event.ports[0]?.postMessage({
      type: "actionmail.invoked",
      addInId: addIn.id,
      desktopCommandId: action.desktopCommandId,
      initializationContext: action.initializationContext,
    });
  };
  window.addEventListener("message", listen);
  frame.src = url.href;
  return frame;
}

function isReady(data: unknown): boolean {
  return typeof data === "object" && data !== null && (data as { type?: unknown }).type === readyType;
}
