declare global {
  interface Window {
    /** What `public/early.js` asked for before the scripts were there. */
    sideproEarly?: { url: string; answer: Promise<Response> };
  }
}

/** The answer to this request, when it was asked for early; each is given out once. */
export function takeEarlyAnswer(request: Request): Promise<Response> | null {
  const early = window.sideproEarly;
  if (!early || request.method !== "GET") return null;
  if (request.url !== new URL(early.url, window.location.href).href) return null;
  delete window.sideproEarly;
  return early.answer;
}
