import classes from "./LandingPage.module.css";

// Windows in which somebody is still building: column, row.
const LIT: [number, number][] = [
  [0, 1],
  [1, 3],
  [3, 0],
  [4, 2],
  [6, 1],
  [7, 3],
  [9, 2],
  [10, 0],
];

/** A night over the city with an owl at a laptop. Decoration. */
export function NightScene() {
  return (
    <svg className={classes.scene} viewBox="0 0 520 380" aria-hidden="true" role="presentation">
      <defs>
        <linearGradient id="sky" x2="0" y2="1">
          <stop stopColor="#262855" />
          <stop offset="1" stopColor="#5c5fae" />
        </linearGradient>
      </defs>
      <rect width="520" height="380" fill="url(#sky)" />
      <circle cx="418" cy="82" r="38" fill="#f8dfa8" />
      <circle cx="432" cy="74" r="34" fill="#363873" />
      <g fill="#fff">
        <circle cx="64" cy="58" r="2" />
        <circle cx="132" cy="104" r="1.500" />
        <circle cx="196" cy="44" r="2" />
        <circle cx="284" cy="84" r="1.500" />
        <circle cx="342" cy="36" r="2" />
        <circle cx="482" cy="142" r="2" />
        <circle cx="96" cy="164" r="1.500" />
      </g>
      <g fill="#20224a">
        <rect x="0" y="206" width="92" height="174" />
        <rect x="84" y="168" width="74" height="212" />
        <rect x="372" y="190" width="84" height="190" />
        <rect x="448" y="150" width="72" height="230" />
      </g>
      <g fill="#f2b24a">
        {LIT.map(([column, row]) => (
          <rect
            key={`${column}-${row}`}
            x={(column < 5 ? 16 : 260) + column * 23}
            y={218 + row * 26}
            width="11"
            height="13"
            rx="2"
            opacity={0.55 + (row % 2) * 0.35}
          />
        ))}
      </g>
      <rect x="0" y="330" width="520" height="50" fill="#191a3a" />
      <g transform="translate(178 138) scale(3.500)">
        <path
          fill="#8387d0"
          d="M9 6c5 1 9 3 15 3s10-2 15-3c1 5 2 11 2 18 0 14-7 31-17 31S7 38 7 24C7 17 8 11 9 6Z"
        />
        <path fill="#c1c3e8" d="M14 33c0-3 4-6 10-6s10 3 10 6c0 9-4 16-10 16s-10-7-10-16Z" />
        <circle cx="16.500" cy="20" r="7" fill="#fff" />
        <circle cx="31.500" cy="20" r="7" fill="#fff" />
        <circle cx="17.500" cy="21" r="4" fill="#f2b24a" />
        <circle cx="30.500" cy="21" r="4" fill="#f2b24a" />
        <circle cx="17.500" cy="21.500" r="2" fill="#16151b" />
        <circle cx="30.500" cy="21.500" r="2" fill="#16151b" />
        <path fill="#e0912f" d="m24 23 3 4-3 4-3-4Z" />
      </g>
      <path fill="#e8e4dc" d="M196 338h132l-14-62H210Z" />
      <path fill="#c6bfb2" d="M184 338h156v10H184Z" />
      <circle cx="262" cy="308" r="7" fill="#f2b24a" />
      <g transform="translate(366 292)">
        <path fill="#faf8f4" d="M0 0h36v26a14 14 0 0 1-14 14h-8A14 14 0 0 1 0 26Z" />
        <path fill="none" stroke="#faf8f4" strokeWidth="5" d="M36 8h5a8 8 0 0 1 0 16h-5" />
        <g fill="none" stroke="#dfe0f3" strokeWidth="3" strokeLinecap="round" opacity=".7">
          <path d="M11-10c-5-6 5-9 0-16" />
          <path d="M24-10c-5-6 5-9 0-16" />
        </g>
      </g>
    </svg>
  );
}
