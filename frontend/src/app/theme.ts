import {
  Anchor,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
} from "@mantine/core";

const dusk: MantineColorsTuple = [
  "#f1f1fb",
  "#e0e1f4",
  "#c1c3e8",
  "#a0a3dc",
  "#8387d0",
  "#6b6fc6",
  "#565ab6",
  "#484c9f",
  "#3d4087",
  "#31346f",
];

const amber: MantineColorsTuple = [
  "#fff6e6",
  "#fdeacb",
  "#f9d69a",
  "#f5c166",
  "#f2b24a",
  "#e0912f",
  "#b86f16",
  "#94570d",
  "#74430a",
  "#573207",
];

// Darker than Mantine's, whose white letters on red are too pale to read.
const red: MantineColorsTuple = [
  "#fdeeee",
  "#fad9d9",
  "#f5b5b5",
  "#f29c9c",
  "#ff8f8f",
  "#dd4f4f",
  "#c93636",
  "#b92d2d",
  "#9c2424",
  "#7d1c1c",
];

const gray: MantineColorsTuple = [
  "#faf8f4",
  "#f3f0ea",
  "#e8e4dc",
  "#dcd6cb",
  "#c6bfb2",
  "#969086",
  "#69645c",
  "#524d47",
  "#38342f",
  "#1f1c19",
];

const dark: MantineColorsTuple = [
  "#eceae6",
  "#cbc8c5",
  "#aaa7ab",
  "#7d7a82",
  "#3d3a45",
  "#302e37",
  "#232129",
  "#17161c",
  "#121117",
  "#0d0c11",
];

const TITLE_BAR_IS_NO_LANDMARK = {
  defaultProps: { attributes: { header: { role: "presentation" } } },
};

// What opens is part of the page's landmark, and the list itself is what scrolls: a box around it
// would have to be reached by the keyboard as well.
const LIST_IN_ITS_PLACE = {
  defaultProps: { withScrollArea: false, comboboxProps: { withinPortal: false } },
  styles: { options: { maxHeight: 220, overflowY: "auto" } },
} as const;

/** Night and owl's eyes: a calm indigo for what one can do, amber for what one marked. */
export const theme = createTheme({
  colors: { dusk, amber, red, gray, dark },
  primaryColor: "dusk",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  black: "#1f1c19",
  fontFamily: "var(--sp-font)",
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, "JetBrains Mono", Menlo, Consolas, "Noto Sans Mono CJK KR", monospace',
  // The type scale, in which everything is set; weights are 400, 600 and 700. Each size in each
  // weight is a font that a browser makes before it shows the page.
  fontSizes: {
    xs: "0.8125rem",
    sm: "0.875rem",
    md: "1rem",
    lg: "1.0625rem",
    xl: "1.3125rem",
  },
  headings: {
    fontWeight: "700",
    sizes: {
      h1: { fontSize: "1.75rem", lineHeight: "1.3" },
      h2: { fontSize: "var(--mantine-font-size-xl)", lineHeight: "1.35" },
      h3: { fontSize: "var(--mantine-font-size-lg)", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  radius: { md: "10px", lg: "16px" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    // Colour alone does not tell a link from the text around it.
    Anchor: Anchor.extend({ defaultProps: { underline: "always" } }),
    // The page has one banner; the title bar of a dialog is none.
    Modal: TITLE_BAR_IS_NO_LANDMARK,
    Drawer: TITLE_BAR_IS_NO_LANDMARK,
    Select: LIST_IN_ITS_PLACE,
    MultiSelect: LIST_IN_ITS_PLACE,
  },
});

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#faf8f4",
    "--mantine-color-dimmed": "#69645c",
    "--mantine-color-anchor": "#484c9f",
    "--mantine-color-error": "#c02f2f",
    "--mantine-color-placeholder": "#78726a",
  },
  dark: {
    "--mantine-color-dimmed": "#aaa7ab",
    "--mantine-color-anchor": "#a0a3dc",
    "--mantine-color-error": "#ff8f8f",
    "--mantine-color-placeholder": "#8f8c94",
  },
});
