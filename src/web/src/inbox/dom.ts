/** An element with a class, its text and its children: text is always text, never HTML. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name, className: string, ...content: (Node | string | null)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content.filter((item) => item !== null));
  return element;
}

export function createButton(className: string, text: string, onClick: () => void): HTMLButtonElement {
  const button = create("button", className, text);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}
