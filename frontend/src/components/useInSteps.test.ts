import { renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { useInSteps } from "./useInSteps";

it("shows what was kept at once", () => {
  const { result } = renderHook(() => useInSteps(60, Date.now() - 5000));
  expect(result.current).toBe(60);
});

it("begins with the first few of what has just arrived, and comes to all", async () => {
  const seen: number[] = [];
  const { rerender } = renderHook(({ total }) => seen.push(useInSteps(total, Date.now())), {
    initialProps: { total: 7 },
  });
  expect(seen[0]).toBe(2);
  await waitFor(() => expect(seen.at(-1)).toBe(7));
  rerender({ total: 9 });
  await waitFor(() => expect(seen.at(-1)).toBe(9));
});

it("shows no more than there is", () => {
  const { result } = renderHook(() => useInSteps(1, Date.now()));
  expect(result.current).toBe(1);
});
