/** Shows the sections that the chosen scope needs, and no other: what is folded is not sent, and the draft keeps it. */
export function foldByScope(form: HTMLFormElement): void {
  const choices = form.querySelectorAll<HTMLInputElement>("input[data-scope-choice]");
  const fold = (): void => {
    const chosen = [...choices].find((choice) => choice.checked)?.value ?? "";
    for (const section of form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-scope]")) {
      const isNeeded = section.dataset["scope"] === chosen;
      section.hidden = !isNeeded;
      section.disabled = !isNeeded;
    }
  };
  for (const choice of choices) choice.addEventListener("change", fold);
  fold();
}

/** Shows the fields of an Entra token where that is chosen. They are sent all the same: what is in them is kept. */
export function foldByToken(form: HTMLFormElement): void {
  const fields = form.querySelector<HTMLElement>("[data-entra]");
  const entra = form.querySelector<HTMLInputElement>('input[name="tokenProfile"][value="Entra"]');
  if (!fields || !entra) return;
  const fold = (): void => void (fields.hidden = !entra.checked);
  form.addEventListener("change", fold);
  fold();
}
