import { Button, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { isApiError } from "@/api/http/errors";
import { PageTitle } from "@/components/page/PageTitle";
import { useTranslation } from "@/i18n";
import { Owl } from "./Owl";
import { useErrorText } from "./useErrorText";

interface NoticeProps {
  title: string;
  text?: string | undefined;
  action?: ReactNode;
  /** Less high, for a part of a screen. */
  small?: boolean;
  /** The whole screen: its title is the page's heading. */
  page?: boolean;
}

/** An owl that says what is (not) here and what one can do. */
export function Notice({ title, text, action, small = false, page = false }: NoticeProps) {
  return (
    <Stack align="center" gap="xs" py={small ? 28 : 64} px="md" ta="center">
      <Owl size={small ? 44 : 72} />
      <Title order={page ? 1 : 2} size={small ? "h3" : "h2"}>
        {title}
      </Title>
      {text && (
        <Text c="dimmed" maw={440}>
          {text}
        </Text>
      )}
      {action && <div style={{ marginTop: 10 }}>{action}</div>}
    </Stack>
  );
}

/** What went wrong, with a button to try again. */
export function ErrorState({
  error,
  onRetry,
  small = false,
}: {
  error: unknown;
  onRetry?: () => void;
  small?: boolean;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const gone = isApiError(error, 404);
  const title = gone ? t("notFound.title") : t("error.title");
  return (
    <div role="alert">
      {!small && <PageTitle>{title}</PageTitle>}
      <Notice
        small={small}
        page={!small}
        title={title}
        text={gone ? t("notFound.text") : errorText(error)}
        action={
          onRetry && !gone ? <Button onClick={onRetry}>{t("error.retry")}</Button> : undefined
        }
      />
    </div>
  );
}
