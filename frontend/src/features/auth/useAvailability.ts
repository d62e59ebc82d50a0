import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { availabilityQuery } from "@/api/auth";
import { isApiError } from "@/api/http/errors";

type Answer = "unknown" | "checking" | "free" | "taken" | "invalid";

/**
 * Whether an e-mail or a nickname is still free, asked a moment after the last key; not `wanted`
 * while signing up: what I have just taken is no mistake of mine.
 */
export function useAvailability(
  field: "email" | "username",
  value: string,
  wanted: boolean,
): Answer {
  const [settled] = useDebouncedValue(value.trim(), 400);
  const complete = field === "email" ? /^\S+@\S+\.\S+$/.test(settled) : settled.length >= 2;
  const enabled = wanted && complete;
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
