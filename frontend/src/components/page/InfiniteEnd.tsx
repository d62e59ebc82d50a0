import { Button, Center, Loader, Text } from "@mantine/core";
import { useErrorText } from "@/components/feedback/useErrorText";
import { useTranslation } from "@/i18n";
import { useIntersection } from "./useIntersection";

interface List {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

/** The end of an endless list: reads the next page shortly before it comes into sight. */
export function InfiniteEnd({ list, endText }: { list: List; endText?: string }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const ready = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  const end = useIntersection("900px", ready, fetchNextPage);

  return (
    <Center ref={end} mih={64} pt="lg" aria-live="polite">
      {isFetchingNextPage && <Loader size="sm" aria-label={t("loading")} />}
      {isFetchNextPageError && (
        <Button variant="default" onClick={() => fetchNextPage()}>
          {errorText(list.error)} {t("error.retry")}
        </Button>
      )}
      {ready && (
        <Button variant="subtle" onClick={() => fetchNextPage()}>
          {t("list.more")}
        </Button>
      )}
      {!hasNextPage && endText && (
        <Text size="sm" c="dimmed">
          {endText}
        </Text>
      )}
    </Center>
  );
}
