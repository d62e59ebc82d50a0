import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { isApiError } from "@/api/errors";

type Answer = "unknown" | "checking" | "free" | "taken" | "invalid";

/** Whether an e-mail or a nickname is still free, asked a moment after the last key. */
export function useAvailability(field: "email" | "username", value: string): Answer {
  const [settled] = useDebouncedValue(value.trim(), 400);
  const enabled = field === "email" ? /^\S+@\S+\.\S+$/.test(settled) : settled.length >= 2;
  const { data, isFetching, error } = useQuery({
    queryKey: ["availability", field, settled],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/auth/availability/", { params: { query: { [field]: settled } }, signal }),
      ),
    enabled,
    staleTime: 60_000,
    retry: false,
  });
  if (!enabled || settled !== value.trim()) return "unknown";
  if (isFetching) return "checking";
  if (isApiError(error, 400)) return "invalid";
  if (!data) return "unknown";
  return data.available ? "free" : "taken";
}
