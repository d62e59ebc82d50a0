import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { availabilityQuery } from "@/api/auth";
import { isApiError } from "@/api/errors";

type Answer = "unknown" | "checking" | "free" | "taken" | "invalid";

/** Whether an e-mail or a nickname is still free, asked a moment after the last key. */
export function useAvailability(field: "email" | "username", value: string): Answer {
  const [settled] = useDebouncedValue(value.trim(), 400);
  const enabled = field === "email" ? /^\S+@\S+\.\S+$/.test(settled) : settled.length >= 2;
  const { data, isFetching, error } = useQuery({
    ...availabilityQuery(field, settled),
    enabled,
  });
  if (!enabled || settled !== value.trim()) return "unknown";
  if (isFetching) return "checking";
  if (isApiError(error, 400)) return "invalid";
  if (!data) return "unknown";
  return data.available ? "free" : "taken";
}
