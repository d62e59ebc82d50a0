// Made by `python -m user.text`; the server has the same table.

/** Matches a character that leaves a mark. */
export const VISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they leave no mark either
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: none is combined
  /[^\u{0}-\u{20}\u{7f}-\u{a0}\u{ad}-\u{ad}\u{34f}-\u{34f}\u{61c}-\u{61c}\u{115f}-\u{1160}\u{1680}-\u{1680}\u{17b4}-\u{17b5}\u{180b}-\u{180f}\u{2000}-\u{200f}\u{2028}-\u{202f}\u{205f}-\u{206f}\u{2800}-\u{2800}\u{3000}-\u{3000}\u{3164}-\u{3164}\u{d800}-\u{dfff}\u{fe00}-\u{fe0f}\u{feff}-\u{feff}\u{ffa0}-\u{ffa0}\u{fff0}-\u{fffb}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
