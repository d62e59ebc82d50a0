/**
 * A text in pieces; every second one is a hit. As the search does, it looks at neither case nor
 * width, and not at spaces between Hangul: 강아지산책 marks 강아지 산책.
 */
export function hitsIn(text: string, searched: string): string[] {
  const words = [...new Set(searched.normalize("NFKC").split(/\s+/).filter(Boolean))];
  if (!words.length) return [text];
  const hits = words.sort((a, b) => b.length - a.length).map(patternOf);
  return text.split(new RegExp(`(${hits.join("|")})`, "giu"));
}

function patternOf(word: string): string {
  const letters = [...word].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&"));
  return letters
    .map((letter, at) =>
      /[가-힣]/.test(letter) && /[가-힣]/.test(letters[at + 1] ?? "") ? `${letter}[ \\t]*` : letter,
    )
    .join("");
}
