/** The browser tab's title. */
export function PageTitle({ children }: { children: string }) {
  return <title>{`${children} · SidePro`}</title>;
}
