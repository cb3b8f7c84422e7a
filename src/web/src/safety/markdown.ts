import MarkdownIt from "markdown-it";
import { deceivingHost, safeLink } from "./urls";

const actionLink = /^action:([^\s]{1,200})$/i;

/**
 * The subset that cards may use: italics, bold, strike-through, links, headings and lists. HTML in the text is text.
 * A link whose address may not be followed stays the text that it was.
 */
const markdown = new MarkdownIt("zero", { html: false, linkify: false, breaks: true })
  .enable(["emphasis", "strikethrough", "link", "heading", "list", "newline", "escape", "entity"]);

markdown.validateLink = (url) => safeLink(url) !== null || actionLink.test(url);
markdown.normalizeLink = (url) => (actionLink.test(url) ? url : (safeLink(url)?.href ?? ""));

markdown.renderer.rules["link_open"] = (tokens, index) => {
  const address = String(tokens[index]?.attrGet("href") ?? "");
  const action = actionLink.exec(address)?.[1];
  return action !== undefined
    ? `<button type="button" class="am-action-link" data-action-ref="${escape(action)}">`
    : `<a href="${escape(address)}" rel="noopener noreferrer" target="_blank">`;
};

markdown.renderer.rules["link_close"] = (tokens, index) => {
  const opening = openingOf(tokens, index);
  const address = String(tokens[opening]?.attrGet("href") ?? "");
  if (actionLink.test(address)) return "</button>";
  const url = safeLink(address);
  const text = tokens.slice(opening + 1, index).map((token) => token.content).join("");
  const host = url && deceivingHost(text, url);
  return host ? `</a> <small>(${escape(host)})</small>` : "</a>";
};

/** HTML of the subset; still to be sanitized, as anything that becomes HTML is. */
export function markdownToHtml(text: string): string {
  return markdown.render(text);
}

/** Links do not nest, so the last opening before a closing is its own. */
function openingOf(tokens: { type: string }[], closing: number): number {
  for (let index = closing - 1; index >= 0; index--) {
    if (tokens[index]?.type === "link_open") return index;
  }
  return closing;
}

function escape(text: string): string {
  return markdown.utils.escapeHtml(text);
}
