/**
 * How hard a password is to guess, from 0 to 4: by its length and how many kinds of characters it
 * has. A help while typing; the server decides.
 */
export function passwordStrength(password: string): 0 | 1 | 2 | 3 | 4 {
  if (password.length < 8 || /^\d+$/.test(password)) return password ? 1 : 0;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) =>
    kind.test(password),
  ).length;
  const different = new Set(password).size;
  if (different < 5) return 1;
  const points = (password.length >= 12 ? 1 : 0) + (password.length >= 16 ? 1 : 0) + (kinds - 1);
  return points >= 3 ? 4 : points >= 1 ? 3 : 2;
}
