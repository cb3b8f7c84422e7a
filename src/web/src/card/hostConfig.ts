import { HostConfig } from "adaptivecards";

/**
 * The looks of a card, in the manner of Outlook. Every colour is a custom property (styles/card.css), so that a change
 * between light and dark needs no new drawing.
 */
function foreground(style: string) {
  const colour = (name: string) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-subtle)` });
  return {
    default: { default: `var(--card-on-${style})`, subtle: `var(--card-on-${style}-subtle)` },
    dark: colour("dark"),
    light: colour("light"),
    accent: colour("accent"),
    good: colour("good"),
    warning: colour("warning"),
    attention: colour("attention"),
  };
}

function containerStyle(style: string) {
  return { backgroundColor: `var(--card-bg-${style})`, borderColor: "var(--card-line)", foregroundColors: foreground(style) };
}

export const hostConfig = new HostConfig({
  supportsInteractivity: true,
  fontFamily: "inherit",
  fontTypes: {
    default: {
      fontFamily: "inherit",
      fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 26 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
    monospace: {
      fontFamily: "var(--font-monospace)",
      fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 26 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
  },
  lineHeights: { small: 16, default: 20, medium: 22, large: 28, extraLarge: 34 },
  spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 28, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--card-line)" },
  imageSizes: { small: 40, medium: 72, large: 144 },
  imageSet: { imageSize: "medium", maxImageHeight: 100 },
  containerStyles: {
    default: containerStyle("default"),
    emphasis: containerStyle("emphasis"),
    accent: containerStyle("accent"),
    good: containerStyle("good"),
    warning: containerStyle("warning"),
    attention: containerStyle("attention"),
  },
  actions: {
    maxActions: 100,
    spacing: "medium",
    buttonSpacing: 0,
    showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
    preExpandSingleShowCardAction: false,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    iconPlacement: "leftOfTitle",
    allowTitleToWrap: true,
    iconSize: 16,
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { color: "default", size: "default", isSubtle: true, weight: "default", wrap: true, maxWidth: 160 },
    value: { color: "default", size: "default", isSubtle: false, weight: "default", wrap: true },
    spacing: 16,
  },
  textBlock: { headingLevel: 2 },
  textStyles: {
    heading: { size: "large", weight: "bolder", color: "default", isSubtle: false, fontType: "default" },
    columnHeader: { size: "default", weight: "bolder", color: "default", isSubtle: false, fontType: "default" },
  },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" },
    },
    errorMessage: { color: "attention", size: "small", weight: "default" },
    allowRevealOnHoverStyle: false,
    allowDynamicallyFilteredChoiceSet: false,
  },
  table: { cellSpacing: 8 },
});
