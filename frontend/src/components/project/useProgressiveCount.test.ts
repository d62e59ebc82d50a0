import { renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { useProgressiveCount } from "./useProgressiveCount";

const some = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

it("begins with the first few of what is new, and comes to all, also of what is added", async () => {
  const seen: number[] = [];
  const items = some(7);
  const { rerender } = renderHook((props) => seen.push(useProgressiveCount(props.items)), {
    initialProps: { items },
  });
  expect(seen[0]).toBe(2);
  await waitFor(() => expect(seen.at(-1)).toBe(7));
  rerender({ items: [...items, ...some(2)] });
  await waitFor(() => expect(seen.at(-1)).toBe(9));
});

it("shows at once what was shown before, however shortly, and although some of it changed", () => {
  const items = some(60);
  renderHook(() => useProgressiveCount(items)).unmount();
  const [first, ...others] = items;
  const changed = [{ ...first }, ...others];
  expect(renderHook(() => useProgressiveCount(changed)).result.current).toBe(60);
});

it("shows no more than there is", () => {
  const items = some(1);
  expect(renderHook(() => useProgressiveCount(items)).result.current).toBe(1);
});
