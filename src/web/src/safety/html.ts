import DOMPurify from "dompurify";
import { markdownToHtml } from "./markdown";

/**
 * Every string that becomes HTML goes through DOMPurify: card text with the few tags that the subset of Markdown makes, and,
 * by the default Trusted Types policy, whatever else reaches an HTML sink. Scripts and script addresses have no policy at all.
 */
declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: { createHTML(html: string): string }): unknown };
  }
}

export function installDefaultPolicy(): void {
  window.trustedTypes?.createPolicy("default", { createHTML: (html) => DOMPurify.sanitize(html) });
}

/** Card text as HTML that is safe to insert. */
export function cardTextToHtml(text: string): string {
  return DOMPurify.sanitize(markdownToHtml(text), {
    ALLOWED_TAGS: ["p", "br", "em", "strong", "s", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "small"],
    ALLOWED_ATTR: ["href", "rel", "target", "type", "class", "start", "data-action-ref"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // The one attribute that holds an address is judged by this; DOMPurify would judge every other by it too.
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
    ADD_URI_SAFE_ATTR: ["rel", "target", "type", "start", "data-action-ref"],
  });
}

/** A fragment of one of our own pages, ready to be inserted. */
export function pageFragment(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true });
}
