/** What of a skill is looked at when one types. */
export interface Named {
  name: string;
  aliases: string[];
  users: number;
}

/**
 * What counts of a name, as on the server: neither case, width, blanks nor punctuation. Letter by
 * letter: a syllable that is still being typed (써) begins the one that it will be (썬).
 */
function keyOf(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]/gu, "")
    .normalize("NFD");
}

/** The names of the skills that a text finds by name or alias: exact ones first, then beginnings,
 * then the more used. An empty text finds all, in their order; what finds nothing is looked up
 * without the version that it ends with (React 19). */
export function findSkills(skills: Named[], text: string): string[] {
  if (!text.trim()) return skills.map(({ name }) => name);
  const wanted = keyOf(text);
  if (!wanted) return [];
  const found = ranked(skills, wanted);
  const plain = wanted.replace(/\d+$/, "");
  return found.length || plain.length < 2 ? found : ranked(skills, plain);
}

function ranked(skills: Named[], wanted: string): string[] {
  const rank = ({ name, aliases }: Named) => {
    const keys = [name, ...aliases].map(keyOf);
    if (keys.includes(wanted)) return 0;
    if (keys.some((key) => key.startsWith(wanted))) return 1;
    return keys.some((key) => key.includes(wanted)) ? 2 : 3;
  };
  return skills
    .map((skill) => ({ skill, rank: rank(skill) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || b.skill.users - a.skill.users)
    .map(({ skill }) => skill.name);
}
