const KEPT = "react-router-scroll-positions";

/**
 * An address that is opened again begins at its top. The router keeps the place of each tab's first
 * page under one name, whatever its address: only a reload and Back may return to it.
 */
export function beginAtTop(): void {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (entry?.type !== "navigate") return;
  const places = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as Record<string, number>;
  delete places.default;
  sessionStorage.setItem(KEPT, JSON.stringify(places));
}
